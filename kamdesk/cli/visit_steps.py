"""What becomes of a visit that was planned: moved, held, closed, dropped, others sitting there."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, DayValue, MomentValue, OneOf, missing
from kamdesk.cli.visit_warnings import clashes_of, warn
from kamdesk.cli.visits import visit
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import STATE_WORDS, VisitKind

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

__all__ = ["visit"]

_VISIT = click.argument("meant", metavar="VISIT")


@command(Text("Move a visit to another time."), name="move", under=visit)
@_VISIT
@option("--at", type=MomentValue(), said=Text("When it begins: 2026-03-12 14:00."))
@option("--minutes", type=Count(1, 7 * 1440), said=Text("How long it takes."))
def move(session: Session, meant: str, at: Instant | None, minutes: int | None) -> None:
    """Move a visit, or make it longer or shorter."""
    if at is None and minutes is None:
        raise missing("--at")
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        start = at or desk.visits.ask.get(which).start
        if start is None:
            raise RuleBroken(Text("This visit has no day yet: --at gives it one."), field="at")
        desk.visits.move(which, start, minutes=minutes, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Say that a visit took place."), name="hold", under=visit)
@_VISIT
def hold(session: Session, meant: str) -> None:
    """Hold a visit; “visit log” says what it brought."""
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        desk.visits.hold(which, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Close a visit: both sides know what comes next."), name="close", under=visit)
@_VISIT
@option("--next-step", default="", said=Text("What both sides agreed comes next."))
@option("--next-step-by", type=DayValue(), said=Text("By when."))
@option("--no-next-step-because", default="", said=Text("Why there is no next step."))
def close(
    session: Session,
    meant: str,
    next_step: str,
    next_step_by: Day | None,
    no_next_step_because: str,
) -> None:
    """Close a visit with its next step, in one action."""
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        base = desk.visits.ask.get(which)
        closed = replace(
            base,
            next_step=next_step or base.next_step,
            next_step_by=next_step_by or base.next_step_by,
            no_next_step_because=no_next_step_because or base.no_next_step_because,
        ).closed()
        desk.visits.change(closed, base=base, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Say that a planned visit will not take place."), name="drop", under=visit)
@_VISIT
def drop(session: Session, meant: str) -> None:
    """Drop a planned visit."""
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        desk.visits.drop(which, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Plan a visit once more that was dropped."), name="again", under=visit)
@_VISIT
def again(session: Session, meant: str) -> None:
    """Plan a dropped visit again."""
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        desk.visits.plan_again(which, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Change what a visit is for."), name="change", under=visit)
@_VISIT
@option("--topic", said=Text("What it is about, in neutral words."))
@option("--objective", said=Text("The one outcome to earn."))
@option("--ask", said=Text("What to ask for."))
@option("--fallback", said=Text("What to be content with."))
@option("--red-line", said=Text("What not to promise."))
@option("--place", said=Text("Where, if not at one of their sites."))
@option("--kind", type=OneOf(*VisitKind), said=Text("The form of the contact."))
def change(session: Session, meant: str, kind: str | None, **words: str | None) -> None:
    """Change fields of a visit; those not named stay as they are."""
    given: dict[str, Any] = {name: value for name, value in words.items() if value is not None}
    if kind is not None:
        given["kind"] = VisitKind(kind)
    if not given:
        raise missing("--objective")
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        base = desk.visits.ask.get(which)
        desk.visits.change(replace(base, **given), base=base, seen=desk.storage.position())
        _tell(session, desk, which)


@command(Text("Say who else sits at a visit, and who does not."), name="seat", under=visit)
@_VISIT
@option("--with", "names", metavar="NAME", multiple=True,
        said=Text("Who sits there, theirs or ours; may be given several times."))  # fmt: skip
@option("--without", "others", metavar="NAME", multiple=True,
        said=Text("Who does not sit there; may be given several times."))  # fmt: skip
def seat(session: Session, meant: str, names: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Add people and colleagues to a visit, and take others off it."""
    from kamdesk.cli.seats import seats

    if not names and not others:
        raise missing("--with")
    with session.writing() as desk:
        which = pick.visit(desk, meant)
        found = desk.visits.ask.get(which)
        sitting = {one.id: one for one in desk.visits.ask.attendees(which)}
        adding = [one for one in seats(desk, found, names, me=False) if one.id not in sitting]
        leaving = [one for one in seats(desk, found, others, me=False) if one.id in sitting]
        if adding:
            desk.visits.seat(*adding)
        for one in leaving:
            desk.visits.unseat(sitting[one.id])
        _tell(session, desk, which)


def _tell(session: Session, desk: "Workspace", which: VisitId) -> None:
    """Say how a visit stands now, and what it stands against."""
    found = desk.visits.ask.get(which)
    account = desk.accounts.ask.find(found.account)
    beside = clashes_of(desk, found)
    session.give(
        {
            "id": found.id,
            "account": found.account,
            "account_name": account.name if account else "",
            "start": found.start,
            "minutes": found.minutes,
            "state": found.state,
            "attendees": [one.who for one in desk.visits.ask.attendees(which)],
            "clashes": [one.id for one in beside],
        }
    )
    title = pick.visit_title(account.called if account else "", found.start)
    session.tell(
        Text("{visit}: {state} (id {id})", visit=title, state=STATE_WORDS[found.state],
             id=pick.short(found.id))
    )  # fmt: skip
    warn(session, desk, found, beside)
