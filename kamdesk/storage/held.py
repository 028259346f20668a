"""What sort of value a column holds: what another program wrote of another sort says nothing here.

The log keeps what came; a table takes only what its readers can rely on.
"""

from enum import StrEnum
from math import isfinite
from typing import Final

Plain = None | int | float | str | bytes
"""What a column holds."""

_ID_BYTES: Final = 16
_MOST: Final = 2**63


class Held(StrEnum):
    """The sort of value of a column, or of the targets of a set."""

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "number"
    ID = "id"
    BYTES = "bytes"

    def taken(self, value: object) -> Plain:
        """Return ``value`` if it is of this sort, else None."""
        sort = type(value)
        if sort is str:
            return value if self is Held.TEXT else None  # type: ignore[return-value]
        if sort is bytes:
            fits = self is Held.BYTES or (self is Held.ID and len(value) == _ID_BYTES)  # type: ignore[arg-type]
            return value if fits else None  # type: ignore[return-value]
        if isinstance(value, int):
            if self is Held.REAL:
                return float(value) if -_MOST <= value < _MOST else None
            return int(value) if self is Held.WHOLE and -_MOST <= value < _MOST else None
        if isinstance(value, float):
            return value if self is Held.REAL and isfinite(value) else None
        return None
