"""The documents of prose: one for each searched cell, by the day it is about."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple
from zlib import crc32

from kamdesk.core.clock import read_day
from kamdesk.search.fields import DAYS, PEOPLE, Prose
from kamdesk.search.gathering import BATCH, among, batches
from kamdesk.search.words import tokens
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Connection

DAY_BITS: Final = 32
_EPOCH: Final = date(1970, 1, 1).toordinal()
_AT_ONCE: Final = 20_000
_SHORT: Final = 24
_STORED = "SELECT eid, cell, rid, digest, kind FROM search_docs WHERE eid IN"


class Doc(NamedTuple):
    """A document as a rebuilding would make it."""

    day: int
    digest: int
    text: str


def refresh(
    connection: Connection, kind: Kind, prose: tuple[Prose, ...], ids: Iterable[bytes]
) -> None:
    """Bring the documents of some records up to date; what reads as before stays as it is."""
    writing = _Writing(connection, kind)
    for batch in batches(ids):
        wanted = dict(documents(connection, kind, prose, batch))
        for row in among(connection, _STORED, batch):
            doc = wanted.get((row[0], row[1]))
            if doc and (doc.day, doc.digest) == (row[2] >> DAY_BITS, row[3]):
                del wanted[row[0], row[1]]
            else:
                writing.old.append((row[2],))
        for (record, cell), doc in wanted.items():
            writing.add(record, cell, doc)
        if len(writing.words) >= _AT_ONCE:
            writing.write()
    writing.write()


def rebuild(
    connection: Connection, kind: Kind, prose: tuple[Prose, ...], step: Callable[[int], None]
) -> None:
    """Write the documents of all records of a kind that has none yet, the oldest day first."""
    writing = _Writing(connection, kind)
    order = DAYS.get(kind.name, "rid")
    by_day = connection.execute(f"SELECT rid FROM {kind.table} ORDER BY {order}")
    while rows := by_day.fetchmany(BATCH):
        batch = [row[0] for row in rows]
        for (record, cell), doc in documents(connection, kind, prose, batch, by="rid"):
            writing.add(record, cell, doc)
        if len(writing.words) >= _AT_ONCE:
            writing.write()
        step(len(batch))
    writing.write()


class _Writing:
    """Collects documents and writes them in the order of their row ids.

    Out of order each would end a segment of the full text: ten times the work.
    """

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self._connection, self._kind = connection, kind.name
        self._free: dict[int, int] = {}
        self._rows: list[tuple[Any, ...]] = []
        self.old: list[tuple[int]] = []
        self.words: list[tuple[int, str]] = []

    def add(self, record: bytes, cell: str, doc: Doc) -> None:
        rid = self._free.get(doc.day) or _free(self._connection, doc.day)
        self._free[doc.day] = rid + 1
        self._rows.append((rid, self._kind, record, cell, doc.digest))
        self.words.append((rid, _words(doc.text)))

    def write(self) -> None:
        many = self._connection.executemany
        for sql, rows in (
            ("DELETE FROM search_notes WHERE rowid = ?", self.old),
            ("DELETE FROM search_docs WHERE rid = ?", self.old),
            (
                "INSERT INTO search_docs (rid, kind, eid, cell, digest) VALUES (?, ?, ?, ?, ?)",
                self._rows,
            ),
            ("INSERT INTO search_notes (rowid, words) VALUES (?, ?)", self.words),
        ):
            if rows:
                many(sql, sorted(rows, key=itemgetter(0)))
        self._rows, self.old, self.words = [], [], []


def _words(text: str) -> str:
    return _words_again(text) if len(text) <= _SHORT else " ".join(tokens(text))


@lru_cache(maxsize=4096)
def _words_again(text: str) -> str:
    """Return the words of a short text: who leads, who takes notes is said in few words."""
    return " ".join(tokens(text))


def documents(
    connection: Connection,
    kind: Kind,
    prose: tuple[Prose, ...],
    batch: Sequence[Any],
    *,
    by: str = "id",
) -> Iterator[tuple[tuple[bytes, str], Doc]]:
    """Yield the documents of a batch of records (by ``id`` or ``rid``), by record and cell."""
    columns = [column for part in prose for column in part.columns]
    day = DAYS.get(kind.name, "NULL")
    lives = "shown" if kind.name == PEOPLE.kind else "NOT gone"
    sql = f"SELECT id, {day}, {', '.join(columns)} FROM {kind.table} WHERE {lives} AND {by} IN"
    for row in among(connection, sql, batch):
        at = 2
        for part in prose:
            text = joined(row[at : at + len(part.columns)])
            at += len(part.columns)
            if text:
                about = _day(row[1]) or _day_of(row[0])
                yield (row[0], part.cell.name), Doc(about, crc32(text.encode()), text)


def joined(values: Iterable[object]) -> str:
    """Return the prose of a cell: its texts, one below the other."""
    return "\n".join(value for value in values if isinstance(value, str))


def day_of(rid: int) -> date | None:
    """Return the day a document is about, None when it has none."""
    return date.fromordinal(rid >> DAY_BITS) if rid >> DAY_BITS else None


def stored(
    connection: Connection, kind: Kind, batch: Sequence[bytes]
) -> Mapping[tuple[bytes, str], tuple[int, int]]:
    """Return the documents of some records as they are indexed: their day and digest."""
    rows = among(connection, _STORED, batch)
    return {(r[0], r[1]): (r[2] >> DAY_BITS, r[3]) for r in rows if r[4] == kind.name}


def _day(text: object) -> int:
    day = read_day(text[:10]) if isinstance(text, str) else None
    return day.toordinal() if day else 0


def _day_of(record: bytes) -> int:
    """Return the day a UUIDv7 was made; 0 for an id that does not tell."""
    if len(record) != 16 or record[6] >> 4 != 7:
        return 0
    return min(_EPOCH + int.from_bytes(record[:6], "big") // 86_400_000, date.max.toordinal())


def _free(connection: Connection, day: int) -> int:
    """Return the first row id not yet used after those of the day."""
    low, high = day << DAY_BITS, (day + 1) << DAY_BITS
    sql = "SELECT max(rid) FROM search_docs WHERE rid >= ? AND rid < ?"
    last = connection.execute(sql, (low, high)).fetchone()[0]
    return low if last is None else int(last) + 1
