"""What the page of a visit is given, read at once in the background."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId, Id, PersonId, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import Promise
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit, VisitKind, VisitState
from kamdesk.dossier.clashing import Other, clashing
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.dossier.questions import Proposed, questions
from kamdesk.dossier.unsaid import gaps

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Who(NamedTuple):
    """Somebody who could sit at the visit; ``found`` is their name in pinyin and its initials."""

    id: Id
    name: str
    post: str
    side: Side
    found: str = ""


class Seat(NamedTuple):
    """Somebody who sits at the visit."""

    attendee: Attendee
    name: str
    post: str
    stance: int | None
    first_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSeen:
    """A visit as its page shows it."""

    visit: Visit
    file: CustomerFile
    seats: list[Seat]
    known: list[Who]
    facts: list[Fact]
    promises: list[Promise]
    proposed: list[Proposed]
    clashing: list[Other]
    against: list[Text]
    """What speaks against its time while it is planned: a holiday, an absence, their hours."""
    now: Instant

    @property
    def today(self) -> Day:
        """The day it was read."""
        return self.now.day

    @property
    def past(self) -> bool:
        """Whether it should be over by now."""
        start = self.visit.start
        return start is not None and start.ms <= self.now.ms

    def name_of(self, promise: Promise) -> str:
        """Return who answers for a promise; empty when nobody is named."""
        return self.file.name_of(promise.colleague or promise.person)


def read_visit(desk: "Workspace", visit: VisitId, language: str) -> VisitSeen | None:
    """Return a visit for its page; None when there is none of this id any more."""
    found = desk.visits.ask.find(visit)
    if found is None or desk.accounts.ask.find(found.account) is None:
        return None
    now = desk.clock.now()
    file = read_file(desk.storage.reader, found.account, at=now)
    attendees = desk.visits.ask.attendees(visit)
    open_gaps = gaps(file, found, attendees)
    return VisitSeen(
        visit=found,
        file=file,
        seats=sorted(
            (_seat(file, one) for one in attendees if one.who not in file.hidden),
            key=lambda seat: (
                seat.attendee.side is Side.OURS,
                -(file.stands(seat.attendee.who).influence or 0),
            ),
        ),
        known=_known(desk, file),
        facts=[fact for fact in desk.visits.ask.facts_of(visit) if fact.about not in file.hidden],
        promises=desk.promises.ask.of_visit(visit),
        proposed=questions(file, open_gaps, language=language),
        clashing=_clashing(desk, found),
        against=_against(desk, found),
        now=now,
    )


def _seat(file: CustomerFile, one: Attendee) -> Seat:
    person = file.people.get(PersonId(one.who))
    if person is None:
        colleague = file.colleagues.get(ColleagueId(one.who))
        title = colleague.title if colleague else ""
        return Seat(one, file.name_of(one.who), title, None, first_time=False)
    post = file.post_of.get(person.id)
    return Seat(
        one,
        person.name,
        post.title if post else "",
        file.stands(person.id).stance,
        first_time=person.id not in file.last_met,
    )


def _known(desk: "Workspace", file: CustomerFile) -> list[Who]:
    from kamdesk.desktop.accounts.spellings import spell

    people = list(file.people.values())
    ours = list(file.colleagues.values())
    names = [person.name for person in people] + [colleague.name for colleague in ours]
    spelt = spell(names, desk.search)
    by_weight = sorted(people, key=lambda who: -(file.stands(who.id).influence or 0))
    theirs = [
        Who(
            who.id,
            who.name,
            post.title if (post := file.post_of.get(who.id)) else "",
            Side.THEIRS,
            spelt[who.name].found,
        )
        for who in by_weight
    ]
    return theirs + [
        Who(one.id, one.name, one.title, Side.OURS, spelt[one.name].found) for one in ours
    ]


def _clashing(desk: "Workspace", visit: Visit) -> list[Other]:
    if visit.start is None:
        return []
    others = desk.visits.ask.around(visit.start, visit.minutes)
    line = next((one for one in others if one.id == visit.id), None)
    if line is None:
        return []
    standing = desk.appointments.ask.between(visit.start, visit.start.plus(minutes=visit.minutes))
    return clashing(line, others, standing, me=desk.team.sits_here)


def _against(desk: "Workspace", visit: Visit) -> list[Text]:
    from kamdesk.dossier.unfit_time import against

    if visit.start is None or visit.state is not VisitState.PLANNED:
        return []
    there = visit.account if visit.kind is VisitKind.VISIT else None
    reader, me = desk.storage.reader, desk.team.sits_here
    return against(reader, visit.start, visit.minutes, account=there, me=me)


def fitting(known: list[Who], typed: str, *, but: set[Id], most: int = 6) -> list[Who]:
    """Return who fits what is typed: by name, by pinyin, by initials."""
    wanted = "".join(typed.casefold().split())
    return [
        who
        for who in known
        if who.id not in but
        and (
            wanted in "".join(who.name.casefold().split())
            or any(part.startswith(wanted) for part in who.found.split())
        )
    ][:most]
