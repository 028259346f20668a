"""Promises of both sides: list them; note one, settle it, be reminded of it."""

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.seats import promise_at
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count, DayValue, OneOf
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.promises.keeping import OUTCOME_WORDS, Outcome
from kamdesk.domain.promises.model import (
    PROMISE_STATE_WORDS,
    SIDE_WORDS,
    PromiseSide,
    PromiseState,
)
from kamdesk.domain.promises.store import PromiseLine
from kamdesk.dossier.promise_ledger import LedgerLine, Which, kept_rates, read_ledger

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_ALL: Final = 10_000_000
_ACCOUNT = option(
    "--account", metavar="ACCOUNT", said=Text("Only this customer's: number, name or id.")
)
_REMIND = option("--remind", type=DayValue(), said=Text("On which day to be reminded of it."))


@command(Text("List promises of both sides: ours that are overdue first."))
@_ACCOUNT
@option("--text", default="", said=Text("Only those that hold this text."))
@option("--owner", default="", said=Text("Only those this colleague or person answers for."))
@option("--side", type=OneOf(*PromiseSide), said=Text("Only ours, or only theirs."))
@option(
    "--state",
    type=OneOf(*PromiseState, "all"),
    default="open",
    said=Text("Only those that stand so; the open ones when left out."),
)
@option("--settled", is_flag=True, said=Text("Those kept, broken and dropped too."))
@option("--overdue", is_flag=True, said=Text("Only those past their day."))
@option("--mine", is_flag=True, said=Text("Only those that concern me."))
@option("--due-by", type=DayValue(), said=Text("Only those due up to this day."))
@option("--limit", type=Count(0, _ALL), said=Text("At most so many."))
def promises(
    session: Session,
    account: str | None,
    text: str,
    owner: str,
    side: str | None,
    state: str,
    settled: bool,
    overdue: bool,
    mine: bool,
    due_by: Day | None,
    limit: int | None,
) -> None:
    """List promises."""
    wanted = "all" if settled and state == "open" else state
    with session.reading() as desk:
        reader, today = desk.storage.reader, desk.clock.today()
        at = pick.account(desk, account) if account else None
        read = read_ledger(
            reader,
            today=today,
            of=desk.team.me if mine and at is None else None,
            account=at,
            side=PromiseSide(side) if side else None,
            which=Which.OPEN if wanted == "open" else Which.ALL,
            most=_ALL,
        )
        fitting = (
            line
            for line in read.lines
            if wanted in ("all", line.state)
            and _holds(text, line.words, line.account_name)
            and _holds(owner, line.owner)
            and not (overdue and line.outcome is not Outcome.OVERDUE)
            and not (due_by and not (line.due and line.due <= due_by))
        )
        lines = list(islice(fitting, limit))
        rates = kept_rates(reader, [at], today=today) if at else {}
    session.give([{**line._asdict(), "overdue": line.outcome is Outcome.OVERDUE} for line in lines])
    session.list(_COLUMNS, lines, Text("No promise fits."))
    for (_, whose), rate in rates.items():
        words = Text("{side}: {rate}", side=SIDE_WORDS[whose], rate=rate.said)
        session.tell(Text("{one} {more}", one=words, more=rate.because) if rate.because else words)


@click.group("promise", cls=Group, said=Text("Note a promise, settle it, be reminded of it."))
def promise() -> None:
    """Note and settle promises."""


@command(Text("Note a promise: “ours: send the offer by Friday @name”."), name="add", under=promise)
@click.argument("account", metavar="ACCOUNT")
@click.argument("line", metavar="PROMISE")
@_REMIND
def add(session: Session, account: str, line: str, remind: Day | None) -> None:
    """Note a promise."""
    with session.writing() as desk:
        made = replace(promise_at(desk, pick.account(desk, account), line), remind=remind)
        desk.promises.make(made)
        _report(session, desk, made.id)


def _settles(name: str, said: Text, state: PromiseState) -> None:
    """Add a command that says what became of a promise."""

    @command(said, name=name, under=promise)
    @click.argument("which", metavar="PROMISE")
    def settle(session: Session, which: str) -> None:
        with session.writing() as desk:
            found = _meant(desk, which)
            desk.promises.settle(found.id, state, seen=desk.storage.position())
            _report(session, desk, found.id)


_settles("keep", Text("Say that a promise was kept."), PromiseState.KEPT)
_settles("break", Text("Say that a promise was broken."), PromiseState.BROKEN)
_settles("drop", Text("Say that nobody waits for a promise any more."), PromiseState.DROPPED)
_settles("open", Text("Open a promise again."), PromiseState.OPEN)


@command(Text("Be reminded of a promise on a day; without a day no longer."), name="remind",
         under=promise)  # fmt: skip
@click.argument("which", metavar="PROMISE")
@option("--on", type=DayValue(), said=Text("On which day to be reminded of it."))
def remind(session: Session, which: str, on: Day | None) -> None:
    """Be reminded of a promise."""
    with session.writing() as desk:
        found = _meant(desk, which)
        desk.promises.remind([found.id], on, seen=desk.storage.position())
        _report(session, desk, found.id)


def _meant(desk: "Workspace", words: str) -> PromiseLine:
    """Return the one meant: by the end of its id or by part of its words, an open one first.

    Raises ``RuleBroken`` when none or several fit.
    """
    text = one_line(words)
    found = desk.promises.ask.meant(text)
    wanted = text.casefold()
    for fits in (
        [one for one in found if one.id.hex().endswith(wanted)],
        [one for one in found if one.words.casefold() == wanted],
        [one for one in found if one.state is PromiseState.OPEN],
        found,
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            some = tuple(
                f"{one.account_name} {one.words} ({pick.short(one.id)})" for one in fits[:5]
            )
            raise RuleBroken(
                Text(
                    "“{words}” fits {n} promises: give the id of one. {some}",
                    words=words,
                    n=len(fits),
                    some=some,
                )
            )
    raise RuleBroken(Text("No promise says “{words}”.", words=words))


def _report(session: Session, desk: "Workspace", which: bytes) -> None:
    (line,) = (one for one in desk.promises.ask.meant(which.hex()) if one.id == which)
    session.give(line)
    session.tell(
        Text(
            "{customer}: {words}, {state} (id {id})",
            customer=line.account_name,
            words=line.words,
            state=PROMISE_STATE_WORDS[line.state],
            id=pick.short(line.id),
        )
    )


def _holds(part: str, *texts: str) -> bool:
    wanted = normalize("NFC", part).strip().casefold()
    return not wanted or any(wanted in text.casefold() for text in texts)


def _day(day: Day | None) -> str:
    return day.isoformat() if day else ""


_COLUMNS: Final[tuple[Column[LedgerLine], ...]] = (
    Column(Text("Id"), lambda line: pick.short(line.id), whole=True),
    Column(Text("Due"), lambda line: _day(line.due), whole=True),
    Column(Text("Side"), lambda line: SIDE_WORDS[line.side]),
    Column(Text("Promise"), lambda line: line.words),
    Column(Text("Customer"), lambda line: line.account_name),
    Column(Text("Owner"), lambda line: line.owner),
    Column(Text("State"), lambda line: _state(line)),
    Column(Text("Reminder"), lambda line: _day(line.remind), whole=True),
)


def _state(line: LedgerLine) -> Text | str:
    if line.outcome is Outcome.OVERDUE:
        return Text("{n} day late", "{n} days late", n=line.days_over)
    return "" if line.outcome is Outcome.OPEN else OUTCOME_WORDS[line.outcome]
