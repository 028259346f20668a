"""The customer in the room: F9, a walk through what they may see, and back by the passphrase."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from support.hand import Hand
from support.said import said
from support.screen import SECRET
from support.tables import living

from kamdesk.core.clock import Instant
from kamdesk.desktop.room.asking import Asking
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.workspace import Workspace

SHOW, WALK, BACK = 1, 7, 3
"""Keys and texts: to the customer's view; through it; back to the desk."""
OTHER = "青鸾湾合金"
PRIVATE = "搞定财务总监"

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def two_customers(desk: Workspace) -> None:
        for name in ("澜川精密轴承有限公司", OTHER):
            account = replace(desk.accounts.new(name), note=PRIVATE)
            desk.accounts.add(account)
            person = desk.people.new("李敏" if name != OTHER else "宋金桂", account.id)
            desk.people.add(person, title="财务总监")
            hour = 10 if name != OTHER else 16
            visit = replace(
                desk.visits.new(account.id, Instant.at(date(2026, 3, 12), hour)),
                topic="ROI 评审",
                objective=PRIVATE,
            )
            desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS))

    return two_customers


def test_f9_a_walk_and_the_passphrase(hand: Hand) -> None:
    hand.press("Return", "K")  # the next visit, its customer
    page = hand.at("account")
    before, where = hand.asked(living), hand.here
    desk_window = hand.program.application.window
    assert PRIVATE in said(desk_window)
    hand.actions = 0
    hand.press("F9")
    hand.until(lambda: hand.program.presenting.room is not None)
    room = hand.program.presenting.room
    hand.until(room.isActiveWindow)
    assert not desk_window.isVisible()
    assert hand.actions <= SHOW
    hand.actions, seen = 0, ""
    for key in ("Alt+1", "Alt+2", "Alt+3"):
        hand.press(key)
        seen += said(room)
    hand.press("Ctrl+K")
    hand.type("songjingui")
    seen += said(room)
    hand.press("Esc", "Ctrl+Z")
    seen += said(room)
    assert "ROI 评审" in seen
    assert "李敏" in seen
    assert [one for one in (OTHER, PRIVATE, "宋金桂") if one in seen] == []
    assert hand.actions <= WALK
    hand.press("F9")
    hand.type("four quiet rivers")
    hand.press("Return")
    asking = room.findChild(Asking)
    hand.until(asking.words.text)  # refused
    assert hand.program.presenting.room is room
    hand.press("Esc")
    hand.actions = 0
    hand.press("F9")
    hand.type(SECRET)
    hand.press("Return")
    hand.until(lambda: hand.program.presenting.room is None)
    hand.until(desk_window.isVisible)
    assert desk_window.page is page
    assert hand.here == where
    assert hand.actions <= BACK
    assert hand.asked(living) == before
