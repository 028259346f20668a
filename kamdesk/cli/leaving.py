"""Leaving the team from the shell: what goes from this computer and what stays, said before."""

from dataclasses import asdict

import click

from kamdesk.cli import secret
from kamdesk.cli.person import asked_here
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.storage import Storage


@command(Text("Leave the team: what colleagues shared goes from this computer, the own stays."))
@option("--yes", is_flag=True, said=Text("Do it without asking for the team's name."))
def leave(session: Session, yes: bool) -> None:
    """Say what would go and what stays, ask for the team's name, and leave."""
    from kamdesk.sync import leaving
    from kamdesk.sync.desk import Direct

    with session.writing() as desk:
        if not team.joined(desk.storage):
            raise RuleBroken(Text("This workspace is in no team."))
        hub = team.text(desk.storage, team.HUB_NAME)
        _say_what_goes(session, desk.storage, hub)
        if not yes:
            _ask_for(session, hub)
        workspace = desk.opened.workspace_id if desk.opened else ""
        gone = leaving.leave_known(Direct(desk.storage), secret.keyring(), workspace)
        stay = len(desk.accounts.ask.everything())
    session.give({**asdict(gone), "stay": stay})
    session.tell(
        Text(
            "You have left {hub}. {n} customer of colleagues is gone from this computer.",
            "You have left {hub}. {n} customers of colleagues are gone from this computer.",
            n=gone.customers,
            hub=gone.hub,
        )
        if gone.customers
        else Text("You have left {hub}", hub=gone.hub)
    )
    if gone.kept:
        session.tell(
            Text(
                "{n} change the team does not have is kept: kamdesk quarantine.",
                "{n} changes the team does not have are kept: kamdesk quarantine.",
                n=gone.kept,
            )
        )


def _say_what_goes(session: Session, storage: Storage, hub: str) -> None:
    from kamdesk.sync.leaving import would_go
    from kamdesk.sync.told import told

    stands, go = told(storage), would_go(storage)
    session.tell(Text("This leaves {hub}.", hub=hub))
    session.tell(
        Text(
            "{n} customer colleagues shared with you goes from this computer, and no undo brings"
            " it back.",
            "{n} customers colleagues shared with you go from this computer, and no undo brings"
            " them back.",
            n=go,
        )
        if go
        else Text("No customer goes from this computer.")
    )
    session.tell(Text("Customers you made here stay, and the team keeps all it has."))
    if stands.unsent:
        session.tell(
            Text(
                "{n} change has not reached the team: kamdesk sync sends it first; else it is kept"
                " where kamdesk quarantine lists it.",
                "{n} changes have not reached the team: kamdesk sync sends them first; else they"
                " are kept where kamdesk quarantine lists them.",
                n=stands.unsent,
            )
        )


def _ask_for(session: Session, hub: str) -> None:
    """Let the team's name be typed. Raises ``RuleBroken`` when it was not, or nobody is there."""
    if session.as_json or not asked_here():
        raise RuleBroken(Text("Say --yes to leave without being asked."), field="yes")
    typed = click.prompt(
        session.say(Text("Type the team's name to leave it")),
        default="",
        show_default=False,
        err=True,
    )
    if typed.strip() != hub:
        raise RuleBroken(Text("That is not its name. You are still in the team."), field="name")
