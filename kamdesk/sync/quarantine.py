"""Changes the hub refused: kept whole and readable until the user hands them on or drops them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.exchange import lost_ops, own_ops
from kamdesk.storage.naming import name_from_afar
from kamdesk.storage.storage import Storage
from kamdesk.storage.withdrawing import withdraw
from kamdesk.sync.ops_as_text import as_text, from_text
from kamdesk.sync.wire.reasons import why
from kamdesk.sync.wire.strict import Garbled

NOT_AT_HUB: Final = "not_at_hub"
"""Our own word: the hub took it once and does not hold it any more."""
_FORMAT: Final = "kamdesk changes 1"
_LONGEST: Final = 8 * 1024 * 1024


class Refused(NamedTuple):
    """A change the hub refused: of which record and account, what it said, when, and why not.

    ``cells`` by name as they were written; ``verb`` a ``Verb``.
    """

    id: int
    kind: str
    record: Id
    account: bytes | None
    audience: str
    verb: int
    cells: Mapping[str, Any]
    at: Instant
    action: Text
    reason: Text


class Handed(NamedTuple):
    """A file for the colleague who may make the change: its name, and what is in it."""

    name: str
    content: str


def put(storage: Storage, refused: Mapping[int, str]) -> ChangeSet:
    """Move own ops out of the log within a transaction: their numbers with the hub's reasons."""
    if not refused:
        return ChangeSet()
    return put_ops(storage, own_ops(storage, sorted(refused)), refused)


def put_ops(
    storage: Storage, ops: Sequence[tuple[int, WireOp]], reasons: Mapping[int, str]
) -> ChangeSet:
    """Move ops (each with its lid) out of the log within a transaction, with reasons by number."""
    now = str(storage.clock.now())
    storage.connection.executemany(
        "INSERT OR REPLACE INTO quarantine"
        " (at, reason, dev, dseq, account, audience, kind, eid, op)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (now, reasons[op.dseq], op.dev, op.dseq, *op.scope, op.kind, op.record, as_text([op]))
            for _, op in ops
        ],
    )
    return withdraw(storage, [lid for lid, _ in ops])


def quarantined(storage: Storage) -> list[Refused]:
    """Return the changes the hub refused, the oldest first. Raises ``StorageTrouble``."""
    zone = storage.clock.now().zone
    found = []
    for number, reason, written in storage.reader.ask(
        "SELECT id, reason, op FROM quarantine ORDER BY dev, dseq"
    ):
        (op,) = from_text(written)
        found.append(
            Refused(
                number,
                op.kind,
                Id(op.record),
                op.scope[0],
                op.scope[1],
                op.verb,
                op.cells,
                Instant(op.wall, zone),
                name_from_afar(op.name),
                _said(reason, op.verb),
            )
        )
    return found


def _said(reason: str, verb: int) -> Text:
    """Return why a change was refused. An erase stays done here: there is nothing to bring back."""
    if verb == Verb.ERASE:
        return Text(
            "They are erased on this computer only; the team still has them. Ask somebody who may"
            " change everything about them to erase them too."
        )
    return why(reason) if reason != NOT_AT_HUB else Text("The hub lost it; enter it again.")


def export(storage: Storage, ids: Iterable[int]) -> str:
    """Return changes as the text of a file that ``take_in`` reads at a colleague's.

    Erasing is not among them: whoever may do it does it themselves.
    """
    wanted = set(ids)
    rows = storage.reader.ask("SELECT id, op FROM quarantine ORDER BY dev, dseq")
    every = [op for number, written in rows if number in wanted for op in from_text(written)]
    ops = [op for op in every if op.verb in _MADE]
    return json.dumps({"format": _FORMAT, "ops": json.loads(as_text(ops))}, ensure_ascii=False)


def hand_to_owner(storage: Storage, ids: Collection[int]) -> Handed:
    """Return a file with changes for the account's owner, who takes it in (``take_in``) as theirs.

    The changes stay here until they are dropped. Raises ``RuleBroken`` where none is named.
    """
    if not ids:
        raise RuleBroken(Text("Choose the changes to hand on."))
    day = storage.clock.today().isoformat()
    return Handed(f"changes-{day}-{min(ids)}.kamdesk.json", export(storage, ids))


