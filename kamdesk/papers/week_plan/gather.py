"""From the file to the week plan of one colleague, and who makes the paper."""

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_told import WeekTold, told
from kamdesk.papers.day_pack.gather import made_by
from kamdesk.storage.database import Reader


def week_as_it_stands(
    reader: Reader,
    monday: Day,
    *,
    me: ColleagueId | None,
    now: Instant,
) -> tuple[WeekTold, str]:
    """Return the week that begins on a Monday."""
    read = read_week(reader, monday, me=me, now=now)
    return told(read), made_by(reader, me)
