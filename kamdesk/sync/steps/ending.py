"""What a round leaves behind: when the hub answered, and nothing of what was erased or lost."""

from pathlib import Path

from kamdesk.storage import erasing, team
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.sync import lease


def note_contact(storage: Storage, *, pulled: int) -> None:
    """Note that the hub answered now: no trouble, a lease from here, so many more changes came."""
    with storage.transaction():
        storage.keep(team.RECEIVED, storage.number(team.RECEIVED) + pulled)
        storage.keep(team.LAST_EXCHANGE, storage.clock.now().ms)
        storage.keep(team.TROUBLE, "")
        lease.begin(storage, storage.number(lease.DAYS) or lease.USUAL)


def sweep(storage: Storage) -> None:
    """Leave nothing on the disk of what was erased or lost."""
    if storage.number(SWEEP) and not storage.readonly:
        file = storage.reader.ask("PRAGMA database_list").one()["file"]
        erasing.bring_level(storage, Path(file).parent)
