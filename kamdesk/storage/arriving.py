"""Contents of files on their way: what came so far, what is still wanted, what went wrong."""

from hashlib import sha256
from typing import Final, NamedTuple

from kamdesk.storage.storage import Storage

WRONG: Final = "wrong"
"""What came was not what its hash says; refused."""
ABSENT: Final = "absent"
"""Nobody has sent it to the hub yet, or it is not for this user."""
WISHED: Final = "wished"
"""The user wants it, whatever its size."""
TOO_LARGE: Final = "too_large"
"""The hub does not take it: it stays on this device."""
NO_ROOM: Final = "no_room"
"""The hub had no room for it: it stays on this device until there is some."""
STAYS: Final = (TOO_LARGE, NO_ROOM)


class Wanted(NamedTuple):
    """A content that files here name and that is not here; ``wished``: the user asked for it."""

    digest: bytes
    size: int
    held: int
    wished: bool


def wanted(storage: Storage, *, largest: int, after: int = 0) -> list[Wanted]:
    """Return the contents that lack here, the files added last first.

    ``largest``: bytes a content may have that nobody wished for; wishes come first. Left out are
    those with trouble noted since ``after``, a moment in milliseconds.
    """
    rows = storage.reader.ask(_WANTED, largest, after)
    return [
        Wanted(row["digest"], row["size"] or 0, row["held"] or 0, bool(row["wished"]))
        for row in rows
    ]


def held(storage: Storage, digest: bytes) -> int:
    """Return how many bytes of a content came so far."""
    sql = "SELECT coalesce(sum(length(part)), 0) FROM arriving WHERE digest = ?"
    return int(storage.reader.ask(sql, digest).value())


def take_part(storage: Storage, digest: bytes, start: int, part: bytes) -> None:
    """Keep a part that joins on to what came so far; any other is passed over."""
    with storage.transaction():
        if held(storage, digest) == start:
            storage.connection.execute(
                "INSERT INTO arriving (digest, start, part) VALUES (?, ?, ?)", (digest, start, part)
            )


def whole(storage: Storage, digest: bytes) -> bytes | None:
    """Return what came of a content when it is what its hash says, else None."""
    parts = storage.reader.ask("SELECT part FROM arriving WHERE digest = ? ORDER BY start", digest)
    data = b"".join(parts.column())
    return data if sha256(data).digest() == digest else None


def forget(storage: Storage, digest: bytes) -> None:
    """Drop within a transaction what came of a content, and what went wrong with it."""
    for table in ("arriving", "content_trouble"):
        storage.connection.execute(f"DELETE FROM {table} WHERE digest = ?", (digest,))


def wish(storage: Storage, digest: bytes) -> None:
    """Have a content fetched in the next exchange, whatever its size; what came of it stays."""
    with storage.transaction():
        storage.connection.execute(
            "INSERT OR REPLACE INTO content_trouble (digest, why, at) VALUES (?, ?, ?)",
            (digest, WISHED, storage.clock.now().ms),
        )


def note_trouble(storage: Storage, digest: bytes, why: str) -> None:
    """Remember why a content is not here or not at the hub; what came of it goes."""
    with storage.transaction():
        forget(storage, digest)
        storage.connection.execute(
            "INSERT INTO content_trouble (digest, why, at) VALUES (?, ?, ?)",
            (digest, why, storage.clock.now().ms),
        )


def note_well(storage: Storage, digest: bytes) -> None:
    """Forget what went wrong with a content that is at the hub now."""
    sql = "SELECT 1 FROM content_trouble WHERE digest = ?"
    if storage.reader.ask(sql, digest).value():
        with storage.transaction():
            forget(storage, digest)


_WANTED = """
SELECT f.digest, max(f.size) AS size, max(f.id) AS newest, t.why IS 'wished' AS wished,
       (SELECT sum(length(part)) FROM arriving a WHERE a.digest = f.digest) AS held
FROM files f LEFT JOIN content_trouble t ON t.digest = f.digest
WHERE f.digest IS NOT NULL AND NOT f.gone AND (coalesce(f.size, 0) <= ? OR t.why = 'wished')
  AND NOT EXISTS (SELECT 1 FROM file_parts p WHERE p.digest = f.digest)
  AND (t.digest IS NULL OR t.at < ? OR t.why IN ('too_large', 'wished'))
GROUP BY f.digest ORDER BY t.why IS NOT 'wished', newest DESC LIMIT 500"""
