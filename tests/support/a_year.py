"""A year of contacts by chance, and what is owed each day reckoned naively from what happened."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from support.desks import a_desk

from kamdesk.core.clock import Day, Instant, StoppedClock
from kamdesk.core.ids import AccountId, Id, PersonId, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.chain.standing import What
from kamdesk.domain.visits.model import Attendee, Side, Visit, VisitKind, VisitState
from kamdesk.domain.visits.store import ATTENDEE, VISIT
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.due import DueLine
from kamdesk.storage.change import Change

FIRST: Final = date(2026, 1, 5)
HOLIDAYS: Final = working_calendar()
EVERY: Final = {"core": 30, "high_potential": 91, "maintain": 182}
_CLASSES: Final = (
    *["core"] * 4, "high_potential", "high_potential", "maintain", "to_improve", "to_improve", "",
)  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """Something that took place with a customer, as somebody would tell it."""

    day: Day
    kind: str
    minutes: int
    purpose: str
    who: tuple[Id, ...] = ()

    @property
    def real(self) -> bool:
        """A visit or a video of some length, with a purpose."""
        return self.kind in ("visit", "video") and self.minutes >= 20 and bool(self.purpose)


@dataclass
class Customer:
    """One customer, and all that happened there."""

    id: AccountId
    class_word: str
    diligence: float
    signed: Day | None = None
    boss: PersonId | None = None
    newcomer: PersonId | None = None
    newcomer_since: Day | None = None
    quiet: tuple[Day, Day] | None = None
    agreed: tuple[int, Day] | None = None
    late_days: int = 0
    past: list[Happened] = field(default_factory=list)
    planned: list[tuple[Day, VisitId]] = field(default_factory=list)


class Year:
    """Lives the year day by day in a real workspace, by a seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.clock = StoppedClock(Instant.at(FIRST, 9))
        self.desk = a_desk(folder, clock=self.clock)
        self.customers = [self._customer(n, word) for n, word in enumerate(_CLASSES)]

    @property
    def today(self) -> Day:
        """The day it is."""
        return self.clock.today()

    def live(self) -> None:
        """Let a day pass, and something happen on the next one."""
        self.clock.move(days=1)
        if HOLIDAYS.works(self.today):
            with self.desk.storage.change(Text("A day")) as change:
                for customer in self.customers:
                    self._something(change, customer)
        for customer in self.customers:
            self._turn(customer)

    def _customer(self, n: int, word: str) -> Customer:
        desk = self.desk
        signed = FIRST + timedelta(days=self.chance.randrange(20, 200)) if n in (3, 5) else None
        account = replace(
            desk.accounts.new(f"客户{n}"),
            owner=desk.team.me,
            class_by_hand=AccountClass(word) if word else None,
            first_signed=signed,
        )
        desk.accounts.add(account)
        made = Customer(account.id, word, self.chance.choice((0.2, 0.6, 1.0, 2.0)), signed)
        if word == "core":
            boss = desk.people.new(f"总{n}", account.id)
            desk.people.add(boss)
            chain = desk.chain.open_map(account.id)
            desk.chain.judge(desk.chain.reading(chain, boss.id, What.ROLES, "decider", on=FIRST))
            made.boss = boss.id
        return made

    def _something(self, change: Change, customer: Customer) -> None:
        rare = customer.diligence / EVERY.get(customer.class_word, 60)
        if self.chance.random() < rare * 1.2:
            kind, minutes, purpose = self.chance.choice(
                [("visit", 60, "定方案"), ("visit", 90, "季度回顾"), ("video", 45, "进度同步")]
            )
            for _ in range(self.chance.choice((1, 1, 1, 2))):  # two on one day fill one slot
                self._took_place(change, customer, kind, minutes, purpose)
        if self.chance.random() < 0.06:
            kind, minutes, purpose = self.chance.choice(
                [("call", 30, "问候"), ("event", 120, "展会"), ("visit", 15, "送资料"),
                 ("visit", 60, ""), ("video", 10, "试线路")]
            )  # fmt: skip
            self._took_place(change, customer, kind, minutes, purpose)
        if self.chance.random() < 0.04:
            day = self.today + timedelta(days=self.chance.randrange(1, 40))
            visit = self._visit(customer, day, "visit", 60, "约好的")
            change.put(VISIT, visit)
            customer.planned.append((day, visit.id))
        for planned in [one for one in customer.planned if one[0] <= self.today]:
            customer.planned.remove(planned)
            self._settle(change, customer, planned[1])

    def _settle(self, change: Change, customer: Customer, visit: VisitId) -> None:
        before = self.desk.visits.ask.get(visit)
        if self.chance.random() < 0.5:
            change.put(VISIT, before.dropped(), base=before)
            return
        held = replace(before.held(), start=Instant.at(self.today, 10))
        change.put(VISIT, held, base=before)
        customer.past.append(Happened(self.today, "visit", 60, "约好的"))

    def _took_place(
        self, change: Change, customer: Customer, kind: str, minutes: int, purpose: str
    ) -> None:
        theirs = [one for one in (customer.boss, customer.newcomer) if one is not None]
        who = tuple(one for one in theirs if self.chance.random() < 0.3)
        visit = self._visit(customer, self.today, kind, minutes, purpose)
        state = self.chance.choice((VisitState.HELD, VisitState.CLOSED))
        change.put(VISIT, replace(visit, state=state))
        for one in who:
            change.put(ATTENDEE, Attendee.at(visit, one, Side.THEIRS))
        customer.past.append(Happened(self.today, kind, minutes, purpose, who))

    def _visit(self, customer: Customer, day: Day, kind: str, minutes: int, purpose: str) -> Visit:
        new = self.desk.visits.new(customer.id, Instant.at(day, self.chance.randrange(8, 18)))
        return replace(new, kind=VisitKind(kind), minutes=minutes, objective=purpose)

    def _turn(self, customer: Customer) -> None:
        """Now and then a pause, an agreement, a newcomer, another class."""
        if customer.agreed is None and self.chance.random() < 0.002:
            every = self.chance.randrange(10, 60)
            self.desk.cadence.agree(self.desk.cadence.new_agreement(customer.id, every))
            customer.agreed = (every, self.today)
        if customer.quiet is None and self.chance.random() < 0.004:
            until = self.today + timedelta(days=self.chance.randrange(5, 40))
            self.desk.cadence.pause([customer.id], until=until, because="招标静默期")
            customer.quiet = (self.today, until)
        if customer.newcomer is None and customer.class_word and self.chance.random() < 0.004:
            person = self.desk.people.new("新人", customer.id)
            self.desk.people.add(person)
            self.desk.people.take_post(person, "设备主管", since=self.today)
            customer.newcomer, customer.newcomer_since = person.id, self.today
        if customer.class_word == "high_potential" and self.chance.random() < 0.003:
            before = self.desk.accounts.ask.get(customer.id)
            with self.desk.storage.change(Text("Promote")) as change:
                change.put(ACCOUNT, replace(before, class_by_hand=AccountClass.CORE), base=before)
            customer.class_word = "core"


