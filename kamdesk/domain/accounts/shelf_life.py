"""How long what is known of a customer stays fresh, by kind of fact (``field_book.md`` D20)."""

from types import MappingProxyType
from typing import Final

from kamdesk.core.clock import Day, days_between

SHELF_LIFE: Final = MappingProxyType(
    {
        "phone": 365,
        "industry": 730,
        "employees": 365,
        "annual_revenue": 365,
        "website": 730,
        "hours": 365,
        "gate": 365,
    }
)
"""Days by cell of an account or a site; what is not named here does not age."""


def is_stale(cell: str, as_of: Day | None, today: Day) -> bool:
    """Whether a value as of a day is past its shelf life; one of no known day is not judged."""
    life = SHELF_LIFE.get(cell)
    return life is not None and as_of is not None and days_between(as_of, today) > life
