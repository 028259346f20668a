"""How visits are said in a calendar: when they are, whom they clash with, what is left to do."""

from collections.abc import Sequence
from datetime import date, timedelta

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.when import moment_words
from kamdesk.domain.visits.model import STATE_WORDS, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import Other

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def month_words(day: date) -> str:
    """Return the month of a day with its year: March 2026, 2026 年 3 月."""
    if looks.language() == "zh":
        return f"{day.year} 年 {day.month} 月"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def day_heading(day: date) -> str:
    """Return a day with its weekday: Thu 12 Mar."""
    return f"{looks.weekday(day)} {looks.day(day)}"


def span_words(first: date, days: int, today: date) -> str:
    """Return a day or a week as a title: Thu 12 Mar · 2026, Week 11 · 9 Mar – 15 Mar."""
    if days == 1:
        if looks.language() == "zh":  # the year leads there
            return f"{first.year} 年 {looks.long_day(first)}"
        return looks.joined(day_heading(first), str(first.year))
    last = first + timedelta(days=days - 1)
    week = looks.said(Text("Week {n}", n=first.isocalendar().week))
    return looks.joined(week, f"{looks.day(first)} – {looks.day(last, today=today)}")


def hours(line: VisitLine) -> str:
    """Return from when to when a visit is: 14:00–15:30; empty without a time."""
    if line.start is None:
        return ""
    end = line.start.plus(minutes=line.minutes).local
    return f"{looks.clock(line.start.local)}–{looks.clock(end)}"


def what(line: VisitLine) -> str:
    """Return what a visit is about."""
    return line.topic or line.objective


def names(line: VisitLine) -> str:
    """Return who of theirs sits there."""
    return ("、" if looks.language() == "zh" else ", ").join(line.theirs)


def overdue(line: VisitLine, now: Instant) -> bool:
    """True for a visit that is past and not written up yet."""
    if line.start is None or line.state not in (VisitState.PLANNED, VisitState.HELD):
        return False
    return line.start.plus(minutes=line.minutes).ms <= now.ms


def state_words(line: VisitLine, now: Instant) -> Text:
    """Return how far a visit has come: planned, to write up, closed, dropped."""
    return Text("to write up") if overdue(line, now) else STATE_WORDS[line.state]


def clash_words(others: Sequence[Other]) -> Text | None:
    """Return with what a visit clashes; None when with nothing."""
    if not others:
        return None
    first = _other_words(others[0])
    if len(others) == 1:
        return Text("Clashes with {visit}", visit=first)
    return Text(
        "Clashes with {visit} and {n} more",
        "Clashes with {visit} and {n} more",
        visit=first,
        n=len(others) - 1,
    )


def _other_words(other: Other) -> str:
    if isinstance(other, VisitLine):
        return looks.joined(other.account_name or Text("another visit"), hours(other))
    title = looks.cut(other.title, 80) or Text("an appointment")
    if other.all_day:
        return looks.joined(title, Text("all day"))
    start, end = other.start.local, other.ends.local
    return looks.joined(title, f"{looks.clock(start)}–{looks.clock(end)}")


def whole_words(line: VisitLine, others: Sequence[Other], now: Instant) -> str:
    """Return all a calendar knows of a visit, for a screen reader and for the line below."""
    when = day_heading(line.start.day) if line.start else looks.said(Text("no day yet"))
    return looks.joined(
        f"{when} {hours(line)}".strip(),
        line.account_name or Text("customer not known"),
        looks.cut(what(line), 160),
        looks.cut(names(line), 120),
        state_words(line, now),
        clash_words(others) or "",
    )


def moment(line: VisitLine, now: Instant) -> str:
    """Return when a visit is, for a list: today 14:00, 16 Mar 11:00."""
    return looks.capital(moment_words(line.start, now.day))
