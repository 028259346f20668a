"""Strict reading of JSON from afar, on hub and desk alike: what is odd is refused."""

import json
import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Raw, Struct

LARGEST: Final = 2**63 - 1
"""The largest number the tables hold."""
LONGEST: Final = 100_000
"""Characters the text of a cell may have."""
MOST_CELLS: Final = 1000
"""Cells one op may change."""
LARGEST_CELLS: Final = 1024 * 1024
"""Bytes the cells of one op may take as JSON."""
DEEPEST: Final = 16
"""How many lists and objects may lie in each other."""


class Garbled(ValueError):
    """What came over the wire breaks its rules; nothing of it was taken."""


class _Octets(Struct, frozen=True, forbid_unknown_fields=True):
    """Bytes in a cell: ``{"b": base64}``."""

    b: bytes


_Cell = Annotated[str, Meta(min_length=1, max_length=80)]
_Number = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
_Said = Annotated[str, Meta(max_length=LONGEST)]
_CELLS: Final = msgspec.json.Decoder(
    dict[_Cell, bool | _Number | float | _Said | list[Any] | _Octets | None]
)
_PLAIN: Final = {str, int, type(None), bool}
_NUL: Final = b"\\u0000"
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
_PAIRS = re.compile(rb"(?:\[\]|\{\})+")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))


def vetted(body: bytes) -> None:
    """Raise ``Garbled`` for JSON no honest program says.

    That is: no UTF-8, a key twice in one object, nesting deeper than ``DEEPEST``, NaN and
    infinities. Types and sizes are the messages' own affair.
    """
    try:
        _VETTING.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Garbled(str(error)) from error
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        brackets = _PAIRS.sub(b"", brackets)
    if brackets:
        raise Garbled("nested too deeply")


def read_cells(said: bytes | Raw) -> dict[str, Any]:
    """Return an op's cells by name; lists are tuples, as in the log. Raises ``Garbled``.

    Text has no NUL, no half of a pair and at most ``LONGEST`` characters; numbers fit the tables
    and are finite. That no name comes twice ``vetted`` has seen in the whole body.
    """
    raw = bytes(said)
    if len(raw) > LARGEST_CELLS:
        raise Garbled("cells too large")
    try:
        cells: dict[str, Any] = _CELLS.decode(raw)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise Garbled(str(error)) from error
    if len(cells) > MOST_CELLS:
        raise Garbled("too many cells")
    for name, value in cells.items():
        if type(value) is list:
            cells[name] = _listed(value, 2)
        elif type(value) is _Octets:
            cells[name] = value.b
    if _NUL in raw:
        see_whole([*cells, *cells.values()])
    return cells


def say_cells(cells: Mapping[str, Any]) -> Raw:
    """Return cells as JSON; raises ``Garbled`` for numbers that are none and foreign types."""
    plain: Mapping[str, Any] = cells
    if not _PLAIN.issuperset(map(type, cells.values())):
        plain = {name: _plain(value) for name, value in cells.items()}
    try:
        return Raw(msgspec.json.encode(plain))
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        raise Garbled(str(error)) from error


def see_whole(value: Any) -> None:
    """Raise ``Garbled`` for a NUL or half of a pair in any text of a message, a list or a value."""
    if isinstance(value, str):
        if "\0" in value:
            raise Garbled("a text with NUL")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Garbled("half of a pair") from error
    elif isinstance(value, list | tuple):
        for part in value:
            see_whole(part)
    elif isinstance(value, Struct):
        see_whole(msgspec.structs.astuple(value))


def may_hold_nul(body: bytes | Raw) -> bool:
    """True when ``see_whole`` has something to look at: a raw NUL never comes through JSON."""
    return _NUL in bytes(body)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return _Octets(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise Garbled("not a finite number")
    if isinstance(value, Mapping):
        raise Garbled("an object is no value")
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def _listed(value: Any, depth: int) -> Any:
    """Return a part of a list, held to the rules of a cell's value."""
    if isinstance(value, list):
        if depth > DEEPEST:
            raise Garbled("nested too deeply")
        return tuple([_listed(part, depth + 1) for part in value])
    if isinstance(value, dict):
        try:
            return msgspec.convert(value, _Octets).b
        except msgspec.MsgspecError as error:
            raise Garbled("not a value") from error
    if isinstance(value, str) and len(value) > LONGEST:
        raise Garbled("text too long")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Garbled("a number too large")
    return value


def _single(pairs: list[tuple[str, Any]]) -> None:
    if len(pairs) > 1 and len({name for name, _ in pairs}) < len(pairs):
        raise Garbled("a key twice")


def _refuse(constant: str) -> None:
    raise Garbled(f"{constant} is no number")


_VETTING: Final = json.JSONDecoder(
    object_pairs_hook=_single, parse_constant=_refuse, parse_int=len, parse_float=len
)
