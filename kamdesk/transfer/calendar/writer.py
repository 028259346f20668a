"""Writes visits and promises as iCalendar, which every calendar program reads.

People are named without an address: no program can write to a customer on its own account.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kamdesk import __version__
from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import KIND_WORDS, Firmness, VisitState
from kamdesk.dossier.calendar_entries import Changed, PromiseEntry, VisitEntry
from kamdesk.transfer.writers.content_lines import escaped, folded, quoted
from kamdesk.transfer.writers.whole_file import whole_file

Say = Callable[[Text], str]
"""Puts words into the language of whoever reads the calendar."""

_OURS: Final = re.compile(r"visit-([0-9a-f]{32})@kamdesk")
_NOBODY: Final = "invalid:nomail"
_STATUS: Final = {
    PromiseState.OPEN: "NEEDS-ACTION",
    PromiseState.KEPT: "COMPLETED",
    PromiseState.BROKEN: "CANCELLED",
    PromiseState.DROPPED: "CANCELLED",
}


def write_calendar(
    target: Path,
    visits: Iterable[VisitEntry],
    promises: Iterable[PromiseEntry],
    *,
    say: Say,
) -> int:
    """Write visits as appointments and promises as things to do; return how many."""
    n = 0
    with whole_file(target) as file:

        def put(*lines: str) -> None:
            file.write(b"".join(folded(line) + b"\r\n" for line in lines))

        put("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//KamDesk//KamDesk {__version__}//EN")
        put("CALSCALE:GREGORIAN")
        for lines in (
            *(_event(one, say) for one in visits),
            *(_todo(one, say) for one in promises),
        ):
            put(*lines)
            n += 1
        put("END:VCALENDAR")
    return n


def visit_of(uid: str) -> bytes | None:
    """Return the visit that is known to other programs by ``uid``; None for foreign entries."""
    found = _OURS.fullmatch(uid.strip())
    return bytes.fromhex(found.group(1)) if found else None


def _event(visit: VisitEntry, say: Say) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _of_record("visit", visit.id, visit.changed)
    yield f"DTSTART:{_stamp(visit.start)}"
    yield f"DTEND:{_stamp(visit.start.plus(minutes=visit.minutes))}"
    yield f"SUMMARY:{escaped(_title(visit.account, visit.topic or say(KIND_WORDS[visit.kind])))}"
    if visit.places:
        yield f"LOCATION:{escaped(', '.join(visit.places))}"
    for name in visit.people:
        yield f"ATTENDEE;CN={quoted(name)};ROLE=REQ-PARTICIPANT:{_NOBODY}"
    if visit.state is VisitState.DROPPED:
        yield "STATUS:CANCELLED"
    else:
        agreed = visit.firmness is Firmness.AGREED or visit.state is not VisitState.PLANNED
        yield f"STATUS:{'CONFIRMED' if agreed else 'TENTATIVE'}"
    yield "END:VEVENT"


def _todo(promise: PromiseEntry, say: Say) -> Iterator[str]:
    words = promise.words
    if promise.side is PromiseSide.THEIRS:
        words = say(Text("they promised: {words}", words=promise.words))
    yield "BEGIN:VTODO"
    yield from _of_record("promise", promise.id, promise.changed)
    yield f"SUMMARY:{escaped(_title(promise.account, words))}"
    if promise.due is not None:
        yield f"DUE;VALUE=DATE:{promise.due:%Y%m%d}"
    yield f"STATUS:{_STATUS[promise.state]}"
    if promise.state is PromiseState.KEPT and promise.settled_on is not None:
        yield f"COMPLETED:{promise.settled_on:%Y%m%d}T000000Z"
        yield "PERCENT-COMPLETE:100"
    yield "END:VTODO"


def _of_record(kind: str, record: bytes, changed: Changed) -> Iterator[str]:
    """Yield by what another program knows that this is the same one, in a later state."""
    last = _stamp(changed.last)
    yield f"UID:{kind}-{record.hex()}@kamdesk"
    yield f"DTSTAMP:{last}"
    yield f"LAST-MODIFIED:{last}"
    yield f"SEQUENCE:{changed.times}"


def _title(account: str, words: str) -> str:
    return " ".join(filter(None, (account, words)))


def _stamp(moment: Instant) -> str:
    return f"{datetime.fromtimestamp(moment.ms // 1000, UTC):%Y%m%dT%H%M%SZ}"