def wrong_on(year: Year, lines: list[DueLine]) -> list[str]:
    """Return in what the list of a day errs, by what happened."""
    found = []
    keys = [(one.account, one.person, one.channel) for one in lines]
    if len(keys) != len(set(keys)):
        found.append("somebody is listed twice for one contact")
    for customer in year.customers:
        of_it = [one for one in lines if one.account == customer.id]
        found += _wrong_at(customer, [one for one in of_it if one.person is None], year.today)
        found += _wrong_with_people(customer, of_it, year.today)
        found += _wrong_cycles(customer, of_it, year.today)
    return found


def _wrong_at(customer: Customer, lines: list[DueLine], today: Day) -> list[str]:
    """Compare the visit line of a customer with the day its strictest duty fell due."""
    visits = [one for one in lines if one.channel == "visit"]
    ways = (_by_class(customer), _by_phase(customer, today), _by_agreement(customer))
    owed = [day for day in ways if day is not None]
    if customer.class_word == "to_improve":
        touched = max((one.day for one in customer.past), default=FIRST)
        wanted = [] if owed else [_moved(touched + timedelta(days=91), customer)]
        if [one.due for one in lines if one.channel == "touch"] != wanted:
            return [f"{today}: a case is to be told on {wanted}"]
    if not owed:
        return ["a visit is asked for by nothing"] if visits else []
    if len(visits) != 1:
        return [f"{customer.class_word}: {len(visits)} lines for one duty"]
    day = min(_moved(one, customer) for one in owed)
    if visits[0].due != day:
        return [f"{today} {customer.class_word}: due {visits[0].due}, by what happened {day}"]
    late = (today - day).days if not _is_quiet(customer, today) else 0
    customer.late_days += late > 0
    said = visits[0].word in ("overdue", "never visited") and visits[0].days_over == late
    return [f"{today}: late by {late} days, and not said"] if late > 0 and not said else []


