"""From the file to the overview of a month of one colleague."""

from collections import defaultdict

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.calendar import week_of
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.due import DueLine, due_list
from kamdesk.dossier.week import read_days
from kamdesk.dossier.week_read import WeekDay
from kamdesk.dossier.week_standing import placed_clock
from kamdesk.papers.day_pack.gather import made_by
from kamdesk.papers.month.content import CoreCustomer, Month, last_of
from kamdesk.storage.database import Reader

_SEEN = frozenset({VisitState.HELD, VisitState.CLOSED})
_MET = frozenset({VisitKind.VISIT, VisitKind.VIDEO})


def month_of(reader: Reader, day: Day, *, me: ColleagueId | None, now: Instant) -> Month:
    """Return the overview of the month in which a day lies, as of ``now``."""
    now, first = placed_clock(reader, now), day.replace(day=1)
    monday, last = week_of(first), last_of(first)
    weeks = (last - monday).days // 7 + 1
    days = read_days(reader, monday, weeks * 7, me=me, now=now).days
    lines = [line for line in due_list(reader, today=now.day, me=me) if line.person is None]
    due: dict[Day, list[str]] = defaultdict(list)
    for on, name in _waiting(lines):
        if max(first, now.day) <= on <= last:
            due[on].append(name)
    runs = first <= now.day <= last
    return Month(
        first=first,
        as_of=now,
        days=days,
        core=_core(lines, [one for one in days if first <= one.day <= last]),
        due={on: tuple(names) for on, names in due.items()},
        late=tuple(name for on, name in _waiting(lines) if on < now.day) if runs else (),
        knows_holidays=working_calendar(reader).knows(first.year),
        made_by=made_by(reader, me),
    )


def _core(lines: list[DueLine], days: list[WeekDay]) -> tuple[CoreCustomer, ...]:
    """Return the core customers, those nobody saw first, then by the days they were seen."""
    seen: dict[AccountId, list[Day]] = defaultdict(list)
    planned: dict[AccountId, list[Day]] = defaultdict(list)
    for day in days:
        for item in day.items:
            if item.account is None or item.kind not in _MET:
                continue
            if item.state in _SEEN:
                seen[item.account].append(day.day)
            elif item.state is VisitState.PLANNED and item.kind is VisitKind.VISIT:
                planned[item.account].append(day.day)
    found = [
        CoreCustomer(
            name=line.account_name,
            seen=tuple(dict.fromkeys(seen[line.account])),
            planned=tuple(dict.fromkeys(planned[line.account])),
            last=line.last,
            due=line.due,
            next=line.planned,
        )
        for line in lines
        if line.class_by_hand is AccountClass.CORE
    ]
    return tuple(sorted(found, key=lambda one: (one.seen, str(one.due or ""), one.name)))


def _waiting(lines: list[DueLine]) -> list[tuple[Day, str]]:
    """Return when customers fall due for whom nothing is planned and who want no quiet."""
    return [
        (line.due, line.account_name)
        for line in lines
        if line.due is not None
        and line.planned is None
        and not (line.paused_until and line.paused_until >= line.due)
    ]
