"""What the hub refused, from the shell: list it, hand it to the owner, export it, drop it."""

from typing import TYPE_CHECKING

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session, session_of
from kamdesk.cli.spoken import Group, command, option, standing
from kamdesk.cli.values import to_write
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.dossier.record_words import kind_words
from kamdesk.dossier.told import field_words
from kamdesk.sync import quarantine
from kamdesk.sync.quarantine import Refused

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_WHICH = click.argument("numbers", metavar="[ID]...", nargs=-1, type=int)


@click.group(
    "quarantine",
    cls=Group,
    invoke_without_command=True,
    said=Text("Changes of yours the hub refused: kept here whole until you decide."),
)
@standing
@click.pass_context
def group(ctx: click.Context) -> None:
    """List what was refused, unless a command follows."""
    if ctx.invoked_subcommand is None:
        _list(session_of(ctx))


@command(Text("List what the hub refused, and why."), name="list", under=group)
def list_(session: Session) -> None:
    """List what was refused."""
    _list(session)


@command(Text("Write refused changes to a file: all when none is named."), under=group)
@click.argument("output", metavar="OUT.json")
@_WHICH
def export(session: Session, output: str, numbers: tuple[int, ...]) -> None:
    """Write changes to a file."""
    _write(session, output, numbers)


@command(
    Text("Write refused changes for the customer's owner, who takes them in: all when none is"
         " named."),
    under=group,
)  # fmt: skip
@click.argument("output", metavar="OUT.json")
@_WHICH
def hand(session: Session, output: str, numbers: tuple[int, ...]) -> None:
    """Write changes to a file for the owner."""
    _write(session, output, numbers)


@command(Text("Take in the changes a colleague handed you."), name="take-in", under=group)
@click.argument("file", metavar="FILE.json")
def take_in(session: Session, file: str) -> None:
    """Make a colleague's changes one's own."""
    content = quarantine.text_of(session.path(file))
    with session.writing() as desk:
        touched = quarantine.take_in(desk.storage, content)
    n = len(touched.records)
    session.give({"records": n, "action": touched.action})
    session.tell(Text("{n} record is changed.", "{n} records are changed.", n=n))


@command(Text("Forget refused changes for good."), under=group)
@_WHICH
@option("--all", "every", is_flag=True, said=Text("All of them."))
def drop(session: Session, numbers: tuple[int, ...], every: bool) -> None:
    """Forget changes."""
    if bool(numbers) == every:
        raise RuleBroken(Text("Name the changes to forget, or say --all."), field="id")
    with session.writing() as desk:
        ids = _wanted(desk, numbers)
        quarantine.drop(desk.storage, ids)
    session.give({"dropped": len(ids)})
    session.tell(Text("{n} change is forgotten.", "{n} changes are forgotten.", n=len(ids)))


def _list(session: Session) -> None:
    with session.reading() as desk:
        found = quarantine.quarantined(desk.storage)
        called = {one.id: pick.name_of(desk, one.record) for one in found}
        accounts = {one.id: _account(desk, one) for one in found}
    columns: tuple[Column[Refused], ...] = (
        Column(Text("Id"), lambda one: str(one.id), whole=True),
        Column(Text("Record"), lambda one: called[one.id] or kind_words(one.kind)),
        Column(Text("Customer"), lambda one: accounts[one.id]),
        Column(
            Text("What"),
            lambda one: ", ".join(session.say(field_words(one.kind, cell)) for cell in one.cells),
        ),
        Column(Text("When"), lambda one: f"{one.at.local:%Y-%m-%d %H:%M}", whole=True),
        Column(Text("Why"), lambda one: one.reason),
    )
    session.give(
        [
            {
                **one._asdict(),
                "cells": dict(one.cells),
                "called": called[one.id],
                "account_name": accounts[one.id],
            }
            for one in found
        ]
    )
    session.list(columns, found, Text("The hub refused nothing."))


def _account(desk: "Workspace", one: Refused) -> str:
    from kamdesk.core.ids import Id

    return pick.name_of(desk, Id(one.account)) if one.account else ""


def _wanted(desk: "Workspace", numbers: tuple[int, ...]) -> list[int]:
    there = [one.id for one in quarantine.quarantined(desk.storage)]
    unknown = [number for number in numbers if number not in there]
    if unknown:
        raise RuleBroken(
            Text("Nothing refused has the number {number}.", number=unknown[0]), field="id"
        )
    return list(numbers) or there


def _write(session: Session, output: str, numbers: tuple[int, ...]) -> None:
    from kamdesk.transfer.writers.whole_file import whole_file

    target = to_write(session, output, ".json")
    with session.reading() as desk:
        ids = _wanted(desk, numbers)
        content = quarantine.hand_to_owner(desk.storage, ids).content
    with whole_file(target) as file:
        file.write(content.encode("utf-8"))
    session.give({"file": output, "changes": len(ids)})
    session.tell(
        Text("{n} change is in {file}; it stays here until you drop it.",
             "{n} changes are in {file}; they stay here until you drop them.",
             n=len(ids), file=output)
    )  # fmt: skip
