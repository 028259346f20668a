"""What the debrief asks the file before it asks the user: the visit, its people, what is open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id, PersonId, VisitId
from kamdesk.domain.visits.model import Attendee, Side, Visit, VisitState
from kamdesk.domain.visits.store import LogFilter, VisitLine
from kamdesk.dossier.debrief import Seated
from kamdesk.dossier.debrief_names import Names, Near, Who
from kamdesk.dossier.same_promise import OpenPromise
from kamdesk.search.keys import name_of

if TYPE_CHECKING:
    from kamdesk.domain.people.model import Person
    from kamdesk.search.hits import Hit
    from kamdesk.workspace import Workspace

OFFERED = 7
"""Visits to be written up that are offered at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefSeen:
    """What is known before the first question; ``stances`` and ``last_met`` by hex of the person.

    ``met_us`` are the people who have sat at a visit of this customer before.
    """

    visit: Visit
    planned: bool
    account: str
    place: str
    today: Day
    me: str
    names: Names
    seated: tuple[Seated, ...]
    stances: Mapping[str, int | None]
    last_met: Mapping[str, Instant]
    promised: tuple[OpenPromise, ...]


def read_debrief(
    desk: "Workspace", record: bytes, *, unplanned: bool, start: Instant | None = None
) -> DebriefSeen | None:
    """Return what the debrief of a visit begins with; None when the visit is not in the file.

    ``unplanned``: ``record`` is a customer, the visit was held at ``start`` or just now.
    """
    if unplanned:
        found = desk.accounts.ask.find(AccountId(Id(record)))
        if found is None:
            return None
        visit = desk.visits.new(found.id, start or desk.clock.now())
        seats: list[Attendee] = []
    else:
        planned = desk.visits.ask.find(VisitId(Id(record)))
        if planned is None:
            return None
        visit = planned
        found = desk.accounts.ask.find(visit.account)
        seats = desk.visits.ask.attendees(visit.id)
    mine = desk.team.sits_here
    me = mine.hex() if mine else ""
    names = _names(desk, visit.account, seats)
    seated = _seated(names, seats, me if unplanned else "")
    moment = visit.start or desk.clock.now()
    met = desk.visits.ask.last_met(visit.account, before=moment)
    return DebriefSeen(
        visit=visit,
        planned=not unplanned,
        account=found.called if found else "",
        place=_place(desk, visit),
        today=desk.clock.today(),
        me=me,
        names=names,
        seated=seated,
        stances=_stances(desk, visit),
        last_met={who.hex(): when for who, when in met.items()},
        promised=tuple(
            OpenPromise(line.id.hex(), line.side == "ours", line.words, line.owner, line.due)
            for line in desk.promises.ask.lines_of(visit.account)
        ),
    )


def to_write_up(desk: "Workspace", account: bytes | None) -> list[VisitLine]:
    """Return the visits that took place and are not closed, the latest first."""
    now = desk.clock.now().plus(minutes=15)  # one leaves early and writes in the car
    if account is None:
        return desk.visits.ask.log(LogFilter.TO_WRITE_UP, now=now, limit=OFFERED)
    waiting = (VisitState.PLANNED, VisitState.HELD)
    lines = desk.visits.ask.of_account(AccountId(Id(account)), limit=100)
    return [one for one in lines if one.state in waiting and one.start and one.start <= now][
        :OFFERED
    ]


def elsewhere(desk: "Workspace", typed: str) -> tuple[Who, ...]:
    """Return people of any customer whom a few letters may mean."""
    hits = desk.search.names(typed, 4).people
    found = ((hit, desk.people.ask.find(PersonId(hit.id))) for hit in hits)
    return tuple(_stranger(hit, person) for hit, person in found if person is not None)


def _stranger(hit: "Hit", person: "Person") -> Who:
    return Who(
        hit.id.hex(),
        person.name,
        person.department,
        Near.ELSEWHERE,
        said(person.name),
        where=hit.account_name,
    )


def said(name: str) -> tuple[str, ...]:
    """Return the syllables of a name as it is said."""
    return name_of(name, person=True).variants()[0].syllables


def _names(desk: "Workspace", account: AccountId, seats: Iterable[Attendee]) -> Names:
    """Return who can be named, nearest first; whoever must not be shown is not among them."""
    here = {seat.who for seat in seats}
    posts = {line.id: line.post or line.department for line in desk.people.ask.lines(account)}
    people = desk.people.ask.of_account(account)
    known = {person.id for person in people}
    for who in here - known:
        guest = desk.people.ask.find(who)
        if guest is not None and not guest.restricted:
            people.append(guest)
    theirs = [
        Who(
            person.id.hex(),
            person.name,
            posts.get(person.id, person.department),
            Near.HERE if person.id in here else Near.ACCOUNT,
            said(person.name),
            called=person.form_of_address,
        )
        for person in people
    ]
    ours = [
        Who(
            one.id.hex(),
            one.name,
            one.title,
            Near.HERE if one.id in here else Near.OURS,
            said(one.name),
            ours=True,
        )
        for one in desk.team.ask.everybody()
    ]
    return Names([*theirs, *ours])


def _seated(names: Names, seats: Iterable[Attendee], me: str) -> tuple[Seated, ...]:
    """Return who was expected, as far as they may be shown; of a visit nobody planned: me."""
    found = []
    for seat in seats:
        who = names.of(seat.who.hex())
        if who is not None:
            ours = seat.side is Side.OURS
            found.append(Seated(who=who.key, name=who.name, ours=ours, absent=seat.absent))
    if me and (who := names.of(me)) is not None:
        found.append(Seated(who=me, name=who.name, ours=True))
    return tuple(found)


def _stances(desk: "Workspace", visit: Visit) -> dict[str, int | None]:
    """Return where the customer's people stand on the map the visit is about."""
    maps = desk.chain.ask.maps(visit.account)
    chosen = next((one for one in maps if one.id == visit.map), maps[0] if maps else None)
    if chosen is None:
        return {}
    on = max(desk.clock.today(), visit.start.day if visit.start else desk.clock.today())
    stood = desk.chain.ask.standings(chosen.id, on=on)
    return {who.hex(): standing.stance for who, standing in stood.items()}


def _place(desk: "Workspace", visit: Visit) -> str:
    if visit.place or visit.site is None:
        return visit.place
    try:
        site = desk.accounts.ask.site(visit.site)
    except LookupError:
        return ""
    return site.name or site.address
