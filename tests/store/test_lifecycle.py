"""A customer's phase and tasks as the file holds them; tasks ticked, shown, merged from two."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.asked import statements
from support.customers import Lanchuan, lanchuan
from support.invented import an_account
from support.two_desks import Pair, settle

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import say
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort, Task, TaskState
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.dossier.lifecycle import read_lifecycle, set_phase, tasks_of_owner
from kamdesk.dossier.lifecycle_told import phase_told, settled_told
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture
def here(desk: Workspace) -> Lanchuan:
    """Return a customer signed in June 2023 with a past visit."""
    return lanchuan(desk)


def test_the_phase_is_read_from_what_the_file_holds(desk: Workspace, here: Lanchuan) -> None:
    reading = read_lifecycle(desk.storage, here.account.id).reading
    assert reading.by_time is Phase.EMBEDDED
    assert (reading.shown, reading.since) == (Phase.ONBOARDING, date(2023, 6, 1))
    assert any("live contacts" in text.plain for text in reading.missing)
    assert "a kickoff visit" not in [text.plain for text in reading.missing]
    assert "a second order" in [text.plain for text in reading.not_judged]


def test_won_deals_are_orders(desk: Workspace, here: Lanchuan) -> None:
    deal = replace(desk.opportunities.new(here.account.id, "一号线"), since=date(2024, 5, 1))
    desk.opportunities.add(deal)
    missing = read_lifecycle(desk.storage, here.account.id).reading.missing
    assert "a second order" in [text.plain for text in missing]
    desk.opportunities.settle(
        deal.id, OpportunityState.WON, on=date(2025, 5, 1), seen=desk.storage.position()
    )
    missing = read_lifecycle(desk.storage, here.account.id).reading.missing
    assert "a second order" not in [text.plain for text in missing]


def test_a_phase_set_by_hand_needs_a_reason_and_brings_its_own_tasks(
    desk: Workspace, here: Lanchuan
) -> None:
    with pytest.raises(RuleBroken) as refused:
        set_phase(desk.storage, here.account.id, Phase.LOST, " ", seen=desk.storage.position())
    assert refused.value.field == "because"
    set_phase(desk.storage, here.account.id, Phase.LOST, "换了供应商", seen=desk.storage.position())
    found = read_lifecycle(desk.storage, here.account.id)
    assert (found.reading.shown, found.reading.since) == (Phase.LOST, TODAY)
    assert {one.template.phase for one in found.tasks} == {Phase.DORMANT}
    assert say(phase_told(found.reading)[0], "en") == "Set by hand: 换了供应商"
    desk.undo.undo()
    assert read_lifecycle(desk.storage, here.account.id).reading.shown is Phase.ONBOARDING
    set_phase(desk.storage, here.account.id, None, "", seen=desk.storage.position())
    assert not read_lifecycle(desk.storage, here.account.id).reading.by_hand


def test_a_prospect_is_one_since_the_file_was_opened(desk: Workspace) -> None:
    found = read_lifecycle(desk.storage, an_account(desk).id)
    assert (found.reading.shown, found.reading.since) == (Phase.PROSPECT, TODAY)
    assert found.tasks[0].due == date(2026, 3, 19)


def test_a_task_is_ticked_then_shown_by_a_visit_then_opened_again(
    desk: Workspace, here: Lanchuan
) -> None:
    def tasks() -> dict[str, TaskState]:
        found = read_lifecycle(desk.storage, here.account.id)
        return {one.task: one.state for one in found.settled}

    task = read_lifecycle(desk.storage, here.account.id).tasks[0].task
    key = task.task
    desk.lifecycle.say_done(task, seen=desk.storage.position())
    assert tasks() == {key: TaskState.SAID_DONE}
    assert task.id not in {
        one.task.id for one in read_lifecycle(desk.storage, here.account.id).tasks
    }
    desk.lifecycle.show(
        task, EvidenceSort.VISIT, record=here.last_visit, seen=desk.storage.position()
    )
    (kept,) = read_lifecycle(desk.storage, here.account.id).settled
    assert (kept.state, kept.record) == (TaskState.DONE, here.last_visit)
    topic = desk.visits.ask.get(here.last_visit)
    named = topic.topic or topic.objective
    assert named in say(settled_told(desk.storage.reader, kept), "en")
    desk.lifecycle.open_again(kept, seen=desk.storage.position())
    assert tasks() == {}
    desk.undo.undo()
    assert tasks() == {key: TaskState.DONE}


def test_ticking_twice_is_one_record(desk: Workspace, here: Lanchuan) -> None:
    task = read_lifecycle(desk.storage, here.account.id).tasks[0].task
    desk.lifecycle.say_done(task, seen=desk.storage.position())
    desk.lifecycle.not_needed(task, "对方自办", seen=desk.storage.position())
    count = desk.storage.reader.ask("SELECT count(*) FROM tasks WHERE NOT gone").value()
    assert count == 1
    (kept,) = desk.lifecycle.ask.of_account(here.account.id)
    assert (kept.state, kept.words) == (TaskState.NOT_NEEDED, "对方自办")


def test_my_customers_are_read_with_few_questions(desk: Workspace, here: Lanchuan) -> None:
    for number in range(5):
        account = replace(an_account(desk, f"客户{number}"), owner=desk.team.me, first_signed=TODAY)
        base = desk.accounts.ask.get(account.id)
        desk.accounts.change(account, base=base, seen=desk.storage.position())
    me = desk.team.me
    found = tasks_of_owner(desk.storage, me)
    assert len(found) == 6
    asked = statements(desk, lambda: tasks_of_owner(desk.storage, me))
    assert len(asked) == 3
    young = next(one for one in found if one.called == "客户1")
    assert young.reading.shown is Phase.ONBOARDING
    assert young.tasks[0].due == TODAY + timedelta(days=1)


def test_two_desks_that_tick_the_same_task_have_one(pair: Pair) -> None:
    one, other = pair
    (line,) = one.workspace.accounts.ask.lines()
    for desk, words in ((one, "纪要在共享盘"), (other, "对方签收")):
        lifecycle, seen = desk.workspace.lifecycle, desk.workspace.storage.position()
        task = Task.at(line.id, "kickoff")
        lifecycle.show(task, EvidenceSort.WORDS, words=words, seen=seen)
    settle(one, other)
    kept = [desk.workspace.lifecycle.ask.of_account(line.id) for desk in pair]
    assert [len(tasks) for tasks in kept] == [1, 1]
    assert kept[0] == kept[1]
    assert kept[0][0].state is TaskState.DONE
