"""A workspace in which hostile strings stand wherever a person can write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from support.hostile_strings import short, strings

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, VisitId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.workspace import Workspace

CUSTOMERS = 24
"""Customers among whom people, promises and visits with the strings are spread."""
AT_THE_TABLE = 12


def named(string: str) -> str:
    """Return a string as the name it becomes: on one line, never empty."""
    return one_line(string) or "无名"


def plant(desk: Workspace) -> list[tuple[AccountId, VisitId]]:
    """Plant every string; return the customers with people, each with its next visit."""
    every, names = strings(), short()
    with desk.storage.change(Text("Import of {file}", file="hostile")) as change:
        for place, name in enumerate(names):
            account = replace(desk.accounts.new(named(name)), note=every[-1 - place % len(every)])
            change.put(ACCOUNT, account.checked())
    return [_customer(desk, names[at::CUSTOMERS], every[at::CUSTOMERS]) for at in range(CUSTOMERS)]


def _customer(
    desk: Workspace, names: Sequence[str], every: Sequence[str]
) -> tuple[AccountId, VisitId]:
    base = replace(
        desk.accounts.new(named(names[0])), short_name=named(names[1]), city=named(names[2]),
        industry=named(names[3]), note=every[-1], website=named(names[4]),
    )  # fmt: skip
    account = base.checked()
    desk.accounts.add(account, tags=(named(names[5]),))
    people = []
    with desk.storage.change(Text("Import of {file}", file="hostile")) as change:
        for place, name in enumerate(names):
            person = replace(
                desk.people.new(named(name), account.id),
                department=named(names[place - 1]),
                focus=every[place],
            )
            desk.people.put_new(change, person, title=named(names[place - 2]))
            people.append(person)
        for text in every:
            promise = desk.promises.new(account.id, PromiseSide.OURS, named(text))
            change.put(PROMISE, promise.checked())
    chain = desk.chain.open_map(account.id)
    for person in people[:AT_THE_TABLE]:
        desk.chain.seat(chain, person.id, label=person.name)
    held = replace(
        desk.visits.new(account.id, Instant.at(date(2026, 2, 18), 10)),
        topic=named(names[6]), said=every[7], outcome=every[8], state=VisitState.HELD,
    )  # fmt: skip
    desk.visits.plan(held, Attendee.at(held, people[0].id, Side.THEIRS))
    ahead = replace(
        desk.visits.new(account.id, Instant.at(date(2026, 3, 12), 14)),
        topic=named(names[9]), place=named(names[10]), objective=every[11], ask=every[12],
        agenda="\n".join(map(named, names[:6])), questions=every[13], materials=every[14],
    )  # fmt: skip
    seats = (
        Attendee.at(ahead, person.id, Side.THEIRS, point=named(every[place]))
        for place, person in enumerate(people[:AT_THE_TABLE])
    )
    desk.visits.plan(ahead, *seats)
    return account.id, ahead.id
