"""Values of cells as a bundle writes them, and what of a line is taken for one."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import EnumType
from typing import Any, Final

from kamdesk.core.clock import Instant, zone_named
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import clean
from kamdesk.core.wording import Text
from kamdesk.dossier.sense import WORDS
from kamdesk.storage import basis
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.transfer.bundle.form import Unfit

LARGEST: Final = 2**63 - 1
_VALUE, _BASIS = "value", ("as_of", "source", "sureness")
"""How a value that stands on something is written: an object of these."""
_DIGESTS: Final = ("digest",)
"""Columns of bytes that are no ids."""
_LONGEST_BYTES: Final = 64
_BLANKS: Final = " \t\n\u00a0\u3000"

Take = Callable[[Any], Any]
"""Turns a value of a line into that of a column. Raises ``Unfit``."""

_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What a choice is written as, also one this program does not know: pages read it as none."""


class KindForm:
    """How the cells of one kind are written. ``types`` are the declared types by table."""

    def __init__(self, kind: Kind, types: Mapping[str, Mapping[str, str]]) -> None:
        self.kind = kind
        self._types: dict[str, str] = dict(types[kind.table])
        self._takes = {
            column: _taking(kind.name, column, self._types[column]) for column in kind.columns
        }
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                held = types[kind.link_table(cell.name)]["target"]
                self._types[_target(cell)] = held
                self._takes[_target(cell)] = _taking(kind.name, "target", held)

    def write(self, cell: Cell, value: Any) -> Any:
        """Return a cell's value as JSON, with what it stands on. Sets are given as targets."""
        plain, stands_on = basis.parted(cell, value)
        if stands_on is None:
            return self._written(cell, plain)
        said = zip(_BASIS, stands_on, strict=True)
        return {
            _VALUE: self._written(cell, plain),
            **{name: part for name, part in said if part is not None},
        }

    def _written(self, cell: Cell, value: Any) -> Any:
        if cell.merge is Merge.LINKS:
            of = self._types[_target(cell)]
            many = isinstance(value, tuple | list)
            return [_write(of, target) for target in value] if many else loose(value)
        if len(cell.columns) == 1:
            return _write(self._types.get(cell.columns[0], "TEXT"), value)  # own fields: texts
        if not isinstance(value, tuple) or len(value) != len(cell.columns):
            return loose(value)
        return {
            column: _write(self._types[column], part)
            for column, part in zip(cell.columns, value, strict=True)
            if part is not None
        }

    def take(self, cell: Cell, value: Any) -> Any:
        """Return a cell's value as it is stored, from JSON. Raises ``Unfit``."""
        try:
            return self._taken(cell, value)
        except Unfit as unfit:
            raise Unfit(Text("“{cell}”: {reason}", cell=cell.name, reason=unfit.said)) from unfit

    def _taken(self, cell: Cell, value: Any) -> Any:
        if not (cell.dated and isinstance(value, dict) and _VALUE in value):
            return self._plain(cell, value)
        if not value.keys() <= {_VALUE, *_BASIS}:
            raise Unfit(Text("it takes an object with: {columns}", columns=(_VALUE, *_BASIS)))
        plain = self._plain(cell, value[_VALUE])
        if plain is None and len(cell.columns) > 1:
            plain = (None,) * len(cell.columns)
        as_of, source, sureness = (value.get(name) for name in _BASIS)
        parts = (
            None if as_of is None else day(as_of),
            None if source is None else text(source),
            None if sureness is None else text(sureness),
        )
        return basis.with_basis(cell, plain, parts)

    def _plain(self, cell: Cell, value: Any) -> Any:
        if cell.merge is Merge.LINKS:
            if not isinstance(value, list):
                raise Unfit(Text("it is a set and takes a list."))
            take = self._takes[_target(cell)]
            targets = tuple(take(target) for target in value)
            if None in targets or len(set(targets)) < len(targets):
                raise Unfit(Text("a set holds each value once, and no empty one."))
            return targets
        if len(cell.columns) == 1:
            taking: Take = self._takes.get(cell.columns[0], text)
            return None if value is None else taking(value)
        if value is None:
            return None
        if not isinstance(value, dict) or not value.keys() <= set(cell.columns):
            raise Unfit(Text("it takes an object with: {columns}", columns=cell.columns))
        return tuple(
            None if value.get(column) is None else self._takes[column](value[column])
            for column in cell.columns
        )


