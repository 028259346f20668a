"""Opportunities in the workspace: their cells, and what is asked about them."""

from typing import Final, NamedTuple

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import AccountId, OpportunityId
from kamdesk.core.money import Money
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.opportunities.model import STEPS, Opportunity, OpportunityState
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

OPPORTUNITY: Final = Kind(
    "opportunity",
    table="opportunities",
    scope_of="account",
    holds={Held.ID: ("account",), Held.WHOLE: ("step", "amount_minor")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("name", privacy=Privacy.INTERNAL, searched=True),
        Cell("step", privacy=Privacy.INTERNAL),
        Cell("amount", columns=("amount_minor", "currency"), privacy=Privacy.MONEY),
        Cell("expected", privacy=Privacy.INTERNAL),
        Cell("state", columns=("state", "settled_on"), privacy=Privacy.INTERNAL),
        Cell("since", privacy=Privacy.INTERNAL),
        Cell("note", privacy=Privacy.NOTE, merge=Merge.TEXT, searched=True),
    ),
)


class OpportunityLine(NamedTuple):
    """An opportunity as lists show it. ``amount`` None: not known."""

    id: OpportunityId
    account: AccountId
    account_name: str
    name: str
    step: int
    amount: Money | None
    expected: Day | None
    state: OpportunityState


_LINES = """
SELECT o.*, coalesce(a.short_name, a.name) AS account_name
FROM opportunities o LEFT JOIN accounts a ON a.id = o.account
WHERE NOT o.gone"""
_OPEN = " AND coalesce(o.state, '') NOT IN ('won', 'lost')"
_ORDER = " ORDER BY coalesce(o.expected, '9999'), o.id"


class OpportunityStore:
    """Asks the ``opportunities`` table. What no word known here settles is open."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def find(self, opportunity: bytes) -> Opportunity | None:
        """Return an opportunity that is not deleted, or None."""
        sql = "SELECT * FROM opportunities WHERE id = ? AND NOT gone"
        row = self._ask(sql, opportunity).first()
        return _opportunity(row) if row else None

    def get(self, opportunity: OpportunityId) -> Opportunity:
        """Return an opportunity. Raises ``LookupError``."""
        return _opportunity(
            self._ask("SELECT * FROM opportunities WHERE id = ?", opportunity).one()
        )

    def of_account(self, account: AccountId) -> list[Opportunity]:
        """Return all opportunities of a customer, the next expected first."""
        sql = f"SELECT o.* FROM opportunities o WHERE o.account = ? AND NOT o.gone{_ORDER}"
        return [_opportunity(row) for row in self._ask(sql, account)]

    def lines(
        self, *, settled: bool = False, account: AccountId | None = None, most: int = -1
    ) -> list[OpportunityLine]:
        """Return the open ones, or all, of one customer or of all: the next expected first."""
        sql = _LINES + ("" if settled else _OPEN) + (" AND o.account = ?" if account else "")
        values = [account] if account else []
        return [_line(row) for row in self._ask(f"{sql}{_ORDER} LIMIT ?", *values, most)]

    def count(self, *, settled: bool = False) -> int:
        """Return how many are open, or how many there are."""
        which = "" if settled else _OPEN
        sql = f"SELECT count(*) FROM opportunities o WHERE NOT o.gone{which}"
        return int(self._ask(sql).value())


def _state(row: Row) -> OpportunityState:
    return read_word(OpportunityState, row["state"], OpportunityState.OPEN)


def _amount(row: Row) -> Money | None:
    minor = row["amount_minor"]
    return None if minor is None else Money(minor, row["currency"] or "CNY")


def _opportunity(row: Row) -> Opportunity:
    return Opportunity(
        id=row["id"],
        account=row["account"],
        name=row["name"] or "",
        step=read_number(STEPS, row["step"], 1),
        amount=_amount(row),
        expected=read_day(row["expected"]),
        state=_state(row),
        settled_on=read_day(row["settled_on"]),
        since=read_day(row["since"]),
        note=row["note"] or "",
    )


def _line(row: Row) -> OpportunityLine:
    return OpportunityLine(
        row["id"],
        row["account"],
        row["account_name"] or "",
        row["name"] or "",
        read_number(STEPS, row["step"], 1),
        _amount(row),
        read_day(row["expected"]),
        _state(row),
    )
