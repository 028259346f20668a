"""What can still be read of a damaged workspace file: rows of tables, entries of indexes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from kamdesk.storage import migrating
from kamdesk.storage.btree import Row, Tree, leaf_rows
from kamdesk.storage.sealed_pages import SealedPages
from kamdesk.storage.vetting import layout

_COUNT_AT = slice(28, 32)
_OP: Final[tuple[type | tuple[type, ...], ...]] = (
    type(None), int, int, (int, type(None)), int, int, int, int, bytes, int, bytes,
)  # fmt: skip
"""The types of an op's columns; with a record's id of 16 bytes no other row of ours looks so."""


class LayoutLost(Exception):
    """The first page, or the part of the file that says where each table lies, is damaged."""


class Column(NamedTuple):
    """A column as it is stored; ``is_rowid``: its value is the row's own number."""

    name: str
    is_rowid: bool


class Remains:
    """A damaged file nobody writes to. Raises ``LayoutLost`` when nothing can be found in it."""

    def __init__(self, path: Path, key: str, salt: str) -> None:
        self.pages: Final = SealedPages(path, key, salt)
        first = self.pages.read(1)
        tree = Tree(self.pages, 1)
        entries = [row.values for row in tree.rows()]
        if first is None or tree.lost or any(len(entry) != 5 for entry in entries):
            self.pages.close()
            raise LayoutLost
        self._roots = {name: root for _, name, _, root, _ in entries if root}
        self.count: Final = max(self.pages.count, int.from_bytes(first[_COUNT_AT], "big"))
        self.tables: Final = [
            name for kind, name, _, root, _ in entries if kind == "table" and root
        ]
        self.steps: Final = _steps({(k, n, t, sql) for k, n, t, _, sql in entries})
        self.lost: Final[dict[str, bool]] = {}

    def rows(self, table: str, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table by its columns as stored; note in ``lost`` if some are gone."""
        tree = Tree(self.pages, self._roots[table])
        for row in tree.rows():
            yield _padded(row, columns)
        self.lost[table] = bool(tree.lost)
        if table == "op" and tree.lost:
            yield from self._stray_ops(tree.seen, columns)

    def entries(self, index: str) -> Iterator[tuple[Any, ...]]:
        """Yield what can be read of an index: its columns, and last the number of the row."""
        if index in self._roots:
            yield from (row.values for row in Tree(self.pages, self._roots[index]).rows())

    def broken(self) -> int:
        """Read every page and return how many are damaged or missing."""
        for number in range(1, self.pages.count + 1):
            self.pages.read(number)
        whole = self.pages.count - len({n for n in self.pages.broken if 0 < n <= self.pages.count})
        return self.count - whole

    def _stray_ops(self, seen: set[int], columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
        """Yield the ops on pages whose way from the root is lost: an op is known by its looks."""
        for number in range(2, self.pages.count + 1):
            if number not in seen:
                rows = leaf_rows(self.pages, number)
                if rows and all(_is_op(row.values) for row in rows):
                    yield from (_padded(row, columns) for row in rows)


def _steps(entries: set[tuple[Any, ...]]) -> list[str]:
    """Return the steps that make a file laid out like this one."""
    known = migrating.known()
    for count in range(len(known), 0, -1):
        if layout(known[:count]) == entries:
            return known[:count]
    raise LayoutLost


def _padded(row: Row, columns: Sequence[Column]) -> tuple[Any, ...]:
    """Return a row by its columns; those added after it was written say nothing."""
    values = (*row.values, *(None,) * (len(columns) - len(row.values)))
    return tuple(
        row.rowid if column.is_rowid else value
        for column, value in zip(columns, values, strict=False)
    )


def _is_op(values: tuple[Any, ...]) -> bool:
    return (
        len(values) == len(_OP) + 1
        and all(isinstance(value, kind) for value, kind in zip(values, _OP, strict=False))
        and len(values[8]) == 16
    )
