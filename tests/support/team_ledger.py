"""What people wrote and what they had before their eyes then, noted apart from the engine.

It reads each desk's file right after a deed; what an exchange does to the file later does not
change what is noted here. Values are of cells, as in the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from support.team_desk import TeamDesk

from kamdesk.core.wire_op import Verb, WireOp

Cell = tuple[bytes, str]
"""A record and the name of one of its cells."""
Sights = Mapping[str, frozenset[Any]]
"""By cell, the values of it a file held when somebody looked at it."""


@dataclass
class Written:
    """One cell written by somebody at a desk. ``died``: with the last disk that held it."""

    desk: TeamDesk
    cell: Cell
    value: Any
    looked: frozenset[Any]
    died: bool = False


class Line(NamedTuple):
    """An op of the log, as far as it matters here."""

    lid: int
    record: bytes
    verb: int
    cells: Mapping[str, Any]


@dataclass
class Ledger:
    """All that was written, in order."""

    written: list[Written] = field(default_factory=list)

    @contextmanager
    def noting(self, desk: TeamDesk, looked: Sights | None = None) -> Iterator[None]:
        """Note what is written within; ``looked`` is what a form showed, else what the file says.

        Values a desk wrote itself before count as seen, as they are before its own later ones.
        """
        before = _last(desk)
        try:
            yield
        finally:
            for line in lines(desk, after=before, own=True):
                if line.verb not in (Verb.SET, Verb.RESOLVE):
                    continue
                sights = sights_of(desk, line.record, before=line.lid) if looked is None else looked
                for name, value in line.cells.items():
                    seen = sights.get(name, frozenset()) | self._own(desk, (line.record, name))
                    self.written.append(Written(desk, (line.record, name), value, seen))

    def died(self, desk: TeamDesk) -> None:
        """Note that a disk was set back: what is not on it is gone, unless the hub has it."""
        held = {
            (line.record, name, repr(value))
            for line in lines(desk)
            for name, value in line.cells.items()
        }
        for item in self.written:
            if item.desk is desk and (*item.cell, repr(item.value)) not in held:
                item.died = True

    def died_at_hub(self, log: Sequence[WireOp]) -> None:
        """Note that the hub is being set back, whose log this was.

        What it had taken and the desk no longer holds (the scope went from there) is gone.
        """
        taken = {(op.record, name, repr(value)) for op in log for name, value in op.cells.items()}
        for item in self.written:
            if (*item.cell, repr(item.value)) in taken and not _holds(item):
                item.died = True

    def _own(self, desk: TeamDesk, cell: Cell) -> frozenset[Any]:
        return frozenset(
            item.value
            for item in self.written
            if item.desk is desk and item.cell == cell and not item.died
        )


def _holds(item: Written) -> bool:
    record, name = item.cell
    return any(
        name in line.cells and line.cells[name] == item.value
        for line in lines(item.desk, record=record)
    )


def sights_of(desk: TeamDesk, record: bytes, *, before: int = 2**62) -> dict[str, frozenset[Any]]:
    """Return by cell which values of a record a file holds."""
    found: dict[str, set[Any]] = {}
    for line in lines(desk, record=record):
        if line.lid < before and line.verb in (Verb.SET, Verb.RESOLVE):
            for name, value in line.cells.items():
                found.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


def lines(
    desk: TeamDesk, *, after: int = -(2**62), record: bytes | None = None, own: bool = False
) -> list[Line]:
    """Return the ops in a desk's log: all, of one record, or those it wrote itself; in order."""
    unpack = desk.storage.dictionary.unpack
    sql = "SELECT lid, eid, verb, cells FROM op WHERE lid > ?"
    values: tuple[Any, ...] = (after,)
    if record is not None:
        sql, values = sql + " AND eid = ?", (after, record)
    if own:
        sql, values = sql + " AND dev IN (0, ?)", (*values, desk.storage.number("dev"))
    rows = desk.storage.reader.ask(sql + " ORDER BY lid", *values)
    return [Line(row[0], row[1], row[2], unpack(row[3])) for row in rows]


def _last(desk: TeamDesk) -> int:
    return int(desk.storage.reader.ask("SELECT max(lid) FROM op").value() or 0)
