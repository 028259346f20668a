"""The log: one packed row for each record changed in an action."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import msgpack

from kamdesk.core.ids import Id
from kamdesk.storage.catalogue import HOUSE, LOCAL, Audience
from kamdesk.storage.database import Connection, Row
from kamdesk.storage.fold import RecordOp, Verb

LEAVING: Final = (HOUSE, *(audience.value for audience in Audience))
"""The audiences whose ops may be exchanged; local and private ones stay on this device."""
_VERBS: Final = {int(verb): verb for verb in Verb}
_pack = msgpack.Packer().pack


class Scope(NamedTuple):
    """Whose an op is: an account's (with an audience), the house's, or this device's alone."""

    account: bytes | None
    audience: str

    @property
    def leaves(self) -> bool:
        """True when ops of this scope may be exchanged."""
        return self.audience in LEAVING


HOUSE_SCOPE = Scope(None, HOUSE)
LOCAL_SCOPE = Scope(None, LOCAL)


def account_scope(account: bytes | None, audience: Audience = Audience.INTERNAL) -> Scope:
    """Return the scope of an account's cells; without an account they stay on this device."""
    return Scope(account, audience.value) if account else LOCAL_SCOPE


class Dictionary:
    """Numbers for the words and scopes the log repeats: local to this file, never on the wire."""

    def __init__(self, connection: Connection) -> None:
        self._execute, self._executemany = connection.execute, connection.executemany
        self._numbers: dict[str, int] = {}
        self._words: dict[int, str] = {}
        self._scopes: dict[Scope, int] = {}
        self.reload()

    def reload(self) -> None:
        """Read the words and scopes again (after a rollback, or when another wrote)."""
        self._words = dict(self._execute("SELECT n, word FROM words").fetchall())
        self._numbers = {word: n for n, word in self._words.items()}
        self._scopes = {}

    def number(self, word: str) -> int:
        """Return the number of a word, making one when it is new (inside a change only)."""
        n = self._numbers.get(word)
        if n is None:
            n = self._execute("INSERT INTO words (word) VALUES (?)", (word,)).lastrowid
            self._numbers[word], self._words[n] = n, word
        return int(n)

    def word(self, n: int) -> str:
        """Return the word of a number."""
        if n not in self._words:
            self.reload()
        return self._words[n]

    def known(self, word: str) -> int | None:
        """Return the number of a word, or None when it never occurred, in whichever connection."""
        if word not in self._numbers:
            self.reload()
        return self._numbers.get(word)

    def scope(self, scope: Scope) -> int:
        """Return the number of a scope, making one when it is new (inside a change only)."""
        n = self._scopes.get(scope)
        if n is None:
            found = self._execute(
                "SELECT n FROM scopes WHERE account IS ? AND audience = ?", scope
            ).fetchone()
            n = (
                found[0]
                if found
                else self._execute(
                    "INSERT INTO scopes (account, audience) VALUES (?, ?)", scope
                ).lastrowid
            )
            self._scopes[scope] = n
        return int(n)

    def scopes(self, wanted: set[Scope]) -> dict[Scope, int]:
        """Return the numbers of many scopes, making the new ones at once (inside a change only)."""
        new = [scope for scope in wanted if scope not in self._scopes]
        if len(new) > _FEW:
            rows = self._execute("SELECT n, account, audience FROM scopes").fetchall()
            self._scopes.update((Scope(account, audience), n) for n, account, audience in rows)
            last = max((n for n, _, _ in rows), default=0)
            new = sorted(scope for scope in wanted if scope not in self._scopes and scope.account)
            made = {scope: last + place for place, scope in enumerate(new, 1)}
            self._executemany(
                "INSERT INTO scopes (n, account, audience) VALUES (?, ?, ?)",
                [(n, *scope) for scope, n in made.items()],
            )
            self._scopes.update(made)
        return {scope: self.scope(scope) for scope in wanted}

    def scope_at(self, n: int) -> Scope:
        """Return the scope of a number."""
        row = self._execute("SELECT account, audience FROM scopes WHERE n = ?", (n,)).fetchone()
        return Scope(row[0], row[1])

    def pack(self, cells: dict[str, Any]) -> bytes:
        """Return cells by name as the bytes of one op."""
        known = self._numbers
        try:
            numbered = {known[cell]: value for cell, value in cells.items()}
        except KeyError:
            numbered = {self.number(cell): value for cell, value in cells.items()}
        packed: bytes = _pack(numbered)
        return packed

    def unpack(self, packed: bytes) -> dict[str, Any]:
        """Return the cells of one op by name."""
        cells = msgpack.unpackb(packed, strict_map_key=False, use_list=False)
        word = self.word
        return {word(n): value for n, value in cells.items()}


