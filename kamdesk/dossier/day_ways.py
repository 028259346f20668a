"""The ways of one day: how long one drives to each of its visits."""

from collections.abc import Mapping

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId, VisitId
from kamdesk.dossier.week import read_days
from kamdesk.dossier.week_told import told
from kamdesk.storage.database import Reader


def ways_of_day(
    reader: Reader, day: Day, *, now: Instant, me: ColleagueId | None
) -> Mapping[VisitId, int]:
    """Return the minutes to the visits of a day, from home or from where one is before.

    Where nobody knows where home or a visit is, it says nothing of the way.
    """
    (only,) = told(read_days(reader, day, 1, me=me, now=now)).days
    return {
        line.item.visit: line.drive
        for line in only.lines
        if line.item.visit is not None and line.drive
    }
