"""Backup: a verified copy of the workspace and its key file, in its own folder or elsewhere."""

from typing import TYPE_CHECKING

import click

from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import not_together, to_write
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.storage.backups import Backup


@command(Text("Make a verified backup: in the workspace's own folder, or as OUT.db elsewhere."))
@click.argument("output", metavar="[OUT.db|DIR]", required=False)
@option("--list", "listed", is_flag=True, said=Text("List the backups instead."))
def backup(session: Session, output: str | None, listed: bool) -> None:
    """Make a backup beside the open window too, or list those that are there."""
    if listed:
        if output:
            raise not_together("--list", "OUT.db")
        _list(session)
        return
    from kamdesk.storage.backups import Why, key_path_of

    target = to_write(session, output, ".db") if output else None
    with session.reading() as desk:
        path = desk.backups.make_at(target) if target else desk.backups.make(Why.BY_HAND).path
    session.give({"backup": str(path), "key_file": str(key_path_of(path))})
    session.tell(Text("The backup {path} was made, opened and counted.", path=str(path)))
    session.tell(
        Text(
            "With {key_file} beside it, it opens by the present passphrase or recovery code.",
            key_file=key_path_of(path).name,
        )
    )


def _list(session: Session) -> None:
    from kamdesk.storage.backups import WORDS, found

    def made(one: "Backup") -> str:
        return f"{one.at.astimezone():%Y-%m-%d %H:%M}"

    backups = found(session.folder)
    session.give(
        [
            {"backup": str(one.path), "at": one.at.isoformat(), "why": one.why, "bytes": one.size}
            for one in backups
        ]
    )
    session.list(
        (
            Column(Text("Made"), made, whole=True),
            Column(Text("Why"), lambda one: WORDS[one.why]),
            Column(Text("MB"), lambda one: f"{one.size / 1_000_000:,.1f}", right=True),
            Column(Text("File"), lambda one: one.path.name, whole=True),
        ),
        backups,
        Text("There is no backup in {folder}.", folder=str(session.folder)),
    )
