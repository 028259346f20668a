"""Visits: plan one, log one that took place, planned or not."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count, DayValue, MomentValue, OneOf, missing, not_together
from kamdesk.cli.visit_warnings import clashes_of, warn
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, SiteId
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import (
    STATE_WORDS,
    Atmosphere,
    Attendee,
    Side,
    Visit,
    VisitKind,
    VisitState,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


@click.group("visit", cls=Group, said=Text("Plan a visit, or log one that took place."))
def visit() -> None:
    """Plan and log visits."""


_WITH = option(
    "--with",
    "names",
    metavar="NAME",
    multiple=True,
    said=Text("Who sits there, theirs or ours; may be given several times."),
)
_WITHOUT_ME = option("--without-me", is_flag=True, said=Text("I am not there myself."))
_AT = option("--at", type=MomentValue(), said=Text("When it begins: 2026-03-12 14:00."))
_MINUTES = option("--minutes", type=Count(1, 7 * 1440), said=Text("How long it takes."))
_KIND = option("--kind", type=OneOf(*VisitKind), said=Text("The form of the contact."))
_TOPIC = option("--topic", default="", said=Text("What it is about, in neutral words."))
_PLACE = option("--place", default="", said=Text("Where, if not at one of their sites."))
_SITE = option("--site", default="", said=Text("At which of the customer's sites."))
_ACCOUNT = option("--account", "named", metavar="ACCOUNT", said=Text("The customer."))


@command(Text("Plan a visit."), name="plan", under=visit)
@click.argument("account", metavar="ACCOUNT", required=False)
@_ACCOUNT
@_AT
@_MINUTES
@_KIND
@_TOPIC
@option("--objective", default="", said=Text("The one outcome to earn."))
@option("--ask", default="", said=Text("What to ask for."))
@option("--fallback", default="", said=Text("What to be content with."))
@option("--red-line", default="", said=Text("What not to promise."))
@option("--agenda", default="", said=Text("The agenda; points are parted by semicolons."))
@option("--question", "questions", multiple=True, said=Text("A question to ask."))
@_WITH
@_WITHOUT_ME
@_SITE
@_PLACE
def plan(
    session: Session,
    account: str | None,
    named: str | None,
    at: Instant | None,
    minutes: int | None,
    kind: str | None,
    topic: str,
    objective: str,
    ask: str,
    fallback: str,
    red_line: str,
    agenda: str,
    questions: tuple[str, ...],
    names: tuple[str, ...],
    without_me: bool,
    site: str,
    place: str,
) -> None:
    """Plan a visit with its purpose and who sits there."""
    from kamdesk.cli.seats import seats

    with session.writing() as desk:
        where = pick.account(desk, _one_account(account, named))
        planned = replace(
            desk.visits.new(where, at),
            minutes=minutes or 60,
            kind=VisitKind(kind or "visit"),
            topic=topic,
            objective=objective,
            ask=ask,
            fallback=fallback,
            red_line=red_line,
            agenda=_points(agenda),
            questions="\n".join(questions),
            site=_site(desk, where, site),
            place=place,
        )
        sitting = seats(desk, planned, names, me=not without_me)
        desk.visits.plan(planned, *sitting)
        _report(session, desk, planned, sitting)


@command(Text("Log a visit that took place: a planned one, or one nobody planned."), name="log",
         under=visit)  # fmt: skip
@click.argument("account", metavar="ACCOUNT", required=False)
@_ACCOUNT
@option("--visit", "planned", metavar="VISIT", said=Text("The planned visit it was."))
@_AT
@_MINUTES
@_KIND
@_TOPIC
@option("--said", default="", said=Text("What was said."))
@option("--outcome", default="", said=Text("What came of it, in one line."))
@option("--atmosphere", type=OneOf(*Atmosphere), said=Text("How the talk went."))
@option("--fact", "facts", multiple=True, said=Text("Something learnt; several times."))
@option(
    "--fact-here",
    "kept",
    multiple=True,
    said=Text("Something learnt that stays on this computer and never goes to the team."),
)
@option(
    "--promise",
    "promises",
    multiple=True,
    said=Text("A promise: “ours: send the offer by 2026-03-20 @name”; several times."),
)
@option("--next-step", default="", said=Text("What both sides agreed comes next."))
@option("--next-step-by", type=DayValue(), said=Text("By when."))
@option("--no-next-step-because", default="", said=Text("Why there is no next step."))
@option("--close", is_flag=True, said=Text("Close it: needs a next step, or a reason for none."))
@_WITH
@_WITHOUT_ME
@_SITE
@_PLACE
def log(
    session: Session,
    account: str | None,
    named: str | None,
    planned: str | None,
    at: Instant | None,
    minutes: int | None,
    kind: str | None,
    topic: str,
    said: str,
    outcome: str,
    atmosphere: str | None,
    facts: tuple[str, ...],
    kept: tuple[str, ...],
    promises: tuple[str, ...],
    next_step: str,
    next_step_by: Day | None,
    no_next_step_because: str,
    close: bool,
    names: tuple[str, ...],
    without_me: bool,
    site: str,
    place: str,
) -> None:
    """Write down in one action what a visit brought."""
    from kamdesk.cli.seats import promise_of, seats
    from kamdesk.domain.visits.model import Fact
    from kamdesk.dossier.wrap_up import Debrief, wrap_up

    if planned and (account or named):
        raise not_together("--visit", "--account")
    with session.writing() as desk:
        seen = desk.storage.position()
        if planned:
            base: Visit | None = desk.visits.ask.get(pick.visit(desk, planned))
        else:
            base = None
        before = base or _unplanned(desk, _one_account(account, named), session.clock.now())
        held = replace(
            before,
            start=at or before.start or session.clock.now(),
            minutes=minutes or before.minutes,
            kind=VisitKind(kind) if kind else before.kind,
            topic=topic or before.topic,
            site=_site(desk, before.account, site) or before.site,
            place=place or before.place,
            said="\n".join(filter(None, (before.said, said))),
            outcome=outcome or before.outcome,
            atmosphere=Atmosphere(atmosphere) if atmosphere else before.atmosphere,
            next_step=next_step or before.next_step,
            next_step_by=next_step_by or before.next_step_by,
            no_next_step_because=no_next_step_because or before.no_next_step_because,
        )
        sitting = seats(desk, held, names, me=not without_me)
        day = held.start.day if held.start else desk.clock.today()
        debrief = Debrief(
            visit=held,
            base=base,
            attendees=tuple(sitting),
            facts=tuple(
                Fact(
                    id=desk.storage.new_id(),
                    account=held.account,
                    words=words,
                    day=day,
                    visit=held.id,
                    here=here,
                )
                for every, here in ((facts, False), (kept, True))
                for words in every
            ),
            promises=tuple(promise_of(desk, held, words) for words in promises),
            close=close,
        )
        wrap_up(desk.storage, debrief, seen=seen)
        _report(session, desk, desk.visits.ask.get(held.id), sitting)


def _report(session: Session, desk: "Workspace", visit: Visit, sitting: list[Attendee]) -> None:
    found = desk.accounts.ask.find(visit.account)
    title = pick.visit_title(found.called if found else "", visit.start)
    session.give(
        {
            "id": visit.id,
            "account": visit.account,
            "account_name": found.name if found else "",
            "start": visit.start,
            "state": visit.state,
            "attendees": [seat.who for seat in sitting],
        }
    )
    planned = visit.state is VisitState.PLANNED
    session.tell(
        Text("Planned: {visit} (id {id})", visit=title, id=pick.short(visit.id))
        if planned
        else Text(
            "Logged: {visit}, {state} (id {id})",
            visit=title,
            state=STATE_WORDS[visit.state],
            id=pick.short(visit.id),
        )
    )
    if planned and visit.start and visit.start.day < desk.clock.today():
        session.tell(
            Text("That day is past. “kamdesk undo” takes it back; “kamdesk visit log” logs it.")
        )
    if planned:
        warn(session, desk, visit, clashes_of(desk, visit))
    if planned and all(seat.side is Side.OURS for seat in sitting):
        session.tell(Text("Nobody of theirs is named yet: --with NAME names them."))


def _one_account(given: str | None, named: str | None) -> str:
    if given and named and given != named:
        raise not_together("ACCOUNT", "--account")
    words = given or named
    if not words:
        raise missing("ACCOUNT")
    return words


def _unplanned(desk: "Workspace", words: str, now: Instant) -> Visit:
    return desk.visits.new(pick.account(desk, words), now)


def _site(desk: "Workspace", account: AccountId, words: str) -> SiteId | None:
    if not words:
        return None
    part = words.strip().casefold()
    sites = desk.accounts.ask.sites(account)
    fitting = [one for one in sites if part in (one.name.casefold(), one.address.casefold())]
    fitting = fitting or [one for one in sites if part in f"{one.name} {one.address}".casefold()]
    if len(fitting) != 1:
        raise RuleBroken(
            Text(
                "“{words}” is not one of the customer's sites: {sites}.",
                words=words,
                sites=tuple(one.name or one.address for one in sites) or Text("none is known"),
            ),
            field="site",
        )
    return fitting[0].id


def _points(agenda: str) -> str:
    return "\n".join(point.strip() for point in agenda.replace("；", ";").split(";"))
