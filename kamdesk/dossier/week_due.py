"""Who may be taken into a week: customers who are due, and those we owe something that week."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, PersonId
from kamdesk.core.stored import read_word
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PromiseStore
from kamdesk.domain.week.model import Reason
from kamdesk.dossier.due import DueLine, read_due
from kamdesk.dossier.places import Place as Lies
from kamdesk.dossier.places import spots_of
from kamdesk.dossier.week_prize import Others, Urgency, prize
from kamdesk.dossier.week_read import Place, Unplaced, WeekItem, What
from kamdesk.storage.database import Reader, Row

MOST: Final = 160
"""Customers a week is planned from; the most worth of more."""
_LOOKED_AT: Final = 3 * MOST
_SOON_ENOUGH: Final = 14
"""A visit planned within so many days after the week is soon enough."""
_FEW_DAYS: Final = 2
_FACTS: Final = """
SELECT a.id, coalesce(a.short_name, a.name) AS called, a.phone, a.city, a.class_by_hand,
  (SELECT max(o.step) FROM opportunities o WHERE o.account = a.id AND o.state = 'open'
   AND NOT o.gone) AS step
FROM accounts a WHERE a.id IN ({marks}) AND NOT a.gone AND a.merged_into IS NULL"""


class Due(NamedTuple):
    """The candidates of a week, the most worth first, and those nobody knows where to find.

    ``standing``: what speaks for a visit at a customer who has one in the week already.
    ``unclassed``: customers at whom nothing is asked for, since nobody gave them a class.
    """

    items: list[WeekItem]
    unplaced: list[Unplaced]
    standing: dict[AccountId, tuple[Reason, ...]]
    unclassed: list[Unplaced]


def due_items(
    reader: Reader,
    monday: Day,
    *,
    me: ColleagueId | None,
    today: Day,
    planned: Collection[AccountId],
    minutes: int,
) -> Due:
    """Return who may be taken into the week that begins on ``monday``.

    Customers with a visit in it already (``planned``) or soon after it are not among them, nor
    those who want quiet in it. ``minutes``: how long a visit lasts.
    """
    asked = _Asked(today, max(today, monday), monday + timedelta(days=6), minutes)
    found = read_due(reader, today=today, me=me)
    by_account = _lines(found.lines, planned, asked)
    promises: dict[AccountId, int] = defaultdict(int)
    for owed in PromiseStore(reader).due(by=asked.until, of=me):
        if owed.side is PromiseSide.OURS:
            promises[owed.account] += 1
    worth = {
        account: _worth_at_least(by_account.get(account, ()), promises[account], asked)
        for account in {**by_account, **promises}
        if by_account.get(account, True)
    }
    weighty = sorted((one for one in worth if worth[one]), key=lambda one: (-worth[one], one))
    facts = _facts(reader, [*dict.fromkeys([*weighty[:_LOOKED_AT], *planned])])
    lies = spots_of(reader, facts)
    unclassed = [Unplaced(one.subject.account, one.account_name) for one in found.unclassed]
    due = Due([], [], {}, unclassed)
    for account, row in facts.items():
        item = _item(row, by_account.get(account, []), promises[account], lies, asked)
        if account in planned:
            due.standing[account] = item.reasons
        elif item.reasons and account in lies:
            due.items.append(item)
        elif item.reasons and item.is_due:
            due.unplaced.append(Unplaced(account, item.name))
    due.items.sort(key=lambda one: (-sum(reason.points for reason in one.reasons), one.key))
    return due._replace(items=due.items[:MOST])


def _lines(
    lines: Iterable[DueLine], planned: Collection[AccountId], asked: "_Asked"
) -> dict[AccountId, list[DueLine]]:
    """Return the duties by customer; an empty list for who is to be left alone in the week."""
    found: dict[AccountId, list[DueLine]] = defaultdict(list)
    quiet: set[AccountId] = set()
    soon_enough = asked.until + timedelta(days=_SOON_ENOUGH)
    for line in lines:
        if line.paused_until and line.paused_until >= asked.planned_for:
            if line.person is None:
                quiet.add(line.account)
        elif line.planned and line.planned <= soon_enough and line.account not in planned:
            quiet.add(line.account)
        elif line.due is not None:
            found[line.account].append(line)
    return {**found, **{account: [] for account in quiet}}


class _Asked(NamedTuple):
    today: Day
    planned_for: Day
    until: Day
    minutes: int


def _worth_at_least(lines: Iterable[DueLine], promises: int, asked: _Asked) -> float:
    """Return what a customer is worth by duties and promises alone: enough to say who counts."""
    others = Others(promises=promises)
    worth = prize(None, None, others)
    return max(
        (
            sum(term.points for term in terms)
            for line in lines
            if line.due
            and (terms := prize(_urgency(line, line.due, asked), line.class_by_hand, others))
        ),
        default=sum(term.points for term in worth),
    )


def _item(
    row: Row,
    lines: list[DueLine],
    promises: int,
    lies: Mapping[AccountId, Lies],
    asked: _Asked,
) -> WeekItem:
    """Return a customer as a candidate, with what speaks for them; no reasons: nothing is due."""
    place = lies.get(row["id"])
    urgent = sorted(
        ((_urgency(line, line.due, asked), line) for line in lines if line.due),
        key=lambda pair: (-pair[0].ratio, pair[1].person is not None, pair[1].person or b""),
    )
    first = urgent[0] if urgent else None
    meets: list[tuple[PersonId, str]] = [
        (line.person, line.person_name)
        for urgency, line in urgent
        if line.person is not None and urgency.ratio >= 1
    ]
    named = [name for person, name in meets if first is None or person != first[1].person]
    hours = place.hours if place else ""
    others = Others(
        promises=promises,
        people=[name for name in named if name],
        step=row["step"],
        received_on=_few_days(hours),
    )
    return WeekItem(
        key=row["id"],
        what=What.DUE,
        name=row["called"] or "",
        account=row["id"],
        site=place.site if place else None,
        people=tuple(person for person, _ in meets),
        minutes=asked.minutes,
        place=_place(place, row["city"] or ""),
        contact=next((name for _, name in meets if name), ""),
        phone=row["phone"] or "",
        hours=hours,
        is_due=bool(promises) or any(line.due and line.due <= asked.until for line in lines),
        reasons=prize(
            first[0] if first else None,
            read_word(AccountClass, row["class_by_hand"], None),
            others,
        ),
    )


def _place(lies: Lies | None, city: str) -> Place:
    if lies is None:
        return Place(words=city)
    sure = lies.sure and not lies.within
    return Place(words=city, address=lies.address, spot=lies.spot, sure=sure)


def _urgency(line: DueLine, due: Day, asked: _Asked) -> Urgency:
    return Urgency(
        due=due,
        every=line.every,
        met_before=line.last is not None,
        because=line.because,
        today=asked.today,
        planned_for=asked.planned_for,
    )


def _few_days(hours: str) -> tuple[int, ...]:
    """Return the weekdays on which alone they receive, when those are few."""
    read = read_hours(hours) if hours else None
    days = tuple(day for day, windows in enumerate(read.windows) if windows) if read else ()
    return days if 0 < len(days) <= _FEW_DAYS else ()


def _facts(reader: Reader, accounts: list[AccountId]) -> dict[AccountId, Row]:
    return {row["id"]: row for row in reader.of_each(_FACTS, accounts)}
