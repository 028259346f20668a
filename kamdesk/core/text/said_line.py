"""A typed line taken apart: 给方案 下周三 @李敏 is a text, a day and an owner."""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.text.said_days import find_day

_REACH: Final = 1_000
_AT: Final = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠]\s?")
_TOKEN: Final = re.compile(r"[^\s@＠,，。;；:：、!！?？()（）]{1,40}")
_LATIN_NAME: Final = re.compile(r"(?:\s[A-Z][\w'’.-]{0,30}){1,3}")
_LOOSE: Final = " \t\n,，;；、:：-–@＠"
_MOST_TOKENS: Final = 4
_LONGEST_HAN_NAME: Final = 6


class Part(Enum):
    """What a stretch of the line was read as; all else is its words."""

    DAY = "day"
    PAST = "past"
    OWNER = "owner"


class Span(NamedTuple):
    """From where to where something stands in the line, and what it was read as."""

    start: int
    end: int
    part: Part


class SaidLine(NamedTuple):
    """What a line says. ``owners`` are as they were typed; ``past`` is a day that was not taken."""

    words: str
    day: Day | None = None
    owners: tuple[str, ...] = ()
    past: Day | None = None
    spans: tuple[Span, ...] = ()


def _nobody(_: str) -> bool:
    return False


def read_line(
    text: str, today: Day, *, is_name: Callable[[str], bool] = _nobody, takes_day: bool = True
) -> SaidLine:
    """Return what a line says, seen from ``today``. Any text may be typed; nothing raises.

    An owner follows an @; without one, the first or the last word is the owner when it
    ``is_name``. A day that is past stays text: nobody promises for yesterday.
    """
    looked = text[:_REACH]
    named = list(_named(looked, is_name)) or list(_bare(looked, is_name))
    rest = looked
    for span in named:
        rest = rest[: span.start] + " " * (span.end - span.start) + rest[span.end :]
    said = find_day(rest, today) if takes_day else None
    spans = list(named)
    if said is not None:
        spans.append(Span(said.start, said.end, Part.PAST if said.past else Part.DAY))
    day = said.day if said and not said.past else None
    owners = tuple(_AT.sub("", looked[span.start : span.end]).strip() for span in named)
    taken = sorted(span for span in spans if span.part is not Part.PAST)
    return SaidLine(
        _without(text, taken),
        day,
        tuple(dict.fromkeys(filter(None, owners))),
        said.day if said and said.past else None,
        tuple(sorted(spans)),
    )


def _without(text: str, taken: list[Span]) -> str:
    """Return what is left of a text, on one line, without loose marks at its ends."""
    left, at = [], 0
    for span in taken:
        left.append(text[at : span.start])
        at = span.end
    left.append(text[at:])
    return " ".join(" ".join(left).split()).strip(_LOOSE)


def _named(text: str, is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the owners that follow an @."""
    for mark in _AT.finditer(text):
        tokens = _tokens_from(text, mark.end())
        if not tokens:
            continue
        known = [end for end in tokens if is_name(text[mark.end() : end])]
        end = max(known, default=0) or _beginning(text, mark.end(), tokens[0], is_name)
        yield Span(mark.start(), end, Part.OWNER)


def _tokens_from(text: str, start: int) -> list[int]:
    """Return where the first, the first two … words from ``start`` on end."""
    ends: list[int] = []
    at = start
    while len(ends) < _MOST_TOKENS and (found := _TOKEN.match(text, at)):
        ends.append(found.end())
        at = found.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    return ends


def _beginning(text: str, start: int, end: int, is_name: Callable[[str], bool]) -> int:
    """Return where a name ends of which nobody is known: by its script."""
    if text[start:end].isascii():
        more = _LATIN_NAME.match(text, end) if text[start : start + 1].isupper() else None
        return more.end() if more else end
    for length in range(min(_LONGEST_HAN_NAME, end - start), 1, -1):
        if is_name(text[start : start + length]):
            return start + length
    return end


def _bare(text: str, is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the name that begins or ends the line without an @, if other words are left."""
    words = list(re.finditer(r"\S+", text))
    most = min(_MOST_TOKENS, len(words) - 1)
    for count in range(most, 0, -1):
        for first, last in ((words[0], words[count - 1]), (words[-count], words[-1])):
            start, end = first.start(), last.end()
            if is_name(text[start:end].strip(_LOOSE)):
                yield Span(start, end, Part.OWNER)
                return
