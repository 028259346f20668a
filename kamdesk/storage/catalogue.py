"""What kinds of record there are and what cells they have: declared once, by each room's store."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Final

from kamdesk.core.clock import Instant
from kamdesk.core.privacy import Privacy
from kamdesk.storage.held import Held, Plain

CellValue = Plain | tuple[Plain, ...]
"""What a cell holds: one column's value, or the values of a group that never parts."""

OWN: Final = "own:"
"""Begins the name of a cell that holds the value of one of the user's own fields."""
LIFE: Final = "life"
"""The reserved cell that says whether a record lives."""
HOUSE: Final = "house"
LOCAL: Final = "local"


class Merge(StrEnum):
    """How two values written apart come together."""

    VALUE = "value"
    TEXT = "text"
    LINKS = "links"


class Audience(StrEnum):
    """Who may read a cell within an account."""

    INTERNAL = "internal"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Cell:
    """A field, or a group of fields that belong together; the unit of history and merging.

    A ``LINKS`` cell has no column: its targets stand in the table ``<kind's table>_<name>``.
    ``about`` are its columns with the id of the person the record is about: it goes when the
    person is erased. ``names`` are those that name a person in what is not theirs (``target`` for
    links): the name goes, the record stays. A ``dated`` cell may be written with its basis (see
    ``storage/basis.py``). ``held``, given by its kind, says for each column what it takes, or what
    a set takes.
    """

    name: str
    columns: tuple[str, ...] = ()
    privacy: Privacy = field(kw_only=True)
    merge: Merge = field(default=Merge.VALUE, kw_only=True)
    audience: Audience = field(default=Audience.INTERNAL, kw_only=True)
    searched: bool = field(default=False, kw_only=True)
    dated: bool = field(default=False, kw_only=True)
    about: tuple[str, ...] = field(default=(), kw_only=True)
    names: tuple[str, ...] = field(default=(), kw_only=True)
    held: tuple[Held, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not self.columns and self.merge is not Merge.LINKS:
            object.__setattr__(self, "columns", (self.name,))
        if not self.held:
            object.__setattr__(self, "held", (Held.TEXT,) * (len(self.columns) or 1))


_OWN_NAME = re.compile(OWN + "[0-9a-f]{32}")


def is_own(cell: object) -> bool:
    """True for the name of a cell that holds the value of one of the user's own fields."""
    return isinstance(cell, str) and _OWN_NAME.fullmatch(cell) is not None


@cache
def own_cell(name: str) -> Cell:
    """Return the cell of an own field. How private a value is its field says; till then: a note."""
    return Cell(name, privacy=Privacy.NOTE, searched=True)


class _Cells(dict[str, Cell]):
    """The cells of a kind that may have own fields: theirs are known as soon as they are named."""

    def __missing__(self, name: str) -> Cell:
        if not is_own(name):
            raise KeyError(name)
        return own_cell(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or is_own(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the cell of this name, or the default."""
        return own_cell(name) if is_own(name) else super().get(name, default)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its table, its cells, and which column names its account.

    ``scope_of`` is a column (``"account"``; ``"id"`` for the account itself), ``"house"`` or
    ``"local"``. ``linked`` kinds have ids made of their ends, so that the same one may come twice.
    ``outlives`` are the cells that stay, without the person, when the person is erased: where
    there are any, so does the record. ``called`` is the column with a person's name. ``holds``
    names the columns and sets that hold something else than text. ``own``: its records may have
    values of the user's own fields, which are cells of theirs too (see ``own_values.py``).
    ``kept_by`` is the column by which a record stays on this computer: the mark itself never
    leaves, nor does what the record says while it is set.
    """

    name: str
    table: str = field(kw_only=True)
    scope_of: str = field(kw_only=True)
    cells: tuple[Cell, ...] = field(kw_only=True)
    linked: bool = field(default=False, kw_only=True)
    outlives: tuple[str, ...] = field(default=(), kw_only=True)
    called: str = field(default="", kw_only=True)
    own: bool = field(default=False, kw_only=True)
    kept_by: str = field(default="", kw_only=True)
    holds: Mapping[Held, tuple[str, ...]] = field(
        default_factory=dict, kw_only=True, repr=False, compare=False
    )
    by_name: Mapping[str, Cell] = field(init=False, repr=False, compare=False)
    valued: tuple[Cell, ...] = field(init=False, repr=False, compare=False)
    columns: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _read: Callable[[Any], Any] = field(init=False, repr=False, compare=False)
    _lots: "tuple[tuple[Audience, tuple[tuple[str, int, int], ...]], ...]" = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        held = {name: what for what, names in self.holds.items() for name in names}
        cells = tuple(
            replace(cell, held=tuple(held.get(n, Held.TEXT) for n in cell.columns or (cell.name,)))
            for cell in self.cells
        )
        object.__setattr__(self, "cells", cells)
        valued = tuple(cell for cell in self.cells if cell.merge is not Merge.LINKS)
        columns = tuple(column for cell in valued for column in cell.columns)
        put = object.__setattr__
        by_name = {cell.name: cell for cell in self.cells}
        put(self, "by_name", _Cells(by_name) if self.own else by_name)
        put(self, "valued", valued)
        put(self, "columns", columns)
        put(self, "_read", attrgetter(*columns))
        lots: dict[Audience, list[tuple[str, int, int]]] = {}
        at = 0
        for cell in valued:
            lots.setdefault(cell.audience, []).append((cell.name, at, at := at + len(cell.columns)))
        put(self, "_lots", tuple((audience, tuple(cells)) for audience, cells in lots.items()))

    @property
    def tags(self) -> dict[str, Privacy]:
        """How private each column is."""
        return {column: cell.privacy for cell in self.cells for column in cell.columns}

    def link_table(self, cell: str) -> str:
        """The table that holds the targets of a ``LINKS`` cell."""
        return f"{self.table}_{cell}"

    def values(self, record: object) -> dict[str, CellValue]:
        """Return the record's cells as they are stored, by name."""
        plain = self.plain(record)
        values: dict[str, CellValue] = {}
        at = 0
        for cell in self.valued:
            width = len(cell.columns)
            values[cell.name] = plain[at] if width == 1 else plain[at : at + width]
            at += width
        return values

    def plain(self, record: object) -> tuple[Plain, ...]:
        """Return what the record's columns hold, in their order."""
        found = self._read(record)
        return tuple(map(as_plain, found if len(self.columns) > 1 else (found,)))

    def said(self, plain: tuple[Plain, ...]) -> list[tuple[Audience, dict[str, CellValue]]]:
        """Return the cells that say something by who may read them, from columns in order."""
        found: list[tuple[Audience, dict[str, CellValue]]] = []
        for audience, lot in self._lots:
            cells: dict[str, CellValue] = {}
            for name, at, end in lot:
                if end - at == 1:
                    if plain[at] is not None:
                        cells[name] = plain[at]
                elif plain[at:end].count(None) < end - at:
                    cells[name] = plain[at:end]
            if cells:
                found.append((audience, cells))
        return found or [(Audience.INTERNAL, {})]


def as_plain(value: object) -> Plain:
    """Return a field's value as a column holds it; nothing said (empty, False) is NULL."""
    kind = type(value)
    if kind is str or kind is bytes:
        return value or None  # type: ignore[return-value]  # one of the two just asked for
    if value is None or kind is int or kind is float:
        return value  # type: ignore[return-value]
    if kind is bool:
        return 1 if value else None
    if isinstance(value, str | Instant):
        return str(value) or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return bytes(value) or None
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value) or None
    raise TypeError(f"no column holds {kind.__name__}")


def nothing(value: CellValue) -> bool:
    """True when a cell's value says nothing."""
    return value is None or (isinstance(value, tuple) and all(part is None for part in value))


class Catalogue:
    """All kinds of a workspace, by name. Knows no room by name: ``workspace.py`` hands them in."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds: Final = tuple(kinds)
        self._by_name = {kind.name: kind for kind in self.kinds}

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def find(self, name: str) -> Kind | None:
        """Return a kind by name; None for one of a newer program."""
        return self._by_name.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name
