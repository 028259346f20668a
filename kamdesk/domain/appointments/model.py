"""An imported calendar and its appointments. Rules only."""

from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AppointmentId, CalendarId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text

LONGEST_CALENDAR: Final = 80
"""Characters of a calendar's name."""
LONGEST_TITLE: Final = 300
"""Characters kept of a title or a place: they stand in a block of the week."""
LONGEST_UID: Final = 400
LONGEST_STAY: Final = 400 * 1440
"""Minutes of the longest appointment that is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar imported from ``file``; what it holds from ``first`` to ``until`` is known."""

    id: CalendarId
    name: str
    file: str = ""
    imported: Instant | None = None
    first: Day | None = None
    until: Day | None = None

    def checked(self) -> "Calendar":
        """Return this calendar cleaned. Raises ``RuleBroken`` at ``name``."""
        neat = replace(self, name=one_line(self.name, field="name"))
        if not neat.name:
            raise RuleBroken(Text("Give the calendar a name."), field="name")
        if len(neat.name) > LONGEST_CALENDAR:
            said = Text("A calendar's name has at most {most} characters.", most=LONGEST_CALENDAR)
            raise RuleBroken(said, field="name")
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What stands in a calendar, once or many times; each time it lasts ``minutes``.

    ``uid`` names it within its calendar, ``sequence`` counts how often its owner changed it. An
    ``all_day`` one begins at midnight wherever one is; one that is not ``busy`` keeps no time free.
    """

    id: AppointmentId
    calendar: CalendarId
    uid: str
    title: str = ""
    place: str = ""
    minutes: int = 60
    all_day: bool = False
    busy: bool = True
    sequence: int = 0


def stored_time(moment: Instant | Day) -> str:
    """Return a time as the set of an appointment holds it."""
    return str(moment) if isinstance(moment, Instant) else moment.isoformat()
