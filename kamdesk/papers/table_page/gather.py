"""From a visit to the neutral page that lies on the table: nothing the customer must not read."""

import re
from datetime import time

from kamdesk.core.clock import Instant
from kamdesk.core.ids import PersonId, VisitId
from kamdesk.core.text.neutral import is_neutral
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.papers.table_page import content as paper
from kamdesk.storage.database import Reader

_REMARK = re.compile(r"\s*[（(\[【][^）)\]】]*[）)\]】]\s*")
_TIMED = re.compile(r"^\s*(?:(\d{1,2})[:：](\d{2})\s+)?(.*?)(?:\s*[|｜]\s*(.+))?\s*$")


def of_visit(reader: Reader, visit: VisitId, *, now: Instant) -> paper.TablePage:
    """Return the table page of a visit. Raises ``LookupError``.

    Lines of the agenda may begin with a time and end with ``| speaker``. A line that holds a word
    the customer must never read (``field_book.md`` 2.3) stays off the page, and so does a question
    that names one of theirs.
    """
    store = VisitStore(reader)
    found = store.get(visit)
    file = read_file(reader, found.account, at=now)
    seats = store.attendees(visit)
    return paper.TablePage(
        visit=visit.hex(),
        customer=file.account.name,
        topic=found.topic if is_neutral(found.topic) else "",
        start=found.start,
        minutes=found.minutes,
        place=found.place or next((site.address for site in file.sites), ""),
        agenda=_agenda(found),
        participants=participants(file, seats),
        not_shown=sum(seat.who in file.hidden for seat in seats if seat.side is Side.THEIRS),
        open_items=tuple(
            paper.OpenItem(
                what=promise.words,
                who=file.name_of(promise.colleague or promise.person),
                due=promise.due,
            )
            for promise in file.open_promises()
            if is_neutral(promise.words)
        ),
        points=_points(file, found),
    )


def _points(file: CustomerFile, visit: Visit) -> tuple[str, ...]:
    """Return the questions noted beforehand as points: without remarks, and naming nobody."""
    names = {name for person in file.people.values() for name in (person.name, person.called)}
    names |= set(file.hidden.values())
    points = (_REMARK.sub("", line).strip() for line in visit.questions.splitlines())
    return tuple(
        point
        for point in points
        if point and is_neutral(point) and not any(name in point for name in names if name)
    )


def _agenda(visit: Visit) -> tuple[paper.AgendaItem, ...]:
    items = []
    for line in visit.agenda.splitlines():
        match = _TIMED.match(line)
        if not match or not match[3] or not is_neutral(line):
            continue
        hour, minute = int(match[1] or 0), int(match[2] or 0)
        start = time(hour, minute) if match[1] and hour < 24 and minute < 60 else None
        items.append(paper.AgendaItem(topic=match[3], start=start, speaker=match[4] or ""))
    return tuple(items)


def points_of(agenda: str) -> list[str]:
    """Return the points of an agenda as typed, without their times and speakers."""
    matches = (_TIMED.match(line) for line in agenda.splitlines())
    return [match[3] for match in matches if match and match[3]]


def participants(file: CustomerFile, seats: list[Attendee]) -> tuple[paper.Participant, ...]:
    """Return who sits there of both sides, the guests first: names and posts alone."""
    theirs = []
    ours = []
    for seat in seats:
        if seat.side is Side.THEIRS and seat.who in file.people:
            post = file.post_of.get(PersonId(seat.who))
            name = file.name_of(seat.who)
            theirs.append(paper.Participant(name=name, post=post.title if post else ""))
        elif seat.side is Side.OURS and file.name_of(seat.who):
            colleague = next(c for c in file.colleagues.values() if c.id == seat.who)
            ours.append(paper.Participant(name=colleague.name, post=colleague.title, ours=True))
    return tuple(theirs + ours)
