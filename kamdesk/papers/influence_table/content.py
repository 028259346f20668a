"""What the decision-influence table says: a row for each of them, and what follows from all."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.figures.chain import CardKind, ChainMap
from kamdesk.papers.brief.editions import Tick
from kamdesk.papers.words import Words


class Influence(NamedTuple):
    """Somebody who influences, or is influenced: how strongly (1–3), contrary or not."""

    name: str
    strength: int
    contrary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of theirs, an empty post or a body. None and empty mean: not known.

    ``number`` is its place in the table, from 1. ``stance_before`` is that of a month ago where it
    differs, ``project_stance`` is given where it differs from the stance. ``motive`` and ``rival``
    print only when ticked. ``fills`` are roles somebody must fill on an empty seat. ``evidence``
    says what the stance rests on.
    """

    number: int = 0
    kind: CardKind = CardKind.PERSON
    name: str = ""
    post: str = ""
    department: str = ""
    level: Words = ""
    line: Words = ""
    roles: tuple[Words, ...] = ()
    fills: tuple[Words, ...] = ()
    part: Words = ""
    veto: bool = False
    guide: bool = False
    decides: bool = False
    influence: int | None = None
    influences: tuple[Influence, ...] = ()
    influenced_by: tuple[Influence, ...] = ()
    need: str = ""
    motive: str = ""
    focus: str = ""
    stance: int | None = None
    stance_before: int | None = None
    stance_wanted: int | None = None
    stale: bool = False
    project_stance: int | None = None
    rival: str = ""
    relation: int | None = None
    owner: str = ""
    peer: str = ""
    last_met: Day | None = None
    met_how: Words = ""
    evidence: Words = ""
    certainty: Words = ""
    next_move: tuple[Words, ...] = ()


class BodyLine(NamedTuple):
    """A body that decides: when it sits, and when next."""

    name: str
    meets: str = ""
    next_day: Day | None = None


class Gap(NamedTuple):
    """A warning with what to do about it."""

    said: Words
    advice: Words


class Way(NamedTuple):
    """A chain of introductions: its names, its chance from 0 to 1, why each step, what for."""

    names: tuple[Words, ...]
    success: float
    steps: tuple[Words, ...]
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceTable:
    """The table of one map on a day; rows in the order of the influence on the decider.

    ``guides`` are those who guide us from inside (with whom the table can be checked).
    ``changes`` is the revision log, the newest first. ``not_shown`` counts people of the customer
    who must not be shown.
    """

    customer: str
    map_name: str = ""
    opportunity: str = ""
    step: Words = ""
    decision_day: Day | None = None
    decision_way: str = ""
    bodies: tuple[BodyLine, ...] = ()
    guides: tuple[str, ...] = ()
    day: Day
    made: Instant
    made_by: str = ""
    chain: ChainMap
    rows: tuple[Row, ...] = ()
    standing: tuple[Words, ...] = ()
    flow: tuple[Words, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ways: tuple[Way, ...] = ()
    moves: tuple[Words, ...] = ()
    changes: tuple[tuple[Day, Words], ...] = ()
    not_shown: int = 0
    motives: bool = False
    rivals: bool = False


def ticked(table: InfluenceTable, ticks: Collection[Tick]) -> InfluenceTable:
    """Return the table with personal motives and ties to rivals only where they are ticked."""
    motives, rivals = Tick.MOTIVES in ticks, Tick.RIVALS in ticks
    return replace(
        table,
        motives=motives,
        rivals=rivals,
        rows=tuple(
            replace(row, motive=row.motive if motives else "", rival=row.rival if rivals else "")
            for row in table.rows
        ),
    )
