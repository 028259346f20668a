"""Reads the real contacts of the current cycles: how many were asked for, done, or too many."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.ceiling import days_looked_at, too_often
from kamdesk.domain.cadence.cycle import Cycle, cycle_days, cycle_of
from kamdesk.domain.cadence.duty import Channel, Duty, Source
from kamdesk.domain.cadence.facts import Subject
from kamdesk.dossier.due_facts import day_of
from kamdesk.storage.database import Reader

_REAL: Final[tuple[str, ...]] = ("visit", "video")
_ANY: Final[tuple[str, ...]] = (*_REAL, "touch")
_SPANS: Final = (31, 92, 184)
"""Who is met often is looked back at shortly: so few rows are read."""
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
    """Return the contacts of whom these duties are towards, as far back as their cycles look."""
    asked: dict[tuple[str, int, tuple[str, ...]], set[AccountId]] = defaultdict(set)
    for subject, duty in owed:
        if days := _days_back(subject, duty, today):
            sql = _OF_PEOPLE if duty.person else _OF_CUSTOMERS
            sorts = _ANY if duty.channel is Channel.TOUCH else _REAL
            asked[sql, days, sorts].add(duty.account)
    subjects = {duty.person or duty.account for _, duty in owed}
    until = f"{today + timedelta(days=1)}T12"
    contacts: dict[tuple[bytes, str], list[Day]] = defaultdict(list)
    for (sql, days, sorts), accounts in asked.items():
        since = (today - timedelta(days=days)).isoformat()
        asking = sql.replace("{sorts}", ",".join(f"'{sort}'" for sort in sorts))
        for who, counts_as, text in reader.of_each(asking, sorted(accounts), since, until):
            if who in subjects and (day := day_of(text)):
                contacts[who, counts_as].append(min(day, today))
    return Past(contacts)


def _days_back(subject: Subject, duty: Duty, today: Day) -> int:
    """Return how far back to look for a duty, one of few spans; 0 where nothing is counted."""
    cycle = days_between(cycle_days(duty.every, today)[0], today) + 1 if duty.every else 0
    days = max(cycle, 0 if duty.person else days_looked_at(subject))
    return next((span for span in _SPANS if span >= days), days) if days else 0


def _counting(duty: Duty, subject: Subject) -> Sequence[str]:
    """Return which contacts fill the cycle of a duty."""
    if duty.channel is Channel.TOUCH:
        return _ANY
    rule = rules.CLASSES.get(subject.class_word)
    in_person = rule is not None and rule.in_person and duty.source is Source.CLASS
    return _REAL[:1] if in_person else _REAL
