"""Which customers this file lets its team have."""

from kamdesk.core.ids import Id
from kamdesk.storage.storage import Storage


def shared(storage: Storage) -> set[Id] | None:
    """Return the customers whose changes go out; None where all do, later ones too."""
    if storage.number("offers_all"):
        return None
    rows = storage.reader.ask("SELECT account FROM scopes WHERE offered AND account NOT NULL")
    return {Id(account) for account in rows.column()}


def unsent_of(storage: Storage, record: bytes) -> int:
    """Return how many changes of a record wait to be sent."""
    sql = "SELECT count(*) FROM op WHERE eid = ? AND dseq IS NOT NULL AND seq IS NULL"
    return int(storage.reader.ask(sql, record).value())


def deciding(storage: Storage) -> int:
    """Return how many records wait for the user."""
    return int(storage.reader.ask("SELECT count(DISTINCT eid) FROM contested").value())


def in_conflict(storage: Storage, record: bytes) -> int:
    """Return how many fields of a record wait for the user."""
    return int(storage.reader.ask("SELECT count(*) FROM contested WHERE eid = ?", record).value())
