"""Which searched cells are names, numbers, telephones and roles; every other one is prose."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.dossier.told import FIELDS
from kamdesk.storage.catalogue import Catalogue, Cell, Kind, Merge


class Use(StrEnum):
    """How a field is looked for."""

    NAME = "name"
    ALIAS = "alias"
    CODE = "code"
    PHONE = "phone"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Field:
    """Something a customer or a person is found by; ``tag`` marks its line in the index."""

    tag: str
    where: str
    use: Use
    privacy: Privacy


@dataclass(frozen=True)
class Group:
    """A kind of record that has a name: where its keys stand and what it is found by."""

    kind: str
    number: int
    table: str
    person: bool
    fields: tuple[Field, ...]

    @cached_property
    def uses(self) -> dict[str, Use]:
        """How each line is looked for, by tag."""
        return {field.tag: field.use for field in self.fields}

    @cached_property
    def roles(self) -> frozenset[str]:
        """The tags of posts, departments and firms."""
        return frozenset(tag for tag, use in self.uses.items() if use is Use.ROLE)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The tags of what has keys only."""
        return frozenset(tag for tag, use in self.uses.items() if use in (Use.CODE, Use.PHONE))

    def field(self, tag: str) -> Field:
        """Return the field of a line."""
        return next(field for field in self.fields if field.tag == tag)

    def names(self, weight: int) -> int:
        """Return the shelf of name keys of records of a weight."""
        return self.number * 16 + weight

    @property
    def codes(self) -> int:
        """The shelf of numbers and foreign keys."""
        return self.number * 16 + 8

    @property
    def phones(self) -> int:
        """The shelf of telephone numbers, written backwards."""
        return self.number * 16 + 9


WEIGHTS: Final = (3, 2, 1, 0)
"""How weighty a record is: class and visits of an account, visits and post of a person."""

ACCOUNTS: Final = Group(
    "account",
    1,
    "search_accounts",
    False,
    (
        Field("n", "name", Use.NAME, Privacy.PUBLIC),
        Field("s", "short_name", Use.NAME, Privacy.PUBLIC),
        Field("o", "other_names", Use.NAME, Privacy.PUBLIC),
        Field("i", "number", Use.CODE, Privacy.BUSINESS),
        Field("c", "credit_code", Use.CODE, Privacy.PUBLIC),
        Field("k", "stock_code", Use.CODE, Privacy.PUBLIC),
        Field("p", "phone", Use.PHONE, Privacy.CONTACT),
        Field("x", "known_as", Use.CODE, Privacy.BUSINESS),
    ),
)
PEOPLE: Final = Group(
    "person",
    2,
    "search_people",
    True,
    (
        Field("n", "name", Use.NAME, Privacy.CONTACT),
        Field("f", "form_of_address", Use.ALIAS, Privacy.CONTACT),
        Field("t", "title", Use.ROLE, Privacy.BUSINESS),
        Field("d", "department", Use.ROLE, Privacy.BUSINESS),
        Field("w", "account", Use.ROLE, Privacy.BUSINESS),
        Field("p", "phone", Use.PHONE, Privacy.CONTACT),
        Field("e", "contact", Use.CODE, Privacy.CONTACT),
        Field("x", "known_as", Use.CODE, Privacy.BUSINESS),
    ),
)
GROUPS: Final = (ACCOUNTS, PEOPLE)

_AMONG_NAMES: Final = {
    "account": {"name", "short_name", "other_names", "number", "credit_code", "stock", "phone"},
    "person": {"name", "address", "department"},
    "post": {"title"},
    "way": {"value"},
}
OWN_FIELDS: Final = "own fields"
"""What the one document of a record's own values is called among its cells."""
_PROSE_OF: Final = {
    ("visit", "next_step"): ("next_step", "no_next_step_because"),
    ("reading", "evidence"): ("note",),
    ("reporting", "evidence"): ("note",),
}
"""Cells that hold days and marks beside their prose."""
DAYS: Final = {
    "visit": "start",
    "fact": "day",
    "reading": "valid_from",
    "tie": "since",
    "reporting": "valid_from",
    "agreement": "since",
    "pause": "since",
}
"""The column that says of which day a record is; where there is none, it is the id's day."""

PLACES: Final = {
    **FIELDS,
    "contact": Text("contact"),
    "evidence": Text("judgement"),
    "decision_way": Text("how they decide"),
    "known_as": Text("number elsewhere"),
    "stock_code": Text("stock code"),
    "title": Text("post"),
    OWN_FIELDS: Text("own field"),
}
"""What the places are called where something is found."""


def place(where: str) -> Text:
    """Return what a place is called; a new cell is text until it is given a word."""
    return PLACES.get(where, Text("text"))


@dataclass(frozen=True, slots=True)
class Prose:
    """A searched cell whose words are searched as a document."""

    cell: Cell
    columns: tuple[str, ...]


def shown(kind: Kind) -> str:
    """Return which records of a kind search may show: of people, and of what is about them, none
    of somebody who must not be shown.
    """
    if kind.name == PEOPLE.kind:
        return "shown"
    about = ", ".join(f"{kind.table}.{column}" for cell in kind.cells for column in cell.about)
    hidden = "SELECT 1 FROM people WHERE restricted IS NOT NULL AND people.id IN"
    return f"NOT gone AND NOT EXISTS ({hidden} ({about}))" if about else "NOT gone"


def prose_of(kind: Kind) -> tuple[Prose, ...]:
    """Return the cells of a kind that are prose: searched, and not among the names."""
    among = _AMONG_NAMES.get(kind.name, set())
    prose = tuple(
        Prose(cell, _PROSE_OF.get((kind.name, cell.name), cell.columns))
        for cell in kind.cells
        if cell.searched and cell.name not in among and cell.merge is not Merge.LINKS
    )
    return (*prose, _own(kind)) if kind.own else prose


def _own(kind: Kind) -> Prose:
    """Return the values of own fields as one document: as private as a note, whatever they are."""
    values = f"SELECT value FROM own_values WHERE eid = {kind.table}.id ORDER BY field"
    joined = f"(SELECT group_concat(value, char(10)) FROM ({values}))"
    return Prose(Cell(OWN_FIELDS, columns=(joined,), privacy=Privacy.NOTE), (joined,))


def prose_kinds(catalogue: Catalogue) -> dict[str, tuple[Kind, tuple[Prose, ...]]]:
    """Return the kinds that have prose, by name."""
    found = {kind.name: (kind, prose_of(kind)) for kind in catalogue.kinds}
    return {name: pair for name, pair in found.items() if pair[1]}
