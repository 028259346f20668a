"""The phase of a customer by time and evidence, and which standing tasks it brings when."""

from datetime import date, timedelta

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import say
from kamdesk.domain.lifecycle.phase import (
    Evidence,
    Phase,
    months_after,
    phase_by_time,
    phase_of,
)
from kamdesk.domain.lifecycle.rounds import StandingTask, standing_tasks
from kamdesk.domain.lifecycle.task import EvidenceSort, Task, TaskState
from kamdesk.domain.lifecycle.templates import of_phase, template, templates

TODAY = date(2026, 3, 12)
ACCOUNT = AccountId(Id(bytes(15) + b"\x01"))
FULL = Evidence(
    orders=(date(2023, 2, 1), date(2025, 10, 1)),
    orders_kept=True,
    deal_open=True,
    kickoff=date(2023, 2, 9),
    live_contacts=3,
    executive=True,
)


@pytest.mark.parametrize(
    ("signed", "phase"),
    [
        (None, Phase.PROSPECT),
        (date(2026, 3, 13), Phase.PROSPECT),
        (date(2026, 3, 12), Phase.ONBOARDING),
        (date(2025, 12, 13), Phase.ONBOARDING),
        (date(2025, 12, 12), Phase.ESTABLISHED),
        (date(2025, 3, 12), Phase.EMBEDDED),
        (date(2023, 3, 12), Phase.CO_CREATION),
        (date(2023, 3, 13), Phase.EMBEDDED),
    ],
)
def test_time_since_the_first_signing_opens_the_phases(signed: date | None, phase: Phase) -> None:
    assert phase_by_time(signed, TODAY) is phase


def test_months_end_on_the_last_day_there_is() -> None:
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2025, 12, 31), 1) == date(2026, 1, 31)
    assert months_after(date(2025, 10, 31), 1) == date(2025, 11, 30)


def test_the_lower_of_time_and_evidence_is_shown_with_what_is_missing() -> None:
    bare = phase_of(date(2022, 1, 5), Evidence(orders_kept=True), today=TODAY)
    assert (bare.by_time, bare.by_evidence, bare.shown) == (
        Phase.CO_CREATION,
        Phase.ONBOARDING,
        Phase.ONBOARDING,
    )
    assert [say(text, "en") for text in bare.missing] == [
        "a kickoff visit",
        "live contacts: 0 of 3",
        "a meeting with an executive of theirs",
        "a second order",
    ]
    assert bare.since == date(2022, 1, 5)
    early = phase_of(date(2026, 2, 1), FULL, today=TODAY)
    assert (early.shown, early.by_evidence) == (Phase.ONBOARDING, Phase.EMBEDDED)
    assert early.missing == ()


def test_what_can_be_judged_carries_a_customer_up_and_what_cannot_is_named() -> None:
    full = phase_of(date(2022, 1, 5), FULL, today=TODAY)
    assert (full.by_time, full.shown) == (Phase.CO_CREATION, Phase.EMBEDDED)
    assert full.since == date(2023, 1, 5)
    assert (full.missing, len(full.not_judged)) == ((), 8)
    hand = phase_of(date(2022, 1, 5), FULL, today=TODAY, by_hand="co-creation", set_on=TODAY)
    assert hand.shown is Phase.CO_CREATION


def test_a_second_order_is_only_asked_where_orders_are_kept() -> None:
    unknown = Evidence(kickoff=TODAY, live_contacts=5, executive=True)
    reading = phase_of(date(2024, 1, 5), unknown, today=TODAY)
    assert reading.shown is Phase.EMBEDDED
    assert "a second order" in [text.plain for text in reading.not_judged]


def test_a_customer_without_orders_for_long_is_dormant_then_lost() -> None:
    quiet = Evidence(orders=(date(2024, 1, 1), date(2024, 7, 1)), orders_kept=True)
    dormant = phase_of(date(2022, 1, 5), quiet, today=TODAY)
    assert dormant.shown is Phase.DORMANT
    assert dormant.since == date(2024, 7, 1) + timedelta(days=273)  # 1.5 times 182 days
    later = phase_of(date(2022, 1, 5), quiet, today=date(2027, 6, 1))
    assert later.shown is Phase.LOST
    again = Evidence(orders=quiet.orders, orders_kept=True, deal_open=True)
    assert phase_of(date(2022, 1, 5), again, today=TODAY).shown is not Phase.DORMANT
    once = Evidence(orders=quiet.orders[:1], orders_kept=True)
    assert phase_of(date(2022, 1, 5), once, today=TODAY).shown is not Phase.DORMANT


def test_a_phase_set_by_hand_is_shown_and_time_and_evidence_are_still_said() -> None:
    reading = phase_of(
        date(2022, 1, 5), FULL, today=TODAY, by_hand="lost", because="换了供应商", set_on=TODAY
    )
    assert (reading.shown, reading.by_hand, reading.since) == (Phase.LOST, True, TODAY)
    assert reading.by_time is Phase.CO_CREATION
    unknown = phase_of(None, Evidence(), today=TODAY, by_hand="of a newer program", opened=TODAY)
    assert (unknown.shown, unknown.by_hand, unknown.since) == (Phase.PROSPECT, False, TODAY)


