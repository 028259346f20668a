"""The words of which hours are made, in Chinese and English: days, times, halves of the day."""

import re
from collections.abc import Callable
from typing import Final

MIDNIGHT: Final = 24 * 60
EARLY: Final = 7 * 60
"""An hour before this, of which no half of the day is said, is one of the afternoon."""
PARTS: Final = {
    "morning": (480, 720),
    "noon": (690, 810),
    "afternoon": (780, 1080),
    "evening": (1080, 1260),
    "whole": (480, 1080),
}
"""What the parts of a day mean, in minutes after midnight."""

_CN: Final = "一二三四五六日"
_EN: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK: Final = "(?:周|星期|礼拜)"
_DAY: Final = "[一二三四五六日天1-7]"
_NAME: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?"
_TO: Final = r"\s*(?:--?|~|–|—|−|至|到|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b)\s*"
_AND: Final = r"\s*(?:[、,/&]|和|及|与|或|\band\b)?\s*"
_HALF: Final = "上午|早上|早晨|凌晨|下午|午后|中午|晚上|傍晚"
_NUMBERS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7} | {
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_QUARTERS: Final = {"半": 30, "一刻": 15, "三刻": 45}
UNEVEN: Final = re.compile(
    r"单周|双周|隔周|隔一周|每月|每季|第[一二三四1-4]个|every other|fortnight|biweekly|bi-weekly"
    r"|\bmonth|\b(?:1st|2nd|3rd|4th|first|second|third|last)\s+(?:week|mon|tue|wed|thu|fri|s[au])"
)
"""Weeks that are not all alike: what is asked here cannot say them."""


def _time(tail: str) -> str:
    return (
        rf"(?P<half{tail}>{_HALF})?\s*(?P<hour{tail}>\d{{1,2}})(?!\d)"
        rf"(?:\s*(?P<mark{tail}>[:点时時]|\.(?=[0-5]\d))\s*(?:(?P<min{tail}>[0-5]\d|半|一刻|三刻)分?)?)?"
        rf"\s*(?P<ap{tail}>[ap]\.?m\b\.?)?"
    )


TOKENS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("cn_range", rf"{_WEEK}(?P<a>{_DAY}){_TO}{_WEEK}?(?P<b>{_DAY})(?![\d:点时])"),
        ("cn_days", rf"{_WEEK}(?P<days>{_DAY}(?:{_AND}{_WEEK}?[一二三四五六日天](?!点))*)"),
        ("en_range", rf"\b(?P<a>{_NAME}){_TO}(?P<b>{_NAME})"),
        ("en_days", rf"\b(?P<a>{_NAME})"),
        ("working", r"工作日|平日|平时|\b(?:week|work(?:ing)?\s?|business\s)days?\b"),
        ("weekend", r"周末|双休日?|\bweekends?\b"),
        ("every", r"每[天日]|天天|\bdaily\b|\bevery\s?day\b|\bany\s?day\b"),
        ("except", r"除了?|\bexcept(?:\s+on)?\b|\bbut not\b|\bnot\b"),
        (
            "shut",
            r"休息|不接待|不排|不安排|不约|不见|不会客|不方便|没空|勿访|不行|例会|开会"
            r"|\bclosed\b|\boff\b|\bfor meetings\b"
            r"|\bno (?:\w+ ){0,2}(?:visit\w*|meetings?|callers?|guests?)\b",
        ),
        ("times", _time("") + _TO + _time("2")),
        ("before", rf"(?:\b(?:before|until|till|by)\s+)?{_time('')}\s*(?:以前|之前|前)"),
        ("before", rf"\b(?:before|until|till|by)\s+{_time('')}"),
        ("after", rf"{_time('')}\s*(?:以后|之后|后|起)"),
        ("after", rf"\b(?:after|from)\s+{_time('')}"),
        ("morning", r"上午|早上|早晨|\bmornings?\b|\ba\.?m\b\.?"),
        ("afternoon", r"下午|午后|\bafternoons?\b|\bp\.?m\b\.?"),
        ("noon", r"中午|\bnoon\b|\bmidday\b|\blunch\s?time\b"),
        ("evening", r"晚上|傍晚|\bevenings?\b"),
        ("whole", r"全天|整天|\ball day\b|\bfull day\b"),
        ("end", r"[;。\n]"),
    )
)
"""What a stretch of hours may begin with, tried in this order."""

_COUNTED: Final = re.compile(r"\s*(?:楼|层|人|号|室|栋|天|米|元|次|份|f\b|floor)")
_HOUR: Final = re.compile("(?:十[一二]?|[一二两三四五六七八九])(?=点|时(?!候|间))")


def plain(text: str) -> str:
    """Return a text in small letters, its hours in figures (九点半 → 9点半)."""
    return _HOUR.sub(lambda found: str(_NUMBERS[found[0]]), text.lower())


def _cn(letter: str) -> int:
    return int(letter) - 1 if letter.isdigit() else _CN.index(letter.replace("天", "日"))


def _en(word: str) -> int:
    return _EN.index(word[:3])


def _run(first: int, last: int) -> set[int]:
    """Return the days from one to another, over the weekend where need be."""
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}


def _cn_days(found: re.Match[str]) -> set[int]:
    return {_cn(letter) for letter in re.findall(_DAY, found["days"])}


DAYS: Final[dict[str, Callable[[re.Match[str]], set[int]]]] = {
    "cn_range": lambda found: _run(_cn(found["a"]), _cn(found["b"])),
    "cn_days": _cn_days,
    "en_range": lambda found: _run(_en(found["a"]), _en(found["b"])),
    "en_days": lambda found: {_en(found["a"])},
    "working": lambda _: set(range(5)),
    "weekend": lambda _: {5, 6},
    "every": lambda _: set(range(7)),
}
"""The days a word means, Monday is 0."""


def half_of(found: re.Match[str], tail: str) -> str:
    """Return ``am``, ``pm`` or nothing: the half of the day said at a time."""
    said = (found["half" + tail] or found["ap" + tail] or "").replace(".", "")
    if said in ("上午", "早上", "早晨", "凌晨", "am"):
        return "am"
    return "pm" if said and said != "中午" else ""


def minute(found: re.Match[str], tail: str) -> int:
    """Return a time in minutes after midnight, as it is said."""
    hour, rest = int(found["hour" + tail]), found["min" + tail] or "0"
    half = half_of(found, tail)
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if found["half" + tail] == "中午" and hour < 3:
        hour += 12
    return hour * 60 + (_QUARTERS[rest] if rest in _QUARTERS else int(rest))


def is_times(found: re.Match[str], *, days: bool) -> bool:
    """True for two times; two mere numbers are times only after days, and count nothing."""
    marked = any(found[part + tail] for part in ("half", "mark", "ap") for tail in ("", "2"))
    return marked or (days and not _COUNTED.match(found.string, found.end()))


def clock(minutes: int) -> str:
    """Return minutes after midnight as a clock shows them: 9:00, by night 02:00."""
    hours = f"{minutes // 60:02d}" if minutes < EARLY else str(minutes // 60)
    return f"{hours}:{minutes % 60:02d}"
