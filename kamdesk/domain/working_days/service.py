"""What a user does with working days: take in a holiday list, say when one of us is away."""

from collections.abc import Iterable

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AbsenceId, ColleagueId
from kamdesk.core.wording import Text
from kamdesk.domain.working_days.absence import Absence
from kamdesk.domain.working_days.calendar import Calendar, YearList
from kamdesk.domain.working_days.store import (
    ABSENCE,
    YEAR_LIST,
    WorkingDayStore,
    working_calendar,
)
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage

FEWEST_DAYS_OFF = 5
"""A list of fewer days off is no list of a year: it adds to the one there is."""


class WorkingDays:
    """Holiday lists and absences: the verbs, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = WorkingDayStore(storage.reader)

    def calendar(self) -> Calendar:
        """Return the calendar of working days as this workspace knows it."""
        return working_calendar(self._storage.reader)

    def take_lists(self, lists: Iterable[YearList]) -> ChangeSet:
        """Keep holiday lists in place of the shipped ones. Raises ``RuleBroken`` for none.

        A few days that belong to another year are added to that year's list; without one they
        are left.
        """
        known = self.calendar()
        kept = []
        for found in lists:
            before = known.of_year(found.year)
            if len(found.off) >= FEWEST_DAYS_OFF:
                kept.append(found)
            elif before is not None and before.with_days(found) != before:
                kept.append(before.with_days(found))
        if not kept:
            raise RuleBroken(Text("This file holds no year's list of holidays."), field="file")
        own = {each.year: each for each in self.ask.year_lists()}
        with self._storage.change(Text("Take in a holiday list")) as change:
            for each in kept:
                change.put(YEAR_LIST, each, base=own.get(each.year))
        return change.touched

    def drop_list(self, year: int) -> ChangeSet:
        """Go by the shipped list of a year again, or by weekends without one."""
        with self._storage.change(Text("Drop a holiday list")) as change:
            change.drop(YEAR_LIST, YearList(year=year).id)
        return change.touched

    def new(self, first: Day, colleague: ColleagueId | None = None) -> Absence:
        """Return an absence of one day, not yet saved."""
        made = AbsenceId(self._storage.new_id())
        return Absence(id=made, first=first, last=first, colleague=colleague)

    def add(self, absence: Absence) -> ChangeSet:
        """Save a new absence. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Add an absence")) as change:
            change.put(ABSENCE, absence.checked())
        return change.touched

    def change(self, absence: Absence, *, base: Absence, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Change an absence"), seen=seen) as change:
            change.put(ABSENCE, absence.checked(), base=base)
        return change.touched

    def drop(self, absence: AbsenceId) -> ChangeSet:
        """Take an absence off; it can be restored."""
        with self._storage.change(Text("Delete an absence")) as change:
            change.drop(ABSENCE, absence)
        return change.touched
