"""What speaks against a time for a visit: a public holiday, an absence, hours of the customer."""

from collections.abc import Iterator

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, ColleagueId
from kamdesk.core.minutes import minute_of
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.core.wording import Text
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.time_off import unavailable
from kamdesk.storage.database import Reader

_HOURS = """
SELECT hours FROM sites WHERE account = ? AND NOT gone AND coalesce(hours, '') <> ''
ORDER BY id LIMIT 1"""


def against(
    reader: Reader,
    start: Instant,
    minutes: int,
    *,
    account: AccountId | None,
    me: ColleagueId | None,
) -> list[Text]:
    """Return what speaks against a time, in words; nothing where nothing is known against it.

    ``account``: whose hours count, None where one does not go there. ``me``: whose absences.
    """
    local = start.local
    begins = minute_of(local)
    return [
        *_holiday(reader, start),
        *_away(reader, start, begins, begins + minutes, me),
        *(_hours(reader, account, local.weekday(), begins, begins + minutes) if account else ()),
    ]


def _holiday(reader: Reader, start: Instant) -> Iterator[Text]:
    calendar = working_calendar(reader)
    name = calendar.name(start.day)
    if name and not calendar.works(start.day):
        yield Text("a public holiday: {name}", name=name)


def _away(
    reader: Reader, start: Instant, begins: int, ends: int, me: ColleagueId | None
) -> Iterator[Text]:
    for one in unavailable(reader, start.day, 1, me)[0]:
        if one.begins < ends and begins < one.ends:
            yield Text("you are away: {why}", why=one.words) if one.words else Text("you are away")


def _hours(
    reader: Reader, account: AccountId, weekday: int, begins: int, ends: int
) -> Iterator[Text]:
    words = reader.ask(_HOURS, account).value()
    hours = read_hours(words) if words else None
    if hours is None:
        return
    if not any(opens <= begins and ends <= closes for opens, closes in hours.windows[weekday]):
        yield Text("they receive {hours}", hours=hours.said)
