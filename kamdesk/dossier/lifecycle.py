"""The phase of customers and their standing tasks, read from what their files hold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT, AccountStore
from kamdesk.domain.lifecycle.phase import LIVE_DAYS, Evidence, Phase, PhaseReading, phase_of
from kamdesk.domain.lifecycle.rounds import StandingTask, standing_tasks
from kamdesk.domain.lifecycle.store import TaskStore
from kamdesk.domain.lifecycle.task import Task, TaskState
from kamdesk.domain.lifecycle.templates import of_phase
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.storage.change import Seen
from kamdesk.storage.database import Row
from kamdesk.storage.history import History
from kamdesk.storage.storage import Storage


class CustomerLifecycle(NamedTuple):
    """A customer's phase, what is to be done in it, and what was settled, latest first."""

    account: AccountId
    called: str
    reading: PhaseReading
    tasks: tuple[StandingTask, ...]
    settled: tuple[Task, ...]
    today: Day

    @property
    def asked(self) -> tuple[StandingTask, ...]:
        """The open tasks but those whose day is long past."""
        return tuple(one for one in self.tasks if not one.lapsed(self.today))

    @property
    def lapsed(self) -> tuple[StandingTask, ...]:
        """The open tasks whose day is long past."""
        return tuple(one for one in self.tasks if one.lapsed(self.today))


_CUSTOMERS = """
SELECT a.id, coalesce(a.short_name, a.name) AS called, a.first_signed, a.phase_by_hand,
  a.phase_because,
  (SELECT group_concat(o.state || ' ' || coalesce(o.settled_on, ''), '|') FROM opportunities o
     WHERE o.account = a.id AND NOT o.gone) AS deals,
  (SELECT min(v.start) FROM visits v WHERE v.account = a.id AND NOT v.gone
     AND v.state IN ('held', 'closed') AND v.start >= a.first_signed) AS kickoff,
  (SELECT count(*) FROM people p JOIN person_standing s ON s.id = p.id
     WHERE p.account = a.id AND NOT p.gone AND p.shown AND s.last_met >= ?1) AS live,
  EXISTS (SELECT 1 FROM access_plans x WHERE x.account = a.id AND NOT x.gone
     AND x.state = 'closed') AS plan_closed,
  EXISTS (SELECT 1 FROM readings r JOIN person_standing s ON s.id = r.subject
     WHERE r.account = a.id AND NOT r.gone AND r.what IN ('roles', 'level')
       AND s.last_met IS NOT NULL
       AND (r.what = 'level' AND r.value = 'decision'
         OR r.what = 'roles' AND instr(r.value, 'decider'))) AS executive_met
FROM accounts a WHERE NOT a.gone"""


def read_lifecycle(storage: Storage, account: AccountId) -> CustomerLifecycle:
    """Return a customer's phase and standing tasks. Raises ``LookupError`` for none of this id."""
    found = next(_read(storage, " AND a.id = ?2", account), None)
    if found is None:
        raise LookupError(account.hex())
    return found


def tasks_of_owner(storage: Storage, owner: ColleagueId) -> list[CustomerLifecycle]:
    """Return the customers of an owner of ours that were signed or set to a phase, by name."""
    signed = (
        " AND a.merged_into IS NULL AND a.owner = ?2"
        " AND (a.first_signed IS NOT NULL OR a.phase_by_hand IS NOT NULL)"
    )
    return list(_read(storage, signed + " ORDER BY called, a.id", owner))


def set_phase(
    storage: Storage, account: AccountId, phase: Phase | None, because: str, *, seen: Seen
) -> ChangeSet:
    """Set a customer's phase by hand; None: go by time and evidence again.

    Raises ``RuleBroken`` at ``because`` for a phase without a reason.
    """
    base = AccountStore(storage.reader).get(account)
    reason = one_line(because, field="because") if phase else ""
    if phase and not reason:
        raise RuleBroken(Text("Say why: the next reader will ask."), field="because")
    changed = replace(base, phase_by_hand=str(phase or ""), phase_because=reason)
    with storage.change(Text("Set the phase"), seen=seen) as change:
        change.put(ACCOUNT, changed, base=base)
    return change.touched


def _read(storage: Storage, where: str, value: bytes) -> Iterator[CustomerLifecycle]:
    reader, today = storage.reader, storage.clock.today()
    live_from = (today - timedelta(days=LIVE_DAYS)).isoformat()
    rows = list(reader.ask(_CUSTOMERS + where, live_from, value))
    touched: dict[AccountId, list[Task]] = defaultdict(list)
    for task in TaskStore(reader).of_accounts([row["id"] for row in rows]):
        touched[task.account].append(task)
    calendar = working_calendar(reader)
    for row in rows:
        account, reading = AccountId(row["id"]), _reading(storage, row, today)
        tasks = standing_tasks(
            account,
            of_phase(reading.shown),
            reading.since,
            touched[account],
            today=today,
            next_working=calendar.next_working,
        )
        settled = (task for task in touched[account] if task.state is not TaskState.OPEN)
        yield CustomerLifecycle(
            account, row["called"] or "", reading, tuple(tasks), tuple(settled), today
        )


def _reading(storage: Storage, row: Row, today: Day) -> PhaseReading:
    deals = [deal.partition(" ") for deal in (row["deals"] or "").split("|") if deal]
    won = (read_day(day) for state, _, day in deals if state == "won")
    evidence = Evidence(
        orders=tuple(sorted(day for day in won if day is not None)),
        orders_kept=bool(deals),
        deal_open=any(state == "open" for state, *_ in deals),
        kickoff=read_day((row["kickoff"] or "")[:10]),
        live_contacts=row["live"],
        executive=bool(row["plan_closed"] or row["executive_met"]),
    )
    by_hand = row["phase_by_hand"] or ""
    return phase_of(
        read_day(row["first_signed"]),
        evidence,
        today=today,
        by_hand=by_hand,
        because=row["phase_because"] or "",
        opened=_opened(row["id"]),
        set_on=_set_on(storage, row["id"]) if by_hand else None,
    )


def _opened(account: bytes) -> Day | None:
    """Return the day a customer's file was begun, which its id tells (UUIDv7)."""
    if account[6] >> 4 != 7:
        return None
    return datetime.fromtimestamp(int.from_bytes(account[:6], "big") / 1000, UTC).date()


def _set_on(storage: Storage, account: bytes) -> Day | None:
    """Return the day on which somebody set the phase by hand."""
    lines = History(storage).of("account", Id(account))
    return next((line.at.day for line in lines if line.cell == "phase" and line.at), None)
