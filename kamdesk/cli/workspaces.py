"""New workspaces: an empty one, and the invented territory to look around in."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kamdesk.cli import bundles, counts, demo_territory, secret
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, DayValue, OneOf, missing, not_together, to_write
from kamdesk.core.clock import Day
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import LANGUAGES, Text

if TYPE_CHECKING:
    from kamdesk.sync.joining import Host
    from kamdesk.sync.wire.invitation import Invitation


@command(Text("Make a new workspace in a folder."))
@click.argument("folder", metavar="DIR")
@option("--name", metavar="ME", default="", said=Text("Your name, kept beside what you write."))
@option("--sheet", metavar="OUT.pdf", said=Text("Write the recovery code as a sheet to print."))
@option("--from", "bundle", metavar="BUNDLE.zip", said=Text("Fill it from an open bundle."))
@option("--join", "invitation", metavar="INVITE", said=Text("Join a team with it at once."))
@option("--share-all", is_flag=True, said=Text("Let the team have all customers, later ones too."))
def init(
    session: Session,
    folder: str,
    name: str,
    sheet: str | None,
    bundle: str | None,
    invitation: str | None,
    share_all: bool,
) -> None:
    """Make a workspace, empty or from a bundle, and print its recovery code once."""
    from kamdesk.workspace import create_workspace

    if bundle and name:
        raise not_together("--from", "--name")
    if bundle and invitation:
        raise not_together("--from", "--join")
    if share_all and not invitation:
        raise missing("--join")
    meets = _met(session, invitation) if invitation else None
    place = session.path(folder)
    target = to_write(session, sheet, ".pdf") if sheet else None
    me = name.strip() or _user()
    passphrase = secret.chosen(session.say)
    desk, code = create_workspace(
        place, passphrase, me=me, keys=secret.keyring(), clock=session.clock
    )
    try:
        if bundle:
            me = bundles.fill_new(desk, session.path(bundle))
        with suppress(Refusal):  # worth no message: the folder can be named
            session.chosen.opened(place.resolve())
        session.give({"workspace": str(place), "me": me, "recovery_code": code, "sheet": sheet})
        session.tell(Text("A new workspace for {name} is in {folder}.", name=me, folder=str(place)))
        session.tell(Text("Recovery code, to be printed and kept apart: {code}", code=code))
        if target:
            from kamdesk.cli.key import write_sheet

            workspace_id = desk.opened.workspace_id if desk.opened else ""
            day = desk.clock.today()
            write_sheet(session, target, code, workspace_id, day, session.language)
        if meets:
            from kamdesk.cli.team import let_in

            let_in(session, desk, *meets, None if share_all else [])
    finally:
        desk.close()


@command(
    Text("Make a workspace with an invented territory, the same for the same seed and day."),
    lang=False,
)
@click.argument("folder", metavar="DIR")
@option("--accounts", type=Count(1, 100_000), default=80, said=Text("How many customers."))
@option("--seed", type=Count(0, 2**31), default=1, said=Text("Another seed, another territory."))
@option("--day", type=DayValue(), said=Text("The day it is about; today when left out."))
@option("--lang", "language", type=OneOf(*LANGUAGES), said=Text("Language of what is in it."))
def demo(
    session: Session, folder: str, accounts: int, seed: int, day: Day | None, language: str | None
) -> None:
    """Make the demo territory."""
    from kamdesk.demo.workdays import working

    place = session.path(folder)
    made = demo_territory.make(
        place,
        accounts=accounts,
        seed=seed,
        day=day or working(session.clock.today()),
        language=language or session.language,
    )
    passphrase = secret.given_passphrase() or secret.DEMO
    session.give({"workspace": str(place), **made._asdict()})
    session.tell(
        Text(
            "The demo territory is in {folder}: {accounts}, {people}, {visits} around {day}.",
            folder=str(place),
            accounts=counts.customers(made.accounts),
            people=counts.people(made.people),
            visits=counts.visits(made.visits),
            day=made.day.isoformat(),
        )
    )
    session.tell(demo_territory.passphrase_words(passphrase))


def _met(session: Session, invitation: str) -> "tuple[Invitation, Host]":
    """Look who invites, before anything is made."""
    from kamdesk.cli.team import seen
    from kamdesk.sync.wire.invitation import unpack

    asked = unpack(invitation)
    return asked, seen(session, asked)


def _user() -> str:
    for name in ("USER", "USERNAME", "LOGNAME"):
        if os.environ.get(name):
            return os.environ[name]
    return Path.home().name or "me"
