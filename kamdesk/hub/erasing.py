"""Erasing in the log: an erased record's ops stay as empty shells, so that no place is missing.

What named the erased elsewhere (others' texts, what is left of a seat at a visit) its writer sets
anew, and says to forget the older values: they go from the log; no checksum changes.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import Engine, select, update

from kamdesk.core.wire_op import SETS, Verb
from kamdesk.hub import blobs
from kamdesk.hub.audit import note
from kamdesk.hub.bulk import among
from kamdesk.hub.schema import BLOB_PART, OP
from kamdesk.hub.state import States
from kamdesk.hub.turn import Turn
from kamdesk.sync.wire.standing import places

EMPTY: Final = "{}"
_CELLS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NULL: Final = msgspec.Raw(b"null")
ROW: Final = (
    "tenant", "seq", "scope", "dev", "dseq", "wall", "ctx", "txn", "verb",
    "kind", "record", "cells", "name", "by", "at",
)  # fmt: skip
"""What a row of the log has where, as ``push`` writes it."""
Row = tuple[Any, ...]
_SEQ, _SCOPE, _DEV, _CTX, _VERB, _KIND, _RECORD, _CELLS_AT = map(
    ROW.index, ("seq", "scope", "dev", "ctx", "verb", "kind", "record", "cells")
)


class Erasure:
    """What one push erases and forgets; ``states``: where its records stand once it is taken."""

    def __init__(self, turn: Turn, states: States) -> None:
        self._turn, self._states = turn, states
        self._places: dict[str, int] = {}
        self._scopes: set[int] = set()

    def of(self, record: str, place: int) -> None:
        """Note that a record was erased at a place, in all scopes it ever stood in."""
        self._places[record] = place
        self._scopes |= self._states.scopes(record)

    def noted(self) -> None:
        """Write into the audit that somebody erased, where they did."""
        if self._places:
            note(self._turn, "erase", records=len(self._places))

    def carried_out(self, rows: list[Row]) -> list[Row]:
        """Blank what lies in the log; return the rows of this push as they may be written."""
        if self._places:
            self._blank_records()
            rows = [self._blanked(row) for row in rows]
        forgets: dict[tuple[int, str, str], list[Row]] = {}
        for row in rows:
            if row[_VERB] == Verb.FORGET:
                forgets.setdefault((row[_SCOPE], row[_KIND], row[_RECORD]), []).append(row)
        if forgets:
            self._forget(forgets)
            rows = [self._forgotten(row, forgets) for row in rows]
        return rows

    def _blank_records(self) -> None:
        turn = self._turn
        turn.connection.execute(
            update(OP)
            .where(
                OP.c.tenant == turn.tenant,
                among(turn.connection, OP.c.scope, self._scopes),
                among(turn.connection, OP.c.record, self._places),
                OP.c.verb != int(Verb.ERASE),
            )
            .values(cells=EMPTY)
        )
        for record in self._places:
            blobs.forget_record(turn.connection, turn.tenant, record)

    def _blanked(self, row: Row) -> Row:
        if row[_VERB] == Verb.ERASE or row[_SEQ] > self._places.get(row[_RECORD], 0):
            return row
        return (*row[:_CELLS_AT], EMPTY, *row[_CELLS_AT + 1 :])

    def _forget(self, forgets: Mapping[tuple[int, str, str], list[Row]]) -> None:
        """Forget in the log what the ops of this push say to."""
        turn = self._turn
        asked = select(*(OP.c[name] for name in ROW)).where(
            OP.c.tenant == turn.tenant,
            among(turn.connection, OP.c.scope, {scope for scope, _, _ in forgets}),
            among(turn.connection, OP.c.record, {record for _, _, record in forgets}),
            OP.c.verb.in_([int(verb) for verb in SETS]),
        )
        for row in turn.connection.execute(asked).all():
            kept = self._forgotten(tuple(row), forgets)
            if kept[_CELLS_AT] != row.cells:
                turn.connection.execute(
                    update(OP)
                    .where(OP.c.tenant == turn.tenant, OP.c.seq == row.seq)
                    .values(cells=kept[_CELLS_AT])
                )

    def _forgotten(self, row: Row, forgets: Mapping[tuple[int, str, str], list[Row]]) -> Row:
        """Return a row without the values that a writer who had seen them says to forget.

        What stands stays, whoever says so: it is somebody's word of today.
        """
        said = forgets.get((row[_SCOPE], row[_KIND], row[_RECORD]))
        if not said or row[_VERB] not in SETS:
            return row
        stands = self._states.heads(row[_RECORD], row[_SCOPE], row[_KIND])
        values = _CELLS.decode(row[_CELLS_AT])
        ends = {
            cell
            for one in said
            if row[_SEQ] < one[_SEQ] and (row[_DEV] == one[_DEV] or row[_SEQ] <= one[_CTX])
            for cell in _CELLS.decode(one[_CELLS_AT]).keys() & values.keys()
            if row[_SEQ] not in places(stands.get("=" + cell, []))
        }
        if not ends:
            return row
        kept = {name: _NULL if name in ends else value for name, value in values.items()}
        return (*row[:_CELLS_AT], msgspec.json.encode(kept).decode(), *row[_CELLS_AT + 1 :])


def sweep(engine: Engine) -> None:
    """Leave nothing of what was erased beside an SQLite database: its log is written back.

    Freed pages are zeroed there anyway. A server keeps old bytes until ``rewrite``: its VACUUM
    gives the room free and leaves four of five words lying in it (measured).
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def rewrite(engine: Engine) -> None:
    """Write the tables that held words anew, so that nothing of what was erased lies in freed room.

    Nobody reads or writes them meanwhile. Raises the database's own errors.
    """
    if engine.dialect.name == "sqlite":
        sweep(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        for table in (OP, BLOB_PART):
            connection.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')
        connection.invalidate()  # its statements are unbounded now: nobody shall go on with it
