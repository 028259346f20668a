"""How phrases that name a day are read, each seen from the day it was said on."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from kamdesk.core.clock import Day

Found = re.Match[str]

_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
COUNTS: Final = {
    word: n
    for n, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
} | {"a": 1, "an": 1, "couple": 2}
MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_DAYS: Final = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _number(text: str) -> int:
    """Return a number written in digits of any script, in Chinese up to 99, or in English.

    Raises ``ValueError`` for what only looks like one: 十半.
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    try:
        if text.isascii():
            return COUNTS[text.casefold()]
        if not ten:
            return int("".join(str(_DIGITS[c]) for c in text))
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    except KeyError:
        raise ValueError(text) from None


def _monday(day: Day) -> Day:
    return day - timedelta(days=day.weekday())


def _last(year: int, month: int) -> Day:
    return date(year, month, monthrange(year, month)[1])


def _month_on(day: Day, months: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _later(day: Day, months: int) -> Day:
    year, month = _month_on(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next_such(month: int, day: int, today: Day) -> Day:
    """Return the next 18 March there is, 29 February included."""
    for year in range(today.year, today.year + 9):
        if day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError("no such day")


def _next_end(month: int, today: Day) -> Day:
    year = today.year if month >= today.month else today.year + 1
    return _last(year, month)


def _working_days(today: Day, n: int) -> Day:
    day = today
    for _ in range(min(n, 400)):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def whole(found: Found, _: Day) -> Day:
    """Read 2026-03-18."""
    return date(int(found[1]), int(found[2]), int(found[3]))


def german(found: Found, _: Day) -> Day:
    """Read 18.3.2026."""
    return date(int(found[3]), int(found[2]), int(found[1]))


def month_day(found: Found, today: Day) -> Day:
    """Read 3月18日, 明年3月18日."""
    month, day = _number(found["m"]), _number(found["d"])
    if found["y"]:
        return date(today.year + {"今年": 0, "明年": 1, "后年": 2}[found["y"]], month, day)
    return _next_such(month, day, today)


_STEPS: Final = {"": 0, "本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下下": 2, "下下个": 2}


def of_month(found: Found, today: Day) -> Day:
    """Read 下个月5号."""
    year, month = _month_on(today, _STEPS[found["step"]])
    return date(year, month, _number(found["d"]))


def day_of_month(found: Found, today: Day) -> Day:
    """Read 15号, the 20th."""
    number = _number(found["d"])
    for months in range(13):
        year, month = _month_on(today, months)
        if number <= monthrange(year, month)[1] and date(year, month, number) >= today:
            return date(year, month, number)
    raise ValueError("no such day")


def chinese_weekday(found: Found, today: Day) -> Day:
    """Read 周三, 下周三, 本周五."""
    at = {"天": 6, "末": 6}.get(found["day"], "一二三四五六日".find(found["day"]))
    if found["step"] is None:
        return today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)
    return _monday(today) + timedelta(days=7 * _STEPS[found["step"]] + at)


_NEAR: Final = {
    **dict.fromkeys(("昨天", "昨日", "昨晚", "yesterday"), -1), "前天": -2,
    **dict.fromkeys(("今天", "今日", "今晚", "今早", "today", "tonight", "eod", "cob"), 0),
    **dict.fromkeys(("明天", "明日", "明早", "明晚", "明儿", "tomorrow"), 1),
    **dict.fromkeys(("后天", "后日"), 2), "大后天": 3,
}  # fmt: skip


def near(found: Found, today: Day) -> Day:
    """Read 今天, 后天, tomorrow."""
    word = found[0].casefold()
    return today + timedelta(days=2 if word.startswith("day") else _NEAR[word])


def after(found: Found, today: Day) -> Day | None:
    """Read 三天内, 两周后, in 2 weeks, 5个工作日内."""
    unit, half = found["unit"].casefold(), found["n"] == "半"
    n = 0 if half else _number(found["n"])
    if "工作" in unit or unit.startswith(("work", "business")):
        return _working_days(today, n)
    if half:
        days = {"天": 0, "日": 0, "个月": 15, "年": None}.get(unit, 0)
        return _later(today, 6) if days is None else today + timedelta(days=days)
    if "季" in unit or unit.startswith("quarter"):
        return _later(today, 3 * n)
    if unit.startswith(("个月", "month")):
        return _later(today, n)
    if unit.startswith(("年", "year")):
        return _later(today, 12 * n)
    if unit.startswith("fortnight"):
        return today + timedelta(days=14 * n)
    weeks = unit.startswith(("周", "week")) or unit.endswith(("星期", "礼拜"))
    return today + timedelta(days=n * (7 if weeks else 1))


_PARTS: Final = {"初": 5, "上旬": 10, "中": 15, "中旬": 20, "early": 10, "mid": 15}
"""Until which day of a month its parts reach; the rest is its end."""


def _in_month(year: int, month: int, part: str) -> Day:
    return date(year, month, _PARTS[part]) if part in _PARTS else _last(year, month)


def _in_period(period: str, step: int, part: str, today: Day) -> Day | None:
    """Return until when a part of a week, month, quarter or year lasts."""
    if period == "week":
        return _monday(today) + timedelta(days=7 * step + 4)
    if period == "month":
        return _in_month(*_month_on(today, step), part)
    if period == "quarter":
        year, month = _month_on(today, 3 * step)
        return _last(year, (month + 2) // 3 * 3)
    if part in ("中", "mid"):
        return _last(today.year + step, 6)
    if part in ("初", "early"):
        return date(today.year + step, 1, 15)
    return date(today.year + step, 12, 31)


_PERIODS: Final = {
    "周": "week", "星期": "week", "礼拜": "week", "月": "month", "季度": "quarter",
    "季": "quarter", "年": "year",
}  # fmt: skip


def chinese_period(found: Found, today: Day) -> Day | None:
    """Read 月底, 下周, 年底, 季度末."""
    step = {"今": 0, "明": 1}.get(found["step"] or "", _STEPS.get(found["step"] or "", 0))
    period = _PERIODS[found["period"]]
    day = _in_period(period, step, found["part"] or "", today)
    if found["step"] is None and day is not None and day < today:
        return _in_period(period, step + 1, found["part"] or "", today)
    return day


def chinese_month(found: Found, today: Day) -> Day | None:
    """Read 5月, 5月底."""
    month = _number(found["m"])
    if not 1 <= month <= 12:
        return None
    end = _next_end(month, today)
    return _in_month(end.year, month, found["part"] or "")


def half_year(found: Found, today: Day) -> Day:
    """Read 下半年, H2."""
    year = today.year + (1 if found["next"] else 0)
    return _last(year, 6 if found["half"] in ("上", "1") else 12)


def quarter(found: Found, today: Day) -> Day:
    """Read Q2, 二季度."""
    number = int(found["q"]) if found["q"] else _number(found["z"])
    if found["y"]:
        year = {"今年": today.year, "明年": today.year + 1}.get(found["y"]) or int(found["y"])
        return _last(year, 3 * number)
    return _next_end(3 * number, today)


_HOLIDAYS: Final = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1)}


