"""What the page of a customer is given, read at once in the background."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop.account.held import Held, HeldSite
from kamdesk.domain.chain.model import Role
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.people.model import Channel
from kamdesk.domain.promises.model import Promise
from kamdesk.domain.visits.model import Attendee, Side, Visit, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.completeness import Completeness, completeness
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.dossier.meanwhile import meanwhile
from kamdesk.dossier.since import Changed, last_here
from kamdesk.dossier.unsaid import Gap, gaps

if TYPE_CHECKING:
    from kamdesk.papers.brief.content import Fact
    from kamdesk.workspace import Workspace


class PersonRow(NamedTuple):
    """A person as the page lists them."""

    id: PersonId
    name: str
    post: str
    department: str
    roles: tuple[Role, ...]
    stance: int | None
    influence: int | None
    last_met: Instant | None
    phone: str


class SeatWords(NamedTuple):
    """Somebody of theirs at a visit: who, and how they stand."""

    id: Id
    name: str
    post: str
    stance: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSeen:
    """A customer as its page shows it."""

    file: CustomerFile
    held: Held
    sites: list[HeldSite]
    complete: Completeness
    facts: "tuple[Fact, ...]"
    last: Visit | None
    changes: list[Changed]
    next: Visit | None
    seats: list[SeatWords]
    gaps: list[Gap]
    people: list[PersonRow]
    visits: list[VisitLine]
    promises: list[Promise]
    opportunities: list[Opportunity]
    files: int
    has_chain: bool

    @property
    def group(self) -> str:
        """What the customer belongs to; empty when nothing."""
        return self.held.group

    @property
    def today(self) -> Day:
        """The day it was read."""
        return self.file.day


def read_account(desk: "Workspace", account: AccountId) -> AccountSeen | None:
    """Return a customer for its page; None when there is none of this id any more."""
    reader, now = desk.storage.reader, desk.clock.now()
    account = desk.accounts.ask.now(account)  # an id that was merged leads on
    if desk.accounts.ask.find(account) is None:
        return None
    from kamdesk.papers.brief.record import facts

    file = read_file(reader, account, at=now)
    me = desk.team.sits_here
    last = last_here(file, reader, me, None)
    coming = _next(file)
    seats = desk.visits.ask.attendees(coming.id) if coming else []
    held, stand = _held(desk, file), desk.accounts.ask.site_bases(account)
    return AccountSeen(
        file=file,
        held=held,
        sites=[
            HeldSite(
                record=site,
                city=file.account.city,
                province=file.account.province,
                bases=stand.get(site.id, {}),
                today=file.day,
            )
            for site in file.sites
        ],
        complete=completeness(file, team=held.team),
        facts=facts(file),
        last=last,
        changes=meanwhile(file, reader, held.bases, since=last.start.day)
        if last and last.start
        else [],
        next=coming,
        seats=seat_words(file, seats),
        gaps=gaps(file, coming, seats),
        people=_people(file),
        visits=desk.visits.ask.of_account(account),
        promises=file.open_promises(),
        opportunities=[one for one in file.opportunities if one.state is OpportunityState.OPEN],
        files=desk.files.ask.count(account),
        has_chain=bool(file.on_map()),
    )


def _held(desk: "Workspace", file: CustomerFile) -> Held:
    ask, account = desk.accounts.ask, file.account
    parent = ask.find(account.group_parent) if account.group_parent else None
    team = (ColleagueId(Id(one)) for one in ask.team(account.id))
    names = {one: file.colleagues[one].name for one in team if one in file.colleagues}
    return Held(
        record=account,
        group=parent.called if parent else "",
        owner=file.name_of(account.owner),
        team=dict(sorted(names.items(), key=lambda pair: pair[1])),
        tags=tuple(ask.tags(account.id)),
        bases=ask.bases(account.id),
        today=file.day,
    )


def seat_words(file: CustomerFile, seats: list[Attendee]) -> list[SeatWords]:
    """Return those of theirs among the attendees, with their stance."""
    found = []
    for seat in seats:
        who = PersonId(seat.who)
        if seat.side is Side.THEIRS and who in file.people:
            post = file.post_of.get(who)
            title = post.title if post else ""
            found.append(SeatWords(who, file.people[who].name, title, file.stands(who).stance))
    return found


def _next(file: CustomerFile) -> Visit | None:
    ahead = [
        visit
        for visit in file.visits
        if visit.state is VisitState.PLANNED and visit.start and visit.start.day >= file.day
    ]
    return min(ahead, key=lambda visit: visit.start or file.at, default=None)


def _people(file: CustomerFile) -> list[PersonRow]:
    found = []
    for who, person in file.people.items():
        post, stands = file.post_of.get(who), file.stands(who)
        ways = file.ways.get(who, [])
        phones = [w.value for w in ways if w.channel in (Channel.MOBILE, Channel.PHONE)]
        found.append(
            PersonRow(
                who,
                person.name,
                post.title if post else "",
                person.department or (post.department if post else ""),
                stands.roles,
                stands.stance,
                stands.influence,
                file.last_met.get(who),
                phones[0] if phones else "",
            )
        )
    return found


def chain_figure(seen: AccountSeen, width: float, language: str) -> object:
    """Return the drawing of the decision chain; None when nobody is on it."""
    from kamdesk.desktop.chain.drawing import on_screen
    from kamdesk.dossier.chain_picture import picture_of_file
    from kamdesk.figures.chain_column import column_drawing

    content = picture_of_file(seen.file, {seat.id for seat in seen.seats})
    if content is None:
        return None
    return column_drawing(on_screen(content), width=width, language=language)


def line_of_facts(seen: AccountSeen) -> list[Text | str]:
    """Return the line under the title: kind, industry, group, place, since when, owner."""
    from kamdesk.domain.accounts.model import ORGANISATION_WORDS

    account, file = seen.file.account, seen.file
    kind = ORGANISATION_WORDS[account.organisation] if account.organisation else ""
    towns = list(filter(None, dict.fromkeys((account.city, account.province))))
    place = "".join(towns[::-1]) if "".join(towns[:1]) > "\u3000" else ", ".join(towns)
    parts: list[Text | str] = [kind, account.industry]
    if seen.group:
        parts.append(Text("part of {group}", group=seen.group))
    parts.append(place)
    if account.first_signed:
        parts.append(Text("customer since {year}", year=account.first_signed.year))
    parts.append(file.name_of(account.owner))
    return [part for part in parts if part]
