"""Workspaces for tests: in a temporary folder, quickly made, on a stopped clock."""

from datetime import date
from pathlib import Path

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Ids
from kamdesk.storage.database import connect
from kamdesk.workspace import Workspace

KEY, SALT = "0b" * 32, "05" * 16
MORNING = Instant.at(date(2026, 3, 12), 8, 10)


def a_desk(
    folder: Path,
    *,
    name: str = "林晓彤",
    file: str = "kamdesk.db",
    clock: StoppedClock | None = None,
    ids: Ids | None = None,
) -> Workspace:
    """Return a fresh workspace in ``folder`` whose user is ``name`` (nobody when empty)."""
    import importlib
    import pkgutil

    from sqlite_utils import Database

    from kamdesk.storage import migrations

    connection = connect(folder / file, KEY, SALT, create=True)
    db = Database(connection, execute_plugins=False)
    for step in sorted(module.name for module in pkgutil.iter_modules(migrations.__path__)):
        importlib.import_module(f"kamdesk.storage.migrations.{step}").step(db)
    desk = Workspace(connection, folder=folder, clock=clock or StoppedClock(MORNING), ids=ids)
    if name:
        desk.team.i_am(desk.team.new(name))
    return desk
