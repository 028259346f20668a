"""Reads the real contacts of the current cycles: how many were asked for, done, or too many."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.ceiling import days_looked_at, too_often
from kamdesk.domain.cadence.cycle import Cycle, cycle_days, cycle_of
from kamdesk.domain.cadence.duty import Channel, Duty, Source
from kamdesk.domain.cadence.facts import Subject
from kamdesk.dossier.due_facts import batches, day_of
from kamdesk.storage.database import Reader

_REAL: Final = ("visit", "video")
_ANY: Final = (*_REAL, "touch")
_OF_CUSTOMERS: Final = """
SELECT v.account, v.contact, v.start FROM visits v
WHERE v.account IN ({marks}) AND v.contact IN ({sorts}) AND v.start >= ? AND v.start < ?"""
_OF_PEOPLE: Final = """
SELECT t.who, v.contact, v.start FROM visits v JOIN attendees t ON t.visit = v.id
WHERE v.account IN ({marks}) AND v.contact IN ({sorts}) AND v.start >= ? AND v.start < ?
  AND NOT t.gone AND t.absent IS NULL AND t.side IS NOT 'ours'"""


class Past:
    """The days of the contacts of late, by customer or person and by what they counted as."""

    def __init__(self, contacts: Mapping[tuple[bytes, str], Sequence[Day]]) -> None:
        self._contacts = contacts

    def cycle(self, duty: Duty, subject: Subject, today: Day) -> Cycle:
        """Return how the current cycle of a duty stands."""
        return cycle_of(duty.every, self._days(duty, _counting(duty, subject)), today)

    def too_often(self, duty: Duty, subject: Subject, today: Day) -> Text | None:
        """Return what is said of a customer visited too often, at its visit duty; else None."""
        if duty.person is not None or duty.channel is not Channel.VISIT:
            return None
        return too_often(subject, self._days(duty, _REAL), today)

    def _days(self, duty: Duty, sorts: Sequence[str]) -> list[Day]:
        who = duty.person or duty.account
        return [day for sort in sorts for day in self._contacts.get((who, sort), ())]


def read_past(reader: Reader, owed: Sequence[tuple[Subject, Duty]], today: Day) -> Past:
    """Return the contacts since the earliest cycle of these duties began."""
    looked = [
        max(
            (today - cycle_days(duty.every, today)[0]).days if duty.every else 0,
            days_looked_at(subject) if duty.person is None else 0,
        )
        for subject, duty in owed
    ]
    if not looked:
        return Past({})
    since = (today - timedelta(days=max(looked) + 1)).isoformat()
    until = f"{today + timedelta(days=1)}T12"
    sorts = _ANY if any(duty.channel is Channel.TOUCH for _, duty in owed) else _REAL
    customers = {duty.account for _, duty in owed if duty.person is None}
    people = {duty.person for _, duty in owed if duty.person is not None and duty.every}
    theirs = {duty.account for _, duty in owed if duty.person in people}
    contacts: dict[tuple[bytes, str], list[Day]] = defaultdict(list)
    for sql, accounts in ((_OF_CUSTOMERS, customers), (_OF_PEOPLE, theirs)):
        for lot in batches(sorted(accounts)):
            marks = sql.format(
                marks=",".join("?" * len(lot)), sorts=",".join(f"'{sort}'" for sort in sorts)
            )
            for who, counts_as, text in reader.ask(marks, *lot, since, until):
                if (who in customers or who in people) and (day := day_of(text)):
                    contacts[who, counts_as].append(min(day, today))
    return Past(contacts)


def _counting(duty: Duty, subject: Subject) -> Sequence[str]:
    """Return which contacts fill the cycle of a duty."""
    if duty.channel is Channel.TOUCH:
        return _ANY
    rule = rules.CLASSES.get(subject.class_word)
    in_person = rule is not None and rule.in_person and duty.source is Source.CLASS
    return _REAL[:1] if in_person else _REAL
