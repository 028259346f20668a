"""Who of theirs and ours sat together at visits, when last and how often lately."""

from datetime import timedelta
from typing import NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id
from kamdesk.storage.database import Reader


class Together(NamedTuple):
    """One of theirs and one of ours sat together: when last, at how many visits lately."""

    theirs: Id
    ours: ColleagueId
    last: Instant
    lately: int


def together(reader: Reader, account: AccountId, *, before: Instant, lately: int) -> list[Together]:
    """Return who sat together at visits of an account before a moment.

    ``lately`` is how many days back count as lately.
    """
    since = Instant.at(before.day - timedelta(days=lately), 0, zone=before.zone)
    rows = reader.ask(
        "SELECT t.who, o.who, max(v.start), sum(v.start >= ?) FROM visits v"
        " JOIN attendees t ON t.visit = v.id AND t.side = 'theirs'"
        " JOIN attendees o ON o.visit = v.id AND o.side = 'ours'"
        " WHERE v.account = ? AND v.state IN ('held', 'closed') AND v.start < ?"
        " AND NOT v.gone AND NOT t.gone AND NOT o.gone"
        " AND t.absent IS NULL AND o.absent IS NULL GROUP BY t.who, o.who",
        str(since).split(" ")[0],
        account,
        str(before).split(" ")[0],
    )
    return [
        Together(Id(theirs), ColleagueId(Id(ours)), last, lately=often or 0)
        for theirs, ours, when, often in rows
        if (last := Instant.read(when))
    ]
