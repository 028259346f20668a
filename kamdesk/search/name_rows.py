"""The rows by which customers and people are found: written, compared, taken away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple

from kamdesk.search.fields import Group, Use
from kamdesk.search.gathering import Found, among, batches, gathered, in_turn
from kamdesk.search.keys import (
    Name,
    Spoken,
    exact_keys,
    name_of,
    name_units,
    own_units,
    pair_tokens,
    read_name,
    spaced,
    tokens,
    written,
)
from kamdesk.storage.database import Connection

N_BITS: Final = 40
"""Bits of ``n`` in a row's id in the full-text tables; the weight stands above them."""
_AT_ONCE: Final = 10_000
_STORED = "SELECT eid, n, weight, lines FROM search_names WHERE kind = {} AND eid IN"


class Line(NamedTuple):
    """One thing a record is found by: a name taken apart, or a number as it is compared."""

    tag: str
    text: str
    name: Name | None

    def __str__(self) -> str:
        if self.name is None:
            return self.tag + self.text
        return f"{self.tag}{self.text}\t{written(self.name)}"


class Entry(NamedTuple):
    """A record in the index."""

    weight: int
    lines: str

    def rid(self, n: int) -> int:
        """Return the id of its full-text row."""
        return self.weight << N_BITS | n

    def named(self, group: Group) -> list[str]:
        """Return the lines that have words in the full text: all but numbers."""
        return [line for line in self.lines.split("\n") if line[:1] not in group.numbers]


def read_lines(lines: str) -> list[Line]:
    """Return the lines of a record as they were indexed."""
    found = []
    for line in lines.split("\n") if lines else ():
        text, tab, known = line[1:].partition("\t")
        found.append(Line(line[0], text, read_name(text, known) if tab else None))
    return found


def refresh(connection: Connection, group: Group, ids: Iterable[bytes]) -> set[bytes]:
    """Bring the rows of some records up to date; return those that are called otherwise now."""
    renamed: set[bytes] = set()
    writing = _Writing(connection, group)
    for batch in batches(ids):
        rows = among(connection, _STORED.format(group.number), batch)
        stored = {row[0]: (row[1], Entry(row[2], row[3])) for row in rows}
        wanted = dict(_entries(group, gathered(connection, group, batch), stored))
        for record, (n, before) in stored.items():
            if record not in wanted:
                writing.remove(n, before)
                renamed.add(record)
        for record, (entry, lines) in wanted.items():
            if record not in stored:
                writing.add(record, entry, lines)
                renamed.add(record)
            elif stored[record][1] != entry:
                n, before = stored[record]
                writing.replace(n, record, before, entry, lines)
                if _called(before) != _called(entry):
                    renamed.add(record)
        if len(writing.words) >= _AT_ONCE:
            writing.write()
    writing.write()
    return renamed


def rebuild(connection: Connection, group: Group, table: str, step: Callable[[int], None]) -> None:
    """Write the rows of all records of a table that has none yet."""
    writing = _Writing(connection, group)
    for batch in in_turn(connection, table):
        for record, (entry, lines) in _entries(group, gathered(connection, group, batch), {}):
            writing.add(record, entry, lines)
        if len(writing.words) >= _AT_ONCE:
            writing.write()
        step(len(batch))
    writing.write()


def entries(
    connection: Connection, group: Group, batch: Sequence[bytes]
) -> Iterator[tuple[bytes, Entry, int]]:
    """Yield records as a rebuilding would index them, and how many keys they have."""
    for record, (entry, lines) in _entries(group, gathered(connection, group, batch), {}):
        yield record, entry, len(_keys(group, entry.weight, lines))


def stored(connection: Connection, group: Group, batch: Sequence[bytes]) -> dict[bytes, Entry]:
    """Return some records as they are indexed."""
    rows = among(connection, _STORED.format(group.number), batch)
    return {row[0]: Entry(row[2], row[3]) for row in rows}


def _called(entry: Entry) -> list[str]:
    return [line for line in entry.lines.split("\n") if line[:1] in ("n", "s")]


def _entries(
    group: Group, found: Mapping[bytes, Found], stored: Mapping[bytes, tuple[int, Entry]]
) -> Iterator[tuple[bytes, tuple[Entry, list[Line]]]]:
    uses = group.uses
    for record, (weight, texts) in found.items():
        before = stored[record][1].lines if record in stored else ""
        known = dict(
            line[1:].split("\t", 1) for line in before.split("\n") if "\t" in line
        )  # what is spelt already is not looked up again
        lines: dict[str, Line] = {}
        for tag, text in texts:
            line = _line(group, uses[tag], tag, text, known)
            lines[str(line)] = line
        yield record, (Entry(weight, "\n".join(lines)), list(lines.values()))


