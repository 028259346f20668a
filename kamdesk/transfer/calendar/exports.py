"""Putting visits and promises into a calendar file: which, of when, of whom."""

from collections.abc import Sequence
from pathlib import Path

from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.dossier.calendar_entries import CalendarEntries
from kamdesk.storage.storage import Storage
from kamdesk.transfer.calendar.imports import window
from kamdesk.transfer.calendar.writer import Say, write_calendar


def export_calendar(
    storage: Storage,
    target: Path,
    *,
    say: Say,
    account: AccountId | None = None,
    first: Day | None = None,
    last: Day | None = None,
    visits: bool = True,
    promises: bool = True,
) -> int:
    """Write what concerns the user from ``first`` to ``last``, both included; return how many.

    Without days from the month before for two years. A visit ahead that is deleted is written as
    cancelled: another program may still show it. Raises ``RuleBroken`` when there is nothing
    to write, and for days the wrong way round.
    """
    now = storage.clock.now()
    begins, ends = window(now.day)
    begins, ends = first or begins, last or ends
    if ends < begins:
        raise RuleBroken(Text("The last day lies before the first."), field="until")
    me = storage.remembered("me")
    entries = CalendarEntries(
        storage.reader, me=ColleagueId(Id(me)) if me else None, account=account
    )
    start = Instant.at(begins, 0, zone=now.zone)
    end = Instant.at(ends, 0, zone=now.zone).plus(days=1)
    talks = entries.visits(start, end) if visits else []
    gone = entries.taken_back(max(start, now), end) if visits else []
    owed = entries.promises(begins, end.day) if promises else []
    if not (talks or gone or owed):
        raise RuleBroken(
            Text(
                "There is nothing to write from {first} to {last}.",
                first=begins.isoformat(),
                last=ends.isoformat(),
            )
        )
    return write_calendar(target, [*talks, *gone], owed, say=say)


def export_visits(storage: Storage, target: Path, visits: Sequence[bytes], *, say: Say) -> int:
    """Write some visits, whoever they concern; return how many. Those without a day are not.

    Raises ``RuleBroken`` when there is nothing to write.
    """
    talks = CalendarEntries(storage.reader, me=None).these(visits)
    if not talks:
        raise RuleBroken(Text("None of these visits has a day: there is nothing to write."))
    return write_calendar(target, talks, [], say=say)
