"""Files in the workspace: their cells, what is asked about them, and their content in parts."""

from collections.abc import Callable, Iterator, Mapping, Set
from hashlib import sha256
from typing import Final, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.ids import AccountId, FileId, Id
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.domain.files.model import KeptFile
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Connection, Reader, Row
from kamdesk.storage.followers import unheard
from kamdesk.storage.held import Held

FILE = Kind(
    "file",
    table="files",
    scope_of="account",
    holds={
        Held.ID: ("account", "visit", "about"),
        Held.WHOLE: ("size",),
        Held.BYTES: ("digest",),
    },
    cells=(
        Cell("account", privacy=Privacy.INTERNAL),
        Cell("name", privacy=Privacy.NOTE),
        Cell("content", columns=("size", "digest"), privacy=Privacy.INTERNAL),
        Cell("visit", privacy=Privacy.INTERNAL),
        Cell("about", privacy=Privacy.INTERNAL, about=("about",)),
    ),
)

PART: Final = 256 * 1024
"""Bytes of a content in one row."""


class FileLine(NamedTuple):
    """A file as lists show it: when it was added, and by whom."""

    id: FileId
    name: str
    size: int
    visit: str
    added: Instant | None
    by: str


_LINES = """
SELECT f.id, f.name, f.size, v.topic, act.at, c.name
FROM files f
LEFT JOIN visits v ON v.id = f.visit
LEFT JOIN op ON op.lid = (SELECT min(lid) FROM op AS first WHERE first.eid = f.id)
LEFT JOIN actions act ON act.id = op.action
LEFT JOIN colleagues c ON c.id = act.by
WHERE f.account = ? AND NOT f.gone ORDER BY f.id DESC"""


class NotHereYet(StorageTrouble):
    """A content that a colleague's computer has, and that did not come here so far."""

    def __init__(self, said: Text, digest: bytes) -> None:
        super().__init__(said)
        self.digest = digest


class FileStore:
    """Asks the ``files`` and ``file_parts`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def find(self, file: FileId) -> KeptFile | None:
        """Return a file that is not deleted, or None."""
        row = self._ask("SELECT * FROM files WHERE id = ? AND NOT gone", file).first()
        return _file(row) if row else None

    def of_account(self, account: AccountId) -> list[KeptFile]:
        """Return the files of a customer, the newest first."""
        sql = "SELECT * FROM files WHERE account = ? AND NOT gone ORDER BY id DESC"
        return [_file(row) for row in self._ask(sql, account)]

    def lines(self, account: AccountId) -> list[FileLine]:
        """Return the files of a customer as lists show them, the newest first."""
        return [
            FileLine(
                row[0], row[1] or "", row[2] or 0, row[3] or "", Instant.read(row[4]), row[5] or ""
            )
            for row in self._ask(_LINES, account)
        ]

    def count(self, account: AccountId) -> int:
        """Return how many files a customer has."""
        sql = "SELECT count(*) FROM files WHERE account = ? AND NOT gone"
        return int(self._ask(sql, account).value())

    def content(self, file: KeptFile) -> bytes:
        """Return what is in a file. Raises ``StorageTrouble`` where that is lost or damaged.

        ``NotHereYet`` where a colleague's content has not come by the exchange.
        """
        data = b"".join(self.parts(file.digest))
        if sha256(data).digest() != file.digest:
            if not data and self._ask("SELECT 1 FROM state WHERE key = 'dev' AND value > 0"):
                raise NotHereYet(
                    Text(
                        "What is in “{name}” has not come to this computer yet. It comes with the"
                        " next exchange; open it again then.",
                        name=file.name,
                    ),
                    file.digest,
                )
            raise StorageTrouble(
                Text(
                    "What was in “{name}” is lost or damaged here. Bring it back from a backup, or"
                    " add the file once more.",
                    name=file.name,
                )
            )
        return data

    def parts(self, digest: bytes) -> Iterator[bytes]:
        """Yield a content part by part."""
        numbers = self._ask("SELECT n FROM file_parts WHERE digest = ? ORDER BY n", digest).column()
        for n in numbers:
            sql = "SELECT part FROM file_parts WHERE digest = ? AND n = ?"
            yield self._ask(sql, digest, n).value()

    def digests(self) -> list[bytes]:
        """Return the digest of every content there is, in order."""
        return self._ask("SELECT DISTINCT digest FROM file_parts ORDER BY digest").column()

    def wanted(self) -> set[bytes]:
        """Return the digest of every content that a file needs and that is not there."""
        sql = (
            "SELECT digest FROM files WHERE digest IS NOT NULL"
            " AND digest NOT IN (SELECT digest FROM file_parts)"
        )
        return set(self._ask(sql).column())


def put_content(connection: Connection, data: bytes) -> bytes:
    """Write a content, once however many files have it, within a transaction; return its digest."""
    digest = sha256(data).digest()
    known = "SELECT 1 FROM file_parts WHERE digest = ? LIMIT 1"
    if connection.execute(known, (digest,)).fetchone() is None:
        connection.executemany(
            "INSERT INTO file_parts (digest, n, part) VALUES (?, ?, ?)",
            (
                (digest, n, data[at : at + PART])
                for n, at in enumerate(range(0, max(len(data), 1), PART))
            ),
        )
    return digest


_ORPHANS = "digest NOT IN (SELECT digest FROM files WHERE digest IS NOT NULL)"
_APART = """
SELECT p.digest FROM file_parts p GROUP BY p.digest HAVING sum(length(p.part)) NOT IN (
  SELECT coalesce(f.size, 0) FROM files f WHERE f.digest = p.digest)"""


class Contents:
    """Takes away what was in files that were erased; what is in the others it cannot rebuild."""

    tables: tuple[str, ...] = ()

    def follow(self, connection: Connection, touched: Mapping[str, Set[Id]]) -> None:
        """Drop contents that no file has any more."""
        gone = touched.get(FILE.name, ())
        here = "SELECT 1 FROM files WHERE id = ?"
        if any(connection.execute(here, (file,)).fetchone() is None for file in gone):
            self.rebuild(connection)

    def rebuild(self, connection: Connection, step: Callable[[int], None] = unheard) -> None:
        """Drop contents that no file has: what is in files cannot be made from anything else."""
        for table in ("file_parts", "arriving", "content_trouble"):
            connection.execute(f"DELETE FROM {table} WHERE {_ORPHANS}")
        step(0)

    def forget(self, connection: Connection) -> None:
        """Nothing: rows deleted here leave nothing behind."""

    def findings(self, connection: Connection) -> list[str]:
        """Return contents that no file has, and those that lack a part."""
        if connection.execute(f"SELECT 1 FROM file_parts WHERE {_ORPHANS} LIMIT 1").fetchone():
            return ["a content belongs to no file"]
        return [
            f"content {row[0].hex()}: a part of it is missing" for row in connection.execute(_APART)
        ]


def _file(row: Row) -> KeptFile:
    return KeptFile(
        id=row["id"],
        account=row["account"],
        name=row["name"] or "",
        size=row["size"] or 0,
        digest=row["digest"] or b"",
        visit=row["visit"],
        about=row["about"],
    )
