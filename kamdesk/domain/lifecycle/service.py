"""What a user does with standing tasks: tick one, show it, say it is not needed, open it again."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.lifecycle.store import TASK, TaskStore
from kamdesk.domain.lifecycle.task import EvidenceSort, Task
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Lifecycle:
    """The verbs of standing tasks, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = TaskStore(storage.reader)

    def say_done(self, task: Task, *, seen: Seen) -> ChangeSet:
        """Say that a task was done; nothing shows it yet."""
        return self._put(Text("Tick a task"), task.said_done(self._today), seen)

    def show(
        self,
        task: Task,
        evidence: EvidenceSort,
        *,
        record: Id | None = None,
        words: str = "",
        seen: Seen,
    ) -> ChangeSet:
        """Say what shows that a task was done. Raises ``RuleBroken`` at ``words``."""
        on = task.done_on or self._today
        done = task.shown_by(evidence, on, record=record, words=words)
        return self._put(Text("Show a task done"), done, seen)

    def not_needed(self, task: Task, because: str, *, seen: Seen) -> ChangeSet:
        """Say why a task is not needed at this customer. Raises ``RuleBroken`` at ``words``."""
        return self._put(Text("Take a task off"), task.not_needed(self._today, because), seen)

    def open_again(self, task: Task, *, seen: Seen) -> ChangeSet:
        """Open a task again."""
        return self._put(Text("Open a task again"), task.opened(), seen)

    @property
    def _today(self) -> Day:
        return self._storage.clock.today()

    def _put(self, name: Text, task: Task, seen: Seen) -> ChangeSet:
        base = self._touched(task.account, task.id)
        with self._storage.change(name, seen=seen) as change:
            change.put(TASK, task, base=base)
        return change.touched

    def _touched(self, account: AccountId, task: Id) -> Task | None:
        return next((one for one in self.ask.of_account(account) if one.id == task), None)
