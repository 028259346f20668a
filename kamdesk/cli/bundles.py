"""Open bundles at the command line: everything out, everything in, a new workspace from one."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamdesk.cli.session import Session
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def give_out(session: Session, output: str, target: Path) -> None:
    """Write the whole workspace into a bundle, and say what that means."""
    with session.reading() as desk:
        written = desk.bundles.write(target)
    records = sum(written.records.values())
    session.give({"file": output, "records": written.records, "changes": written.ops})
    session.tell(
        Text(
            "{file} holds the whole workspace: {records}, {changes} of its history.",
            file=output,
            records=Text("{n} record", "{n} records", n=records),
            changes=Text("{n} change", "{n} changes", n=written.ops),
        )
    )
    session.tell(
        Text(
            "It is not encrypted: whoever has the file can read everything in it, also what is"
            " marked private and people who are restricted. Keep it as you keep the workspace."
        )
    )


def take_in(
    session: Session, desk: "Workspace", name: str, *, theirs: bool, dry_run: bool
) -> dict[str, Any]:
    """Take in a bundle, or say what that would do; return the report as JSON."""
    take = desk.bundles.look if dry_run else desk.bundles.take
    report = take(session.path(name), theirs=theirs)
    return {"file": name, "columns": [], **report.as_json(session.language)}


def fill_new(desk: "Workspace", path: Path) -> str:
    """Make a workspace just made the one of a bundle and return who its user is.

    Refused, nothing of it stays.
    """
    try:
        desk.bundles.take(path)
        me = desk.team.ask.find(desk.team.sits_here)
        return me.name if me else ""
    except BaseException:
        desk.close()
        if desk.folder is not None:
            _unmake(desk.folder)
        raise


def _unmake(folder: Path) -> None:
    from kamdesk.storage import key_file, lock
    from kamdesk.storage.layout import ERASED, database_files

    beside = (folder / name for name in (key_file.NAME, lock.NAME, ERASED))
    for path in (*database_files(folder), *beside):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):  # others' files stay, and with them the folder
        folder.rmdir()
