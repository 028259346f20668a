"""The history of a customer in words: cells by their names, ids by what they are called."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.storage.catalogue import LIFE

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

CELLS: Final = {
    LIFE: Text("there"),
    "name": Text("name"),
    "short_name": Text("short name"),
    "other_names": Text("other names"),
    "number": Text("number"),
    "credit_code": Text("credit code"),
    "organisation": Text("kind of organisation"),
    "stock": Text("stock exchange"),
    "industry": Text("industry"),
    "group_parent": Text("group"),
    "place": Text("place"),
    "website": Text("website"),
    "phone": Text("telephone"),
    "employees": Text("employees"),
    "annual_revenue": Text("annual revenue"),
    "first_signed": Text("first signed"),
    "owner": Text("owner"),
    "class_by_hand": Text("class"),
    "note": Text("note"),
    "tags": Text("tags"),
    "team": Text("account team"),
}
"""What the cells of a customer are called."""

_WORDS: Final[dict[str, Text]] = {
    **{one.value: words for one, words in CLASS_WORDS.items()},
    **{one.value: words for one, words in ORGANISATION_WORDS.items()},
}


class HistoryRow(NamedTuple):
    """One value that changed, in words. ``latest``: it is what stands there now."""

    id: tuple[int, str]
    at: Instant | None
    by: str
    action: Text
    cell: str
    before: Text | str
    after: Text | str
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
    """Return what a cell is called; one we do not know by its own name."""
    return CELLS.get(cell) or cell.replace("_", " ")


def _words(desk: "Workspace", called: dict[bytes, str], cell: str, value: Any) -> Text | str:
    if value is None or value == "":
        return ""
    if value is True:
        return Text("yes")
    if cell == "annual_revenue" and isinstance(value, tuple) and isinstance(value[0], int):
        return looks.money(Money(value[0], str(value[-1] or "CNY")), exact=True)
    if isinstance(value, tuple):
        parts = [looks.said(_words(desk, called, cell, part)) for part in value]
        return looks.joined(*filter(None, parts))
    if isinstance(value, bytes):
        return _called(desk, called, value)
    if cell in ("class_by_hand", "organisation"):
        return _WORDS.get(str(value), str(value))
    return str(value)


def _called(desk: "Workspace", called: dict[bytes, str], record: bytes) -> str:
    if record not in called:
        colleague = desk.team.ask.find(record)
        account = None if colleague else desk.accounts.ask.find(AccountId(Id(record)))
        called[record] = colleague.name if colleague else account.called if account else "?"
    return called[record]
