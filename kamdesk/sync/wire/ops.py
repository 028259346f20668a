"""Ops as JSON: what goes over the wire, and what of it is taken for an op."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.wire_op import WireOp
from kamdesk.sync.wire.messages import Pull, Push, Scope
from kamdesk.sync.wire.strict import Garbled, read_cells, say_cells

LATEST: Final = 253_000_000_000_000
"""The latest moment that can be shown everywhere, in milliseconds: in the year 9987."""

_AUDIENCES: Final = ("internal", "partner")
_HOUSE: Final = ("house",)


def pushes(ops: Sequence[WireOp]) -> tuple[list[Scope], list[Push]]:
    """Return ops as they go to a hub, with the scopes they count into.

    An action's name is said with its first op only. Raises ``Garbled`` for values JSON cannot say.
    """
    places: dict[tuple[bytes | None, str], int] = {}
    said: set[int] = set()
    lines = []
    for op in ops:
        name = "" if op.txn in said else op.name
        said.add(op.txn)
        lines.append(
            Push(
                op.dseq,
                op.wall,
                op.ctx,
                op.txn,
                places.setdefault(op.scope, len(places)),
                op.kind,
                op.record.hex(),
                int(op.verb),
                say_cells(op.cells),
                name,
            )
        )
    return [Scope(_hexed(account), audience) for account, audience in places], lines


def pulled(scopes: Sequence[Scope], ops: Sequence[Pull]) -> list[WireOp]:
    """Return the ops of one page; raises ``Garbled`` and takes none when one breaks a rule.

    An action's name and author, said with the first of its ops on the page, hold for all.
    """
    owners = [_of_all(scope) for scope in scopes]
    said: dict[tuple[int, int], tuple[str, bytes | None]] = {}
    taken = []
    for op in ops:
        if op.scope >= len(owners):
            raise Garbled("an op of no scope")
        if op.wall > LATEST:
            raise Garbled("no moment")
        if not op.dev:
            raise Garbled("an op of no device")
        action = (op.dev, op.txn)
        if op.name or op.by or action not in said:
            said[action] = (op.name, _owner(op.by))
        name, by = said[action]
        taken.append(
            WireOp(
                op.dev,
                op.dseq,
                op.wall,
                op.ctx,
                op.txn,
                owners[op.scope],
                op.kind,
                bytes.fromhex(op.record),
                op.verb,
                read_cells(op.cells),
                name,
                by,
                op.seq,
            )
        )
    return taken


def _hexed(account: bytes | None) -> str | None:
    return None if account is None else account.hex()


def _of_all(scope: Scope) -> tuple[bytes | None, str]:
    """Return a scope as the log names it; what never leaves a desk no hub has a say in."""
    if scope.audience not in (_AUDIENCES if scope.account else _HOUSE):
        raise Garbled("a scope that never leaves")
    return _owner(scope.account), scope.audience


def _owner(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
