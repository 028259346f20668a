"""How words and values look in the window's language: texts, days, times, money, numbers."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kamdesk.core.wording import LANGUAGES, Text, say

if TYPE_CHECKING:  # the window is painted before these are needed
    from datetime import date, datetime, time

    from kamdesk.core.money import Money

LONGEST = 2_000
"""Characters of one text the window shows; what is longer is cut with an ellipsis."""

MINUS = "\u2212"
DASH = "–"
"""Shown for what is not known or not there: never an empty cell, never 0."""

_HIDDEN = (
    ("\u061c", "ALM"), ("\u200e", "LRM"), ("\u200f", "RLM"), ("\u202a", "LRE"),
    ("\u202b", "RLE"), ("\u202c", "PDF"), ("\u202d", "LRO"), ("\u202e", "RLO"),
    ("\u2066", "LRI"), ("\u2067", "RLI"), ("\u2068", "FSI"), ("\u2069", "PDI"),
)  # fmt: skip
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_WEEKDAYS_EN = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_LONG_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_language = LANGUAGES[0]
_written = "window"


def speak(language: str) -> None:
    """Let the window speak ``language`` from now on; pages have to be built anew."""
    global _language  # the one language of the one window
    _language = language if language in LANGUAGES else LANGUAGES[0]


def language() -> str:
    """Return the window's language."""
    return _language


def write(language: str) -> None:
    """Let new papers be proposed in a language: ``en``, ``zh``, ``both``, else the window's."""
    global _written  # one choice for all papers
    _written = language


def language_of_papers() -> str:
    """Return the language in which a new paper is proposed: ``en``, ``zh`` or ``both``."""
    return _written if _written in (*LANGUAGES, "both") else _language


def said(text: Text | str) -> str:
    """Return ``text`` in the window's language, fit to be shown: cut, hidden marks visible."""
    return plain(say(text, _language))


def plain(text: str) -> str:
    """Return ``text`` cut at 2,000 characters, with marks that turn its direction made visible."""
    shown = text[: LONGEST + 1]
    if not shown.isascii():
        for mark, name in _HIDDEN:
            if mark in shown:
                shown = shown.replace(mark, f"‹{name}›")
    return _cut(shown, LONGEST)


def cut(text: Text | str, most: int) -> str:
    """Return ``text`` no longer than ``most`` characters."""
    return _cut(said(text), most)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def capital(text: Text | str) -> str:
    """Return a word of ours as the beginning of a line: Core, Planned; a Chinese one as it is."""
    words = said(text)
    return words[:1].upper() + words[1:]


def joined(*parts: Text | str) -> str:
    """Return the parts that say something, set apart by a middle dot as the language wants it."""
    dot = "·" if _language == "zh" else " · "
    return _cut(dot.join(shown for part in parts if (shown := said(part))), LONGEST)


def listed(names: Sequence[str]) -> str:
    """Return names one after the other, as the language sets them apart; cut where very long."""
    return _cut(("、" if _language == "zh" else ", ").join(names), 300)


def clauses(parts: Iterable[str]) -> str:
    """Return statements one after the other, as the language sets them apart."""
    return ("；" if _language == "zh" else "; ").join(parts)


def aside(words: str) -> str:
    """Return words in the brackets of the language, to stand right behind others."""
    return f"（{words}）" if _language == "zh" else f" ({words})"


def day(value: "date | None", *, today: "date | None" = None) -> str:
    """Return a day: 12 Mar, 3 月 12 日; with its year when that is not the year of ``today``."""
    if value is None:
        return DASH
    year = today is not None and value.year != today.year
    if _language == "zh":
        return f"{f'{value.year} 年 ' if year else ''}{value.month} 月 {value.day} 日"
    return f"{value.day} {_MONTHS_EN[value.month - 1]}{f' {value.year}' if year else ''}"


def weekday(value: "date") -> str:
    """Return the day of the week, short: Thu, 周四."""
    if _language == "zh":
        return "周" + _WEEKDAYS_ZH[value.weekday()]
    return _WEEKDAYS_EN[value.weekday()]


def long_day(value: "date") -> str:
    """Return a day as a page's title names it: Thursday 12 March; 3 月 12 日，周四."""
    if _language == "zh":
        return f"{day(value)}，{weekday(value)}"
    month = _LONG_MONTHS_EN[value.month - 1]
    return f"{_LONG_WEEKDAYS_EN[value.weekday()]} {value.day} {month}"


def clock(value: "time | datetime") -> str:
    """Return a time of the day: 9:30."""
    return f"{value.hour}:{value.minute:02d}"


def number(value: float | None, places: int = 0) -> str:
    """Return a number with thousands apart and a true minus; a dash for None."""
    return DASH if value is None else f"{value:,.{places}f}".replace("-", MINUS)


def signed(value: float | None, places: int = 0) -> str:
    """Return a number with its sign: +3, −2, 0."""
    if value is None:
        return DASH
    return number(value, places) if value <= 0 else "+" + number(value, places)


def percent(part: float | None, places: int = 0) -> str:
    """Return a share of one as a percentage: 0.315 is 32 %."""
    return DASH if part is None else f"{number(part * 100, places)} %"


def money(value: "Money | None", *, exact: bool = False) -> str:
    """Return an amount as one counts: ¥2,600 k, 260 万元; all its digits when ``exact``."""
    if value is None:
        return DASH
    return value.exact(_language) if exact else value.counted(_language)
