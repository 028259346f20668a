"""Whom the file keeps longer than it should: past their day, or nothing heard for two years."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PersonStore
from kamdesk.storage.concerning import last_written
from kamdesk.storage.storage import Storage

IDLE_MONTHS: Final = 24
"""Without visit, promise or change for so long, a person is to be judged anew (``trust.md`` 5)."""

_DATED = """
SELECT t.who AS person, max(v.start) AS last FROM attendees t JOIN visits v ON v.id = t.visit
WHERE t.who IS NOT NULL AND NOT t.gone AND NOT v.gone AND v.state <> 'dropped' GROUP BY t.who
UNION ALL
SELECT person, max(max(coalesce(due, ''), coalesce(settled_on, ''))) FROM promises
WHERE person IS NOT NULL AND NOT gone GROUP BY person"""


class ToReview(NamedTuple):
    """A person to be judged anew: why, and since when nothing was heard (None: never)."""

    id: PersonId
    name: str
    account_name: str
    because: Text
    last: Day | None
    keep_until: Day | None
    restricted: bool


def to_review(storage: Storage) -> list[ToReview]:
    """Return whom to keep until another day, or to erase; those past their day first."""
    today = storage.clock.today()
    last = _last_signs(storage, today)
    names = {account.id: account.called for account in AccountStore(storage.reader).everything()}
    found = [
        ToReview(
            person.id,
            person.name,
            names.get(person.account, "") if person.account else "",
            because,
            last.get(person.id),
            person.keep_until,
            person.restricted,
        )
        for person in PersonStore(storage.reader).everybody(hidden=True)
        for because in _because(person, last.get(person.id), today)
    ]
    return sorted(found, key=lambda one: (one.keep_until or Day.max, one.last or Day.min, one.name))


def _because(person: Person, last: Day | None, today: Day) -> Iterator[Text]:
    if person.keep_until:
        if person.keep_until < today:
            yield Text("was to be kept until {day}", day=person.keep_until.isoformat())
    elif last is None or months_between(last, today) >= IDLE_MONTHS:
        months = months_between(last, today) if last else IDLE_MONTHS
        yield Text(
            "no visit, promise or change for {n} month",
            "no visit, promise or change for {n} months",
            n=months,
        )


def months_between(first: Day, last: Day) -> int:
    """Return how many whole months lie between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _last_signs(storage: Storage, today: Day) -> dict[bytes, Day]:
    """Return the latest day of anything that concerns each person; what lies ahead counts too."""
    zone = storage.clock.now().zone
    latest = {who: Instant(wall, zone).day for who, wall in last_written(storage).items()}
    for who, text in storage.reader.ask(_DATED):
        day = date.fromisoformat(text[:10]) if text else None
        if day and day > latest.get(who, Day.min):
            latest[who] = day
    return latest
