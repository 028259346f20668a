"""What stands at the time of a visit: the user's own appointments too, where the user sits."""

from datetime import date

import pytest

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, AppointmentId, CalendarId, ColleagueId, Id, VisitId
from kamdesk.domain.appointments.store import Occurrence
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import clashing

NINE = Instant.at(date(2026, 3, 17), 9)
ME = ColleagueId(Id(b"m" * 16))
NONE = Id(bytes(16))


def _visit(
    start: Instant = NINE, *ours: bytes, state: VisitState = VisitState.PLANNED
) -> VisitLine:
    return VisitLine(
        VisitId(NONE), AccountId(NONE), "Firm", start, 60, VisitKind.VISIT, "", "", state, "",
        ours=tuple(one.hex() for one in ours),
    )  # fmt: skip


def _appointment(start: Instant, minutes: int = 60, *, busy: bool = True) -> Occurrence:
    return Occurrence(
        start, minutes, "Board", "", False, busy, CalendarId(NONE), AppointmentId(NONE)
    )


@pytest.mark.parametrize(
    ("visit", "appointment", "clashes"),
    [
        (_visit(), _appointment(NINE.plus(minutes=30)), True),
        (_visit(NINE, ME), _appointment(NINE.plus(minutes=-30)), True),
        (_visit(NINE, b"o" * 16), _appointment(NINE), False),
        (_visit(), _appointment(NINE, busy=False), False),
        (_visit(), _appointment(NINE.plus(minutes=60)), False),
        (_visit(), _appointment(NINE.plus(minutes=-60)), False),
        (_visit(), _appointment(NINE.plus(minutes=30), 0), False),
        (_visit(state=VisitState.CLOSED), _appointment(NINE), False),
        (_visit(state=VisitState.DROPPED), _appointment(NINE), False),
    ],
)
def test_an_appointment_clashes_where_one_sits_oneself(
    visit: VisitLine, appointment: Occurrence, clashes: bool
) -> None:
    assert clashing(visit, [visit], [appointment], me=ME) == ([appointment] if clashes else [])


def test_visits_stand_before_appointments() -> None:
    one, other = _visit(), _visit()._replace(id=VisitId(Id(b"o" * 16)))
    board = _appointment(NINE)
    assert clashing(one, [one, other], [board], me=None) == [other, board]
