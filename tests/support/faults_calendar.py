"""What a user does with imported calendars: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from support.faults_seed import DAY, an_id

from kamdesk.core.clock import Instant
from kamdesk.domain.appointments.model import Appointment, Calendar, stored_time
from kamdesk.domain.appointments.service import Appointments
from kamdesk.storage.storage import Storage
from kamdesk.transfer.calendar.imports import CalendarImports, Change, Shown

OFFICE: Final = Calendar(id=an_id(950), name="办公室", file="own.ics", first=DAY)  # type: ignore[arg-type]
MEETINGS: Final = tuple(
    Appointment(id=an_id(951 + n), calendar=OFFICE.id, uid=f"u{n}", title="例会。" * 30)  # type: ignore[arg-type]
    for n in range(3)
)
TIMES: Final = frozenset(stored_time(Instant.at(DAY, hour)) for hour in range(8, 18))


def _shown(calendar: Calendar, base: Calendar | None, **what: tuple[object, ...]) -> Shown:
    empty = dict.fromkeys(("new", "changed", "gone", "refused", "remarks"), ())
    counts = dict.fromkeys(("same", "older", "outside"), 0)
    return Shown(
        path=Path("own.ics"), calendar=calendar, base=base, **{**empty, **what}, **counts  # type: ignore[arg-type]
    )  # fmt: skip


def begin(s: Storage) -> None:
    """Take a calendar in."""
    new = tuple(Change(one, TIMES) for one in MEETINGS)
    CalendarImports(s).take(_shown(OFFICE, None, new=new))


def _again(s: Storage) -> None:
    moved = replace(MEETINGS[0], title="改期", sequence=1)
    later = frozenset(stored_time(Instant.at(DAY, hour)) for hour in range(12, 20))
    other = replace(MEETINGS[2], id=an_id(960), uid="new")  # type: ignore[arg-type]
    shown = _shown(
        replace(OFFICE, until=DAY), OFFICE, new=(Change(other, TIMES),),
        changed=(Change(moved, later, MEETINGS[0], TIMES),), gone=(MEETINGS[1],),
    )  # fmt: skip
    CalendarImports(s).take(shown)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "bring a calendar up to date": _again,
    "rename a calendar": lambda s: Appointments(s).rename(OFFICE, "公司"),
    "forget a calendar": lambda s: Appointments(s).forget(OFFICE),
}
