"""Ops of others coming in: appended in bulk within a transaction, then what they touched folds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import LINKS, Verb, WireOp
from kamdesk.storage import rows, team
from kamdesk.storage.catalogue import Catalogue, Kind
from kamdesk.storage.change import Seen
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.fold import Folded, fold
from kamdesk.storage.heeding import Heeding
from kamdesk.storage.naming import name_columns, name_from_afar
from kamdesk.storage.ops import Scope
from kamdesk.storage.parting import fits
from kamdesk.storage.storage import Storage

_VERBS: Final = frozenset(Verb)
_BEFORE_ALL: Final = -(2**40)
"""Own ops that come back to a file that had lost them lie before all it holds, in their order."""
_WITHOUT_PLACE: Final = (
    "SELECT lid, dev, wall, kind, eid, verb, cells FROM op INDEXED BY op_outbox"
    " WHERE dseq IS NOT NULL AND seq IS NULL AND dev NOT IN (?, ?)"
)
_INSERT: Final = (
    "INSERT INTO op (lid, action, dev, dseq, ctx, wall, scope, kind, eid, verb, cells, seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Forked(Exception):
    """The common log holds ops under this device's number that this file never wrote.

    It is a restored, salvaged or copied file, and needs a number of its own. A file that knows it
    (``state``: forked) neither sends nor receives: a number given twice would not be noticed.
    """


class Inbox:
    """Appends ops within a transaction, then folds what they touched."""

    def __init__(self, storage: Storage, position: Seen) -> None:
        self._storage, self._execute = storage, storage.connection.execute
        self._own = storage.log.own
        self._given_up = storage.number(team.REKEYING)
        self._actions: dict[tuple[int, int], int] = {}
        self._records: set[tuple[str, Id]] = set()
        self._scopes: set[int] = set()
        self._change = storage.change_under(0, seen=position)
        self._heeding = Heeding(storage, self._change)

    def take(self, ops: Sequence[WireOp]) -> None:
        """Append others' ops that are new, complete those that came in part, place own ones."""
        self._heeding.foresee([op for op in ops if not self._stays_apart(op)])
        once = {(op.dev, op.dseq): op for op in ops}
        self._clear({op.seq: key for key, op in once.items()})
        known = self._known(once)
        new = []
        for key, op in once.items():
            row = known.get(key)
            if row is None:
                new.append(op)
            elif op.dev == self._own:
                self._place(row, op.seq or 0)
            elif self._is_another(row, op):
                self._give_way(row)
                new.append(op)
            else:
                self._complete(row, op)
        if self._given_up or self._storage.number(team.UNPLACED):
            self._make_room(new)
        self._append(new)

    def place(self, places: Mapping[int, int]) -> None:
        """Note the places of own ops, by number; those this file no longer holds are passed over.

        Raises ``Forked`` for a number it never gave, and for a place that was another.
        """
        if not places:
            return
        known = self._known({(self._own, dseq): None for dseq in places})
        if len(known) < len(places) and max(places) > self._storage.number("dseq"):
            raise Forked
        self._clear({places[dseq]: (own, dseq) for own, dseq in known})
        for (_, dseq), row in known.items():
            self._place(row, places[dseq])

    def close(self) -> ChangeSet:
        """Fold what was touched, let the derived tables follow, and say what it was."""
        self._heeding.finish()
        fold_records(self._storage, self._records, self._change.touch)
        self._storage.connection.executemany(
            "UPDATE scopes SET offered = 1 WHERE n = ? AND NOT offered",
            [(n,) for n in self._scopes],
        )
        self._storage.follow(self._change)
        self._heeding.forget()
        return ChangeSet(self._change.records)

    def _stays_apart(self, op: WireOp) -> bool:
        """True for what has no business in its scope, and for kinds that are each desk's own."""
        kind = self._storage.catalogue.find(op.kind)
        if kind is None or op.dev == self._own:
            return False
        return not fits(kind, op.record, Scope(*op.scope), op.verb, op.cells)

    def _known(self, keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Row]:
        """Return the rows of those ops that are here, by device and number."""
        by_dev: dict[int, list[int]] = defaultdict(list)
        for dev, dseq in keys:
            by_dev[dev].append(dseq)
        found: dict[tuple[int, int], Row] = {}
        for dev, numbers in by_dev.items():
            for row in _rows(self._storage, dev, numbers):
                found[dev, row["dseq"]] = row
            if dev and dev == self._given_up:
                found.update(self._given_back(dev, numbers, keys))
        return found

    def _clear(self, places: Mapping[int | None, tuple[int, int]]) -> None:
        """Take its place from whatever else stood in one of these: the hub's last word counts.

        A log has one op in a place. What stood there is of a log that never was, and goes once its
        scope is compared.
        """
        seqs = list(places)
        for at in range(0, len(seqs), 500):
            some = seqs[at : at + 500]
            sql = f"SELECT lid, dev, dseq, seq FROM op WHERE seq IN ({','.join('?' * len(some))})"
            for row in self._execute(sql, some).fetchall():
                if (row["dev"], row["dseq"]) != places[row["seq"]]:
                    self._execute("UPDATE op SET seq = NULL WHERE lid = ?", (row["lid"],))
                    self._storage.keep(team.UNPLACED, 1)

    def _given_back(
        self, dev: int, numbers: list[int], keys: Iterable[tuple[int, int]]
    ) -> dict[tuple[int, int], Row]:
        """Return own ops that came back under the number this device gave up: they are theirs.

        The other copy of the disk may have stamped them anew.
        """
        if not isinstance(keys, Mapping):
            return {}
        found = {}
        word, unpack = self._storage.dictionary.word, self._storage.dictionary.unpack
        for row in _rows(self._storage, 0, numbers):
            op = keys[dev, row["dseq"]]
            cells = unpack(row["cells"])
            alike = (op.verb, op.cells) == (row["verb"], cells)
            if op.wall == row["wall"]:  # erased there, or said in another program's words
                alike = not op.cells or op.cells.keys() == cells.keys()
            if alike and (op.kind, op.record) == (word(row["kind"]), row["eid"]):
                sql = "UPDATE op SET dev = ?, wall = ? WHERE lid = ?"
                self._execute(sql, (dev, op.wall, row["lid"]))
                self._records.add((op.kind, Id(op.record)))
                found[dev, row["dseq"]] = row
        return found

    def _place(self, row: Row, seq: int) -> None:
        if row["seq"] not in (None, seq):
            raise Forked
        if row["seq"] is None:
            self._execute("UPDATE op SET seq = ? WHERE lid = ?", (seq, row["lid"]))
            met = "SELECT 1 FROM op WHERE eid = ? AND dev NOT IN (0, ?) LIMIT 1"
            if self._execute(met, (row["eid"], self._own)).fetchone():
                self._records.add((self._storage.dictionary.word(row["kind"]), Id(row["eid"])))

    def _is_another(self, row: Row, op: WireOp) -> bool:
        """True where a number said something else here than in the log as it is now.

        A copied disk wrote under it, or what came was no truth. Erased values stay erased.
        """
        words, erased = self._storage.dictionary, row["verb"] == Verb.ERASE
        here = row["wall"], words.word(row["kind"]), row["eid"]
        return here != (op.wall, op.kind, op.record) or (
            not erased
            and (abs(row["verb"]), words.scope_at(row["scope"])) != (op.verb, Scope(*op.scope))
        )

    def _give_way(self, row: Row) -> None:
        """Take out an op of a log that is no longer: whoever wrote it says it anew."""
        for table in ("op", "parked"):
            self._execute(f"DELETE FROM {table} WHERE lid = ?", (row["lid"],))
        self._records.add((self._storage.dictionary.word(row["kind"]), Id(row["eid"])))

    def _make_room(self, new: Sequence[WireOp]) -> None:
        """Let ops of a log that is no longer give way where the same is said by another number.

        So do those this file is to say anew, where another copy of its disk has said them.
        """
        left = self._execute(_WITHOUT_PLACE, (-1 if self._given_up else 0, self._own)).fetchall()
        if not left:
            self._storage.keep(team.UNPLACED, 0)
        said: dict[tuple[str, bytes, int], list[WireOp]] = defaultdict(list)
        for op in new:
            said[op.kind, op.record, op.verb].append(op)
        word, unpack = self._storage.dictionary.word, self._storage.dictionary.unpack
        for row in left:
            alike = said.get((word(row["kind"]), row["eid"], row["verb"]), ())
            cells = unpack(row["cells"])
            if any(op.cells == cells and (row["dev"] or op.wall == row["wall"]) for op in alike):
                self._give_way(row)

    def _complete(self, row: Row, op: WireOp) -> None:
        """Give an op that is here the cells it lacks, and its place where the log is another."""
        words = self._storage.dictionary
        _, cells = self._heeding.taken(op)
        held = words.unpack(row["cells"])
        whole = held if row["verb"] == Verb.ERASE else _joined(op.verb, held, cells)
        if whole != held or (row["seq"], row["ctx"]) != (op.seq, op.ctx):
            self._execute(
                "UPDATE op SET cells = ?, seq = ?, ctx = ? WHERE lid = ?",
                (words.pack(whole), op.seq, op.ctx, row["lid"]),
            )
            self._records.add((op.kind, Id(op.record)))

    def _append(self, ops: Sequence[WireOp]) -> None:
        """Write new ops; own ones among them were here once and went with their scope."""
        if not ops:
            return
        words, catalogue = self._storage.dictionary, self._storage.catalogue
        given = self._storage.number("dseq")
        lid = max(self._execute("SELECT coalesce(max(lid), 0) FROM op").fetchone()[0], 0)
        lines, strange = [], []
        for op in ops:
            if op.dev == self._own and op.dseq > given:
                raise Forked
            verb, cells = self._heeding.taken(op)
            apart = self._stays_apart(op)
            lid += 1
            at = _BEFORE_ALL + op.dseq if op.dev == self._own else lid
            scope = words.scope(Scope(*op.scope))
            lines.append(
                (
                    at,
                    self._action(op),
                    op.dev,
                    op.dseq,
                    op.ctx,
                    op.wall,
                    scope,
                    words.number(op.kind),
                    op.record,
                    -verb if apart else verb,
                    words.pack(cells),
                    op.seq,
                )
            )
            self._scopes.add(scope)
            self._records.add((op.kind, Id(op.record)))
            if not apart and not understood(catalogue, op.kind, verb, cells):
                strange.append((at,))
        self._storage.connection.executemany(_INSERT, lines)
        self._storage.connection.executemany("INSERT INTO parked (lid) VALUES (?)", strange)

    def _action(self, op: WireOp) -> int:
        """Return the action an op belongs to here: without a place in the stack of undo."""
        key = (op.dev, op.txn)
        if key not in self._actions:
            at = str(Instant(op.wall, self._storage.clock.now().zone))
            named = name_columns(name_from_afar(op.name))
            self._actions[key] = self._execute(
                "INSERT INTO actions (name, plural, said, at, by) VALUES (?, ?, ?, ?, ?)",
                (*named, at, op.by),
            ).lastrowid
        return self._actions[key]


