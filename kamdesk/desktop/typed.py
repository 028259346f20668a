"""Days and times as one types them: 2026-03-16, 3-16, tomorrow, +3; 14:00, 14, 1400."""

import re
from datetime import date, timedelta

from kamdesk.core.clock import YEARS
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})(?:[:：.]?(\d{2}))?")


def read_day(text: str, today: date, *, field: str) -> date:
    """Return the day that was typed; one without a year is the next such day.

    Raises ``RuleBroken`` at the field.
    """
    word = text.strip().casefold().replace(" ", "")
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if re.fullmatch(r"[+-]\d{1,3}", word):
        return today + timedelta(days=int(word))
    try:
        if found := _WHOLE.fullmatch(word):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            if day.year in YEARS:
                return day
        elif found := _SHORT.fullmatch(word):
            day = date(today.year, int(found[1]), int(found[2]))
            return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        pass
    raise RuleBroken(Text("“{value}” is no day: write 2026-03-12.", value=text), field=field)


def read_time(text: str, *, field: str) -> tuple[int, int]:
    """Return hour and minute as typed. Raises ``RuleBroken`` at the field."""
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise RuleBroken(Text("“{value}” is no time: write 14:00.", value=text), field=field)
    return hour, minute


def read_minutes(text: str, *, field: str) -> int:
    """Return a length in minutes as typed. Raises ``RuleBroken`` at the field."""
    if not re.fullmatch(r"\d{1,4}", text.strip()):
        raise RuleBroken(Text("“{value}” is no number of minutes.", value=text), field=field)
    return int(text)
