"""Erasing in the log: an erased record's ops stay as empty shells, so that no place is missing.

What the same action sets anew (others' texts without the name, what is left of a seat at a visit)
takes the place of what was erased there too: the older values it had seen are forgotten.
"""

from typing import Any, Final

import msgspec
from sqlalchemy import Engine, select, update

from kamdesk.core.wire_op import SETS, Verb
from kamdesk.hub import blobs
from kamdesk.hub.bulk import among
from kamdesk.hub.schema import OP
from kamdesk.hub.turn import Turn

EMPTY: Final = "{}"
_CELLS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NULL: Final = msgspec.Raw(b"null")
# where a row of the log has what, as ``push`` writes it
_SEQ, _SCOPE, _DEV, _CTX, _TXN, _VERB, _RECORD, _CELLS_AT = 1, 2, 3, 6, 7, 8, 10, 11


class Erasure:
    """What one push erases."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._places: dict[str, int] = {}
        self._scopes: set[int] = set()
        self._actions: set[int] = set()

    def of(self, record: str, place: int, txn: int, scopes: set[int]) -> None:
        """Note that a record, which stood in ``scopes``, was erased at a place, in an action."""
        self._places[record] = place
        self._scopes |= scopes
        self._actions.add(txn)

    def carried_out(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Blank what lies in the log; return the rows of this push as they may be written."""
        if not self._places:
            return rows
        self._blank_records()
        kept = [self._blanked(row) for row in rows]
        for row in kept:
            if row[_TXN] in self._actions and row[_VERB] in SETS:
                self._forget_values(row)
                kept = [_forgetting(other, row) for other in kept]
        return kept

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

    def _blanked(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        if row[_VERB] == Verb.ERASE or row[_SEQ] > self._places.get(row[_RECORD], 0):
            return row
        return (*row[:_CELLS_AT], EMPTY, *row[_CELLS_AT + 1 :])

    def _forget_values(self, row: tuple[Any, ...]) -> None:
        """Forget the older values, which its writer had seen, of the cells a row sets."""
        cells = set(_CELLS.decode(row[_CELLS_AT]))
        turn = self._turn
        asked = select(OP.c.seq, OP.c.dev, OP.c.verb, OP.c.cells).where(
            OP.c.tenant == turn.tenant,
            OP.c.scope == row[_SCOPE],
            OP.c.record == row[_RECORD],
        )
        for seq, dev, verb, said in turn.connection.execute(asked).all():
            if verb in SETS and (dev == row[_DEV] or seq <= row[_CTX]):
                kept = _without(said, cells)
                if kept != said:
                    turn.connection.execute(
                        update(OP)
                        .where(OP.c.tenant == turn.tenant, OP.c.seq == seq)
                        .values(cells=kept)
                    )


def _forgetting(other: tuple[Any, ...], row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return an earlier row of the same push without the values a later one sets anew."""
    if other[_RECORD] != row[_RECORD] or other[_SEQ] >= row[_SEQ] or other[_VERB] not in SETS:
        return other
    kept = _without(other[_CELLS_AT], set(_CELLS.decode(row[_CELLS_AT])))
    return (*other[:_CELLS_AT], kept, *other[_CELLS_AT + 1 :])


def _without(said: str, cells: set[str]) -> str:
    values = _CELLS.decode(said)
    if cells.isdisjoint(values):
        return said
    return msgspec.json.encode(
        {name: _NULL if name in cells else value for name, value in values.items()}
    ).decode()


def sweep(engine: Engine) -> None:
    """Leave nothing of what was erased beside an SQLite database: its log is written back.

    Freed pages are zeroed there anyway; a server has its own time for that (VACUUM).
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
