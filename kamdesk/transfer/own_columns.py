"""Columns that go into fields of the workspace's own: named ``own:`` and the field's name."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.own_fields.model import Of, OwnField
from kamdesk.domain.own_fields.store import OwnFieldStore
from kamdesk.storage.database import Reader
from kamdesk.storage.own_values import cell_of
from kamdesk.transfer.fields import OWN, ImportKind, ReadOwn
from kamdesk.transfer.mapping import Mapping as ColumnMapping

_OF: Final = {ImportKind.ACCOUNTS: Of.ACCOUNT, ImportKind.PEOPLE: Of.PERSON}


def fields_of(reader: Reader, kind: ImportKind) -> dict[str, OwnField]:
    """Return the own fields that rows of a kind may bring, by the names columns go by."""
    of_kind = _OF.get(kind)
    fields = OwnFieldStore(reader).fields(of_kind) if of_kind else []
    return {f"{OWN}{field.name}": field for field in fields}


def readers_of(fields: Mapping[str, OwnField], today: Day) -> dict[str, ReadOwn]:
    """Return what reads the cells of such columns; each raises ``RuleBroken``."""
    return {name: partial(field.taken, today=today) for name, field in fields.items()}


def offered(
    mapping: ColumnMapping, fields: Mapping[str, OwnField], *, guess: bool
) -> ColumnMapping:
    """Return a mapping that knows the own fields; to ``guess``, columns of their name go there."""
    by_heading = {name.removeprefix(OWN).casefold(): name for name in fields}
    taken = {one.field for one in mapping.columns}
    columns = []
    for one in mapping.columns:
        name = by_heading.get(one.heading.strip().casefold())
        if guess and one.field is None and name is not None and name not in taken:
            taken.add(name)
            why = Text("A field of your own has this name.")
            one = replace(one, field=name, certainty=1.0, why=why)
        columns.append(one)
    return replace(mapping, columns=tuple(columns), own=tuple(fields))


def values_here(reader: Reader, kind: ImportKind) -> Mapping[bytes, Mapping[str, str]]:
    """Return the own values the workspace has, by record and by the names columns go by.

    Of fields of one name, added on two desks at once, one goes by it.
    """
    of_kind = _OF.get(kind)
    fields = fields_of(reader, kind)
    if of_kind is None or not fields:
        return {}
    names = {bytes(field.id): name for name, field in fields.items()}
    every = OwnFieldStore(reader).of_all(of_kind)
    return {
        record: {names[field]: value for field, value in values.items() if field in names}
        for record, values in every.items()
    }


class OwnTaker:
    """Notes the own values that rows bring; they are written when their records are."""

    def __init__(self, reader: Reader, kind: ImportKind) -> None:
        self._cells = {name: cell_of(one.id) for name, one in fields_of(reader, kind).items()}
        self.noted: list[tuple[Id, dict[str, str]]] = []

    def note(self, record: Id, own: Iterable[tuple[str, str]]) -> None:
        """Note what a row brings."""
        cells = {self._cells[name]: value for name, value in own if name in self._cells}
        if cells:
            self.noted.append((record, cells))
