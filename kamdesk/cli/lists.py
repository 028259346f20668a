"""The lists: customers, people, visits, each with its filters."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar
from unicodedata import normalize

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.shapes import moment
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, DayValue, OneOf
from kamdesk.core.clock import Day, Instant
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.listing import CustomerLine
from kamdesk.domain.accounts.model import CLASS_WORDS, AccountClass
from kamdesk.domain.people.store import PersonLine
from kamdesk.domain.visits.model import KIND_WORDS, STATE_WORDS, VisitKind, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.customer_list import customer_list
from kamdesk.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
Line = TypeVar("Line")

_ALL = 10_000_000
_LIMIT = option("--limit", type=Count(0, 10_000_000), said=Text("At most so many."))
_TEXT = option("--text", default="", said=Text("Only those that hold this text."))
_ACCOUNT = option(
    "--account", metavar="ACCOUNT", said=Text("Only this customer's: number, name or id.")
)
_OWNER = option("--owner", default="", said=Text("Only those this colleague looks after."))


@command(Text("List customers."))
@_TEXT
@_OWNER
@option(
    "--class",
    "class_by_hand",
    type=OneOf(*AccountClass),
    said=Text("Only this class of customers."),
)
@option("--city", default="", said=Text("Only those in this city."))
@option("--industry", default="", said=Text("Only this industry."))
@option("--tag", default="", said=Text("Only those with this tag."))
@_LIMIT
def accounts(
    session: Session,
    text: str,
    owner: str,
    class_by_hand: str | None,
    city: str,
    industry: str,
    tag: str,
    limit: int | None,
) -> None:
    """List customers by name."""
    with session.reading() as desk:
        found = customer_list(desk.storage)
        lines = [
            line
            for line in found.lines
            if _holds(text, line.name, line.short_name, line.number)
            and _holds(owner, line.owner)
            and class_by_hand in (None, line.class_by_hand)
            and _holds(city, line.city)
            and _holds(industry, line.industry)
            and (not tag or tag in line.tags)
        ][:limit]
    called = {bytes(field.id): field.name for field in found.own}
    session.give(
        [
            {
                **line._asdict(),
                "group_parent": line.group,
                "last_visit": moment(line.last_visit),
                "next_visit": moment(line.next_visit),
                "own": {called[field]: value for field, value in line.own.items()},
            }
            for line in lines
        ]
    )
    session.list(_ACCOUNTS, lines, Text("No customer fits."))


@command(Text("List people."))
@_ACCOUNT
@_TEXT
@_OWNER
@option("--post", default="", said=Text("Only those whose post holds this text."))
@_LIMIT
def people(
    session: Session, account: str | None, text: str, owner: str, post: str, limit: int | None
) -> None:
    """List people by name."""
    with session.reading() as desk:
        at = pick.account(desk, account) if account else None
        lines = [
            line
            for line in desk.people.ask.lines(at)
            if _holds(text, line.name, line.post, line.department, line.account_name)
            and _holds(owner, line.owner)
            and _holds(post, line.post)
        ][:limit]
    session.give([line._replace(last_met=moment(line.last_met)) for line in lines])
    session.list(_PEOPLE, lines, Text("Nobody fits."))


@command(Text("List visits, the newest first; between days, in order of time."))
@_ACCOUNT
@option("--person", metavar="PERSON", said=Text("Only those this person sat at."))
@_TEXT
@option("--state", type=OneOf(*VisitState), said=Text("Only visits that have come so far."))
@option("--kind", type=OneOf(*VisitKind), said=Text("Only this form of contact."))
@option("--from", "first", type=DayValue(), said=Text("From this day on."))
@option("--to", "last", type=DayValue(), said=Text("Up to this day."))
@_LIMIT
def visits(
    session: Session,
    account: str | None,
    person: str | None,
    text: str,
    state: str | None,
    kind: str | None,
    first: Day | None,
    last: Day | None,
    limit: int | None,
) -> None:
    """List visits."""
    with session.reading() as desk:
        fitting = (
            line
            for line in _visits(desk, account, person, first, last)
            if _holds(text, line.topic, line.objective, line.next_step, line.account_name)
            and state in (None, line.state)
            and kind in (None, line.kind)
        )
        lines = list(islice(fitting, limit))
    unsaid = ("theirs", "ours")  # who sits there is not asked for here
    session.give(
        [{n: value for n, value in line._asdict().items() if n not in unsaid} for line in lines]
    )
    session.list(_VISITS, lines, Text("No visit fits."))


def _visits(
    desk: Workspace, account: str | None, person: str | None, first: Day | None, last: Day | None
) -> Iterable[VisitLine]:
    ask = desk.visits.ask
    at = pick.account(desk, account) if account else None
    who = pick.person(desk, person) if person else None
    if who:
        lines = ask.of_person(who, limit=_ALL)
    elif at:
        lines = ask.of_account(at, limit=_ALL)
    elif first or last:
        zone = desk.clock.now().zone
        begin, end = first or Day(1900, 1, 1), last or Day(2199, 12, 31)
        lines = ask.between(
            Instant.at(begin, 0, zone=zone), Instant.at(end, 0, zone=zone).plus(days=1)
        )
    else:
        lines = ask.lines(limit=_ALL)
    if first or last:
        lines = sorted(lines, key=lambda line: (str(line.start or ""), line.id))
    for line in lines:
        day = line.start.day if line.start else None
        too_early = first and (day is None or day < first)
        too_late = last and (day is None or day > last)
        if not (too_early or too_late or (at and line.account != at)):
            yield line


def _holds(part: str, *texts: str | None) -> bool:
    wanted = normalize("NFC", part).strip().casefold()
    return not wanted or any(wanted in (text or "").casefold() for text in texts)


def _day(stored: str) -> str:
    return moment(stored)[:10]


def _word(words: dict[Any, Text], value: Any) -> Text | str:
    return words.get(value, "") if value else ""


_ACCOUNTS: tuple[Column[CustomerLine], ...] = (
    Column(Text("Number"), lambda line: line.number, whole=True),
    Column(Text("Name"), lambda line: line.name),
    Column(Text("Class"), lambda line: _word(CLASS_WORDS, line.class_by_hand)),
    Column(Text("Industry"), lambda line: line.industry),
    Column(Text("City"), lambda line: line.city),
    Column(Text("Owner"), lambda line: line.owner),
    Column(Text("Group"), lambda line: line.group),
    Column(Text("Last visit"), lambda line: _day(line.last_visit), whole=True),
    Column(Text("Next visit"), lambda line: _day(line.next_visit), whole=True),
)
_PEOPLE: tuple[Column[PersonLine], ...] = (
    Column(Text("Name"), lambda line: line.name),
    Column(Text("Post"), lambda line: line.post),
    Column(Text("Department"), lambda line: line.department),
    Column(Text("Customer"), lambda line: line.account_name),
    Column(Text("Owner"), lambda line: line.owner),
    Column(Text("Last met"), lambda line: _day(line.last_met), whole=True),
    Column(Text("Phone"), lambda line: line.phone),
)
_VISITS: tuple[Column[VisitLine], ...] = (
    Column(Text("Id"), lambda line: pick.short(line.id), whole=True),
    Column(
        Text("Start"),
        lambda line: f"{line.start.local:%Y-%m-%d %H:%M}" if line.start else "",
        whole=True,
    ),
    Column(Text("Customer"), lambda line: line.account_name),
    Column(Text("Kind"), lambda line: _word(KIND_WORDS, line.kind)),
    Column(Text("State"), lambda line: _word(STATE_WORDS, line.state)),
    Column(Text("Topic"), lambda line: line.topic),
    Column(Text("Objective"), lambda line: line.objective),
    Column(Text("Next step"), lambda line: line.next_step),
)
