"""What a user does with imported calendars: call one otherwise, forget one."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import Calendar
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR, AppointmentStore
from kamdesk.storage.storage import Storage


class Appointments:
    """The verbs of imported calendars, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = AppointmentStore(storage.reader)

    def rename(self, calendar: Calendar, name: str) -> ChangeSet:
        """Call a calendar otherwise. Raises ``RuleBroken`` at ``name``."""
        new = replace(calendar, name=name).checked()
        with self._storage.change(Text("Rename the calendar “{name}”", name=new.name)) as change:
            change.put(CALENDAR, new, base=calendar)
        return change.touched

    def forget(self, calendar: Calendar) -> ChangeSet:
        """Take a calendar and all its appointments out; undo brings them back."""
        every = self.ask.of_calendar(calendar.id)
        name = Text("Forget the calendar “{name}”", name=calendar.name)
        with self._storage.change(name) as change:
            for one in every:
                change.drop(APPOINTMENT, one.id)
            change.drop(CALENDAR, calendar.id)
        return change.touched
