"""How private each value is, and the one function that hides what must not be seen."""

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, TypeVar

Record = TypeVar("Record")


class Privacy(StrEnum):
    """How far a value may travel (``trust.md`` 5); every column carries one."""

    PUBLIC = "public"
    BUSINESS = "business"
    CONTACT = "contact"
    OPINION = "opinion"
    MOTIVE = "motive"
    MONEY = "money"
    RIVAL = "rival"
    NOTE = "note"
    INTERNAL = "internal"


class Mode(StrEnum):
    """Who is looking: ourselves, or the customer sits beside us."""

    OURS = "ours"
    ROOM = "room"


IN_THE_ROOM = frozenset({Privacy.PUBLIC, Privacy.BUSINESS, Privacy.CONTACT})
"""What may be seen when the customer sits beside us."""


def may_show(privacy: Privacy, mode: Mode) -> bool:
    """True when a value of this privacy may be seen in this mode."""
    return mode is Mode.OURS or privacy in IN_THE_ROOM


def veil(record: Record, tags: Mapping[str, Privacy], mode: Mode) -> Record:
    """Return a record, a dataclass, as it may be seen: what is too private is blank.

    ``tags`` says how private each column is (``Kind.tags``). A field without a tag is hidden too;
    the id is none. Raises ``TypeError`` where a private field has no blank to show.
    """
    if mode is Mode.OURS:
        return record
    hidden: dict[str, Any] = {}
    for column in fields(record):  # type: ignore[arg-type]  # callers pass dataclasses
        tag = tags.get(column.name)
        if column.name != "id" and (tag is None or not may_show(tag, mode)):
            hidden[column.name] = column.default
    return replace(record, **hidden) if hidden else record  # type: ignore[type-var]
