"""When one of us is away: absences as stretches of single days."""

from datetime import timedelta
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AbsenceId, ColleagueId
from kamdesk.domain.working_days.store import WorkingDayStore
from kamdesk.storage.database import Reader


class Away(NamedTuple):
    """A stretch of a day somebody is away: minutes after midnight, and in whose words."""

    begins: int
    ends: int
    words: str
    absence: AbsenceId


def unavailable(
    reader: Reader, first: Day, days: int, me: ColleagueId | None = None
) -> tuple[tuple[Away, ...], ...]:
    """Return for each of ``days`` days from ``first`` when ``me`` is away, earliest first.

    An absence that names nobody is everybody's; without ``me`` all absences count.
    """
    spanned = [first + timedelta(days=n) for n in range(days)]
    absences = WorkingDayStore(reader).absences(first, spanned[-1], of=me) if spanned else []
    return tuple(
        tuple(
            sorted(
                Away(one.begins, one.ends, one.words, one.id) for one in absences if one.takes(day)
            )
        )
        for day in spanned
    )
