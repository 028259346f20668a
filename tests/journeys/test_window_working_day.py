"""A working day by keys: prepare the visit, read its brief, write it up, settle a promise, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from support.hand import Hand
from support.tables import living

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Attendee, Reached, Side, VisitState
from kamdesk.workspace import Workspace

PREPARE, WRITE_UP, SETTLE, BACK = 6, 10, 3, 1
"""Keys and texts of each part of the day."""
DAY = date(2026, 3, 12)

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def a_day(desk: Workspace) -> None:
        account = replace(desk.accounts.new("澜川精密轴承有限公司"), short_name="澜川")
        desk.accounts.add(account)
        chen = desk.people.new("陈立新", account.id)
        desk.people.add(chen, title="总经理")
        visit = replace(desk.visits.new(account.id, Instant.at(DAY, 10)), topic="ROI 评审")
        desk.visits.plan(visit, Attendee.at(visit, chen.id, Side.THEIRS))
        promise = desk.promises.new(account.id, PromiseSide.OURS, "双语 ROI 模型")
        desk.promises.make(replace(promise, due=date(2026, 3, 10)))

    return a_day


def test_from_the_morning_to_a_promise_kept(hand: Hand, clock: StoppedClock) -> None:
    hand.press("Return")  # the next visit has the focus
    visit = hand.at("visit")
    question = visit.body.suggestions.proposed[0].words
    hand.press("1")  # the first question proposed
    hand.press("E")
    hand.type("Chen names who leads the pilot")
    hand.press("Ctrl+Return")
    hand.press("B")
    brief = hand.at("brief")
    hand.until(lambda: brief.made is not None)
    assert brief.preview.pages >= 1
    kept = hand.asked(lambda desk: desk.visits.ask.get(visit.visit))
    assert (kept.questions, kept.objective) == (question, "Chen names who leads the pilot")
    assert hand.actions <= PREPARE
    clock.move(minutes=4 * 60)
    hand.actions = 0
    hand.press("L", "Return")  # the latest visit that waits
    debrief = hand.at("debrief")
    hand.until(lambda: getattr(hand.at("debrief"), "talk", None) is not None)
    debrief = hand.at("debrief")
    hand.press("Return")  # who was there: as expected
    hand.type("y he named the line manager")
    hand.press("Return")
    hand.type("send the model next Wed")
    hand.press("Return")
    hand.press("Alt+7")
    hand.type("review 25 March")
    hand.press("Ctrl+Return")
    hand.until(lambda: debrief.finished)
    hand.told("Written up: 澜川.")
    done = hand.asked(lambda desk: desk.visits.ask.get(visit.visit))
    assert (done.state, done.reached) == (VisitState.CLOSED, Reached.YES)
    assert (done.next_step, done.next_step_by) == ("review", date(2026, 3, 25))
    assert hand.actions <= WRITE_UP
    hand.actions = 0
    hand.press("Alt+1")
    today = hand.at("today")
    before = hand.asked(living)
    hand.press("J", "Space")
    hand.told("Kept: 双语 ROI 模型")
    assert state(hand, "双语 ROI 模型") is PromiseState.KEPT
    assert hand.actions <= SETTLE
    hand.press("Ctrl+Z")
    hand.until(lambda: hand.asked(living) == before)
    assert "双语 ROI 模型" in [row.line.words for row in today.cards[2].rows]
    assert hand.actions <= SETTLE + BACK


def state(hand: Hand, words: str) -> PromiseState:
    """Return how a promise stands."""
    (account,) = hand.asked(lambda desk: desk.accounts.ask.by_name("澜川精密轴承有限公司"))
    every = hand.asked(lambda desk: desk.promises.ask.of_account(account))
    return next(one.state for one in every if one.words == words)
