"""Importing a calendar: shown first, then taken as one action that can be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AppointmentId, CalendarId, Id
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import LONGEST_CALENDAR, Appointment, Calendar
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR, AppointmentStore
from kamdesk.dossier.calendar_entries import CalendarEntries
from kamdesk.storage.storage import Storage
from kamdesk.transfer.calendar.file import read_calendar_file
from kamdesk.transfer.calendar.found import Entry, Refused
from kamdesk.transfer.calendar.writer import visit_of
from kamdesk.transfer.foreign import cannot_be_imported
from kamdesk.transfer.uncollected import uncollected

_YEARS: Final = 2


class Change(NamedTuple):
    """What becomes of one appointment: ``base`` is what it was, None for a new one."""

    new: Appointment
    times: frozenset[str]
    base: Appointment | None = None
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What importing a calendar file would do. ``base`` is the calendar as it is; None: new."""

    path: Path
    calendar: Calendar
    base: Calendar | None
    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    gone: tuple[Appointment, ...]
    same: int
    older: int
    """Appointments the file knows in an older state than they have here: they stay."""
    outside: int
    """Appointments that lie outside the time looked at."""
    refused: tuple[Refused, ...]
    remarks: tuple[Text, ...]

    @property
    def changes_nothing(self) -> bool:
        """True when all that the file says is here already."""
        return self.base is not None and not (self.new or self.changed or self.gone)


def window(today: Day) -> tuple[Day, Day]:
    """Return the days calendars are looked at: from the month before, for two years."""
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return first, first.replace(year=first.year + _YEARS)


class CalendarImports:
    """Reads calendar files and takes what they bring."""

    def __init__(self, storage: Storage, *, before: Callable[[], object] | None = None) -> None:
        """``before`` is called before anything is taken; what it raises stops the import."""
        self._storage, self._before = storage, before
        self._ask = AppointmentStore(storage.reader)

    @uncollected()
    def look(
        self,
        path: Path,
        *,
        name: str = "",
        stopped: Callable[[], bool] = lambda: False,
    ) -> Shown:
        """Return what importing a calendar file would do; nothing is written.

        Without a ``name`` the calendar is called as it calls itself, else as its file. One of
        that name is brought up to date. Raises ``RuleBroken`` in plain words, or ``Cancelled``.
        """
        now = self._storage.clock.now()
        first, until = window(now.day)
        found = read_calendar_file(path, home=now.zone, first=first, last=until, stopped=stopped)
        called = one_line(name) or (found.name or path.stem)[:LONGEST_CALENDAR]
        named = (line.calendar for line in self._ask.calendars(now=now))
        base = next((one for one in named if one.name.casefold() == called.casefold()), None)
        calendar = Calendar(
            id=base.id if base else CalendarId(self._storage.new_id()),
            name=base.name if base else called,
            file=path.name,
            imported=now,
            first=first,
            until=until,
        ).checked()
        entries = self._foreign(found.entries)
        if own := len(found.entries) - len(entries):
            found.remarks.append(_own_said(own))
        if base is None and not found.entries:
            raise cannot_be_imported(path, _why_nothing(found.events, found.refused, first, until))
        if base is None and not entries:
            raise cannot_be_imported(path, Text("All it holds was given out from here."))
        shown = _Compared()
        if base is not None:
            shown.with_present(self._ask.of_calendar(base.id), self._ask.times(base.id))
        for entry in entries:
            shown.take(entry, calendar, self._storage.new_id)
        return Shown(
            path=path,
            calendar=calendar,
            base=base,
            new=tuple(shown.new),
            changed=tuple(shown.changed),
            gone=tuple(shown.present.values()),
            same=shown.same,
            older=shown.older,
            outside=max(0, found.events - len(found.entries) - len(found.refused)),
            refused=tuple(found.refused),
            remarks=tuple(found.remarks),
        )

    def _foreign(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries that are no visits of this workspace, come back by a calendar."""
        given = {entry.uid: visit for entry in entries if (visit := visit_of(entry.uid))}
        known = CalendarEntries(self._storage.reader, me=None).known(list(given.values()))
        return [entry for entry in entries if given.get(entry.uid) not in known]

    @uncollected()
    def take(self, shown: Shown) -> ChangeSet:
        """Write what was shown, as one action; what is here already is not written again."""
        if shown.changes_nothing:
            return ChangeSet()
        if self._before is not None:
            self._before()
        with self._storage.change(Text("Import of {file}", file=shown.path.name)) as change:
            change.put(CALENDAR, shown.calendar, base=shown.base)
            change.put_all(APPOINTMENT, [one.new for one in shown.new])
            for one in (*shown.new, *shown.changed):
                if one.base is not None:
                    change.put(APPOINTMENT, one.new, base=one.base)
                if added := one.times - one.before:
                    change.link(APPOINTMENT, one.new.id, "times", *sorted(added))
                if lost := one.before - one.times:
                    change.unlink(APPOINTMENT, one.new.id, "times", *sorted(lost))
            for gone in shown.gone:
                change.drop(APPOINTMENT, gone.id)
        return change.touched


class _Compared:
    """What a file says beside what is here: new, changed, the same; what is left over is gone."""

    def __init__(self) -> None:
        self.present: dict[str, Appointment] = {}
        self._times: dict[AppointmentId, set[str]] = {}
        self.new: list[Change] = []
        self.changed: list[Change] = []
        self.same = self.older = 0

    def with_present(
        self, present: list[Appointment], times: dict[AppointmentId, set[str]]
    ) -> None:
        """Name what the calendar holds now."""
        self.present, self._times = {one.uid: one for one in present}, times

    def take(self, entry: Entry, calendar: Calendar, new_id: Callable[[], Id]) -> None:
        """Take the next appointment of the file."""
        times, base = frozenset(entry.times), self.present.pop(entry.uid, None)
        new = Appointment(
            id=base.id if base else AppointmentId(new_id()),
            calendar=calendar.id,
            uid=entry.uid,
            title=entry.title,
            place=entry.place,
            minutes=entry.minutes,
            all_day=entry.all_day,
            busy=entry.busy,
            sequence=entry.sequence,
        )
        if base is None:
            self.new.append(Change(new, times))
            return
        before = frozenset(self._times.get(base.id, ()))
        if base.sequence > new.sequence:
            self.older += 1
        elif new == base and times == before:
            self.same += 1
        else:
            self.changed.append(Change(new, times, base, before))


def _own_said(n: int) -> Text:
    return Text(
        "{n} of them is a visit given out from here: it stands in the week already.",
        "{n} of them are visits given out from here: they stand in the week already.",
        n=n,
    )


def _why_nothing(events: int, refused: list[Refused], first: Day, until: Day) -> Text:
    """Return why a file brings nothing that could be taken."""
    if not events:
        return Text("It holds no appointments.")
    if len(refused) == events:
        return Text(
            "Its {n} appointment cannot be taken: {reason}",
            "None of its {n} appointments can be taken. The first: {reason}",
            n=events,
            reason=refused[0].why,
        )
    return Text(
        "Its {n} appointment does not lie between {first} and {until}.",
        "None of its {n} appointments lies between {first} and {until}.",
        n=events,
        first=first.isoformat(),
        until=until.isoformat(),
    )
