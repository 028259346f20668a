"""Ops that leave this file for others, and those of others that come in: the file's side only."""

from collections.abc import Iterable, Mapping, Sequence

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.storage.catalogue import LOCAL
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.heeding import Heeding
from kamdesk.storage.naming import name_columns, name_from_afar, name_to_send, read_name
from kamdesk.storage.ops import APPEND, Scope
from kamdesk.storage.storage import Storage


class Forked(Exception):
    """The common log holds ops under this device's number that this file never wrote.

    It is a restored, salvaged or copied file, and needs a number of its own. A file that knows it
    (``state``: forked) neither sends nor receives: a number given twice would not be noticed.
    """


def join(storage: Storage, dev: int, accounts: Iterable[Id] | None = None) -> None:
    """Give this file its device number and put what it offers into the outbox.

    Offered are the house and ``accounts``; all accounts, also later ones, when left out. Raises
    ``ValueError`` for a file that has a number.
    """
    if dev < 1 or storage.number("dev"):
        raise ValueError("a file joins once, with a number of 1 or more")
    with storage.transaction():
        storage.keep("dev", dev)
        storage.keep("offers_all", int(accounts is None))
        _offer(storage, dev, accounts or ())


def offer(storage: Storage, accounts: Iterable[Id]) -> None:
    """Put what these accounts consist of into the outbox, and what is written there from now on."""
    if not storage.log.own:
        raise ValueError("join first")
    with storage.transaction():
        _offer(storage, storage.log.own, accounts)


def unsent(storage: Storage, *, limit: int = 5000) -> list[WireOp]:
    """Return the ops that have a number and no place in the common log, in order, or ``Forked``."""
    _see_own(storage)
    unpack, word = storage.dictionary.unpack, storage.dictionary.word
    rows = storage.reader.ask(_UNSENT, limit)
    return [
        WireOp(
            dev=row["dev"],
            dseq=row["dseq"],
            wall=row["wall"],
            ctx=row["ctx"],
            txn=row["action"],
            scope=(row["account"], row["audience"]),
            kind=word(row["kind"]),
            record=row["eid"],
            verb=row["verb"],
            cells=unpack(row["cells"]),
            name=name_to_send(read_name(row["name"], row["plural"], row["said"])),
            by=row["by"],
        )
        for row in rows
    ]


def acknowledge(storage: Storage, places: Mapping[int, int]) -> ChangeSet:
    """Note the places the hub gave to own ops, by ``dseq``; the same answer may come twice.

    Once an op has its place, others' later ops may turn out to have seen it: the records both
    wrote to are folded again.
    """
    with storage.transaction():
        inbox = _Inbox(storage, storage.position())
        for dseq, seq in places.items():
            inbox.place(dseq, seq)
        return inbox.close()


def receive(storage: Storage, ops: Sequence[WireOp], position: int) -> ChangeSet:
    """Take in ops of the common log and move on to ``position``; all or nothing.

    Ops that came before are passed over, own ones get their place; of erased people nothing is
    taken, nor of kinds that are each desk's own (nobody else says where one lives), and where
    somebody was erased ``erasing.bring_level`` should follow. Kinds, cells and
    verbs of a newer program are kept in the log. Raises ``ValueError`` for ops without a place or
    beyond ``position`` (what was taken in counts as seen), ``Forked``, and ``StorageTrouble``.
    """
    _see_own(storage)
    if not storage.log.own or position < storage.position():
        raise ValueError("only a joined file receives, and never goes back")
    if any(op.seq is None or op.seq > position for op in ops):
        raise ValueError("an op without a place in the log up to the position")
    with storage.transaction():
        inbox = _Inbox(storage, Seen(position))
        inbox.heeding.foresee(ops)
        for op in ops:
            inbox.take(op)
        storage.keep("position", position)
        return inbox.close()


class _Inbox:
    """Appends ops within a transaction, then folds what they touched."""

    def __init__(self, storage: Storage, position: Seen) -> None:
        self._storage, self._execute = storage, storage.connection.execute
        self._own = storage.log.own
        self._actions: dict[tuple[int, int], int] = {}
        self._records: set[tuple[str, Id]] = set()
        self._scopes: set[int] = set()
        self._change = Change(
            storage.connection,
            storage.catalogue,
            storage.dictionary,
            storage.log,
            storage.clock,
            action=0,
            seen=position,
            position=position,
            joined=True,
        )
        self.heeding = Heeding(storage, self._change)

    def take(self, op: WireOp) -> None:
        """Append another's op, or note the place of an own one."""
        if op.dev == self._own:
            self.place(op.dseq, op.seq or 0)
            return
        kind = self._storage.catalogue.find(op.kind)
        if kind is not None and kind.scope_of == LOCAL:
            return
        known = "SELECT 1 FROM op WHERE dev = ? AND dseq = ?"
        if self._execute(known, (op.dev, op.dseq)).fetchone():
            return
        verb, cells = self.heeding.taken(op)
        words = self._storage.dictionary
        scope = words.scope(Scope(*op.scope))
        self._execute(
            APPEND,
            (
                self._action(op),
                op.dev,
                op.dseq,
                op.ctx,
                op.wall,
                scope,
                words.number(op.kind),
                op.record,
                verb,
                words.pack(cells),
                op.seq,
            ),
        )
        self._scopes.add(scope)
        self._records.add((op.kind, Id(op.record)))

    def place(self, dseq: int, seq: int) -> None:
        """Note the place of an own op."""
        row = self._execute(
            "SELECT lid, kind, eid, seq FROM op WHERE dev = ? AND dseq = ?", (self._own, dseq)
        ).fetchone()
        if row is None or row["seq"] not in (None, seq):
            raise Forked
        if row["seq"] is None:
            self._execute("UPDATE op SET seq = ? WHERE lid = ?", (seq, row["lid"]))
            met = "SELECT 1 FROM op WHERE eid = ? AND dev NOT IN (0, ?) LIMIT 1"
            if self._execute(met, (row["eid"], self._own)).fetchone():
                self._records.add((self._storage.dictionary.word(row["kind"]), Id(row["eid"])))

    def close(self) -> ChangeSet:
        """Fold what was touched, let the derived tables follow, and say what it was."""
        self.heeding.finish()
        catalogue = self._storage.catalogue
        known = sorted(record for record in self._records if record[0] in catalogue)
        for kind, record in known:
            self._change.fold(catalogue[kind], record)
        self._storage.connection.executemany(
            "UPDATE scopes SET offered = 1 WHERE n = ?", [(n,) for n in self._scopes]
        )
        self._storage.follow(self._change)
        self.heeding.forget()
        touched = self._change.by_kind.items()
        return ChangeSet(frozenset((kind, record) for kind, ids in touched for record in ids))

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


def _see_own(storage: Storage) -> None:
    if storage.number("forked"):
        raise Forked


_UNSENT = """
SELECT op.dev, dseq, wall, ctx, action, account, audience, kind, eid, verb, cells,
       coalesce(name, 'Change') AS name, plural, coalesce(said, '{}') AS said, actions.by
FROM op JOIN scopes ON scopes.n = op.scope LEFT JOIN actions ON actions.id = op.action
WHERE dseq IS NOT NULL AND seq IS NULL ORDER BY dseq LIMIT ?"""


def _offer(storage: Storage, dev: int, accounts: Iterable[Id]) -> None:
    mark = "UPDATE scopes SET offered = 1 WHERE account = ?"
    storage.connection.executemany(mark, [(account,) for account in accounts])
    storage.log.number(dev)