def _by_class(customer: Customer) -> Day | None:
    every = EVERY.get(customer.class_word)
    if every is None:
        return None
    kinds = ("visit",) if customer.class_word == "core" else ("visit", "video")
    days = [one.day for one in customer.past if one.real and one.kind in kinds]
    return max(days, default=FIRST) + timedelta(days=every)


def _by_phase(customer: Customer, today: Day) -> Day | None:
    signed = customer.signed
    if signed is None or today < signed or today >= _months_on(signed, 3):
        return None
    days = [one.day for one in customer.past if one.real]
    every = 7 if today < _months_on(signed, 1) else 14
    return max([*days, signed]) + timedelta(days=every)


def _by_agreement(customer: Customer) -> Day | None:
    if customer.agreed is None:
        return None
    every, since = customer.agreed
    days = [one.day for one in customer.past if one.real]
    return max(max(days, default=since) + timedelta(days=every), since)


def _months_on(day: Day, months: int) -> Day:
    year, month = divmod(day.month - 1 + months, 12)
    last = (date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(day.year + year, month + 1, min(day.day, last))


def _moved(day: Day, customer: Customer) -> Day:
    while _is_quiet(customer, day) or (HOLIDAYS.name(day) and not HOLIDAYS.works(day)):
        holiday = not _is_quiet(customer, day)
        day += timedelta(days=1)
        while holiday and not HOLIDAYS.works(day):
            day += timedelta(days=1)
    return day


def _is_quiet(customer: Customer, day: Day) -> bool:
    return customer.quiet is not None and customer.quiet[0] <= day <= customer.quiet[1]


def _wrong_with_people(customer: Customer, lines: list[DueLine], today: Day) -> list[str]:
    found = []
    if customer.boss is not None:
        days = [one.day for one in customer.past if one.real and customer.boss in one.who]
        due = _moved(max(days, default=FIRST) + timedelta(days=182), customer)
        if [one.due for one in lines if one.person == customer.boss] != [due]:
            found.append(f"{today}: the executive is due {due}")
    since = customer.newcomer_since
    if customer.newcomer is not None and since is not None and (today - since).days <= 30:
        met = [one for one in customer.past if customer.newcomer in one.who]
        by = since
        for _ in range(5):
            by += timedelta(days=1)
            while not HOLIDAYS.works(by):
                by += timedelta(days=1)
        owed = {} if met else {"touch": _moved(since + timedelta(days=1), customer)}
        if not any(one.real for one in met):
            owed["visit"] = _moved(by, customer)
        said = {str(one.channel): one.due for one in lines if one.person == customer.newcomer}
        if said != owed:
            found.append(f"{today}: the newcomer is owed {owed}, said was {said}")
    return found


def _wrong_cycles(customer: Customer, lines: list[DueLine], today: Day) -> list[str]:
    """Each day of contact fills one slot of a duty, and none is counted that was not."""
    found = []
    for line in lines:
        if not line.every or line.source == "phase":
            continue
        months = 1 if line.every <= 31 else 3 if line.every <= 92 else 6
        begins = date(today.year, (today.month - 1) // months * months + 1, 1)
        kinds = ("visit",) if line.source == "class" and line.every == 30 else ("visit", "video")
        done = {
            one.day
            for one in customer.past
            if one.day >= begins
            and (line.channel == "touch" or (one.real and one.kind in kinds))
            and (line.person is None or line.person in one.who)
        }
        if line.cycle.done != len(done):
            found.append(f"{today}: {line.cycle.done} done of a cycle, {len(done)} were")
        if line.cycle.remaining != max(0, line.cycle.planned - len(done)):
            found.append(f"{today}: {line.cycle} does not add up")
    return found
