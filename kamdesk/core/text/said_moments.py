"""A day with a time as one says them: 下周三 14:00, next Wed 2:30 pm, 明天下午两点半."""

import re
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.text.said_days import find_day

_REACH: Final = 200
_FIGURES: Final = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {
    "两": 2, "十一": 11, "十二": 12,
}  # fmt: skip
_PARTS: Final = {
    "凌晨": 0, "早上": 0, "早晨": 0, "上午": 0, "中午": 11, "下午": 12, "傍晚": 12, "晚上": 12,
}  # fmt: skip
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９：", "0123456789:")
_CHINESE: Final = re.compile(
    rf"(?P<part>{'|'.join(_PARTS)})?\s*(?P<hour>\d{{1,2}}|十[一二]?|[零一二两三四五六七八九])\s*"
    r"[点點时](?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d{1,2})分?|整)?"
)
_CLOCK: Final = re.compile(
    rf"(?P<part>{'|'.join(_PARTS)})?\s*(?<!\d)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?!\d)"
    r"\s*(?P<noon>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_NOON: Final = re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})\s*(?P<noon>[ap]\.?m\b\.?)", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:^|(?<=\s))(?:at\s+)?(?P<hour>\d{1,2})(?P<minute>[0-5]\d)?\s*$")
_LOOSE: Final = " \t\n,，;；的在"


class SaidMoment(NamedTuple):
    """A day and a time of it, in hours and minutes; ``timed`` is false when no time was said."""

    day: Day
    hour: int
    minute: int
    timed: bool


def read_moment(text: str, today: Day, *, hour: int = 10) -> SaidMoment | None:
    """Return the moment a line says, and nothing else; None when it says anything else.

    Without a day it is today, without a time at ``hour``. Any text may be typed; nothing raises.
    """
    line = text[:_REACH].translate(_HALF_WIDTH)
    if len(text) > _REACH or not line.strip():
        return None
    for pattern in (_CHINESE, _CLOCK, _NOON, _BARE):
        for match in pattern.finditer(line):
            time = _time(match)
            if time is None:
                continue
            rest = f"{line[: match.start()]} {line[match.end() :]}".strip(_LOOSE)
            rest = re.sub(r"\bat$", "", rest, flags=re.IGNORECASE).strip(_LOOSE)
            day = _day(rest, today) if rest else today
            if day is not None:
                return SaidMoment(day, *time, True)
    day = _day(line, today)
    return SaidMoment(day, hour, 0, False) if day is not None else None


def _day(text: str, today: Day) -> Day | None:
    """Return the day that is all a text says, past or to come."""
    said = find_day(text, today)
    if said is None or text[: said.start].strip(_LOOSE) or text[said.end :].strip(_LOOSE):
        return None
    return said.day


def _time(match: re.Match[str]) -> tuple[int, int] | None:
    parts = match.groupdict()
    typed = parts["hour"]
    hour = int(typed) if typed.isdecimal() else _FIGURES[typed]  # ٣ is one
    minute = int(parts.get("minute") or 0)
    if parts.get("half"):
        minute = 30
    elif parts.get("quarter"):
        minute = {"一": 15, "三": 45}[parts["quarter"]]
    after = _PARTS.get(parts.get("part") or "", 0)
    if (after == 12 and hour < 12) or (after == 11 and hour < 3):
        hour += 12
    noon = (parts.get("noon") or "").casefold()
    if noon:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if noon.startswith("p") else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None
