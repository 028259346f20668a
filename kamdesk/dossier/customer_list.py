"""What the list of customers is given: its lines, own fields, saved filters, and the day it is."""

from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId
from kamdesk.domain.accounts.listing import CustomerLine, customer_lines
from kamdesk.domain.filters.model import SavedFilter
from kamdesk.domain.filters.store import FilterStore
from kamdesk.domain.own_fields.model import Of, OwnField
from kamdesk.domain.own_fields.store import OwnFieldStore
from kamdesk.storage.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIST: Final = "accounts"
"""What the list is called where its filters are kept."""
_OVERDUE: Final = (
    "SELECT account, count(*) FROM promises"
    " WHERE state = 'open' AND due < ? AND NOT gone GROUP BY +account"
)


class CustomerList(NamedTuple):
    """All customers by name, and by what they can be looked at."""

    lines: list[CustomerLine]
    own: list[OwnField]
    filters: list[SavedFilter]
    today: Day


class Place(NamedTuple):
    """Where a customer stands in its group: the topmost, and the names from there to its own."""

    top: AccountId
    path: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many companies stand above."""
        return len(self.path) - 1


def customer_list(storage: Storage) -> CustomerList:
    """Return the list as of today."""
    fields, today = OwnFieldStore(storage.reader), storage.clock.today()
    overdue = {row[0]: row[1] for row in storage.reader.ask(_OVERDUE, today.isoformat())}
    lines = customer_lines(storage.reader, overdue=overdue, own=fields.of_all(Of.ACCOUNT))
    filters = FilterStore(storage.reader).of_list(LIST)
    return CustomerList(lines, fields.fields(Of.ACCOUNT), filters, today)


def group_places(lines: "Iterable[CustomerLine]") -> "Mapping[AccountId, Place]":
    """Return where each customer of a group of companies stands; those of none are left out.

    A group that runs in a circle, as it may after an exchange, is cut: the first of it by the
    alphabet stands on top.
    """
    every = {line.id: line for line in lines}
    above = {
        one.id: one.group_parent
        for one in every.values()
        if one.group_parent is not None and one.group_parent in every
    }
    found: dict[AccountId, Place] = {}
    for account in {*above, *above.values()}:
        way = _way_up(account, above, found)
        if (end := above.get(way[-1]) if way else None) in way:
            above.pop(min(way[way.index(end) :], key=lambda one: (every[one].name, one)))
            way = _way_up(account, above, found)
        for one in reversed(way):
            over = found.get(above[one]) if one in above else None
            called = every[one].name.casefold()
            found[one] = Place(over.top, (*over.path, called)) if over else Place(one, (called,))
    return found


def _way_up(
    account: AccountId, above: "Mapping[AccountId, AccountId]", known: "Mapping[AccountId, Place]"
) -> list[AccountId]:
    """Return the customer and those above it, as far as they are not known and not met again."""
    way: list[AccountId] = []
    at: AccountId | None = account
    while at is not None and at not in known and at not in way:
        way.append(at)
        at = above.get(at)
    return way
