"""One day of one account manager: what is planned, what lacks, what is to write up, what is due."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.appointments.store import AppointmentStore, Occurrence
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PromiseLine, PromiseStore
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.agenda import Agenda, Meeting
from kamdesk.storage.database import Reader

AHEAD_DAYS: Final = 7
"""So many days ahead a visit without preparation is named, and a promise that falls due."""
WRITE_UP_DAYS: Final = 60
"""Visits that are longer ago and were never closed stand in the log alone."""
MOST: Final = 8
"""Lines of each list of a day."""
_MOST_OF_A_DAY: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """A day as of ``now``; lists hold ``MOST`` lines, ``more`` names those that were cut.

    ``meetings`` are those of the day in order of time, dropped ones left out; ``appointments`` what
    stands in other calendars of the user's, with a time. ``to_prepare`` lie
    ahead and lack something; ``to_write_up`` are over, newest first, and not closed. Promises are
    the open ones due within a week, or of which one is to be reminded by now: ours and theirs,
    overdue first.
    """

    day: Day
    now: Instant
    meetings: tuple[Meeting, ...] = ()
    appointments: tuple[Occurrence, ...] = ()
    to_prepare: tuple[Meeting, ...] = ()
    to_write_up: tuple[Meeting, ...] = ()
    ours: tuple[PromiseLine, ...] = ()
    theirs: tuple[PromiseLine, ...] = ()
    more: frozenset[str] = frozenset()
    has_customers: bool = True

    @property
    def today(self) -> Day:
        """The present day, whichever day is read."""
        return self.now.day

    def next(self, now: Instant | None = None) -> Meeting | None:
        """Return the planned visit that runs or comes next on the present day."""
        at = now or self.now
        coming = (one for one in self.meetings if one.state is VisitState.PLANNED and one.end > at)
        return next(coming, None) if self.day == at.day else None


def read_day(reader: Reader, day: Day | None, *, now: Instant, me: ColleagueId | None) -> DayRead:
    """Return a day (None: the present one) of the colleague ``me``; of everybody without one."""
    of, today = day or now.day, now.day
    agenda = Agenda(reader, me=me, today=today)
    end = of + timedelta(days=1)
    unclosed = agenda.unclosed(now.plus(days=-WRITE_UP_DAYS), now, most=MOST + 4)
    due = _promises(PromiseStore(reader), today, me)
    to_prepare = agenda.lacking(now, now.plus(days=AHEAD_DAYS), most=MOST + 1)
    to_write_up = [one for one in unclosed if one.end <= now]
    ours = [line for line in due if line.side is PromiseSide.OURS]
    theirs = [line for line in due if line.side is PromiseSide.THEIRS]
    cut = {
        "to_prepare": len(to_prepare),
        "to_write_up": len(to_write_up),
        "ours": len(ours),
        "theirs": len(theirs),
    }
    begins, ends = Instant.at(of, 0, zone=now.zone), Instant.at(end, 0, zone=now.zone)
    standing = AppointmentStore(reader).between(begins, ends)
    timed = [one for one in standing if one.minutes and not one.all_day]
    return DayRead(
        day=of,
        now=now,
        meetings=tuple(agenda.of_day(begins, ends, most=_MOST_OF_A_DAY)),
        appointments=tuple(timed[:_MOST_OF_A_DAY]),
        to_prepare=tuple(to_prepare[:MOST]),
        to_write_up=tuple(to_write_up[:MOST]),
        ours=tuple(ours[:MOST]),
        theirs=tuple(theirs[:MOST]),
        more=frozenset(name for name, count in cut.items() if count > MOST),
        has_customers=bool(reader.ask("SELECT 1 FROM accounts WHERE NOT gone LIMIT 1")),
    )


def _promises(ask: PromiseStore, today: Day, me: ColleagueId | None) -> list[PromiseLine]:
    """Return what falls due within a week, then what one wanted to be reminded of by now."""
    due = ask.due(by=today + timedelta(days=AHEAD_DAYS), of=me)
    there = {line.id for line in due}
    return [*due, *(line for line in ask.reminders(on=today, of=me) if line.id not in there)]
