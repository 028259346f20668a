"""``kamdesk hub export``, ``backup``, ``restored``, ``sweep``: what leaves it, what comes back."""

import click

from kamdesk.cli import hub_room
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command
from kamdesk.cli.values import to_write
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text


@command(Text("Write all the hub holds as JSON lines: people, rights, the whole log, files."),
         name="export")  # fmt: skip
@click.argument("out", metavar="OUT.jsonl.gz")
@hub_room.which
def export(session: Session, folder: str | None, out: str) -> None:
    """Export the hub."""
    target = to_write(session, out, ".gz")
    place = hub_room.place_of(session, folder)
    from kamdesk.hub import copying
    from kamdesk.hub.audit import note
    from kamdesk.hub.opening import opened, turned

    with opened(place, session.clock) as hub:
        try:
            rows = copying.export(hub.engine, target)
        except FileExistsError as error:
            raise _taken(out) from error
        with turned(hub, hub_room.actor()) as turn:
            note(turn, "export", "", rows=rows)
    session.give({"file": str(target), "rows": rows})
    session.tell(
        Text("{n} row written to {file}.", "{n} rows written to {file}.", n=rows, file=str(target))
    )


@command(Text("Write a backup of a hub on SQLite, while it serves on."), name="backup")
@click.argument("out", metavar="OUT.db")
@hub_room.which
def backup(session: Session, folder: str | None, out: str) -> None:
    """Back the hub up."""
    target = to_write(session, out, ".db")
    place = hub_room.place_of(session, folder)
    from kamdesk.hub import copying
    from kamdesk.hub.audit import note
    from kamdesk.hub.opening import opened, turned

    with opened(place, session.clock) as hub:
        try:
            copying.backup(hub.engine, target)
        except FileExistsError as error:
            raise _taken(out) from error
        with turned(hub, hub_room.actor()) as turn:
            note(turn, "backup")
    session.give({"file": str(target)})
    session.tell(Text("The backup is in {file}.", file=str(target)))


@command(Text("Say that the database was put back from a backup: computers then offer anew what is"
              " missing."), name="restored")  # fmt: skip
@hub_room.which
def restored(session: Session, folder: str | None) -> None:
    """Say that the database was restored."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.copying import restored as bump

        epoch = bump(turn)
    session.give({"epoch": epoch})
    session.tell(Text("Noted. Computers bring what is missing at their next contact."))


@command(Text("Leave nothing of what was erased in a database server's freed room; the hub waits"
              " meanwhile."), name="sweep")  # fmt: skip
@hub_room.which
def sweep(session: Session, folder: str | None) -> None:
    """Write the tables anew."""
    place = hub_room.place_of(session, folder)
    from kamdesk.hub import erasing
    from kamdesk.hub.audit import note
    from kamdesk.hub.opening import opened, turned

    with opened(place, session.clock) as hub:
        erasing.rewrite(hub.engine)
        with turned(hub, hub_room.actor()) as turn:
            note(turn, "sweep")
    session.give({"swept": True})
    session.tell(Text("Nothing of what was erased is left in the hub's tables."))


def _taken(out: str) -> StorageTrouble:
    return StorageTrouble(Text("{file} is there already; name another one.", file=out))
