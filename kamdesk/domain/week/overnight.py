"""What a night away from home would change: where, after which day, and what it brings."""

from dataclasses import dataclass

from kamdesk.core.wording import Text
from kamdesk.domain.week.model import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A week with a night at ``place`` (index of travel) between day ``night`` and the next.

    ``gains`` = value of ``proposal`` − ``cost`` − value of the week at home: more than 0 pays.
    ``saves`` are minutes on the road (negative: more of them). ``brings`` and ``drops``: keys that
    come in and fall out.
    """

    night: int
    place: int
    proposal: Proposal
    cost: int
    gains: float
    saves: int
    brings: tuple[bytes, ...]
    drops: tuple[bytes, ...]

    @property
    def said(self) -> Text:
        """What it changes, in words."""
        raise NotImplementedError
