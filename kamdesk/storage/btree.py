"""Reading SQLite's trees page by page: every row that still stands, whatever is lost around it."""

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from kamdesk.storage.sealed_pages import USABLE

_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER, _INDEX_LEAF = 5, 13, 2, 10
_KINDS = (_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER, _INDEX_LEAF)
_LEAST = (USABLE - 12) * 32 // 255 - 23
_MOST = {_TABLE_LEAF: USABLE - 35}
_MOST_OF_INDEX = (USABLE - 12) * 64 // 255 - 23
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Pages(Protocol):
    """Where pages come from; a page that cannot be trusted is None."""

    def read(self, number: int) -> bytes | None:
        """Return a page of plain bytes."""
        ...


class Row(NamedTuple):
    """A row of a table (``rowid`` and its columns) or an entry of an index (``rowid`` is 0)."""

    rowid: int
    values: tuple[Any, ...]


class Unreadable(Exception):
    """A page or row says something no SQLite writes."""


class Tree:
    """One tree of the file. ``lost`` holds the pages that could not be read so far."""

    def __init__(self, pages: Pages, root: int) -> None:
        self._pages, self._root = pages, root
        self.seen: set[int] = set()
        self.lost: set[int] = set()

    def rows(self) -> Iterator[Row]:
        """Yield all rows that can still be read, in the tree's order."""
        yield from self._rows_under(self._root)

    def _rows_under(self, number: int) -> Iterator[Row]:
        if number in self.seen:  # a tree that bites its tail
            self.lost.add(number)
            return
        self.seen.add(number)
        page = self._pages.read(number)
        try:
            if page is None:
                raise Unreadable
            kind, cells, last = _cells(page, 100 if number == 1 else 0)
        except (Unreadable, IndexError, struct.error):
            self.lost.add(number)
            return
        for at in cells:
            if last is not None:
                yield from self._rows_under(int.from_bytes(page[at : at + 4], "big"))
            if kind != _TABLE_INNER:
                row = self._row(page, kind, at)
                if row is None:
                    self.lost.add(number)
                else:
                    yield row
        if last is not None:
            yield from self._rows_under(last)

    def _row(self, page: bytes, kind: int, at: int) -> Row | None:
        try:
            return read_row(self._pages, page, kind, at)
        except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
            return None


def leaf_rows(pages: Pages, number: int) -> list[Row]:
    """Return the rows of one leaf of a table, none when the page is no such leaf."""
    page = pages.read(number)
    try:
        if page is None:
            return []
        kind, cells, _ = _cells(page, 100 if number == 1 else 0)
        if kind != _TABLE_LEAF:
            return []
        return [read_row(pages, page, kind, at) for at in cells]
    except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
        return []


def read_row(pages: Pages, page: bytes, kind: int, at: int) -> Row:
    """Return the row whose cell begins ``at``; what overflows is read from its pages.

    Raises ``Unreadable``.
    """
    if kind == _INDEX_INNER:
        at += 4
    size, at = _varint(page, at)
    rowid = 0
    if kind == _TABLE_LEAF:
        rowid, at = _varint(page, at)
    most = _MOST.get(kind, _MOST_OF_INDEX)
    here = size
    if size > most:
        here = _LEAST + (size - _LEAST) % (USABLE - 4)
        here = here if here <= most else _LEAST
    payload = page[at : at + here]
    if size > here:
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        payload += _overflow(pages, following, size - here)
    if len(payload) != size:
        raise Unreadable
    return Row(rowid, _values(payload))


def _cells(page: bytes, at: int) -> tuple[int, list[int], int | None]:
    """Return a page's kind, where its cells begin, and its last child (inner pages only)."""
    kind, count = page[at], int.from_bytes(page[at + 3 : at + 5], "big")
    if kind not in _KINDS:
        raise Unreadable
    inner = kind in (_TABLE_INNER, _INDEX_INNER)
    last = int.from_bytes(page[at + 8 : at + 12], "big") if inner else None
    first = at + (12 if inner else 8)
    cells = list(struct.unpack_from(f">{count}H", page, first))
    if any(cell >= USABLE for cell in cells):
        raise Unreadable
    return kind, cells, last


def _overflow(pages: Pages, number: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0:
        page = pages.read(number)
        if page is None:
            raise Unreadable
        parts.append(page[4 : 4 + min(size, USABLE - 4)])
        size -= len(parts[-1])
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = raw[at + place]
        if place == 8:
            value = value << 8 | byte
            return value - (1 << 64) if value >= 1 << 63 else value, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise Unreadable


def _values(payload: bytes) -> tuple[Any, ...]:
    """Return the values of a record: its header names each one's type, then they follow."""
    end, at = _varint(payload, 0)
    values: list[Any] = []
    body = end
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        values.append(value)
    if body != len(payload):
        raise Unreadable
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in _WHOLE:
        width = _WHOLE[kind]
        return int.from_bytes(payload[at : at + width], "big", signed=True), at + width
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise Unreadable
    size = (kind - 12) // 2
    raw = payload[at : at + size]
    return raw if kind % 2 == 0 else raw.decode(), at + size
