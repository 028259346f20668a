"""What would happen to each visit of a list: new, same, update, conflict or rejected, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import MINUTES, Visit, VisitState
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import Candidate, VisitCandidate
from kamdesk.transfer.identity import MOST_SUGGESTED
from kamdesk.transfer.judge import (
    UNDECIDED,
    Change,
    Decision,
    Decisions,
    Judgement,
    Perhaps,
    Verdict,
    grown,
)
from kamdesk.transfer.known_visits import VisitsHere

NO_TIME: Final = (9, 0)
"""When a visit began whose day alone is written down; the report says so."""
_YEARS: Final = range(1970, 9998)
_PLAIN: Final = ("topic", "place", "objective", "outcome", "next_step", "no_next_step_because")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitJudgement(Judgement):
    """A judgement on a visit: ``account`` is its customer, None for one still to be made.

    ``newcomers`` are those who become people of the customer.
    """

    account: AccountId | None = None
    newcomers: tuple[str, ...] = ()


def judge_visits(
    candidates: Iterable[Candidate],
    here: VisitsHere,
    *,
    today: Day,
    zone: str,
    decisions: Decisions = UNDECIDED,
) -> Iterator[Judgement]:
    """Yield a verdict for each visit. ``zone`` is where the wall clock of the file hung.

    What is decided about a row is its customer, or a visit of that day that it is.
    """
    judging = _Judging(here, today, zone)
    for candidate in candidates:
        if not isinstance(candidate, VisitCandidate) or candidate.rejected:
            why = candidate.rejected[0].reason
            yield Judgement(candidate=candidate, verdict=Verdict.REJECTED, why=why)
        else:
            yield judging.judged(candidate, decisions.get(candidate.row))


class _Judging:
    def __init__(self, here: VisitsHere, today: Day, zone: str) -> None:
        self._here, self._today, self._zone = here, today, zone
        self._rows: dict[tuple[str, str], int] = {}
        self._newcomers: set[tuple[object, str]] = set()

    def judged(self, row: VisitCandidate, decided: Decision | None) -> Judgement:
        """Return the verdict on one row."""
        if row.key in self._rows:
            return Judgement(
                candidate=row,
                verdict=Verdict.SAME,
                why=Text("It stands in the file twice."),
                same_row=self._rows[row.key],
            )
        day = read_day(row.day)
        if day is None or day.year not in _YEARS:
            why = Text("No visit was on this day: {day}.", day=row.day)
            return Judgement(candidate=row, verdict=Verdict.REJECTED, why=why)
        chosen = self._here.visit(decided.record) if decided else None
        account, unknown = self._account(row, decided, chosen)
        if unknown is not None:
            return unknown
        if row.key:
            self._rows[row.key] = row.row
        by_key = self._here.known_as(row.key)
        met = chosen or (by_key if by_key and by_key.account == account else None)
        if met is not None:
            return self._met(row, met, Text("It is the same visit."))
        return self._new(row, account, day, decided)

    def _account(
        self, row: VisitCandidate, decided: Decision | None, chosen: Visit | None
    ) -> tuple[AccountId | None, Judgement | None]:
        """Return the customer of a row, or the verdict when that cannot be said."""
        accounts = self._here.accounts
        if chosen is not None:
            return chosen.account, None
        found = (
            accounts.by_key((row.source, row.account_key))
            if row.account_key
            else accounts.by_name(row.account)
        )
        if len(found) == 1:
            return AccountId(accounts[found[0]].id or Id(b"")), None
        if decided is not None:
            place = accounts.place_of(record=decided.record)
            if decided.new or place is not None:
                return AccountId(decided.record) if decided.record else None, None
        alike = found or accounts.resembling(row.account)
        why = (
            Text("{n} customers have its name.", n=len(found))
            if found
            else Text("“{name}” is no customer here.", name=row.name)
        )
        said = Text("The names are alike.")
        perhaps = tuple(
            Perhaps(accounts[place].id, None, accounts[place].name, said)
            for place in alike[:MOST_SUGGESTED]
        )
        return None, Judgement(candidate=row, verdict=Verdict.CONFLICT, why=why, perhaps=perhaps)

    def _new(
        self, row: VisitCandidate, account: AccountId | None, day: date, decided: Decision | None
    ) -> Judgement:
        that_day = [
            visit
            for visit in self._here.customer(account).visits
            if visit.start is not None and visit.start.day == day
        ]
        fitting = [visit for visit in that_day if _may_be(row, visit)]
        if len(fitting) == 1 and not (decided is not None and decided.new):
            return self._met(row, fitting[0], Text("A visit of that day says the same."))
        why = Text("There is a visit of this customer on that day.")
        perhaps = tuple(
            Perhaps(visit.id, None, visit.topic or visit.objective or row.name, why)
            for visit in that_day[:MOST_SUGGESTED]
        )
        newcomers = self._unknown(row, account)
        return VisitJudgement(
            candidate=row,
            verdict=Verdict.NEW,
            why=Text("New, and {names} with it.", names=newcomers)
            if newcomers
            else Text("No such visit is known."),
            perhaps=perhaps,
            account=account,
            newcomers=newcomers,
        )

    def _met(self, row: VisitCandidate, visit: Visit, why: Text) -> Judgement:
        changes = self._changes(row, visit)
        learns = row.key is not None and self._here.known_as(row.key) is None
        return VisitJudgement(
            candidate=row,
            verdict=Verdict.UPDATE if changes or learns else Verdict.SAME,
            why=why,
            record=visit.id,
            changes=changes,
            account=visit.account,
            newcomers=self._unknown(row, visit.account),
        )

    def _changes(self, row: VisitCandidate, visit: Visit) -> dict[str, Change]:
        after: dict[str, object] = {name: getattr(row, name) for name in _PLAIN}
        after["kind"] = row.kind
        after["minutes"] = row.minutes if row.minutes in MINUTES else None
        after["next_step_by"] = read_day(row.next_step_by)
        after["said"] = grown(visit.said, row.said)
        if (start := start_of(row, self._zone, instead=visit.start)) != visit.start:
            after["start"] = start
        if visit.state is VisitState.PLANNED:
            after["state"] = state_of(row, self._today)
        changes = {
            name: Change(getattr(visit, name), value)
            for name, value in after.items()
            if value not in (None, "") and not _same(getattr(visit, name), value)
        }
        table = self._here.at_table(visit.id)
        seats = (self._here.seat(visit.account, word) for word in row.people)
        missing = tuple(
            seat.name for seat in seats if seat.new or (seat.who and seat.who not in table)
        )
        if missing:
            changes["people"] = Change((), missing)
        promised = self._here.promised(visit.id)
        for name in ("our_promises", "their_promises"):
            if new := tuple(w for w in getattr(row, name) if normal_name(w) not in promised):
                changes[name] = Change((), new)
        return changes

    def _unknown(self, row: VisitCandidate, account: AccountId | None) -> tuple[str, ...]:
        """Return those in the row who become people of the customer; each is told once."""
        found = []
        for word in row.people:
            seat = self._here.seat(account, word)
            at = (account or normal_name(row.account), normal_name(seat.name))
            if seat.new and at not in self._newcomers:
                self._newcomers.add(at)
                found.append(seat.name)
        return tuple(found)


def start_of(row: VisitCandidate, zone: str, *, instead: Instant | None = None) -> Instant | None:
    """Return when a visit began by the wall clock; the time of ``instead`` where the row has none.

    Without either it is 9:00.
    """
    day = read_day(row.day)
    if day is None:
        return instead
    hour, minute = map(int, row.time.split(":")) if row.time else NO_TIME
    if not row.time and instead is not None:
        if instead.day == day:
            return instead
        hour, minute = instead.local.hour, instead.local.minute
    return Instant.at(day, hour, minute, zone=instead.zone if instead else zone)


def state_of(row: VisitCandidate, today: Day) -> VisitState:
    """Return how far a visit has come: as the row says, else by its day and what is written."""
    if row.state is not None:
        return row.state
    if row.day > today.isoformat():
        return VisitState.PLANNED
    written = row.said or row.outcome or row.next_step or row.no_next_step_because
    return VisitState.CLOSED if written else VisitState.HELD


def _may_be(row: VisitCandidate, visit: Visit) -> bool:
    """True when nothing tells a row and a visit of the same day apart."""
    if row.time and visit.start and f"{visit.start.local:%H:%M}" != row.time:
        return False
    return not (row.topic and visit.topic and normal_name(row.topic) != normal_name(visit.topic))


def _same(before: object, after: object) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return normal_name(before) == normal_name(after)
    return before == after
