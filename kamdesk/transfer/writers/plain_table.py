"""What a table to be exported consists of: headings and plain values, the same for all formats."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from kamdesk.core.wording import Text, say

Heading = Text | str
"""A title of ours, said in the reader's language, or a heading of the user's own."""

Value = str | int | float | Decimal | bool | date | datetime | Text | tuple[str, ...] | None
Rows = Iterable[Sequence[Value]]


_PARTING = frozenset("；、|\n,，")
"""What would part the only text of a list read back; a semicolon behind it prevents that."""


def as_text(value: Value, language: str) -> str:
    """Return a value as text that reads back to the same value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return say(value, language)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, tuple):
        alone = len(value) == 1 and not _PARTING.isdisjoint(value[0])
        return f"{value[0]};" if alone else "; ".join(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def is_words(value: Value) -> bool:
    """True for what a person wrote; figures and days are none and cannot be formulas."""
    return isinstance(value, str | Text | tuple)
