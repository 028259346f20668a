"""Holiday lists and absences in the workspace: their cells, and what is asked about them."""

from kamdesk.domain.working_days.calendar import Calendar
from kamdesk.domain.working_days.shipped import shipped_years
from kamdesk.storage.database import Reader


def working_calendar(reader: Reader | None = None) -> Calendar:
    """Return the calendar of working days: the shipped lists, and the house's own over them."""
    return Calendar(shipped_years())