_FEW = 20
_AT_ONCE: Final = 500
APPEND = (
    "INSERT INTO op (action, dev, dseq, ctx, wall, scope, kind, eid, verb, cells, seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LEAVES = """
SELECT lid FROM op JOIN scopes ON scopes.n = op.scope
WHERE lid >= ? AND dev = 0 AND audience IN ({marks}) AND (audience = ? OR ? OR EXISTS (
    SELECT 1 FROM scopes AS same WHERE same.account = scopes.account AND same.offered))
  AND NOT EXISTS (
    SELECT 1 FROM op AS went WHERE went.eid = op.eid AND went.kind = op.kind
      AND went.lid > op.lid AND (went.dev = ? OR went.scope = ? AND NOT (op.verb = ? AND EXISTS (
        SELECT 1 FROM op AS told WHERE told.eid = op.eid AND told.kind = op.kind
          AND told.lid < op.lid AND told.dseq NOT NULL))))
ORDER BY lid"""
_READ = "SELECT lid, action, dev, dseq, ctx, wall, kind, eid, verb, cells, seq FROM op "


class Log:
    """Reads the log as records' ops, and gives those that leave their numbers.

    An op that has no business in its scope lies there under its verb below zero: it counts in the
    checksum, and nowhere else.
    """

    def __init__(self, connection: Connection, dictionary: Dictionary) -> None:
        self._connection, self._execute = connection, connection.execute
        self._dictionary, self._own = dictionary, 0

    @property
    def own(self) -> int:
        """This device's number at the hub; 0 before it has one, which another may change."""
        if not self._own:
            row = self._execute("SELECT value FROM state WHERE key = 'dev'").fetchone()
            self._own = int(row[0]) if row else 0
        return self._own

    def reload(self) -> None:
        """Read this device's number again (after a rollback)."""
        self._own = 0

    def number(self, dev: int, *, first: int = 0) -> None:
        """Give the ops from ``first`` on their numbers, in order, as far as they leave.

        The house and offered accounts leave; local and private scopes never. An op whose record
        went on to another scope and left from there stays: what it said was said there again. So
        does one whose record came to stay here; but for its end, where others know of it.
        """
        state = dict(self._execute("SELECT key, value FROM state").fetchall())
        marks = ", ".join("?" * len(LEAVING))
        here = self._dictionary.scope(LOCAL_SCOPE)
        which = (HOUSE, state.get("offers_all", 0), dev, here, int(Verb.DELETE))
        rows = self._execute(_LEAVES.format(marks=marks), (first, *LEAVING, *which)).fetchall()
        if rows:
            last = state.get("dseq", 0)
            self._connection.executemany(
                "UPDATE op SET dev = ?, dseq = ? WHERE lid = ?",
                [(dev, last + n, row[0]) for n, row in enumerate(rows, 1)],
            )
            self._execute(
                "INSERT OR REPLACE INTO state (key, value) VALUES ('dseq', ?)", (last + len(rows),)
            )

    def of_record(self, kind: str, record: Id) -> list[RecordOp]:
        """Return all ops of one record, oldest first here."""
        number = self._dictionary.known(kind)
        rows = self._execute(_READ + "WHERE eid = ? AND kind = ? ORDER BY lid", (record, number))
        own = self.own
        return [self._op(row, own) for row in rows if row["verb"] >= 0]

    def of_records(self, records: Sequence[Id]) -> Iterator[tuple[str, Id, list[RecordOp]]]:
        """Yield records by id, each with all its ops, oldest first."""
        for at in range(0, len(records), _AT_ONCE):
            some = records[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            sql = _READ + f"WHERE eid IN ({marks}) ORDER BY eid, kind, lid"
            yield from self._records(self._execute(sql, some).fetchall())

    def of_action(self, first: int, last: int) -> Iterator[tuple[str, Id, list[RecordOp]]]:
        """Yield the records an action touched: kind, id, and *all* ops of each, oldest first."""
        rows = self._execute(
            _READ + "WHERE eid IN (SELECT DISTINCT eid FROM op WHERE lid BETWEEN ? AND ?)"
            " ORDER BY eid, kind, lid",
            (first, last),
        )
        return self._records(rows)

    def records(self) -> Generator[tuple[str, Id, list[RecordOp]], None, None]:
        """Yield every record of the workspace with all its ops, ordered by id.

        To be closed where it may be left early: a half-read answer keeps indexes from going.
        """
        return self._records(self._execute(_READ + "ORDER BY eid, kind, lid"))

    def _records(
        self, rows: Iterable[Row]
    ) -> Generator[tuple[str, Id, list[RecordOp]], None, None]:
        own = self.own
        for (record, kind), group in groupby(rows, key=itemgetter("eid", "kind")):
            ops = [self._op(row, own) for row in group if row["verb"] >= 0]
            if ops:
                yield self._dictionary.word(kind), Id(record), ops

    def _op(self, row: Row, own: int) -> RecordOp:
        lid, action, dev, dseq, ctx, wall, _, _, verb, cells, seq = row
        mine = dev in (0, own)
        return RecordOp(
            dev=own if mine else dev,
            order=lid if mine else dseq,
            ctx=ctx,
            wall=wall,
            seq=seq,
            verb=_VERBS.get(verb, verb),
            cells=self._dictionary.unpack(cells),
            lid=lid,
            action=action,
        )
