"""What the plan of a week does not know, in words: where one starts, holidays, who lies where."""

from collections.abc import Iterator, Sequence

from kamdesk.core.wording import Text
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.visits.model import VisitKind
from kamdesk.domain.working_days.calendar import Calendar
from kamdesk.dossier.week_due import Due
from kamdesk.dossier.week_read import WeekDay, What


def not_judged(
    days: Sequence[WeekDay], due: Due, habits: Habits, calendar: Calendar
) -> tuple[Text, ...]:
    """Return in words what the plan does not know."""
    home = Text("Where you start is not known: the ways from home and back are not counted.")
    return (
        *([home] if habits.home is None else ()),
        *_years(days, calendar),
        *_customers(due),
        *_visits(days),
    )


def _years(days: Sequence[WeekDay], calendar: Calendar) -> Iterator[Text]:
    for year in sorted({one.day.year for one in days if not calendar.knows(one.day.year)}):
        yield Text(
            "There is no list of public holidays for {year}: only weekends are kept free.",
            year=str(year),
        )


def _customers(due: Due) -> Iterator[Text]:
    if due.unplaced:
        yield Text(
            "{n} customer is due, but nobody knows where: give the site an address.",
            "{n} customers are due, but nobody knows where: give their sites an address.",
            n=len(due.unplaced),
        )
    if due.unclassed:
        yield Text(
            "{n} customer without a class: nothing asks for a visit there.",
            "{n} customers without a class: nothing asks for a visit there.",
            n=len(due.unclassed),
        )


def _visits(days: Sequence[WeekDay]) -> Iterator[Text]:
    lost = sum(
        item.what is What.VISIT
        and item.place.spot is None
        and item.kind is VisitKind.VISIT
        and not day.is_past
        for day in days
        for item in day.items
    )
    if lost:
        yield Text(
            "{n} visit stands where nobody knows: the way to it is not counted.",
            "{n} visits stand where nobody knows: the way to them is not counted.",
            n=lost,
        )
