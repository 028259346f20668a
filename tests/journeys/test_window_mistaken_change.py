"""A mistaken change of many customers, taken back: every table is as it was before."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.hand import Hand
from support.tables import living

from kamdesk.domain.accounts.model import AccountClass
from kamdesk.workspace import Workspace

CHANGE, BACK = 7, 1
"""Keys for the change of three chosen ones, from today on; and for taking it back."""

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def customers(desk: Workspace) -> None:
        every = (None, AccountClass.MAINTAIN, AccountClass.TO_IMPROVE, AccountClass.MAINTAIN)
        for n, kind in enumerate(every):
            account = replace(desk.accounts.new(f"c{n}"), class_by_hand=kind, city="无锡")
            desk.accounts.add(account, tags=("old",))

    return customers


def classes(hand: Hand) -> list[AccountClass | None]:
    """Return the classes in the order of the list."""
    lines = hand.asked(lambda desk: desk.accounts.ask.lines())
    return [line.class_by_hand for line in sorted(lines, key=lambda line: line.name)]


def test_three_wrong_ones_are_as_before_after_one_key(hand: Hand) -> None:
    before, were = hand.asked(living), classes(hand)
    hand.press("Alt+2")
    page = hand.at("accounts")
    hand.press("Shift+Down", "Shift+Down", "E")  # the first one is chosen already
    panel = page.in_panel
    hand.press("Tab")
    hand.type("core")
    hand.until(lambda: panel.do.isEnabled())
    hand.press("Ctrl+Return")
    hand.told("3 customers changed.")
    wrong = classes(hand)
    assert [one != other for one, other in zip(were, wrong, strict=True)].count(True) == 3
    assert hand.asked(living) != before
    assert hand.actions <= CHANGE
    hand.press("Ctrl+Z")
    hand.told("Undone: Change 3 customers.")
    assert classes(hand) == were
    assert hand.asked(living) == before
    assert page.list.picked  # still chosen: the right change is a key away
    assert hand.actions <= CHANGE + BACK
    hand.press("Ctrl+Shift+Z")
    hand.told("Done again: Change 3 customers.")
    assert classes(hand) == wrong
    hand.press("Ctrl+Z")
    hand.told("Undone: Change 3 customers.")
    assert hand.asked(living) == before
