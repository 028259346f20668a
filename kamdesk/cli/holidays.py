"""Public holidays and make-up days: show a year's list, take in a newer one, drop it again."""

from datetime import timedelta
from typing import Final, NamedTuple

import click

from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.working_days.calendar import Calendar

_YEARS: Final = Count(1900, 2200)


class HolidayLine(NamedTuple):
    """Days in a row that have one name: off, or worked in their stead."""

    first: Day
    last: Day
    off: bool
    name: Text | str


@click.group(
    "holidays", cls=Group, said=Text("Public holidays and make-up days: show, take in a list.")
)
def holidays() -> None:
    """Show and take in holiday lists."""


@command(Text("Show the holidays of a year."), name="list", under=holidays)
@option("--year", type=_YEARS, said=Text("Which year; this one when left out."))
def listing(session: Session, year: int | None) -> None:
    """Show the holidays of a year."""
    with session.reading() as desk:
        wanted = year or desk.clock.today().year
        calendar = desk.working_days.calendar()
    lines = _lines(calendar, wanted)
    session.give([line._replace(name=session.say(line.name)) for line in lines])
    none = Text(
        "No list of holidays for {year} is here: only weekends are known.", year=str(wanted)
    )
    session.list(_COLUMNS, lines, none)


@command(Text("Take in a list of holidays: a calendar, a table, or JSON."), name="take",
         under=holidays)  # fmt: skip
@click.argument("file", metavar="FILE")
def take(session: Session, file: str) -> None:
    """Take in a list of holidays."""
    from kamdesk.transfer.holiday_lists import read_lists

    lists = read_lists(session.path(file))
    with session.writing() as desk:
        desk.working_days.take_lists(lists)
        own = {one.year: one for one in desk.working_days.ask.year_lists()}
    taken = [own[one.year] for one in lists if one.year in own]
    session.give([{"year": one.year, "off": one.off_lines, "worked": one.worked_lines}
                  for one in taken])  # fmt: skip
    for one in taken:
        session.tell(
            Text(
                "{year}: {off} days off, {worked} make-up days",
                year=str(one.year),
                off=len(one.off),
                worked=len(one.worked),
            )
        )


@command(Text("Drop a list that was taken in; the shipped one counts again."), name="drop",
         under=holidays)  # fmt: skip
@click.argument("year", type=_YEARS)
def drop(session: Session, year: int) -> None:
    """Drop a list that was taken in."""
    with session.writing() as desk:
        desk.working_days.drop_list(year)
    session.give({"year": year})
    session.tell(Text("The list of {year} is dropped.", year=str(year)))


def _lines(calendar: Calendar, year: int) -> list[HolidayLine]:
    known = calendar.of_year(year)
    if known is None:
        return []
    found: list[HolidayLine] = []
    for day in sorted({*known.off, *known.worked}):
        line = HolidayLine(day, day, day in known.off, calendar.name(day) or "")
        before = found[-1] if found else None
        joined = before is not None and (before.off, before.name) == (line.off, line.name)
        if before is not None and joined and before.last + timedelta(days=1) == day:
            found[-1] = before._replace(last=day)
        else:
            found.append(line)
    return found


_COLUMNS: Final[tuple[Column[HolidayLine], ...]] = (
    Column(Text("First"), lambda line: line.first.isoformat(), whole=True),
    Column(Text("Last"), lambda line: line.last.isoformat(), whole=True),
    Column(Text("What"), lambda line: Text("day off") if line.off else Text("worked")),
    Column(Text("Name"), lambda line: line.name),
)
