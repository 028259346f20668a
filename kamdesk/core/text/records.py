"""Cleans every text of a record at once, at the edge where people and files write."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from kamdesk.core.text.clean import clean, one_line

R = TypeVar("R")


def cleaned(record: R, *, long: tuple[str, ...] = ()) -> R:
    """Return a dataclass with each text cleaned: on one line, except the fields named ``long``.

    Raises ``RuleBroken`` naming the field.
    """
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]  # every record is a dataclass
        value = getattr(record, field.name)
        if type(value) is str and value:
            tidy = clean if field.name in long else one_line
            neat: Any = tidy(value, field=field.name)
        elif type(value) is tuple and value and type(value[0]) is str:
            neat = tuple(filter(None, (one_line(part, field=field.name) for part in value)))
        else:
            continue
        if neat != value:
            changed[field.name] = neat
    return replace(record, **changed) if changed else record  # type: ignore[type-var]