def understood(catalogue: Catalogue, kind: str, verb: int, cells: Iterable[str]) -> bool:
    """True when this program knows all that an op says."""
    known = catalogue.find(kind)
    if known is None or verb not in _VERBS:
        return False
    return verb == Verb.ERASE or all(cell in known.by_name for cell in cells)


def fold_again(storage: Storage, rows: Iterable[Row]) -> ChangeSet:
    """Make the records of ops (``kind`` and ``eid``) anew, within a transaction."""
    change, word = storage.change_under(0), storage.dictionary.word
    fold_records(storage, {(word(row["kind"]), Id(row["eid"])) for row in rows}, change.touch)
    storage.follow(change)
    return ChangeSet(change.records)


def fold_records(
    storage: Storage, records: Iterable[tuple[str, Id]], touch: Callable[[Kind, Id], None]
) -> None:
    """Make the rows of many records what their ops amount to, within a transaction.

    ``touch`` is told of each. Unknown kinds are passed over; of a record without ops nothing stays.
    """
    wanted = {one for one in records if one[0] in storage.catalogue}
    found: dict[str, dict[Id, Folded]] = defaultdict(dict)
    for name, record in wanted:
        found[name][record] = Folded(erased=True)
    for name, record, ops in storage.log.of_records(sorted({record for _, record in wanted})):
        if (name, record) in wanted:
            found[name][record] = fold(ops)
    for name, folded in sorted(found.items()):
        kind = storage.catalogue[name]
        sql = f"SELECT id FROM {kind.table} WHERE id IN ({{marks}})"
        here = {row[0] for row in Reader(storage.connection).of_each(sql, folded)}
        new = [one for one in sorted(folded.items()) if one[0] not in here and not one[1].erased]
        rows.insert_all(storage.connection, kind, new)
        fresh = {record for record, _ in new}
        for record, amount in folded.items():
            if record not in fresh:
                rows.materialise(storage.connection, kind, record, amount)
            touch(kind, record)


def _rows(storage: Storage, dev: int, numbers: Iterable[int]) -> Iterable[Row]:
    every = list(numbers)
    for at in range(0, len(every), 500):
        some = every[at : at + 500]
        yield from storage.connection.execute(
            "SELECT lid, dseq, ctx, wall, scope, kind, eid, verb, cells, seq FROM op"
            f" WHERE dev = ? AND dseq IN ({','.join('?' * len(some))})",
            (dev, *some),
        ).fetchall()


def _joined(verb: int, held: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an op says in all, of which parts came apart."""
    if verb not in LINKS:
        return {**held, **more}
    joined = dict(held)
    for cell, targets in more.items():
        there = joined.get(cell, ())
        if isinstance(targets, tuple | list) and isinstance(there, tuple | list):
            joined[cell] = tuple(dict.fromkeys([*there, *targets]))
    return joined
