"""What stands behind an option: days, moments, counts, one of several words; refused in words."""

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from kamdesk.cli.session import Session, session_of
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_MOMENT = re.compile(r"(?:(?P<day>.+?)[ T]+)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")
_DATE = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(next |下)?(?:(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
)
_YEARS = range(1900, 2200)
_NEAR = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "昨天": -1, "今天": 0, "明天": 1, "后天": 2,
}  # fmt: skip


class Misused(click.UsageError):
    """A command written in a way that has no meaning, and why, in both languages."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.plain, ctx=click.get_current_context(silent=True))
        self.said = said


class WrongValue(click.BadParameter):
    """A value that an option cannot take, and why, in both languages."""

    def __init__(self, said: Text, param: click.Parameter | None, ctx: click.Context | None):
        super().__init__(said.plain, ctx=ctx, param=param)
        self.said = said


class OneOf(click.ParamType[str]):
    """One of several words; ``a-b`` is taken for ``a_b``."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return how the choice is written in the help."""
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; refuses any other."""
        word = str(value).strip().casefold().replace("-", "_")
        if word not in self.words:
            raise WrongValue(
                Text("“{value}” is none of: {words}.", value=value, words=self.words), param, ctx
            )
        return word


class Count(click.ParamType[int]):
    """A whole number within bounds."""

    name = "n"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; refuses text that is none and numbers out of bounds."""
        text = _typed(value)
        number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None
        if number is None or not self.least <= number <= self.most:
            raise WrongValue(
                Text(
                    "“{value}” is no whole number from {least} to {most}.",
                    value=value,
                    least=self.least,
                    most=self.most,
                ),
                param,
                ctx,
            )
        return number


class DayValue(click.ParamType[Day]):
    """A day: 2026-03-12, today, tomorrow, wed, 下周三, +3."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Day:
        """Return the day; refuses anything else."""
        if isinstance(value, date):
            return value
        found = read_day(str(value), session_of(ctx).clock.today())
        if found is None:
            raise WrongValue(not_a_day(str(value)), param, ctx)
        return found


class WeekValue(click.ParamType[Day]):
    """A week: 2026-W12, or any day of it."""

    name = "week"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Day:
        """Return its Monday; refuses anything else."""
        if isinstance(value, date):
            return value
        written = str(value)
        if match := _WEEK.fullmatch(written.strip()):
            try:
                written = str(date.fromisocalendar(int(match[1]), int(match[2]), 1))
            except ValueError:
                raise WrongValue(_no_week(written), param, ctx) from None
        day = read_day(written, session_of(ctx).clock.today())
        if day is None:
            raise WrongValue(_no_week(str(value)), param, ctx)
        return day - timedelta(days=day.weekday())


def _no_week(value: str) -> Text:
    return Text("“{value}” is no week: write 2026-W12, or a day of it.", value=value)


class MomentValue(click.ParamType[Instant]):
    """A day and a time: 2026-03-12 14:00, tomorrow 9:30, 14:00."""

    name = "when"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Instant:
        """Return the moment in the user's zone; refuses anything else."""
        clock = session_of(ctx).clock
        match = _MOMENT.fullmatch(_typed(value))
        day = read_day(match["day"], clock.today()) if match and match["day"] else clock.today()
        if match is None or day is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
            raise WrongValue(
                Text("“{value}” is no day and time: write 2026-03-12 14:00.", value=value),
                param,
                ctx,
            )
        zone = clock.now().zone
        return Instant.at(day, int(match["hour"]), int(match["minute"]), zone=zone)


def to_write(session: Session, words: str, *endings: str) -> Path:
    """Return the path of a file to write. Raises ``Misused`` when its name ends otherwise."""
    target = session.path(words)
    if target.suffix.casefold() not in endings and not target.is_dir():
        raise Misused(
            Text(
                "The name of the file ends in {endings}; “{file}” does not.",
                endings=endings,
                file=words,
            )
        )
    return target


def not_together(*options: str) -> Misused:
    """Return the refusal of options that contradict each other."""
    return Misused(Text("These do not go together: {options}", options=options))


def missing(name: str) -> Misused:
    """Return the refusal of a command that lacks something."""
    return Misused(Text("{option} is missing.", option=name))


def read_day(text: str, today: Day) -> Day | None:
    """Return the day a word names: a date, a near day or weekday by its name, +3 days from today.

    A weekday is the next one of that name, today included; “next” and 下 say that of next week.
    """
    word = _typed(text).casefold()
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if re.fullmatch(r"[+-][0-9]{1,4}", word):
        return today + timedelta(days=int(word))
    if found := _WEEKDAY.fullmatch(word):
        return _weekday(found, today)
    parts = _DATE.fullmatch(word)
    if not parts or int(parts[1]) not in _YEARS:
        return None
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        return None


def _weekday(found: "re.Match[str]", today: Day) -> Day:
    next_week, chinese, english = found.groups()
    wanted = "一二三四五六日天".index(chinese) if chinese else _ENGLISH.index(english)
    ahead = min(wanted, 6) - today.weekday()
    if next_week or ahead < 0:
        ahead += 7
    return today + timedelta(days=ahead)


def _typed(value: object) -> str:
    """Return what was typed, full-width digits and marks as plain ones."""
    return unicodedata.normalize("NFKC", str(value)).strip()


def not_a_day(text: str) -> Text:
    """Return the refusal of a text that names no day."""
    return Text("“{value}” is no day: write 2026-03-12.", value=text)


def day_of(text: str, today: Day, *, field: str) -> Day:
    """Return the day a word names within a longer text. Raises ``RuleBroken``."""
    found = read_day(text, today)
    if found is None:
        raise RuleBroken(not_a_day(text), field=field)
    return found
