"""Whom the file keeps longer than it should: past their day, or nothing heard for two years."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.steps import Steps, unheard
from kamdesk.core.wording import Text
from kamdesk.storage.concerning import LISTED, last_written, listing
from kamdesk.storage.storage import Storage

IDLE_MONTHS: Final = 24
"""Without visit, promise or change for so long, a person is to be judged anew (``trust.md`` 5)."""

_SURELY_IDLE: Final = timedelta(days=IDLE_MONTHS * 30)
"""Less than any span of so many months: who was met since need not be judged."""

_CANDIDATES = """
SELECT p.id, p.name, coalesce(nullif(a.short_name, ''), a.name, ''), p.keep_until, p.restricted
FROM people p LEFT JOIN accounts a ON a.id = p.account AND NOT a.gone
LEFT JOIN person_standing s ON s.id = p.id
WHERE NOT p.gone AND (p.keep_until < ?1 OR (p.keep_until IS NULL
  AND (s.last_met IS NULL OR s.last_met < ?2)))"""
_DATED = """
SELECT t.who AS person, max(v.start) AS last FROM attendees t JOIN visits v ON v.id = t.visit
WHERE t.who IN ({listed}) AND NOT t.gone AND NOT v.gone AND v.state <> 'dropped' GROUP BY t.who
UNION ALL
SELECT person, max(max(coalesce(due, ''), coalesce(settled_on, ''))) FROM promises
WHERE person IN ({listed}) AND NOT gone GROUP BY person"""


class ToReview(NamedTuple):
    """A person to be judged anew: why, and since when nothing was heard (None: never)."""

    id: PersonId
    name: str
    account_name: str
    because: Text
    last: Day | None
    keep_until: Day | None
    restricted: bool


def to_review(storage: Storage, step: Steps = unheard) -> list[ToReview]:
    """Return whom to keep until another day, or to erase; those past their day first.

    Seconds in a large territory: ``step`` is told how far it is, and ends it by raising.
    """
    today = storage.clock.today()
    rows = list(storage.reader.ask(_CANDIDATES, today.isoformat(), f"{today - _SURELY_IDLE}"))
    last = _last_signs(storage, [row[0] for row in rows], step)
    found = [
        ToReview(PersonId(Id(who)), name, account, because, last.get(who), until, bool(restricted))
        for who, name, account, said, restricted in rows
        for until in (read_day(said),)
        for because in _because(until, last.get(who), today)
    ]
    return sorted(found, key=lambda one: (one.keep_until or Day.max, one.last or Day.min, one.name))


def _because(until: Day | None, last: Day | None, today: Day) -> Iterator[Text]:
    if until:
        if until < today:
            yield Text("was to be kept until {day}", day=until.isoformat())
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


def _last_signs(storage: Storage, people: Collection[bytes], step: Steps) -> dict[bytes, Day]:
    """Return the latest day of anything that concerns each person; what lies ahead counts too."""
    zone = storage.clock.now().zone
    written = last_written(storage, people, step)
    latest = {who: Instant(wall, zone).day for who, wall in written.items()}
    for who, text in storage.reader.ask(_DATED.format(listed=LISTED), listing(people)):
        day = date.fromisoformat(text[:10]) if text else None
        if day and day > latest.get(who, Day.min):
            latest[who] = day
    return latest
