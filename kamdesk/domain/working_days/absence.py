"""An absence of ours: a holiday, a training, a day in the office. Rules only."""

import re
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AbsenceId, ColleagueId
from kamdesk.core.minutes import DAY_MINUTES, hours_minutes
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text

LONGEST_DAYS: Final = 366
_NOON: Final = 720
_PARTS: Final = {
    "": (0, DAY_MINUTES),
    "all day": (0, DAY_MINUTES),
    "全天": (0, DAY_MINUTES),
    "morning": (0, _NOON),
    "上午": (0, _NOON),
    "afternoon": (_NOON, DAY_MINUTES),
    "下午": (_NOON, DAY_MINUTES),
}
_STRETCH: Final = re.compile(
    r"(\d{1,2})(?:[:：.](\d{2}))?\s*[-–—~～至到]\s*(\d{1,2})(?:[:：.](\d{2}))?"
)
LONGEST_WORDS: Final = 120
"""Characters of what an absence is for: they stand in a block of the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody of ours is away from ``first`` to ``last``, both included.

    ``begins`` and ``ends`` are minutes after midnight of each of these days. Without a
    ``colleague`` the whole house is away, as at a works outing.
    """

    id: AbsenceId
    first: Day
    last: Day
    colleague: ColleagueId | None = None
    begins: int = 0
    ends: int = DAY_MINUTES
    words: str = ""

    @property
    def all_day(self) -> bool:
        """True when it takes whole days."""
        return self.begins <= 0 and self.ends >= DAY_MINUTES

    def checked(self) -> "Absence":
        """Return this absence cleaned. Raises ``RuleBroken`` at the field."""
        neat = replace(self, words=one_line(self.words, field="words", longest=LONGEST_WORDS))
        if neat.last < neat.first:
            raise RuleBroken(Text("The last day comes before the first."), field="last")
        if days_between(neat.first, neat.last) >= LONGEST_DAYS:
            raise RuleBroken(Text("An absence lasts a year at most."), field="last")
        if not 0 <= neat.begins < neat.ends <= DAY_MINUTES:
            raise RuleBroken(Text("It ends before it begins: write 9:00 and 12:00."), field="ends")
        return neat

    def takes(self, day: Day) -> bool:
        """True when it falls on a day."""
        return self.first <= day <= self.last


def read_stretch(text: str) -> tuple[int, int]:
    """Return when an absence begins and ends on its days: 9-12, 13:30–17:00, 下午; empty: all day.

    Raises ``RuleBroken`` at ``time``.
    """
    typed = text.strip().casefold()
    if typed in _PARTS:
        return _PARTS[typed]
    found = _STRETCH.fullmatch(typed)
    if found is not None:
        begins = int(found[1]) * 60 + int(found[2] or 0)
        ends = int(found[3]) * 60 + int(found[4] or 0)
        if begins < ends <= DAY_MINUTES:
            return begins, ends
    raise RuleBroken(
        Text("“{value}” is no time of a day: write 9-12, 13:30-17:00, morning.", value=text),
        field="time",
    )


def write_stretch(begins: int, ends: int) -> str:
    """Return a stretch as it is read again; empty for the whole day."""
    if begins <= 0 and ends >= DAY_MINUTES:
        return ""
    return f"{hours_minutes(begins)}-{hours_minutes(ends)}"


def stretch_said(begins: int, ends: int) -> str:
    """Return a stretch as times are said; empty for the whole day."""
    return write_stretch(begins, ends).replace("-", "–")