def before_holiday(found: Found, today: Day) -> Day:
    """Read 国庆前."""
    return _next_such(*_HOLIDAYS[found["feast"]], today + timedelta(days=1)) - timedelta(days=1)


def weekday(found: Found, today: Day) -> Day:
    """Read Friday, next Wed."""
    at = _DAYS.index(found["day"][:3].casefold())
    lead = (found["lead"] or "").casefold()
    if lead == "next":
        return _monday(today) + timedelta(days=7 + at)
    if lead == "this":
        return today + timedelta(days=(at - today.weekday()) % 7)
    return today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)


def _named_month(found: Found) -> int:
    return MONTHS.index(found["m"][:3].casefold()) + 1


def english_day(found: Found, today: Day) -> Day | None:
    """Read 18 March, Mar 18, 2026."""
    if found["m"] == "may":  # the verb
        return None
    month, day = _named_month(found), int(found["d"])
    return date(int(found["y"]), month, day) if found["y"] else _next_such(month, day, today)


def english_part(found: Found, today: Day) -> Day | None:
    """Read end of next month, mid April."""
    part = {"end": "", "late": "", "mid": "mid", "middle": "mid"}.get(
        found["part"].casefold(), "early"
    )
    if found["m"]:
        end = _next_end(_named_month(found), today)
        return _in_month(end.year, end.month, part)
    step = 1 if found["next"] else 0
    return _in_period(found["period"].casefold(), step, part, today)


def short_end(found: Found, today: Day) -> Day | None:
    """Read EOM."""
    period = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[found["p"].casefold()]
    return _in_period(period, 0, "", today)


def next_period(found: Found, today: Day) -> Day | None:
    """Read next week."""
    return _in_period(found["period"].casefold(), 1, "", today)


def in_named_month(found: Found, today: Day) -> Day | None:
    """Read in May."""
    return None if found["m"] == "may" else _next_end(_named_month(found), today)


def day_first(found: Found, today: Day) -> Day:
    """Read 18.3.."""
    return _next_such(int(found[2]), int(found[1]), today)


def either(found: Found, today: Day) -> Day:
    """Read 3/18, 18/3."""
    first, second = int(found[1]), int(found[2])
    month, day = (second, first) if first > 12 else (first, second)
    return _next_such(month, day, today)


def on(found: Found, today: Day) -> Day:
    """Read +3."""
    return today + timedelta(days=int(found[1]))
