"""Opportunities: list them; add, change, win and lose one."""

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count, DayValue, OneOf
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.opportunities.model import (
    OPPORTUNITY_STATE_WORDS,
    STEP_WORDS,
    STEPS,
    Opportunity,
    OpportunityState,
)
from kamdesk.domain.opportunities.store import OpportunityLine
from kamdesk.domain.opportunities.typed import read_amount, write_amount

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_ACCOUNT = option(
    "--account", metavar="ACCOUNT", said=Text("Only this customer's: number, name or id.")
)
_AMOUNT = option("--amount", said=Text("What it is worth: 1.8M, 180万, USD 250,000."))
_EXPECTED = option("--expected", type=DayValue(), said=Text("When we expect the signing."))
_STEP = option(
    "--step", type=Count(STEPS[0], STEPS[-1]), said=Text("On which of the nine steps it is.")
)
_NOTE = option("--note", said=Text("A note of your own."))
_ON = option("--on", type=DayValue(), said=Text("On which day; today when left out."))
_ALL: Final = "all"


@command(Text("List opportunities, the next expected first."))
@_ACCOUNT
@option("--text", default="", said=Text("Only those that hold this text."))
@option(
    "--state",
    type=OneOf(*OpportunityState, _ALL),
    default="open",
    said=Text("Only those that stand so; the open ones when left out."),
)
@option("--limit", type=Count(0, 10_000_000), said=Text("At most so many."))
def opportunities(
    session: Session, account: str | None, text: str, state: str, limit: int | None
) -> None:
    """List opportunities."""
    wanted = one_line(text).casefold()
    with session.reading() as desk:
        at = pick.account(desk, account) if account else None
        found = desk.opportunities.ask.lines(settled=state != "open", account=at)
        fitting = (
            line
            for line in found
            if state in (_ALL, line.state)
            and wanted in f"{line.name} {line.account_name}".casefold()
        )
        lines = list(islice(fitting, limit))
    session.give(lines)
    session.list(_COLUMNS, lines, Text("No opportunity fits."))


@click.group("opportunity", cls=Group, said=Text("Add an opportunity, change it, win or lose it."))
def opportunity() -> None:
    """Add and change opportunities."""


@command(Text("Add an opportunity."), name="add", under=opportunity)
@click.argument("account", metavar="ACCOUNT")
@click.argument("name", metavar="NAME")
@_AMOUNT
@_EXPECTED
@_STEP
@_NOTE
def add(
    session: Session,
    account: str,
    name: str,
    amount: str | None,
    expected: Day | None,
    step: int | None,
    note: str | None,
) -> None:
    """Add an opportunity to a customer."""
    with session.writing() as desk:
        made = replace(
            desk.opportunities.new(pick.account(desk, account), name),
            amount=read_amount(amount or ""),
            expected=expected,
            step=step or 1,
            note=note or "",
        )
        desk.opportunities.add(made)
        _report(session, desk, made)


@command(Text("Change an opportunity: what is given is changed."), name="change",
         under=opportunity)  # fmt: skip
@click.argument("which", metavar="OPPORTUNITY")
@option("--name", said=Text("Another name."))
@_AMOUNT
@_EXPECTED
@_STEP
@_NOTE
def change(
    session: Session,
    which: str,
    name: str | None,
    amount: str | None,
    expected: Day | None,
    step: int | None,
    note: str | None,
) -> None:
    """Change an opportunity."""
    with session.writing() as desk:
        base = _meant(desk, which)
        given: dict[str, Any] = {"name": name, "expected": expected, "step": step, "note": note}
        if amount is not None:
            given["amount"] = read_amount(amount, base.currency)
        changed = replace(base, **{key: value for key, value in given.items() if value is not None})
        desk.opportunities.change(changed, base=base, seen=desk.storage.position())
        _report(session, desk, changed)


@command(Text("Say that an opportunity was won."), name="won", under=opportunity)
@click.argument("which", metavar="OPPORTUNITY")
@_ON
def won(session: Session, which: str, on: Day | None) -> None:
    """Win an opportunity."""
    _settle(session, which, OpportunityState.WON, on)


@command(Text("Say that an opportunity was lost."), name="lost", under=opportunity)
@click.argument("which", metavar="OPPORTUNITY")
@_ON
def lost(session: Session, which: str, on: Day | None) -> None:
    """Lose an opportunity."""
    _settle(session, which, OpportunityState.LOST, on)


@command(Text("Open an opportunity again."), name="open", under=opportunity)
@click.argument("which", metavar="OPPORTUNITY")
def reopen(session: Session, which: str) -> None:
    """Open an opportunity again."""
    _settle(session, which, OpportunityState.OPEN, None)


def _settle(session: Session, which: str, state: OpportunityState, on: Day | None) -> None:
    with session.writing() as desk:
        found = _meant(desk, which)
        day = on or desk.clock.today()
        desk.opportunities.settle(found.id, state, on=day, seen=desk.storage.position())
        _report(session, desk, desk.opportunities.ask.get(found.id))


def _meant(desk: "Workspace", words: str) -> Opportunity:
    """Return the one meant: by the end of its id, its name, a part of its name.

    Raises ``RuleBroken`` when none or several fit.
    """
    text = one_line(words).casefold()
    lines = desk.opportunities.ask.lines(settled=True)
    for fits in (
        [one for one in lines if one.name.casefold() == text],
        [one for one in lines if len(text) > 5 and one.id.hex().endswith(text)],
        [one for one in lines if text and text in one.name.casefold()],
    ):
        if len(fits) == 1:
            return desk.opportunities.ask.get(fits[0].id)
        if fits:
            raise RuleBroken(
                Text(
                    "“{words}” fits {n} opportunities: give the id of one. {some}",
                    words=words,
                    n=len(fits),
                    some=tuple(
                        f"{one.account_name} {one.name} ({pick.short(one.id)})" for one in fits[:5]
                    ),
                )
            )
    raise RuleBroken(Text("No opportunity is called “{words}”.", words=words))


def _report(session: Session, desk: "Workspace", shown: Opportunity) -> None:
    line = next(
        one
        for one in desk.opportunities.ask.lines(settled=True, account=shown.account)
        if one.id == shown.id
    )
    session.give(line)
    session.tell(
        Text(
            "{customer}: {name}, {state} (id {id})",
            customer=line.account_name,
            name=line.name,
            state=OPPORTUNITY_STATE_WORDS[line.state],
            id=pick.short(line.id),
        )
    )


_COLUMNS: Final[tuple[Column[OpportunityLine], ...]] = (
    Column(Text("Id"), lambda line: pick.short(line.id), whole=True),
    Column(Text("Opportunity"), lambda line: line.name),
    Column(Text("Customer"), lambda line: line.account_name),
    Column(
        Text("Step"), lambda line: Text("{n} {words}", n=line.step, words=STEP_WORDS[line.step])
    ),
    Column(Text("Amount"), lambda line: write_amount(line.amount), right=True),
    Column(
        Text("Expected"),
        lambda line: line.expected.isoformat() if line.expected else "",
        whole=True,
    ),
    Column(Text("State"), lambda line: OPPORTUNITY_STATE_WORDS[line.state]),
)
