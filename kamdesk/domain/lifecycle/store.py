"""Standing tasks that were touched: their cells, and what is asked about them."""

from collections.abc import Sequence

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.lifecycle.task import EvidenceSort, Task, TaskState
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

TASK = Kind(
    "task",
    table="tasks",
    scope_of="account",
    linked=True,
    holds={Held.ID: ("account", "record"), Held.WHOLE: ("round",)},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("task", columns=("task", "round"), privacy=Privacy.BUSINESS),
        Cell("state", columns=("state", "done_on"), privacy=Privacy.BUSINESS),
        Cell("evidence", columns=("evidence", "record"), privacy=Privacy.BUSINESS),
        Cell("words", privacy=Privacy.NOTE),
    ),
)
MOST_ROUNDS = 10_000


class TaskStore:
    """Asks the ``tasks`` table."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_account(self, account: AccountId) -> list[Task]:
        """Return a customer's tasks that were touched, latest done first."""
        return self.of_accounts([account])

    def of_accounts(self, accounts: Sequence[bytes]) -> list[Task]:
        """Return the tasks of several customers that were touched, latest done first."""
        sql = (
            "SELECT * FROM tasks WHERE account IN ({marks}) AND NOT gone ORDER BY done_on DESC, id"
        )
        return [_task(row) for row in self._reader.of_each(sql, accounts)]


def _task(row: Row) -> Task:
    return Task(
        id=row["id"],
        account=row["account"],
        task=row["task"] or "",
        round=read_number(range(MOST_ROUNDS), row["round"], 0),
        state=read_word(TaskState, row["state"], TaskState.OPEN),
        done_on=read_day(row["done_on"]),
        evidence=read_word(EvidenceSort, row["evidence"], None),
        record=row["record"],
        words=row["words"] or "",
    )
