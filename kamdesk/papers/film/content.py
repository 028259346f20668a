"""What a film strip holds: a map on several days, and what moved since the day before."""

from dataclasses import dataclass

from kamdesk.core.clock import Day, Instant
from kamdesk.dossier.chain_moves import Moved
from kamdesk.figures.chain import ChainMap
from kamdesk.papers.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The map on a day, and what moved since the frame before (nothing on the first)."""

    day: Day
    chain: ChainMap
    standing: tuple[Words, ...] = ()
    moves: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A customer's chain on several days, the earliest first."""

    customer: str
    map_name: str = ""
    made: Instant
    made_by: str = ""
    frames: tuple[Frame, ...]
