"""Calendars from the command line: other programs' in, our visits and promises out."""

from typing import TYPE_CHECKING, Any

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import DayValue, OneOf, to_write
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.store import CalendarLine

if TYPE_CHECKING:
    from kamdesk.transfer.calendar.imports import Shown
    from kamdesk.workspace import Workspace

_SHOWN = 20


@click.group(
    "calendar",
    cls=Group,
    said=Text("Calendars of other programs, and your visits for them (iCalendar)."),
)
def calendar() -> None:
    """Calendars of other programs."""


@command(
    Text("Import a calendar file: its appointments are what a week is planned around."),
    name="import",
    under=calendar,
)
@click.argument("file", metavar="FILE")
@option("--name", said=Text("What the calendar is called here; one of that name is updated."))
@option("--dry-run", is_flag=True, said=Text("Only say what would happen."))
def take_in(session: Session, file: str, name: str | None, dry_run: bool) -> None:
    """Take in a calendar as one action that can be undone."""
    with session.reading() if dry_run else session.writing() as desk:
        shown = desk.calendar_files.look(session.path(file), name=name or "")
        if not dry_run:
            desk.calendar_files.take(shown)
    session.give({"file": file, "dry_run": dry_run, **_as_json(session, shown)})
    session.tell(
        Text(
            "{calendar}: new {new}, changed {changed}, unchanged {same}, gone {gone},"
            " not to be taken {refused}.",
            calendar=shown.calendar.name,
            new=len(shown.new),
            changed=len(shown.changed),
            same=shown.same,
            gone=len(shown.gone),
            refused=len(shown.refused),
        )
    )
    for remark in shown.remarks:
        session.tell(f"  {session.say(remark)}")
    for one in shown.refused[:_SHOWN]:
        said = Text("appointment {n}: {reason}", n=one.number, reason=one.why)
        session.tell(f"  {session.say(said)}")
    if (more := len(shown.refused) - _SHOWN) > 0:
        session.tell(f"  {session.say(Text('and {n} more', n=more))}")
    if dry_run:
        session.tell(Text("Nothing was written: this was only a look."))


@command(Text("List the calendars that were imported."), name="list", under=calendar)
def list_calendars(session: Session) -> None:
    """List imported calendars."""
    with session.reading() as desk:
        lines = desk.appointments.ask.calendars(now=desk.clock.now())
    session.give(
        [
            {
                "id": line.calendar.id,
                "name": line.calendar.name,
                "file": line.calendar.file,
                "imported": line.calendar.imported,
                "until": line.calendar.until,
                "appointments": line.appointments,
                "ahead": line.ahead,
            }
            for line in lines
        ]
    )
    session.list(_CALENDARS, lines, Text("No calendar has been imported."))


@command(Text("Forget an imported calendar and its appointments."), name="forget", under=calendar)
@click.argument("name", metavar="NAME")
def forget(session: Session, name: str) -> None:
    """Forget a calendar; undo brings it back."""
    with session.writing() as desk:
        found = _named(desk, name)
        desk.appointments.forget(found.calendar)
    session.give({"forgotten": found.calendar.name, "appointments": found.appointments})
    session.tell(
        Text(
            "Forgotten: {calendar}, {n} appointment.",
            "Forgotten: {calendar}, {n} appointments.",
            calendar=found.calendar.name,
            n=found.appointments,
        )
    )


@command(
    Text("Write your visits and promises for calendar programs."), name="export", under=calendar
)
@click.argument("output", metavar="OUT.ics")
@option("--what", type=OneOf("visits", "promises"), said=Text("Only visits, or only promises."))
@option("--account", metavar="ACCOUNT", said=Text("Only what concerns this customer."))
@option("--from", "first", type=DayValue(), said=Text("From this day on."))
@option("--until", "last", type=DayValue(), said=Text("Up to this day."))
def give_out(
    session: Session,
    output: str,
    what: str | None,
    account: str | None,
    first: Day | None,
    last: Day | None,
) -> None:
    """Write what other calendar programs show."""
    write_out(session, output, what=what, account=account, first=first, last=last)


def write_out(
    session: Session,
    output: str,
    *,
    what: str | None,
    account: str | None,
    first: Day | None = None,
    last: Day | None = None,
) -> None:
    """Write visits and promises from day to day: without one, from last month for two years."""
    from kamdesk.transfer.calendar.exports import export_calendar

    target = to_write(session, output, ".ics")
    with session.reading() as desk:
        n = export_calendar(
            desk.storage,
            target,
            account=pick.account(desk, account) if account else None,
            first=first,
            last=last,
            visits=what != "promises",
            promises=what != "visits",
            say=session.say,
        )
    session.give({"file": output, "entries": n})
    session.tell(Text("{n} entry is in {file}.", "{n} entries are in {file}.", n=n, file=output))


def _named(desk: "Workspace", name: str) -> CalendarLine:
    lines = desk.appointments.ask.calendars(now=desk.clock.now())
    wanted = name.strip().casefold()
    for line in lines:
        if line.calendar.name.casefold() == wanted or line.calendar.id.hex() == wanted:
            return line
    if not lines:
        raise RuleBroken(Text("No calendar has been imported."))
    names = [line.calendar.name for line in lines]
    raise RuleBroken(
        Text("No calendar is called “{name}”. There are: {names}.", name=name, names=names)
    )


def _as_json(session: Session, shown: "Shown") -> dict[str, Any]:
    return {
        "calendar": shown.calendar.name,
        "new": len(shown.new),
        "changed": len(shown.changed),
        "same": shown.same,
        "older": shown.older,
        "gone": len(shown.gone),
        "outside": shown.outside,
        "refused": [
            {"appointment": one.number, "title": one.title, "reason": session.say(one.why)}
            for one in shown.refused
        ],
        "remarks": [session.say(remark) for remark in shown.remarks],
    }


def _day(moment: Instant | None) -> str:
    return moment.day.isoformat() if moment else "–"


_CALENDARS: tuple[Column[CalendarLine], ...] = (
    Column(Text("Name"), lambda line: line.calendar.name),
    Column(Text("Appointments"), lambda line: str(line.appointments), right=True),
    Column(Text("Times ahead"), lambda line: str(line.ahead), right=True),
    Column(Text("Imported"), lambda line: _day(line.calendar.imported)),
    Column(Text("File"), lambda line: line.calendar.file or "–"),
)
