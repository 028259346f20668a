"""Patterns of visits: list them, make one of a week, lay one out, rename and delete one."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count, WeekValue
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import PatternId
from kamdesk.core.minutes import clock
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.patterns.model import CYCLE, MOST_CYCLES, Pattern
from kamdesk.dossier.patterns import LaidVisit, apply, lay_out, stops_of_weeks

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PatternLine(NamedTuple):
    """A pattern as the list shows it."""

    id: PatternId
    name: str
    weeks: int
    visits: int


class LaidLine(NamedTuple):
    """A visit as a pattern lays it out; ``left_out`` says why, empty: it is planned."""

    day: Day
    time: str
    minutes: int
    customer: str
    left_out: Text | str


@click.group("pattern", cls=Group, said=Text("Visits that come round again: make, lay out."))
def pattern() -> None:
    """Make and lay out patterns of visits."""


@command(Text("List the patterns of visits."), name="list", under=pattern)
def listing(session: Session) -> None:
    """List patterns."""
    with session.reading() as desk:
        lines = [_line(desk, one) for one in desk.patterns.ask.all()]
    session.give(lines)
    session.list(_COLUMNS, lines, Text("No pattern yet: “kamdesk pattern make NAME” makes one."))


@command(Text("Make a pattern of the visits of a week."), name="make", under=pattern)
@click.argument("name", metavar="NAME")
@option(
    "--week", "monday", type=WeekValue(), said=Text("A day of that week; today's when left out.")
)
@option("--every", "weeks", type=Count(CYCLE[0], CYCLE[-1]), default="4",
        said=Text("After how many weeks it comes round again."))  # fmt: skip
@option("--span", type=Count(CYCLE[0], CYCLE[-1]), default="1",
        said=Text("How many weeks are taken, from that one on."))  # fmt: skip
def make(session: Session, name: str, monday: Day | None, weeks: int, span: int) -> None:
    """Make a pattern of a week."""
    with session.writing() as desk:
        made = desk.patterns.new(name, weeks=max(weeks, span))
        day = monday or desk.clock.today()
        stops = stops_of_weeks(desk.storage, made.id, day, span, desk.team.me)
        if not stops:
            raise RuleBroken(Text("No visit of yours stands in that week."))
        desk.patterns.make(made, stops)
        _report(session, _line(desk, desk.patterns.ask.get(made.id)))


@command(Text("Lay out a pattern: plan its visits from a week on."), name="lay", under=pattern)
@click.argument("which", metavar="PATTERN")
@option("--from", "monday", type=WeekValue(),
        said=Text("A day of the first week; next week's when left out."))  # fmt: skip
@option("--times", type=Count(1, MOST_CYCLES), default="1", said=Text("How many times."))
@option("--try", "only_try", is_flag=True, said=Text("Only say what would be planned."))
def lay(session: Session, which: str, monday: Day | None, times: int, only_try: bool) -> None:
    """Lay out a pattern."""
    with session.reading() if only_try else session.writing() as desk:
        found, me = _meant(desk, which), desk.team.me
        day = monday or desk.clock.today() + timedelta(days=7)
        laid = lay_out(desk.storage, found, day, times, me)
        if not only_try:
            apply(desk.storage, found, day, times, me)
    lines = [_laid(one) for one in laid]
    session.give([line._replace(left_out=session.say(line.left_out)) for line in lines])
    session.list(_LAID, lines, Text("This pattern holds no visits yet."))


@command(Text("Rename a pattern, or change after how many weeks it comes round."), name="change",
         under=pattern)  # fmt: skip
@click.argument("which", metavar="PATTERN")
@option("--name", said=Text("Another name."))
@option("--every", "weeks", type=Count(CYCLE[0], CYCLE[-1]),
        said=Text("After how many weeks it comes round again."))  # fmt: skip
def change(session: Session, which: str, name: str | None, weeks: int | None) -> None:
    """Change a pattern."""
    with session.writing() as desk:
        base = _meant(desk, which)
        changed = replace(base, name=name or base.name, weeks=weeks or base.weeks)
        desk.patterns.change(changed, base=base, seen=desk.storage.position())
        _report(session, _line(desk, desk.patterns.ask.get(base.id)))


@command(Text("Delete a pattern; undo brings it back."), name="drop", under=pattern)
@click.argument("which", metavar="PATTERN")
def drop(session: Session, which: str) -> None:
    """Delete a pattern."""
    with session.writing() as desk:
        found = _meant(desk, which)
        line = _line(desk, found)
        desk.patterns.drop(found)
    session.give(line)
    session.tell(Text("Deleted: {name}", name=line.name))


def _meant(desk: "Workspace", words: str) -> Pattern:
    text = one_line(words).casefold()
    every = desk.patterns.ask.all()
    for fits in (
        [one for one in every if one.name.casefold() == text],
        [one for one in every if len(text) > 5 and one.id.hex().endswith(text)],
        [one for one in every if text and text in one.name.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
    raise RuleBroken(Text("No pattern is called “{words}”.", words=words))


def _line(desk: "Workspace", one: Pattern) -> PatternLine:
    return PatternLine(one.id, one.name, one.weeks, len(desk.patterns.ask.stops(one.id)))


def _laid(one: LaidVisit) -> LaidLine:
    stop = one.line.stop
    time = clock(stop.begins)
    return LaidLine(one.day, time, stop.minutes, one.line.account_name, one.because or "")


def _report(session: Session, line: PatternLine) -> None:
    session.give(line)
    session.tell(
        Text(
            "{name}: {visits} visits, every {n} weeks (id {id})",
            name=line.name,
            visits=line.visits,
            n=str(line.weeks),
            id=pick.short(line.id),
        )
    )


_COLUMNS: Final[tuple[Column[PatternLine], ...]] = (
    Column(Text("Id"), lambda line: pick.short(line.id), whole=True),
    Column(Text("Pattern"), lambda line: line.name),
    Column(Text("Weeks"), lambda line: str(line.weeks), right=True),
    Column(Text("Visits"), lambda line: str(line.visits), right=True),
)
_LAID: Final[tuple[Column[LaidLine], ...]] = (
    Column(Text("Day"), lambda line: line.day.isoformat(), whole=True),
    Column(Text("Time"), lambda line: line.time, whole=True),
    Column(Text("Minutes"), lambda line: str(line.minutes), right=True),
    Column(Text("Customer"), lambda line: line.customer),
    Column(Text("Left out"), lambda line: line.left_out),
)
