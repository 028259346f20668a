"""From the file to a week that can be planned: what stands in it, what is due, where all lies."""

from datetime import timedelta

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.dossier.week_read import WeekDay, WeekRead
from kamdesk.dossier.week_standing import standing_items
from kamdesk.storage.database import Reader


def read_week(reader: Reader, monday: Day, *, me: ColleagueId | None, now: Instant) -> WeekRead:
    """Return the week that begins on a Monday, of the colleague ``me`` (None: everybody's).

    Of a week that has begun only what is left of it from ``now`` on can be planned.
    """
    items = standing_items(reader, monday, me=me, now=now)
    days = [monday + timedelta(days=n) for n in range(7)]
    return WeekRead(
        monday=monday,
        now=now,
        me=me,
        days=tuple(
            WeekDay(
                day=day,
                works=day.weekday() < 5,
                is_past=day < now.day,
                items=tuple(item for item in items if item.day == day),
            )
            for day in days
        ),
        has_customers=bool(reader.ask("SELECT 1 FROM accounts WHERE NOT gone LIMIT 1")),
    )
