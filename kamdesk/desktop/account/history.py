"""The history of a customer in words: cells by their names, ids by what they are called."""

from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.dossier.told import field_words, value_words
from kamdesk.storage.catalogue import LIFE

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class HistoryRow(NamedTuple):
    """One value that changed, in words. ``latest``: it is what stands there now."""

    id: tuple[int, str]
    at: Instant | None
    by: str
    action: Text
    cell: str
    before: str
    after: str
    latest: bool

    @property
    def can_come_back(self) -> bool:
        """Whether the value can be brought back: it is one, and not what stands there."""
        return self.cell != LIFE and not self.latest


class HistorySeen(NamedTuple):
    """The rows, and the day they were read."""

    rows: list[HistoryRow]
    today: Day


def read_history(desk: "Workspace", account: AccountId) -> HistorySeen:
    """Return what changed of a customer, newest first."""
    called: dict[bytes, str] = {}
    rows, newest = [], set()
    for line in desk.history.of("account", account):
        latest = line.cell not in newest
        newest.add(line.cell)
        rows.append(
            HistoryRow(
                (line.lid, line.cell),
                line.at,
                _called(desk, called, line.by) if line.by else "",
                line.name,
                line.cell,
                _words(desk, called, line.cell, line.before),
                _words(desk, called, line.cell, line.after),
                latest,
            )
        )
    return HistorySeen(rows, desk.clock.today())


def cell_words(cell: str) -> Text | str:
    """Return what a cell of a customer is called."""
    return field_words("account", cell)


def _words(desk: "Workspace", called: dict[bytes, str], cell: str, value: object) -> str:
    if cell == "annual_revenue" and isinstance(value, tuple) and isinstance(value[0], int):
        return looks.money(Money(value[0], str(value[-1] or "CNY")), exact=True)
    return value_words(
        "account",
        cell,
        value,
        called=lambda record: _called(desk, called, record),
        said=looks.said,
    )


def _called(desk: "Workspace", called: dict[bytes, str], record: bytes) -> str:
    if record not in called:
        colleague = desk.team.ask.find(record)
        account = None if colleague else desk.accounts.ask.find(AccountId(Id(record)))
        called[record] = colleague.name if colleague else account.called if account else "?"
    return called[record]
