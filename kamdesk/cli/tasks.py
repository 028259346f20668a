"""Standing tasks: of one customer, or those due at all of mine; tick one."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Misused
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.domain.lifecycle.phase import PHASE_WORDS
from kamdesk.domain.lifecycle.rounds import StandingTask
from kamdesk.domain.lifecycle.task import EvidenceSort
from kamdesk.dossier.lifecycle import CustomerLifecycle, read_lifecycle, tasks_of_owner
from kamdesk.dossier.lifecycle_told import phase_told

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class TaskLine(NamedTuple):
    """An open standing task as the list shows it."""

    task: str
    account: AccountId
    customer: str
    phase: str
    title: Text | str
    evidence: Text | str
    due: Day | None
    days_over: int


@command(Text("List standing tasks: a customer's, or what is due at all of yours."))
@click.argument("account", metavar="[ACCOUNT]", required=False)
@option("--all", "every", is_flag=True, said=Text("Those too whose day is far off or long past."))
@option("--done", metavar="TASK", said=Text("Tick this task of the customer, by its name in Id."))
@option("--words", default="", said=Text("With --done: where another person can see it."))
def tasks(session: Session, account: str | None, every: bool, done: str | None, words: str) -> None:
    """List standing tasks, or tick one."""
    if done is not None:
        if account is None:
            raise Misused(Text("With --done name the customer."))
        _tick(session, account, done, words)
        return
    with session.reading() as desk:
        today = desk.clock.today()
        if account is not None:
            found = [read_lifecycle(desk.storage, pick.account(desk, account))]
        else:
            found = tasks_of_owner(desk.storage, desk.team.me)
    lines = [
        line
        for one in found
        for line in _lines(one, every=every)
        if every or account is not None or (line.due is not None and line.due <= today)
    ]
    lines.sort(key=lambda line: (line.due is None, line.due or today, line.customer))
    given = [
        line._replace(title=session.say(line.title), evidence=session.say(line.evidence))
        for line in lines
    ]
    session.give(given)
    if account is not None:
        for one in found:
            session.tell(PHASE_WORDS[one.reading.shown])
            for told in phase_told(one.reading):
                session.tell(told)
            session.tell()
    session.list(_COLUMNS, lines, Text("No standing task is due."))


def _tick(session: Session, account: str, key: str, words: str) -> None:
    with session.writing() as desk:
        found = read_lifecycle(desk.storage, pick.account(desk, account))
        one = _meant(found, key)
        seen = desk.storage.position()
        if words:
            desk.lifecycle.show(one.task, EvidenceSort.WORDS, words=words, seen=seen)
        else:
            desk.lifecycle.say_done(one.task, seen=seen)
        line = _line(found, one)
    session.give(line._replace(title=session.say(line.title), evidence=session.say(line.evidence)))
    session.tell(
        Text("Done with evidence: {what}", what=line.title)
        if words
        else Text("Said done: {what}", what=line.title)
    )


def _meant(found: CustomerLifecycle, key: str) -> StandingTask:
    for one in found.tasks:
        if one.template.key == key.strip().casefold().replace("-", "_"):
            return one
    raise RuleBroken(Text("No open task of this customer is called “{words}”.", words=key))


def _lines(found: CustomerLifecycle, *, every: bool) -> list[TaskLine]:
    return [_line(found, one) for one in (found.tasks if every else found.asked)]


def _line(found: CustomerLifecycle, one: StandingTask) -> TaskLine:
    return TaskLine(
        one.template.key,
        found.account,
        found.called,
        str(found.reading.shown),
        one.template.title,
        one.template.evidence,
        one.due,
        one.days_over(found.today),
    )


def phase_data(desk: "Workspace", account: AccountId) -> tuple[CustomerLifecycle, dict[str, Any]]:
    """Return a customer's phase, and what a program is told of it."""
    found = read_lifecycle(desk.storage, account)
    reading = found.reading
    return found, {
        "shown": str(reading.shown),
        "by_time": str(reading.by_time),
        "by_evidence": str(reading.by_evidence),
        "by_hand": reading.by_hand,
        "because": reading.because,
        "since": reading.since,
        "missing": [text.plain for text in reading.missing],
        "not_judged": [text.plain for text in reading.not_judged],
    }


_COLUMNS: Final[tuple[Column[TaskLine], ...]] = (
    Column(Text("Id"), lambda line: line.task, whole=True),
    Column(Text("Customer"), lambda line: line.customer),
    Column(Text("Due"), lambda line: line.due.isoformat() if line.due else "", whole=True),
    Column(
        Text("Late"),
        lambda line: Text("{n} day", "{n} days", n=line.days_over) if line.days_over else "",
        right=True,
    ),
    Column(Text("Task"), lambda line: line.title),
    Column(Text("Shown by"), lambda line: line.evidence),
)
