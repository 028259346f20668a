"""What waits for the user record by record, with what the fields said before and may say."""

from itertools import groupby
from typing import NamedTuple

from kamdesk.core.ids import Id
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.conflicts import Conflict, Side, before, conflicts, texts_apart
from kamdesk.sync.apart.merge import together


class Open(NamedTuple):
    """A field that waits: its values, the one before, and both texts as one to start from."""

    conflict: Conflict
    before: Side | None
    together: str | None


class Waiting(NamedTuple):
    """A record with fields that wait; ``account`` is the customer it belongs to, if any."""

    kind: str
    record: Id
    account: bytes | None
    fields: tuple[Open, ...]


def waiting(storage: Storage) -> list[Waiting]:
    """Return the records with open conflicts, the one written to last first."""
    found = [
        Waiting(kind, record, _account(storage, record), tuple(_open(storage, one) for one in some))
        for (kind, record), some in groupby(
            conflicts(storage), key=lambda one: (one.kind, one.record)
        )
    ]
    return sorted(found, key=latest, reverse=True)


def latest(one: Waiting) -> int:
    """Return when a record's values apart were written last, in milliseconds."""
    return max(side.at.ms for field in one.fields for side in field.conflict.sides)


def _open(storage: Storage, conflict: Conflict) -> Open:
    texts = texts_apart(storage, conflict)
    return Open(
        conflict, before(storage, conflict), together(*texts) if texts is not None else None
    )


def _account(storage: Storage, record: Id) -> bytes | None:
    sql = (
        "SELECT account FROM op JOIN scopes ON scopes.n = op.scope WHERE eid = ?"
        " ORDER BY lid DESC LIMIT 1"
    )
    account: bytes | None = storage.reader.ask(sql, record).value()
    return account
