"""What ``--json`` gives out: records as plain objects, ids as hex, days and moments as ISO text."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from kamdesk.core.clock import Instant
from kamdesk.core.money import Money
from kamdesk.core.wording import Text, say

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: Any, language: str) -> Plain:
    """Return any value of ours as JSON can hold it; texts are said in ``language``."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Text):
        return say(value, language)
    if isinstance(value, Enum):
        return plain(value.value, language)
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Instant):
        return value.local.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    return _of_many(value, language)


def _of_many(value: Any, language: str) -> Plain:
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return {
            key.hex() if isinstance(key, bytes) else str(key): plain(one, language)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(one, language) for one in value]
    if isinstance(value, set | frozenset):
        return [plain(one, language) for one in sorted(value)]
    raise TypeError(f"no JSON for {type(value).__name__}")


def moment(stored: str) -> str:
    """Return a moment as a table keeps it (``last_visit`` of a list) as ISO text of its zone."""
    found = Instant.read(stored)
    return found.local.isoformat(timespec="seconds") if found else ""