# ---- standing tasks


def tasks(
    phase: Phase, since: date | None, *touched: Task, today: date = TODAY
) -> dict[str, StandingTask]:
    """Return the open tasks by key."""
    found = standing_tasks(ACCOUNT, of_phase(phase), since, touched, today=today)
    return {one.template.key: one for one in found}


def test_every_phase_has_its_tasks_in_both_languages() -> None:
    assert {one.phase for one in templates()} == set(Phase) - {Phase.LOST}
    assert len({one.key for one in templates()}) == len(templates()) == 51
    for one in templates():
        assert not any("一" <= letter <= "龥" for letter in say(one.title, "en"))
        assert any("一" <= letter <= "龥" for letter in say(one.title, "zh"))
        assert say(one.evidence, "zh") != say(one.evidence, "en")
        assert (one.due is None) == (one.when is not None)
    assert of_phase(Phase.LOST) == of_phase(Phase.DORMANT)
    assert template("of a newer program") is None


def test_tasks_fall_due_so_many_days_after_entering_and_the_first_due_comes_first() -> None:
    since = TODAY - timedelta(days=20)
    found = standing_tasks(ACCOUNT, of_phase(Phase.ONBOARDING), since, (), today=TODAY)
    assert found[0].template.key == "thanks"
    assert found[0].days_over(TODAY) == 19
    assert [one.due for one in found if one.due] == sorted(one.due for one in found if one.due)
    assert tasks(Phase.ONBOARDING, since)["clocks"].due is None


def test_a_task_that_comes_round_asks_for_its_latest_round_while_there_is_time() -> None:
    since = TODAY - timedelta(days=23)  # rounds fall due on days 7, 14, 21 and 28
    sync = tasks(Phase.ONBOARDING, since)["weekly_sync"]
    assert (sync.task.round, sync.days_over(TODAY)) == (2, 2)
    later = tasks(Phase.ONBOARDING, since, today=TODAY + timedelta(days=2))["weekly_sync"]
    assert (later.task.round, later.due) == (3, since + timedelta(days=28))
    done = sync.task.said_done(TODAY)
    assert tasks(Phase.ONBOARDING, since, done)["weekly_sync"].task.round == 3
    last = Task.at(ACCOUNT, "weekly_sync", 3).said_done(TODAY)
    assert "weekly_sync" not in tasks(
        Phase.ONBOARDING, since, last, today=since + timedelta(days=40)
    )


def test_what_is_long_past_is_told_apart() -> None:
    found = tasks(Phase.ONBOARDING, TODAY - timedelta(days=400))
    assert found["thanks"].lapsed(TODAY)
    assert found["weekly_sync"].lapsed(TODAY)
    assert not tasks(Phase.ONBOARDING, TODAY - timedelta(days=90))["thanks"].lapsed(TODAY)


def test_without_the_day_of_entering_rounds_go_one_after_the_other() -> None:
    found = tasks(Phase.EMBEDDED, None)
    assert all(one.due is None for one in found.values())
    done = found["training"].task.said_done(TODAY)
    assert tasks(Phase.EMBEDDED, None, done)["training"].task.round == 1


def test_due_days_are_moved_to_days_that_are_worked() -> None:
    found = standing_tasks(
        ACCOUNT,
        of_phase(Phase.ONBOARDING),
        TODAY,
        (),
        today=TODAY,
        next_working=lambda day: day + timedelta(days=3),
    )
    assert found[0].due == TODAY + timedelta(days=4)


def test_two_laptops_make_the_same_task() -> None:
    assert Task.at(ACCOUNT, "kickoff", 0).id == Task.at(ACCOUNT, "kickoff", 0).id
    assert Task.at(ACCOUNT, "kickoff", 0).id != Task.at(ACCOUNT, "kickoff", 1).id


def test_a_task_is_done_with_evidence_or_by_word_or_not_needed_for_a_reason() -> None:
    task = Task.at(ACCOUNT, "kickoff")
    visit = Id(bytes(15) + b"\x07")
    shown = task.shown_by(EvidenceSort.VISIT, TODAY, record=visit)
    assert (shown.state, shown.record, shown.done_on) == (TaskState.DONE, visit, TODAY)
    said = shown.said_done(TODAY)
    assert (said.state, said.evidence, said.record) == (TaskState.SAID_DONE, None, None)
    assert shown.opened() == task
    assert task.not_needed(TODAY, "无实体交付").state is TaskState.NOT_NEEDED
    for refuse in (
        lambda: task.shown_by(EvidenceSort.WORDS, TODAY, words=" "),
        lambda: task.not_needed(TODAY, ""),
    ):
        with pytest.raises(RuleBroken) as refused:
            refuse()
        assert refused.value.field == "words"
