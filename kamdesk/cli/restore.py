"""Restore: bring a backup back, as a new workspace or in the place of the one it was made of."""

import click

from kamdesk.cli import counts, secret
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command
from kamdesk.core.wording import Text


@command(Text("Bring back a backup as the workspace in a folder; what stands there is put aside."))
@click.argument("file", metavar="FILE.db")
@click.argument("folder", metavar="DIR")
def restore(session: Session, file: str, folder: str) -> None:
    """Restore the backup, open what came back and say what it holds."""
    from kamdesk.workspace import open_workspace, restore_workspace

    def asked() -> str:
        return secret.asked(session.say)

    done = restore_workspace(
        session.path(file),
        session.path(folder),
        passphrase=asked,
        keys=secret.keyring(),
        clock=session.clock,
    )
    desk = open_workspace(done.folder, passphrase=asked, keys=secret.keyring(), clock=session.clock)
    try:
        accounts, people = desk.accounts.ask.count(), desk.people.ask.count()
    finally:
        desk.close()
    session.give(
        {
            "workspace": str(done.folder),
            "aside": str(done.aside) if done.aside else None,
            "accounts": accounts,
            "people": people,
        }
    )
    session.tell(
        Text(
            "The backup is back in {folder}: {accounts}, {people}.",
            folder=str(done.folder),
            accounts=counts.customers(accounts),
            people=counts.people(people),
        )
    )
    if done.aside:
        session.tell(
            Text(
                "What stood there before was put aside in {aside}. Delete that folder when you no"
                " longer need it: who was erased since may still stand in it.",
                aside=str(done.aside),
            )
        )
