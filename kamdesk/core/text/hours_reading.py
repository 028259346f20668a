"""Reads when somebody receives visitors from how people write it, in Chinese and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from unicodedata import normalize

from kamdesk.core.minutes import WEEKDAYS
from kamdesk.core.text import hours_words as words
from kamdesk.core.wording import Text

Window = tuple[int, int]
_LONGEST: Final = 300
"""Characters that are read: nobody's hours take more."""
_WORKING: Final = frozenset(range(5))
_WHOLE: Final = (480, 1080)
"""A day on which somebody receives, of which no time is said."""
_ALL_DAY: Final = (0, words.MIDNIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Windows by weekday, Monday first: (opens, closes) in minutes after midnight.

    A day without windows is one on which nobody receives.
    """

    windows: tuple[tuple[Window, ...], ...]

    @property
    def said(self) -> Text:
        """What was understood, in words that are read the same again."""
        days: dict[tuple[Window, ...], list[int]] = {}
        for day, windows in enumerate(self.windows):
            if windows:
                days.setdefault(windows, []).append(day)
        return Text("{hours}", hours=tuple(_line(days[of], of) for of in days))

    @property
    def days(self) -> Text:
        """The days on which somebody receives, in words: Mon–Fri."""
        return Text("{days}", days=_runs([n for n, of in enumerate(self.windows) if of]))


def read_hours(text: str) -> Hours | None:
    """Return when somebody receives; None when the text does not say ("by appointment").

    Hours of working days are meant where no day is named, and 8:00 to 18:00 where no time is.
    Weeks that are not all alike (every other Tuesday) are not known.
    """
    plain = words.plain(normalize("NFKC", text[:_LONGEST]))
    if words.UNEVEN.search(plain):
        return None
    reading = _Reading()
    for kind, found in _tokens(plain):
        reading.take(kind, found)
    return reading.done()


def _tokens(plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    at = 0
    while at < len(plain):
        for kind, pattern in words.TOKENS:
            if (found := pattern.match(plain, at)) and found.end() > at:
                yield kind, found
                at = found.end()
                break
        else:
            at += 1


class _Reading:
    """What was read so far: of the days spoken of now, and of all before.

    What is refused (closed, 不接待) is taken out at the end; a refusal said behind a time means
    that time, said before it what follows.
    """

    def __init__(self) -> None:
        self._open: list[list[Window]] = [[] for _ in range(7)]
        self._shut: list[list[Window]] = [[] for _ in range(7)]
        self._begin()

    def _begin(self) -> None:
        self._days: set[int] | None = None
        self._windows: list[Window] = []
        self._refusing = self._excepting = False

    def take(self, kind: str, found: re.Match[str]) -> None:
        """Take the next word."""
        if kind in words.DAYS:
            self._speak_of(words.DAYS[kind](found))
        elif kind == "except":
            self._days = set(_WORKING) if self._days is None else self._days
            self._excepting = True
        elif kind == "shut":
            self._refuse()
        elif kind == "end":
            self._close()
        elif (window := self._time(kind, found)) and 0 <= window[0] < window[1] <= words.MIDNIGHT:
            self._windows.append(window)
            self._excepting = False

    def done(self) -> Hours | None:
        """Return what was understood; None for nothing."""
        self._close()
        if any(self._shut) and not any(self._open):
            self._open = [[_WHOLE] if day in _WORKING else [] for day in range(7)]
        if not any(self._open):
            return None
        left = tuple(
            _without(_merged(opened), shut)
            for opened, shut in zip(self._open, self._shut, strict=True)
        )
        return Hours(windows=left) if any(left) else None

    def _time(self, kind: str, found: re.Match[str]) -> Window | None:
        if kind == "times":
            days = self._days is not None
            return _window(found) if words.is_times(found, days=days) else None
        if kind == "before":
            return _until(found)
        return _since(found) if kind == "after" else words.PARTS[kind]

    def _speak_of(self, days: set[int]) -> None:
        if self._excepting and self._days is not None:
            self._days -= days
            return
        if self._windows:
            self._close()
        self._days = (self._days or set()) | days

    def _refuse(self) -> None:
        if self._days is None and not self._windows:
            self._refusing = True
            return
        kept, last = self._windows[:-1], self._windows[-1:]
        days = self._days
        if kept:
            self._windows = kept
            self._close()
        self._days, self._windows, self._refusing = days, last, True
        self._close()

    def _close(self) -> None:
        """End what is said of the days spoken of; without a time all day is meant."""
        into = self._shut if self._refusing else self._open
        every = [_ALL_DAY] if self._refusing else [_WHOLE]
        if self._windows or self._days:
            for day in _WORKING if self._days is None else self._days:
                into[day] += self._windows or every
        self._begin()


def _window(found: re.Match[str]) -> Window | None:
    """Return the window of two times; the halves of the day they leave open are guessed."""
    first, last = words.minute(found, ""), words.minute(found, "2")
    half, half2 = words.half_of(found, ""), words.half_of(found, "2")
    if not half and half2 == "pm" and first < 720 and first + 720 < last:
        first += 720
    if half == "pm" and not half2 and last < 720:
        last += 720
    whole = found["hour"].startswith("0")  # 02:00 is by night
    if not (half or half2 or whole) and first < words.EARLY and last <= 720:
        first += 720
    if last <= first and last <= 720:
        last += 720
    return (first, last) if first < last <= words.MIDNIGHT else None


def _until(found: re.Match[str]) -> Window | None:
    return (min(_WHOLE[0], words.minute(found, "") - 60), words.minute(found, ""))


def _since(found: re.Match[str]) -> Window | None:
    first = words.minute(found, "")
    return (first, 720 if words.half_of(found, "") == "am" else max(_WHOLE[1], first + 60))


def _merged(windows: list[Window]) -> tuple[Window, ...]:
    merged: list[Window] = []
    for opens, closes in sorted(windows):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _without(opened: tuple[Window, ...], shut: list[Window]) -> tuple[Window, ...]:
    for closes, opens in shut:
        opened = tuple(
            part
            for first, last in opened
            for part in ((first, min(last, closes)), (max(first, opens), last))
            if part[0] < part[1]
        )
    return opened


def _line(days: list[int], windows: tuple[Window, ...]) -> Text:
    """Return days and their times: Tue–Thu, Sat 9:00–11:30."""
    times = tuple(f"{words.clock(opens)}–{words.clock(closes)}" for opens, closes in windows)
    return Text("{days} {times}", days=_runs(days), times=times)


def _runs(days: list[int]) -> tuple[Text, ...]:
    """Return days in words, three and more in a row as one: Tue–Thu, Sat."""
    runs: list[Text] = []
    for _, group in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
        run = [day for _, day in group]
        if len(run) > 2:
            runs.append(Text("{first}–{last}", first=WEEKDAYS[run[0]], last=WEEKDAYS[run[-1]]))
        else:
            runs += [WEEKDAYS[day] for day in run]
    return tuple(runs)