def drop(storage: Storage, ids: Iterable[int]) -> None:
    """Forget changes for good. Raises ``StorageTrouble``."""
    with storage.transaction():
        storage.connection.executemany(
            "DELETE FROM quarantine WHERE id = ?", [(number,) for number in ids]
        )


def text_of(path: Path) -> str:
    """Return what stands in a file a colleague handed on, for ``take_in``.

    Raises ``RuleBroken`` (field ``file``) for one that cannot be read, or is too long.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
        if len(raw) > _LONGEST:
            raise OSError
        return raw.decode("utf-8")
    except (OSError, ValueError):
        raise RuleBroken(Text("“{file}” cannot be read.", file=str(path)), field="file") from None


def take_in(storage: Storage, content: str) -> ChangeSet:
    """Make a colleague's changes, handed over as a file, one's own.

    What others wrote since stays beside them as a conflict; what was written here since stays as
    it is and is named in ``ChangeSet.left``. Raises ``RuleBroken`` for what is no such file or
    needs a newer program, ``StorageTrouble``.
    """
    return _make_own(storage, _read(storage, content), Text("Take in a colleague's changes"))


def say_again(storage: Storage) -> ChangeSet:
    """Say as one's own what others wrote and a hub that was set back lost, and drop it as theirs.

    Where their computers come again after all, equal values are no conflict. Raises
    ``StorageTrouble``.
    """
    own = [0, storage.log.own, *team.former_numbers(storage)]
    some = sorted(
        ((lid, op) for lid, op in lost_ops(storage, own) if _is_known(storage, op)),
        key=lambda one: one[0],
    )
    name = Text("Say again what the hub lost")
    return _make_own(storage, [op for _, op in some], name, [lid for lid, _ in some])


def _make_own(
    storage: Storage, ops: Sequence[WireOp], name: Text, instead: Sequence[int] = ()
) -> ChangeSet:
    if not ops:
        return ChangeSet()
    seen = Seen(min(storage.position(), *(op.ctx for op in ops)))
    left: list[tuple[str, Id, str]] = []
    with storage.change(name, seen=seen) as change:
        for op in ops:
            here = _written_here(storage, op)
            left += [(op.kind, Id(op.record), cell) for cell in sorted(here)]
            cells = {cell: value for cell, value in op.cells.items() if cell not in here}
            if cells or not op.cells:
                _make(storage, change, op._replace(cells=cells))
        if instead:
            withdraw(storage, instead)
    return replace(change.touched, left=tuple(left))


def _written_here(storage: Storage, theirs: WireOp) -> set[str]:
    """Return the cells a colleague set that were written on this device since they saw them."""
    if theirs.verb not in (Verb.SET, Verb.RESOLVE):
        return set()
    own = storage.log.own
    since = {
        cell
        for op in storage.log.of_record(theirs.kind, Id(theirs.record))
        if op.dev == own and (op.seq is None or op.seq > theirs.ctx)
        for cell in op.cells
    }
    return since & theirs.cells.keys()


def _read(storage: Storage, content: str) -> list[WireOp]:
    none = RuleBroken(Text("This is no file of changes a colleague handed on."))
    if len(content) > _LONGEST:
        raise none
    try:
        whole = json.loads(content)
        if whole["format"] != _FORMAT:
            raise none
        ops = from_text(json.dumps(whole["ops"]))
    except (ValueError, LookupError, TypeError, RecursionError, Garbled):
        raise none from None
    if not all(_is_known(storage, op) for op in ops):
        raise RuleBroken(Text("These changes need a newer KamDesk."))
    return sorted(ops, key=lambda op: (op.dev, op.dseq))


def _is_known(storage: Storage, op: WireOp) -> bool:
    kind = storage.catalogue.find(op.kind)
    return kind is not None and op.verb in _MADE and all(c in kind.by_name for c in op.cells)


_MADE: Final = frozenset(Verb) - {Verb.ERASE, Verb.FORGET}


def _make(storage: Storage, change: Change, op: WireOp) -> None:
    kind, record = storage.catalogue[op.kind], Id(op.record)
    if op.verb in (Verb.SET, Verb.RESOLVE):
        change.write(kind, record, op.cells)
    elif op.verb in (Verb.LINK, Verb.UNLINK):
        relink = change.link if op.verb == Verb.LINK else change.unlink
        for cell, targets in op.cells.items():
            relink(kind, record, cell, *targets)
    elif op.verb == Verb.DELETE:
        change.drop(kind, record)
    else:
        change.restore(kind, record)
