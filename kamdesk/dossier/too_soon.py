"""Whether one more visit would be too many: with those that were, and those planned around it."""

from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.ceiling import days_looked_at, too_often
from kamdesk.dossier.due_facts import day_of, read_facts
from kamdesk.storage.database import Reader

_AROUND: Final = """
SELECT start FROM visits WHERE account = ? AND NOT gone AND start >= ? AND start < ?
  AND (contact IN ('visit', 'video') OR state = 'planned' AND kind IN ('visit', 'video'))"""


def one_too_many(reader: Reader, account: AccountId, day: Day, *, today: Day) -> Text | None:
    """Return a word of warning when a visit on a day would be one too many; None when not.

    Real visits and planned ones of the days before it count, by what was agreed with the customer
    and by what their class asks.
    """
    subjects = (one.subject for one in read_facts(reader, today=today, account=account).customers)
    subject = next(subjects, None)
    looked = days_looked_at(subject) if subject is not None else 0
    if subject is None or not looked:
        return None
    since = (day - timedelta(days=looked)).isoformat()
    until = (day + timedelta(days=1)).isoformat()
    rows = reader.ask(_AROUND, account, since, until)
    visits = [found for row in rows if (found := day_of(row["start"]))]
    return too_often(subject, [*visits, day], day)
