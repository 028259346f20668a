"""A standing task of a customer that was touched: said done, done with evidence, not needed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, TaskId, linked_id
from kamdesk.core.text.clean import clean
from kamdesk.core.wording import Text


class TaskState(StrEnum):
    """How a standing task stands."""

    OPEN = "open"
    SAID_DONE = "said done"
    """Done by somebody's word: nothing another person can look at."""
    DONE = "done"
    NOT_NEEDED = "not needed"


TASK_STATE_WORDS: Final = {
    TaskState.OPEN: Text("task open"),
    TaskState.SAID_DONE: Text("said done"),
    TaskState.DONE: Text("done with evidence"),
    TaskState.NOT_NEEDED: Text("not needed"),
}


class EvidenceSort(StrEnum):
    """What shows that a task was done."""

    VISIT = "visit"
    PROMISE = "promise"
    OPPORTUNITY = "opportunity"
    FILE = "file"
    WORDS = "words"


EVIDENCE_WORDS: Final = {
    EvidenceSort.VISIT: Text("a visit"),
    EvidenceSort.PROMISE: Text("a promise"),
    EvidenceSort.OPPORTUNITY: Text("an opportunity"),
    EvidenceSort.FILE: Text("a file"),
    EvidenceSort.WORDS: Text("words"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What was said of one round of a template's ``task`` at a customer.

    The id follows from customer, task and round, so that two laptops tick the same one.
    ``record`` is the record that shows it; ``words`` what shows it, or why it is not needed.
    """

    id: TaskId
    account: AccountId
    task: str
    round: int = 0
    state: TaskState = TaskState.OPEN
    done_on: Day | None = None
    evidence: EvidenceSort | None = None
    record: Id | None = None
    words: str = ""

    @staticmethod
    def at(account: AccountId, task: str, number: int = 0) -> "Task":
        """Return an untouched task of a customer."""
        made = linked_id("task", account, task.encode(), str(number).encode())
        return Task(id=TaskId(made), account=account, task=task, round=number)

    def said_done(self, on: Day) -> "Task":
        """Return this task as done by our word alone."""
        state = TaskState.SAID_DONE
        return replace(self, state=state, done_on=on, evidence=None, record=None, words="")

    def shown_by(
        self, evidence: EvidenceSort, on: Day, *, record: Id | None = None, words: str = ""
    ) -> "Task":
        """Return this task as done, with what shows it. Raises ``RuleBroken`` at ``words``."""
        said = clean(words, field="words")
        if evidence is EvidenceSort.WORDS and not said:
            told = Text("Say where another person can see it: a document, a name, a date.")
            raise RuleBroken(told, field="words")
        return replace(
            self, state=TaskState.DONE, done_on=on, evidence=evidence, record=record, words=said
        )

    def not_needed(self, on: Day, because: str) -> "Task":
        """Return this task as not needed here. Raises ``RuleBroken`` without a reason."""
        said = clean(because, field="words")
        if not said:
            raise RuleBroken(Text("Say why it is not needed here."), field="words")
        state = TaskState.NOT_NEEDED
        return replace(self, state=state, done_on=on, evidence=None, record=None, words=said)

    def opened(self) -> "Task":
        """Return this task as open again."""
        return Task(id=self.id, account=self.account, task=self.task, round=self.round)
