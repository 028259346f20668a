"""Ops as a text of their own: as the quarantine keeps them, and hands them to a colleague.

Nothing is too long for it: what a hub refuses for its size is kept whole.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from kamdesk.core.wire_op import WireOp
from kamdesk.sync.wire.ops import LATEST
from kamdesk.sync.wire.strict import LARGEST, Garbled


def as_text(ops: Sequence[WireOp]) -> str:
    """Return ops as JSON text. Bytes are ``{"b": base64}``; an action's name is said once."""
    said: set[tuple[int, int]] = set()
    lines = []
    for op in ops:
        account, audience = op.scope
        about = [] if (op.dev, op.txn) in said else [op.name, _plain(op.by)]
        said.add((op.dev, op.txn))
        lines.append(
            [
                op.seq,
                op.dev,
                op.dseq,
                op.wall,
                op.ctx,
                op.txn,
                account.hex() if account else None,
                audience,
                op.kind,
                op.record.hex(),
                op.verb,
                {name: _plain(value) for name, value in op.cells.items()},
                *about,
            ]
        )
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_text(text: str) -> list[WireOp]:
    """Return the ops of a JSON text. Raises ``Garbled`` for anything that is not all ops."""
    try:
        return list(_read(json.loads(text, parse_constant=_refuse)))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise Garbled("not a list of ops") from error


def _read(lines: Any) -> Iterator[WireOp]:
    said: dict[tuple[int, int], tuple[str, bytes | None]] = {}
    if not isinstance(lines, list):
        raise Garbled("not a list")
    for line in lines:
        seq, dev, dseq, wall, ctx, txn, account, audience, kind, record, verb, cells, *about = line
        action = (_number(dev), _number(txn))
        if about:
            name, by = about
            said[action] = (_text(name), None if by is None else _bytes(_value(by)))
        name, by = said.get(action, ("", None))
        yield WireOp(
            dev=dev,
            dseq=_number(dseq),
            wall=_moment(wall),
            ctx=_number(ctx),
            txn=txn,
            scope=(None if account is None else _id(account), _text(audience)),
            kind=_text(kind),
            record=_id(record),
            verb=_number(verb),
            cells={_text(cell): _value(value) for cell, value in cells.items()},
            name=name,
            by=by,
            seq=None if seq is None else _number(seq),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b": b64encode(value).decode("ascii")}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def _value(value: Any) -> Any:
    """Return a cell's value; lists are tuples, as in the log."""
    if isinstance(value, list):
        return tuple(_value(part) for part in value)
    if isinstance(value, dict):
        if set(value) != {"b"}:
            raise Garbled("not a value")
        return b64decode(_text(value["b"]), validate=True)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Garbled("a number too large")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise Garbled("not a number")
    return value


def _moment(value: Any) -> int:
    if _number(value) > LATEST:
        raise Garbled("no moment")
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise Garbled("not a text")
    value.encode("utf-8")  # raises for half a pair
    return value


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise Garbled("not bytes")
    return value


def _id(value: Any) -> bytes:
    found = bytes.fromhex(_text(value))
    if len(found) != 16:
        raise Garbled("not an id")
    return found


def _refuse(constant: str) -> None:
    raise Garbled(constant)
