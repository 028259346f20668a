"""When one of us is away: list absences, add one, take one off."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import DayValue
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AbsenceId, ColleagueId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.working_days.absence import Absence, read_stretch, write_stretch

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_YEARS_AHEAD: Final = timedelta(days=3 * 366)


class AbsenceLine(NamedTuple):
    """An absence as the list shows it; no name: the whole house."""

    id: AbsenceId
    first: Day
    last: Day
    time: str
    colleague: str
    words: str


@click.group("absence", cls=Group, said=Text("When one of us is away: list, add, delete."))
def absence() -> None:
    """List and add absences."""


@command(Text("List absences, the next first."), name="list", under=absence)
@option("--from", "first", type=DayValue(), said=Text("From which day; today when left out."))
def listing(session: Session, first: Day | None) -> None:
    """List absences."""
    with session.reading() as desk:
        begin = first or desk.clock.today()
        found = desk.working_days.ask.absences(begin, begin + _YEARS_AHEAD)
        lines = [_line(desk, one) for one in found]
    session.give(lines)
    session.list(_COLUMNS, lines, Text("Nobody is away."))


@command(Text("Say that somebody of ours is away."), name="add", under=absence)
@click.argument("first", type=DayValue(), metavar="DAY")
@click.argument("last", type=DayValue(), metavar="[DAY]", required=False)
@option("--time", default="", said=Text("At which time of these days: 9-12, morning."))
@option("--words", default="", said=Text("What for."))
@option("--colleague", said=Text("Who, by name; yourself when left out."))
@option("--everybody", is_flag=True, said=Text("The whole house is away."))
def add(
    session: Session,
    first: Day,
    last: Day | None,
    time: str,
    words: str,
    colleague: str | None,
    everybody: bool,
) -> None:
    """Add an absence."""
    begins, ends = read_stretch(time)
    with session.writing() as desk:
        who = None if everybody else _colleague(desk, colleague)
        made = replace(
            desk.working_days.new(first, who),
            last=last or first,
            begins=begins,
            ends=ends,
            words=words,
        )
        desk.working_days.add(made)
        line = _line(desk, made)
    session.give(line)
    days, name, short = _days(line), _who(line), pick.short(line.id)
    session.tell(Text("Away: {days} {name} (id {id})", days=days, name=name, id=short))


@command(Text("Delete an absence; undo brings it back."), name="drop", under=absence)
@click.argument("which", metavar="ABSENCE")
def drop(session: Session, which: str) -> None:
    """Delete an absence."""
    with session.writing() as desk:
        found = _meant(desk, which)
        line = _line(desk, found)
        desk.working_days.drop(found.id)
    session.give(line)
    session.tell(Text("Deleted: {days} {name}", days=_days(line), name=_who(line)))


def _colleague(desk: "Workspace", name: str | None) -> ColleagueId:
    if name is None:
        return desk.team.me
    wanted = one_line(name).casefold()
    fits = [one for one in desk.team.ask.everybody() if one.name.casefold() == wanted]
    if len(fits) == 1:
        return fits[0].id
    raise RuleBroken(Text("No colleague is called “{words}”.", words=name))


def _meant(desk: "Workspace", words: str) -> Absence:
    """Return the one meant: by the end of its id, or the only one that begins on a day."""
    text = one_line(words).casefold()
    every = desk.working_days.ask.absences(Day.min, Day.max)
    for fits in (
        [one for one in every if len(text) > 5 and one.id.hex().endswith(text)],
        [one for one in every if one.first.isoformat() == text],
    ):
        if len(fits) == 1:
            return fits[0]
    raise RuleBroken(Text("No absence has the id “{words}”.", words=words))


def _line(desk: "Workspace", one: Absence) -> AbsenceLine:
    who = desk.team.ask.find(one.colleague)
    time = write_stretch(one.begins, one.ends)
    return AbsenceLine(one.id, one.first, one.last, time, who.name if who else "", one.words)


def _who(line: AbsenceLine) -> Text | str:
    return line.colleague or Text("the whole house")


def _days(line: AbsenceLine) -> str:
    days = line.first.isoformat()
    days += f" – {line.last.isoformat()}" if line.last != line.first else ""
    return f"{days} {line.time}".rstrip()


_COLUMNS: Final[tuple[Column[AbsenceLine], ...]] = (
    Column(Text("Id"), lambda line: pick.short(line.id), whole=True),
    Column(Text("Days"), _days, whole=True),
    Column(Text("Who"), _who),
    Column(Text("What for"), lambda line: line.words),
)