def _line(group: Group, use: Use, tag: str, text: str, known: Mapping[str, str]) -> Line:
    if use in (Use.CODE, Use.PHONE):
        return Line(tag, text, None)
    if use is Use.ROLE:
        return Line(tag, spaced(own_units(text) if tag == "w" else name_units(text)), None)
    name = name_of(text, person=group.person, known=known)
    return Line(tag, name.text, name)


def _spoken(lines: Iterable[Line]) -> list[Sequence[Spoken]]:
    """Return how the name in each line may be said: for both its keys and its words."""
    return [line.name.variants() if line.name else () for line in lines]


def _keys(
    group: Group,
    weight: int,
    lines: Iterable[Line],
    spoken: Iterable[Sequence[Spoken]] = repeat(()),
    *,
    names: bool = True,
) -> set[tuple[int, str]]:
    keys: set[tuple[int, str]] = set()
    uses = group.uses
    shelf = group.names(weight)
    for line, said in zip(lines, spoken, strict=False):
        use = uses[line.tag]
        if names and use is Use.NAME and line.name:
            keys.update([(shelf, key) for key in exact_keys(line.name, said)])
        elif use is Use.CODE:
            keys.add((group.codes, line.text))
        elif use is Use.PHONE:
            keys.add((group.phones, line.text[::-1]))
    return keys


def _words(group: Group, lines: list[Line], spoken: Iterable[Sequence[Spoken]]) -> tuple[str, ...]:
    names: set[str] = set()
    roles: set[str] = set()
    for line, said in zip(lines, spoken, strict=False):
        if line.name:
            names |= tokens(line.name, said)
        elif line.tag in group.roles:
            roles |= pair_tokens(line.text)
    found = " ".join(names)
    return (found, " ".join(roles)) if group.person else (found,)


class _Writing:
    """Collects rows and writes each kind of them in one go, in the order of their ids.

    Out of order each would end a segment of the full text: ten times the work.
    """

    def __init__(self, connection: Connection, group: Group) -> None:
        self._connection, self._group = connection, group
        self._next = (connection.execute("SELECT max(n) FROM search_names").fetchone()[0] or 0) + 1
        self._gone: list[tuple[Any, ...]] = []
        self._old_words: list[tuple[Any, ...]] = []
        self._old_keys: list[tuple[Any, ...]] = []
        self._rows: list[tuple[Any, ...]] = []
        self.words: list[tuple[Any, ...]] = []
        self._keys: list[tuple[Any, ...]] = []

    def add(self, record: bytes, entry: Entry, lines: list[Line]) -> None:
        n, self._next = self._next, self._next + 1
        spoken = _spoken(lines)
        keys = _keys(self._group, entry.weight, lines, spoken)
        self._put(n, record, entry, lines, spoken, keys)

    def remove(self, n: int, before: Entry) -> None:
        self._gone.append((n,))
        self._old_words.append((before.rid(n),))
        lines = read_lines(before.lines)
        self._old_keys += [(*key, n) for key in _keys(self._group, before.weight, lines)]

    def replace(
        self, n: int, record: bytes, before: Entry, entry: Entry, lines: list[Line]
    ) -> None:
        group = self._group
        named = before.weight != entry.weight or before.named(group) != entry.named(group)
        old = read_lines(before.lines)
        had = _keys(group, before.weight, old, names=named)
        spoken = _spoken(lines)
        has = _keys(group, entry.weight, lines, spoken, names=named)
        self._old_keys += [(*key, n) for key in had - has]
        if named:
            self._old_words.append((before.rid(n),))
            self._put(n, record, entry, lines, spoken, has - had)
        else:
            self._rows.append((n, group.number, record, entry.weight, entry.lines))
            self._keys += [(*key, n) for key in has - had]

    def write(self) -> None:
        many, table = self._connection.executemany, self._group.table
        marks = "?, ?, ?" if self._group.person else "?, ?"
        columns = "rowid, names, roles" if self._group.person else "rowid, names"
        for sql, rows in (
            (f"DELETE FROM {table} WHERE rowid = ?", self._old_words),
            ("DELETE FROM search_keys WHERE shelf = ? AND key = ? AND n = ?", self._old_keys),
            ("DELETE FROM search_names WHERE n = ?", self._gone),
            (
                "INSERT OR REPLACE INTO search_names (n, kind, eid, weight, lines)"
                " VALUES (?, ?, ?, ?, ?)",
                self._rows,
            ),
            ("INSERT INTO search_keys (shelf, key, n) VALUES (?, ?, ?)", self._keys),
            (f"INSERT INTO {table} ({columns}) VALUES ({marks})", self.words),
        ):
            if rows:
                many(sql, sorted(rows))
                rows.clear()

    def _put(
        self,
        n: int,
        record: bytes,
        entry: Entry,
        lines: list[Line],
        spoken: list[Sequence[Spoken]],
        keys: set[tuple[int, str]],
    ) -> None:
        self._rows.append((n, self._group.number, record, entry.weight, entry.lines))
        self.words.append((entry.rid(n), *_words(self._group, lines, spoken)))
        self._keys += [(*key, n) for key in keys]
