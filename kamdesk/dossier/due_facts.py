"""Reads whom duties may be towards: customers and their people, with their last contacts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import AccountId, ColleagueId, HoldingId, PersonId, made_on
from kamdesk.core.stored import read_word, read_words
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.facts import Contacts, Onboarding, Subject
from kamdesk.domain.cadence.model import Agreement, Pause
from kamdesk.domain.cadence.store import read_agreement, read_pause
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import Level, What
from kamdesk.domain.lifecycle.phase import months_after
from kamdesk.storage.database import Reader, Row

_ALL: Final = " AND ?2 IS NULL"
_MINE: Final = " AND (a.owner = ?2 OR a.owner IS NULL)"
_ONE: Final = " AND a.id = ?2"

_CUSTOMERS: Final = """
SELECT a.id, coalesce(a.short_name, a.name), a.class_by_hand, a.first_signed, a.phase_by_hand,
  (SELECT max(v.start) FROM visits v
     WHERE v.account = a.id AND v.contact = 'visit' AND v.start < ?1),
  (SELECT max(v.start) FROM visits v
     WHERE v.account = a.id AND v.contact = 'video' AND v.start < ?1),
  (SELECT max(v.start) FROM visits v
     WHERE v.account = a.id AND v.contact = 'touch' AND v.start < ?1)
FROM accounts a WHERE NOT a.gone"""
_AGREEMENTS: Final = """
SELECT g.* FROM accounts a JOIN agreements g ON g.account = a.id
WHERE NOT g.gone AND NOT a.gone AND coalesce(g.until, '9999') >= ?1"""
_PAUSES: Final = """
SELECT q.* FROM accounts a JOIN pauses q ON q.account = a.id
WHERE NOT q.gone AND NOT a.gone AND q.until >= ?1"""
_PLANNED: Final = """
SELECT v.account, v.start, v.kind, t.who
FROM visits v JOIN accounts a ON a.id = v.account
LEFT JOIN attendees t ON t.visit = v.id AND NOT t.gone AND t.absent IS NULL AND t.side IS NOT 'ours'
WHERE v.state = 'planned' AND v.state IN ('planned', 'held') AND v.start >= ?1
  AND NOT v.gone AND NOT a.gone"""
_RANKS: Final = """
SELECT r.subject, r.map, r.what, r.value
FROM accounts a JOIN readings r ON r.account = a.id JOIN maps m ON m.id = r.map
WHERE a.class_by_hand = 'core' AND NOT a.gone AND NOT m.gone AND NOT r.gone
  AND r.what IN ('roles', 'level') AND coalesce(r.valid_from, '') <= ?1"""
_NEW: Final = """
SELECT h.person, h.since, h.id FROM holdings h JOIN accounts a ON a.id = h.account
WHERE h.since >= ?1 AND h.until IS NULL AND NOT h.gone AND NOT a.gone"""
_PEOPLE: Final = """
SELECT p.id, p.account, p.name, s.last_real, s.last_met
FROM people p LEFT JOIN person_standing s ON s.id = p.id WHERE p.shown AND p.id IN ({marks})"""
_LEFT: Final = """
SELECT h.person FROM holdings h WHERE h.person IN ({marks}) AND NOT h.gone
GROUP BY h.person HAVING max(coalesce(h.until, '9999')) < ?"""


class Named(NamedTuple):
    """A subject, and what it is called."""

    subject: Subject
    account_name: str
    class_by_hand: AccountClass | None
    person_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Customers, and those of their people to whom something may be owed."""

    customers: tuple[Named, ...]
    people: tuple[Named, ...]


def read_facts(
    reader: Reader,
    *,
    today: Day,
    me: ColleagueId | None = None,
    account: AccountId | None = None,
) -> Facts:
    """Return the facts of one ``account``, of my customers and nobody's (``me``), or of all."""
    return _Reading(reader, today, me, account).facts()


