"""Which column of a foreign table goes into which field, how sure that is, and why."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.fields import FIELDS, ImportKind, title_of

NOTHING_KNOWN: Final = Text("Nothing is known about this column.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: where it goes (None = shown as left over), how sure from 0 to 1, and why."""

    heading: str
    field: str | None = None
    certainty: float = 0.0
    why: Text = NOTHING_KNOWN
    unit: str = ""
    """What the heading says about its numbers, as ``万元``."""
    day_first: bool = False
    """31/12/2025 rather than 12/31/2025."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How the rows of one file become accounts, people or visits.

    ``source`` names where its keys come from (``salesforce``, ``ticker`` …); ``key`` is the
    heading of the column with the key; ``values`` stand in where a row says nothing; ``own`` are
    the fields of the workspace's own that columns can go into.
    """

    kind: ImportKind
    columns: tuple[Column, ...]
    source: str = ""
    key: str = ""
    values: Dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()

    def column_of(self, name: str) -> Column | None:
        """Return the column that goes into a field."""
        return next((one for one in self.columns if one.field == name), None)

    def put(self, heading: str, name: str | None) -> "Mapping":
        """Return this mapping with a column sent elsewhere by hand; it takes the field over."""
        if heading not in {one.heading for one in self.columns}:
            raise RuleBroken(Text("The file has no column “{heading}”.", heading=heading))
        if name is not None and name not in (*FIELDS[self.kind], *self.own):
            raise RuleBroken(Text("There is no field “{field}”.", field=name))
        columns = tuple(
            replace(one, field=name, certainty=1.0, why=Text("Chosen by hand."))
            if one.heading == heading
            else replace(one, field=None, certainty=0.0, why=gave_way(self.kind, name, heading))
            if name is not None and one.field == name
            else one
            for one in self.columns
        )
        key = heading if name == "source_key" else "" if self.key == heading else self.key
        return replace(self, columns=columns, key=key)

    def checked(self) -> "Mapping":
        """Return this mapping. Raises ``RuleBroken`` when no column can give what a row needs."""
        fields = {one.field for one in self.columns} | set(self.values)
        if self.kind is ImportKind.VISITS:
            if not {"account", "account_key"} & fields:
                raise RuleBroken(
                    Text("No column holds the customer. Say which one does."), field="account"
                )
            if "day" not in fields:
                raise RuleBroken(Text("No column holds the day. Say which one does."), field="day")
            return self
        if self.kind is ImportKind.OPPORTUNITIES and not {"account", "account_key"} & fields:
            raise RuleBroken(
                Text("No column holds the customer. Say which one does."), field="account"
            )
        parts = {"family_name", "given_name"} if self.kind is ImportKind.PEOPLE else set()
        if "name" not in fields and not parts & fields:
            raise RuleBroken(Text("No column holds the name. Say which one does."), field="name")
        return self


def as_before(mapping: Mapping) -> Mapping:
    """Return a remembered mapping that says of its columns that they are mapped as before."""
    columns = tuple(
        replace(one, why=Text("As it was mapped before.") if one.field else NOTHING_KNOWN)
        for one in mapping.columns
    )
    return replace(mapping, columns=columns)


def gave_way(kind: ImportKind, name: str, to: str) -> Text:
    """Return why a column lost a field: another one has it."""
    return Text("“{heading}” goes into the field {field}.", heading=to, field=title_of(kind, name))
