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
        number = _round_now(account, template, since, by_id, today)
        if number is None:
            continue
        fresh = Task.at(account, template.key, number)
        due = _falls(template, since, number)
        found.append(
            StandingTask(template, by_id.get(fresh.id, fresh), next_working(due) if due else None)
        )
    return sorted(found, key=lambda one: one.due or _FAR)


def _round_now(
    account: AccountId,
    template: Template,
    since: Day | None,
    touched: Mapping[TaskId, Task],
    today: Day,
) -> int | None:
    """Return the round that is open now; None when the task is settled."""

    def is_open(number: int) -> bool:
        task = touched.get(Task.at(account, template.key, number).id)
        return task is None or task.state is TaskState.OPEN

    if not template.every or template.due is None:
        return 0 if is_open(0) else None
    last = _FAR.toordinal()
    if template.until is not None:
        last = (template.until - template.due) // template.every
    if since is None:  # no days to reckon by: one after the other
        number = sum(one.task == template.key for one in touched.values())
        return number if number <= last else None
    passed = days_between(since, today) - template.due
    number = min(max(passed // template.every, 0), last)
    too_late = passed - number * template.every > template.every // 2
    if is_open(number) and (not too_late or number == last):
        return number
    return number + 1 if number < last else None


def _falls(template: Template, since: Day | None, number: int) -> Day | None:
    if since is None or template.due is None:
        return None
    return since + timedelta(days=template.due + number * template.every)