def loose(value: Any) -> Any:
    """Return a value of whatever kind as JSON; ``tight`` brings it back."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, tuple | list):
        return [loose(part) for part in value]
    return value


def tight(value: Any) -> Any:
    """Return a value of an unknown cell as the log keeps it. Raises ``Unfit``."""
    if isinstance(value, dict):
        if value.keys() != {"hex"}:
            raise Unfit(Text("this is no value."))
        return from_hex(value["hex"], longest=None)
    if isinstance(value, list):
        return tuple(tight(part) for part in value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return value
    return _number(value)


def from_hex(value: Any, *, longest: int | None = 16, least: int | None = None) -> bytes:
    """Return the bytes written as hex digits; an id unless told otherwise. Raises ``Unfit``."""
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    shortest = (longest or 0) if least is None else least
    if found is None or len(found) < shortest or (longest is not None and len(found) > longest):
        raise Unfit(Text("an id is written as 32 hex digits."))
    return found


def whole(value: Any, *, least: int = 0) -> int:
    """Return a whole number. Raises ``Unfit``."""
    if type(value) is not int or not least <= value <= LARGEST:
        raise Unfit(Text("a whole number is missing or too large."))
    return value


def moment(value: Any) -> Instant:
    """Return the moment written as ISO text with its zone. Raises ``Unfit``."""
    try:
        stamp, _, zone = value.partition(" ") if isinstance(value, str) else ("", "", "")
        found = Instant.read(value) if stamp.endswith("Z") else None
        zone_named(zone or "UTC")
    except (ValueError, OverflowError, RuleBroken):
        found = None
    if found is None or found.ms < 0:
        raise Unfit(Text("a moment is written like 2026-03-12T06:00:00.000Z Asia/Shanghai."))
    return found


def day(value: Any) -> str:
    """Return the day written as ISO text. Raises ``Unfit``."""
    try:
        return date.fromisoformat(value).isoformat()
    except (ValueError, TypeError):
        raise Unfit(Text("a day is written like 2026-03-12.")) from None


def text(value: Any) -> str:
    """Return a text without control characters. Raises ``Unfit``."""
    if not isinstance(value, str):
        raise Unfit(Text("it takes text."))
    return _text(value)


def _write(of: str, value: Any) -> Any:
    if isinstance(value, bytes) and of == "BLOB":
        return value.hex()
    if isinstance(value, str) and of == "BLOB":
        return {"text": value}
    return loose(value)


def _target(cell: Cell) -> str:
    return f"target of {cell.name}"


def _taking(kind: str, column: str, of: str) -> Take:
    if of == "BLOB":
        if column in _DIGESTS:
            return lambda value: from_hex(value, longest=_LONGEST_BYTES, least=1)
        return from_hex
    take: Take = text if of == "TEXT" else _whole if of == "INTEGER" else _number
    knows = WORDS.get((kind, column))
    return take if knows is None else lambda value: _known(take(value), knows)


def _known(value: Any, knows: Callable[[Any], object]) -> Any:
    """Return a value that means something, or a word that will to a newer program."""
    try:
        knows(value)
    except (ValueError, OverflowError, RuleBroken):
        if isinstance(knows, EnumType) and _WORD.fullmatch(value):
            return value
        raise Unfit(Text("“{value}” means nothing here.", value=str(value)[:40])) from None
    return value


def _whole(value: Any) -> int:
    return whole(value, least=-LARGEST)


def _text(value: str) -> str:
    """Return a text without control characters; blanks around it are what somebody wrote."""
    try:
        neat = clean(value)
    except RuleBroken as broken:
        raise Unfit(broken.said) from None
    if neat == value or unicodedata.normalize("NFC", value).strip(_BLANKS) == neat:
        return value
    return neat


def _number(value: Any) -> int | float:
    fits = type(value) in (int, float) and math.isfinite(value) and abs(value) <= LARGEST
    if not fits:
        raise Unfit(Text("it takes a number."))
    found: int | float = value
    return found
