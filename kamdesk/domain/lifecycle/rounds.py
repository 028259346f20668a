"""Which standing tasks a customer has now: the shipped ones, due by their phase, as they stand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import AccountId, TaskId
from kamdesk.domain.lifecycle.task import Task, TaskState
from kamdesk.domain.lifecycle.template import Template

_FAR: Final = Day.max
LAPSED_AFTER: Final = 183
"""So many days late a task that comes once is no longer asked for, only kept."""


class StandingTask(NamedTuple):
    """One round of a standing task: ``due`` is moved off days nobody works; None: no day."""

    template: Template
    task: Task
    due: Day | None

    def days_over(self, today: Day) -> int:
        """Return how many days it is late; 0 when it is not."""
        return max(0, days_between(self.due, today)) if self.due else 0

    def lapsed(self, today: Day) -> bool:
        """True when its day is long past: the phase went on without it."""
        return self.days_over(today) > LAPSED_AFTER


def standing_tasks(
    account: AccountId,
    wanted: Iterable[Template],
    since: Day | None,
    touched: Iterable[Task],
    *,
    today: Day,
    next_working: Callable[[Day], Day] = lambda day: day,
) -> list[StandingTask]:
    """Return the tasks that are open now, one round of each, the most urgent first.

    Of a task that comes round again only the latest round that fell due is asked for, and only till
    half the time to the next one is gone: what was missed before cannot be done any more.
    """
    by_id = {task.id: task for task in touched}
    found = []
    for template in wanted:
        now = _round_now(account, template, since, by_id, today)
        if now is not None:
            number, task = now
            due = _falls(template, since, number)
            found.append(StandingTask(template, task, next_working(due) if due else None))
    return sorted(found, key=lambda one: one.due or _FAR)


def _round_now(
    account: AccountId,
    template: Template,
    since: Day | None,
    touched: Mapping[TaskId, Task],
    today: Day,
) -> tuple[int, Task] | None:
    """Return the round that is open now, and its task; None when the task is settled."""

    def at(number: int) -> tuple[int, Task]:
        fresh = Task.at(account, template.key, number)
        return number, touched.get(fresh.id, fresh)

    def if_open(number: int) -> tuple[int, Task] | None:
        found = at(number)
        return found if found[1].state is TaskState.OPEN else None

    if not template.every or template.due is None:
        return if_open(0)
    last = _FAR.toordinal()
    if template.until is not None:
        last = (template.until - template.due) // template.every
    if since is None:  # no days to reckon by: one after the other
        number = sum(one.task == template.key for one in touched.values())
        return at(number) if number <= last else None
    passed = days_between(since, today) - template.due
    number = min(max(passed // template.every, 0), last)
    too_late = passed - number * template.every > template.every // 2
    if not too_late or number == last:
        found = if_open(number)
        if found is not None:
            return found
    return at(number + 1) if number < last else None


def _falls(template: Template, since: Day | None, number: int) -> Day | None:
    if since is None or template.due is None:
        return None
    return since + timedelta(days=template.due + number * template.every)
