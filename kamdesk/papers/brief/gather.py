"""From the customer's file to the whole content of a visit brief, in one language."""

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import KIND_WORDS, Attendee, Side, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.chain_picture import picture_of_file
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.dossier.one_risk import one_risk
from kamdesk.dossier.questions import questions
from kamdesk.dossier.since import changes, last_here
from kamdesk.dossier.unsaid import Gap, gaps
from kamdesk.dossier.week_standing import placed_clock
from kamdesk.figures.chain_room import plan_in_room
from kamdesk.papers.brief import content as paper
from kamdesk.papers.brief.page_one import TALLEST_MAP
from kamdesk.papers.brief.persons import attendee, for_the_boss, occasions, spoken
from kamdesk.papers.brief.record import colleagues, facts, our_side, past_visits, promises
from kamdesk.papers.frame import WIDTH
from kamdesk.storage.database import Reader


def of_visit(
    reader: Reader, visit: VisitId, *, now: Instant, me: ColleagueId | None, language: str
) -> paper.Brief:
    """Return the brief of a planned or held visit.

    Raises ``LookupError``, and ``RuleBroken`` for a visit whose customer is not here.
    """
    store = VisitStore(reader)
    found = store.get(visit)
    if AccountStore(reader).find(found.account) is None:
        raise RuleBroken(Text("The customer of this visit is not in this workspace."))
    file = read_file(reader, found.account, at=now, map_id=found.map)
    return _brief(reader, file, found, store.attendees(visit), me, language)


def of_account(
    reader: Reader, account: AccountId, *, now: Instant, me: ColleagueId | None, language: str
) -> paper.Brief:
    """Return the brief of an account's next planned visit, or of the account without one."""
    store = VisitStore(reader)
    planned = [
        visit
        for visit in store.whole(account, limit=60)
        if visit.start and visit.start.day >= now.day and not visit.took_place
    ]
    if planned:
        nearest = min(planned, key=lambda visit: visit.start or now)
        return of_visit(reader, nearest.id, now=now, me=me, language=language)
    return _brief(reader, read_file(reader, account, at=now), None, [], me, language)


def _brief(
    reader: Reader,
    file: CustomerFile,
    visit: Visit | None,
    seats: list[Attendee],
    me: ColleagueId | None,
    language: str,
) -> paper.Brief:
    theirs = [s for s in seats if s.side is Side.THEIRS and s.who in file.people]
    before = last_here(file, reader, me, visit)
    since = before.start.day if before and before.start else None
    missing = gaps(file, visit, seats)
    risk = one_risk(file)
    maker = ColleagueStore(reader).find(me)
    chain = picture_of_file(file, {seat.who for seat in theirs})
    return paper.Brief(
        visit=visit.id.hex() if visit else "",
        heading=_heading(file, visit),
        made_by="·".join(filter(None, (maker.name, maker.title))) if maker else "",
        as_of=placed_clock(reader, file.at),
        purpose=_purpose(visit),
        boss=for_the_boss(file, visit, theirs),
        facts=facts(file),
        last_here=since,
        changes=tuple(
            paper.Change(on=c.on, what=c.what, privacy=c.privacy)
            for c in (changes(file, since=since) if since else [])
        ),
        attendees=tuple(attendee(file, seat) for seat in theirs),
        not_shown=sum(s.who in file.hidden for s in seats if s.side is Side.THEIRS),
        chain=chain,
        chain_plan=plan_in_room(chain, width=WIDTH, height=TALLEST_MAP, language=language)
        if chain
        else None,
        risk=paper.Risk(
            rule=risk.rule,
            evidence=risk.evidence,
            on=risk.on,
            advice=paper.Advice(say=risk.say, show=risk.show, avoid=risk.avoid),
        )
        if risk
        else None,
        promises=promises(file),
        visits=past_visits(reader, file, visit),
        questions=_questions(file, visit, missing, language),
        our_side=our_side(file, seats),
        colleagues=colleagues(reader, file, visit, me),
        bring=tuple((visit.materials if visit else "").splitlines()),
        calendar=occasions(file, theirs),
        not_in_file=tuple(gap.said for gap in missing),
    )


def _heading(file: CustomerFile, visit: Visit | None) -> paper.Heading:
    account = file.account
    site = _site(file, visit)
    host = file.people.get(visit.host) if visit and visit.host else None
    place = [site.address if site else "", site.name if site else "", visit.place if visit else ""]
    phone = next((w.value for w in file.ways.get(host.id, [])), "") if host else account.phone
    return paper.Heading(
        account=account.name,
        other_name=next(iter(account.other_names), ""),
        short_name=account.short_name,
        number=account.number,
        topic=visit.topic if visit else "",
        kind=KIND_WORDS[visit.kind] if visit else "",
        start=visit.start if visit else None,
        minutes=visit.minutes if visit else 60,
        place=" · ".join(dict.fromkeys(filter(None, place))),
        gate=site.gate if site else "",
        host=spoken(host) if host else "",
        phone=phone,
    )


def _site(file: CustomerFile, visit: Visit | None) -> Site | None:
    if visit and visit.site:
        return next((site for site in file.sites if site.id == visit.site), None)
    alone = len(file.sites) == 1 or not (visit and visit.place)
    return file.sites[0] if file.sites and alone else None


def _purpose(visit: Visit | None) -> paper.Purpose:
    if visit is None:
        return paper.Purpose()
    return paper.Purpose(
        outcome=visit.objective,
        ask=visit.ask,
        fallback=visit.fallback,
        red_lines=tuple(filter(None, visit.red_line.splitlines())),
    )


def _questions(
    file: CustomerFile, visit: Visit | None, missing: list[Gap], language: str
) -> tuple[paper.Question, ...]:
    typed = [
        paper.Question(text=line.strip())
        for line in (visit.questions if visit else "").splitlines()
        if line.strip()
    ]
    proposed = [
        paper.Question(
            text=found.words,
            reason=found.reason,
            whom=file.name_of(found.person),
        )
        for found in questions(file, missing, language=language)
    ]
    return tuple(typed + proposed)
