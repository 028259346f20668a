"""What may stay of an op once people were erased: pure, by what the catalogue says of each cell."""

import re
from collections.abc import Iterable, Mapping, Set
from typing import Any, Final

from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.fold import Verb

BLANK: Final = "[erased]"
"""What stands where the name of an erased person stood in a text."""
_WRITES = (Verb.SET, Verb.RESOLVE)
_LETTER = "[0-9A-Za-z\u00c0-\u024f]"


def is_about(kind: Kind, verb: int, cells: Mapping[str, Any], erased: Set[bytes]) -> bool:
    """True when an op says that its record is about one of the erased people."""
    return verb in _WRITES and any(
        part in erased
        for name, value in cells.items()
        if (cell := kind.by_name.get(name)) and cell.about
        for part in _named(cell, cell.about, value)
    )


def names_any(values: Iterable[Any], erased: Set[bytes]) -> bool:
    """True when values name one of the erased people, in whatever part."""
    return not ids_in(values).isdisjoint(erased)


def ids_in(values: Iterable[Any]) -> set[bytes]:
    """Return what in values may be an id."""
    found: set[bytes] = set()
    for value in values:
        if isinstance(value, bytes):
            found.add(value)
        elif isinstance(value, tuple | list):
            found |= ids_in(value)
    return found


def what_stays(
    kind: Kind, cells: Mapping[str, Any], erased: Set[bytes], *, gone: bool
) -> dict[str, Any]:
    """Return the cells of an op without the erased people.

    ``gone``: its record is about one of them; then only what outlives them stays. A cell unknown
    here that names one of them goes whole.
    """
    stays: dict[str, Any] = {}
    for name, value in cells.items():
        cell = kind.by_name.get(name)
        if gone and name not in kind.outlives:
            continue
        if not names_any((value,), erased):
            stays[name] = value
        elif cell is not None:
            stays[name] = _without(cell, value, erased)
    return stays


def naming(names: Iterable[str]) -> "re.Pattern[str] | None":
    """Return what finds these names in a text; None when there is nothing to look for.

    A Latin name is found between words only, a Chinese one anywhere; one character is no name.
    """
    found = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    parts = [
        ("(?<!" + _LETTER + ")" if re.match(_LETTER, name) else "")
        + re.escape(name)
        + ("(?!" + _LETTER + ")" if re.match(_LETTER, name[-1]) else "")
        for name in found
    ]
    return re.compile("|".join(parts)) if parts else None


def blanked(value: Any, pattern: "re.Pattern[str]") -> Any:
    """Return a cell's value with each name in its texts replaced by ``BLANK``."""
    if isinstance(value, str):
        return pattern.sub(BLANK, value)
    if isinstance(value, tuple):
        return tuple(blanked(part, pattern) for part in value)
    return value


def _without(cell: Cell, value: Any, erased: Set[bytes]) -> Any:
    if isinstance(value, tuple):
        if cell.merge is Merge.LINKS:
            return tuple(part for part in value if part not in erased)
        return tuple(None if isinstance(p, bytes) and p in erased else p for p in value)
    return None


def _named(cell: Cell, columns: tuple[str, ...], value: Any) -> list[Any]:
    """Return the parts of a cell's value that stand in ``columns``."""
    if not isinstance(value, tuple):
        return [value] if len(cell.columns) == 1 else []
    return [
        part
        for column, part in zip(cell.columns, value, strict=False)
        if column in columns and isinstance(part, bytes)
    ]
