"""Foreign keys of records: their cells, and which record is known by which key."""

from kamdesk.core.ids import Id
from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Reader
from kamdesk.storage.held import Held

KNOWN_AS = Kind(
    "known_as",
    table="known_as",
    scope_of="account",
    holds={Held.ID: ("account", "record"), Held.BYTES: ("digest",)},
    linked=True,
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "known",
            columns=("source", "key", "of_kind", "record"),
            privacy=Privacy.BUSINESS,
            about=("record",),
        ),
        Cell("digest", privacy=Privacy.INTERNAL),
    ),
)


class OriginStore:
    """Asks the ``known_as`` table."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def known(self, source: str, of_kind: str) -> dict[str, Id]:
        """Return all records of a kind known in a source, by key."""
        rows = self._ask(
            "SELECT key, record FROM known_as WHERE source = ? AND of_kind = ? AND NOT gone",
            source,
            of_kind,
        )
        return {row[0]: row[1] for row in rows}

    def digests(self, source: str, of_kind: str, table: str) -> frozenset[bytes]:
        """Return the digests of the rows taken from a source whose records in ``table`` live."""
        rows = self._ask(
            "SELECT k.digest FROM known_as k JOIN " + table + " r ON r.id = k.record"
            " WHERE k.source = ? AND k.of_kind = ? AND k.digest IS NOT NULL"
            " AND NOT k.gone AND NOT r.gone",
            source,
            of_kind,
        )
        return frozenset(row[0] for row in rows)

    def every(self, of_kind: str) -> list[tuple[tuple[str, str], Id]]:
        """Return every (source, key) with its record, of one kind."""
        rows = self._ask(
            "SELECT source, key, record FROM known_as WHERE of_kind = ? AND NOT gone", of_kind
        )
        return [((row[0] or "", row[1] or ""), row[2]) for row in rows]

    def of_record(self, record: Id) -> list[tuple[str, str]]:
        """Return the sources and keys by which a record is known."""
        rows = self._ask(
            "SELECT source, key FROM known_as WHERE record = ? AND NOT gone ORDER BY source, key",
            record,
        )
        return [(row[0], row[1]) for row in rows]
