"""Workspaces for tests: in a temporary folder, quickly made, on a stopped clock."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Ids
from kamdesk.storage.database import connect
from kamdesk.storage.migrating import migrate
from kamdesk.workspace import Workspace

KEY, SALT = "0b" * 32, "05" * 16
MORNING = Instant.at(date(2026, 3, 12), 8, 10)


@cache
def _blank() -> bytes:
    """The file of an empty workspace, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.db"
        connection = connect(path, KEY, SALT, create=True)
        migrate(connection)
        connection.close()
        return path.read_bytes()


def a_desk(
    folder: Path,
    *,
    name: str = "林晓彤",
    file: str = "kamdesk.db",
    clock: StoppedClock | None = None,
    ids: Ids | None = None,
) -> Workspace:
    """Return a fresh workspace in ``folder`` whose user is ``name`` (nobody when empty).

    Its file is as the migrations make it, but it does not wait for the disk.
    """
    (folder / file).write_bytes(_blank())
    connection = connect(folder / file, KEY, SALT)
    connection.execute("PRAGMA synchronous = OFF")
    desk = Workspace(connection, folder=folder, clock=clock or StoppedClock(MORNING), ids=ids)
    if name:
        desk.team.i_am(desk.team.new(name))
    return desk


def untruths(desk: Workspace) -> list[str]:
    """Return what is wrong with a workspace's tables: against the log, and derived ones."""
    from kamdesk.storage.replay import differences

    storage = desk.storage
    derived = (line for f in storage.followers for line in f.findings(storage.connection))
    return [*differences(storage), *derived]