class _Reading:
    """One reading of the facts."""

    def __init__(
        self, reader: Reader, today: Day, me: ColleagueId | None, account: AccountId | None
    ) -> None:
        self._reader, self._today = reader, today
        self._of: bytes | None = account or me
        self._within = _ONE if account else _MINE if me else _ALL

    def facts(self) -> Facts:
        """Return the facts."""
        agreements: dict[bytes, list[Agreement]] = defaultdict(list)
        for row in self._reader.ask(_AGREEMENTS + self._within, self._today.isoformat(), self._of):
            agreement = read_agreement(row)
            agreements[agreement.person or agreement.account].append(agreement)
        pauses: dict[bytes, list[Pause]] = defaultdict(list)
        for row in self._reader.ask(_PAUSES + self._within, "", self._of):
            if pause := read_pause(row):
                pauses[pause.person or pause.account].append(pause)
        planned = self._planned()
        bound = f"{self._today + timedelta(days=1)}T12"  # further west it is today still
        customers = [
            self._customer(row, planned, agreements, pauses)
            for row in self._reader.ask(_CUSTOMERS + self._within, bound, self._of)
        ]
        return Facts(
            customers=tuple(customers),
            people=tuple(self._people(customers, planned, agreements, pauses)),
        )

    def _customer(
        self,
        row: Row,
        planned: dict[bytes, Contacts],
        agreements: dict[bytes, list[Agreement]],
        pauses: dict[bytes, list[Pause]],
    ) -> Named:
        account = AccountId(row[0])
        subject = Subject(
            account=account,
            class_word=row[2] or "",
            phase_by_hand=row[4] or "",
            onboarding=onboarding(read_day(row[3]), row[4] or ""),
            known_since=made_on(account),
            last=Contacts(self._day(row[5]), self._day(row[6]), self._day(row[7])),
            planned=planned.get(account, Contacts()),
            agreements=tuple(agreements.get(account, ())),
            pauses=tuple(pauses.get(account, ())),
        )
        return Named(subject, row[1] or "", read_word(AccountClass, row[2], None))

    def _people(
        self,
        customers: list[Named],
        planned: dict[bytes, Contacts],
        agreements: dict[bytes, list[Agreement]],
        pauses: dict[bytes, list[Pause]],
    ) -> Iterator[Named]:
        by_id = {one.subject.account: one for one in customers}
        executives, in_post = self._executives(), self._new_in_post()
        agreed = {one.person for held in agreements.values() for one in held if one.person}
        wanted = sorted(executives | in_post.keys() | agreed)
        left = self._left(wanted)
        for row in self._reader.of_each(_PEOPLE, wanted):
            person, customer = PersonId(row[0]), by_id.get(row[1])
            if customer is None or person in left:
                continue
            subject = Subject(
                account=customer.subject.account,
                person=person,
                class_word=customer.subject.class_word,
                phase_by_hand=customer.subject.phase_by_hand,
                known_since=made_on(person),
                executive=person in executives,
                in_post_since=in_post.get(person),
                last=Contacts(visit=self._day(row[3]), touch=self._day(row[4])),
                planned=planned.get(person, Contacts()),
                agreements=tuple(agreements.get(person, ())),
                pauses=(*pauses.get(person, ()), *customer.subject.pauses),
            )
            yield Named(subject, customer.account_name, customer.class_by_hand, row[2] or "")

    def _planned(self) -> dict[bytes, Contacts]:
        """Return the next planned contacts, by customer and by person."""
        found: dict[bytes, dict[str, Day]] = defaultdict(dict)
        since = (self._today - timedelta(days=1)).isoformat()
        for account, start, kind, who in self._reader.ask(_PLANNED + self._within, since, self._of):
            day = day_of(start)
            if day is None or day < self._today:
                continue
            counts = {"video": "video", "call": "touch", "event": "touch"}.get(kind, "visit")
            for one in filter(None, (account, who)):
                found[one][counts] = min(day, found[one].get(counts, day))
        return {one: Contacts(**days) for one, days in found.items()}

    def _executives(self) -> set[PersonId]:
        """Return who has a say at the decision level of a core customer, on any of its maps."""
        sql = _RANKS + self._within + " ORDER BY r.valid_from, r.id"
        rows = self._reader.ask(sql, self._today.isoformat(), self._of)
        now = {(row[1], row[0], row[2]): row[3] for row in rows}
        return {
            PersonId(subject)
            for (_, subject, what), value in now.items()
            if subject and _decides(what, value)
        }

    def _new_in_post(self) -> dict[PersonId, Day]:
        """Return who took up a post of late, and since when we know."""
        first = (self._today - timedelta(days=rules.NEW_FOR_DAYS)).isoformat()
        found: dict[PersonId, Day] = {}
        for person, text, holding in self._reader.ask(_NEW + self._within, first, self._of):
            since = read_day(text)
            if person and since is not None and since <= self._today:
                learnt = min(made_on(HoldingId(holding)) or since, self._today)
                known = max(since, learnt)
                found[person] = max(known, found.get(person, known))
        return found

    def _left(self, people: list[PersonId]) -> set[PersonId]:
        """Return who of them held posts and holds none any more."""
        return {row[0] for row in self._reader.of_each(_LEFT, people, self._today.isoformat())}

    def _day(self, text: str | None) -> Day | None:
        day = day_of(text)
        return None if day is None else min(day, self._today)


def onboarding(first_signed: Day | None, phase_by_hand: str) -> Onboarding | None:
    """Return the time in which a new customer is brought in; None when there is none.

    A phase set by hand overrides what the first signing says.
    """
    if phase_by_hand and phase_by_hand != rules.ONBOARDING:
        return None
    if first_signed is None:
        return Onboarding() if phase_by_hand else None
    weekly, last = (months_after(first_signed, n) for n in rules.ONBOARDING_MONTHS)
    return Onboarding(first_signed, weekly, None if phase_by_hand else last)


def _decides(what: str, value: str | None) -> bool:
    """Return whether a judgement says that somebody has a say at the decision level."""
    if what == What.LEVEL:
        return value == Level.DECISION
    return not {Role.DECIDER, Role.APPROVER}.isdisjoint(read_words(Role, value))


@lru_cache(maxsize=8192)
def day_of(text: str | None) -> Day | None:
    """Return the day of an instant as written; visits begin at few times of few days."""
    start = Instant.read(text)
    return None if start is None else start.day
