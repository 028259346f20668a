"""What stands at the time of a visit: other visits of the same people, the user's appointments."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kamdesk.core.ids import ColleagueId
from kamdesk.domain.appointments.store import Occurrence
from kamdesk.domain.visits.calendar import clashes
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.visits.store import VisitLine

Other: TypeAlias = VisitLine | Occurrence


def clashing(
    line: VisitLine,
    visits: Sequence[VisitLine],
    appointments: Iterable[Occurrence],
    *,
    me: ColleagueId | bytes | None,
) -> list[Other]:
    """Return what wants the same people at the time of a visit: visits first, each by time.

    Appointments are ``me``'s: they clash with planned visits ``me`` is at, or of which nobody of
    ours is named. What is only shown as free, or takes no time, clashes with nothing.
    """
    others: list[Other] = list(clashes(line, visits))
    mine = me is None or not line.ours or me.hex() in line.ours
    if line.start is None or line.state is not VisitState.PLANNED or not mine:
        return others
    ends = line.start.plus(minutes=line.minutes)
    others += (
        one
        for one in appointments
        if one.busy and one.minutes and one.start.ms < ends.ms and line.start.ms < one.ends.ms
    )
    return others
