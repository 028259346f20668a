"""A chart of twelve from nothing, by real keys: counted, and what it left in the file."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId
from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.dossier.chain_view import read_chain
from kamdesk.workspace import Workspace

from .conftest import Here

MOST = 150
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


class Hands:
    """Presses real keys where the focus is; letters of names and posts are not counted."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self.pressed = 0

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            self.pressed += 1
            self._send(key)

    def name(self, words: str) -> None:
        self._send(words)

    def _send(self, key: Qt.Key | str) -> None:
        target: Any = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, Qt.Key):
            QTest.keyClick(target, key)
        elif len(key) == 1 and key.isupper():
            QTest.keyClick(target, key.lower(), Qt.KeyboardModifier.ShiftModifier)
        else:
            QTest.keyClicks(target, key)
        self._here.answered()


@pytest.fixture
def empty(here: Here) -> AccountId:
    """A customer without anybody."""
    made: list[AccountId] = []

    def found(desk: Workspace) -> ChangeSet:
        account = desk.accounts.new("Emptied Works")
        made.append(account.id)
        return desk.accounts.add(account)

    here.bench.do(None, found)
    here.answered()
    return made[0]


def write(hands: Hands, *people: tuple[str, str]) -> None:
    """Write people one after the other into the card that is open, then close it."""
    for name, post in people:
        hands.name(name)
        if post:
            hands.press(TAB)
            hands.name(post)
        hands.press(ENTER)
    hands.press(ESC)


def test_a_chart_of_twelve_takes_at_most_150_presses(here: Here, empty: AccountId) -> None:
    page = here.go(Route("chain", empty))
    hands = Hands(here)

    hands.press("n")
    write(hands, ("Chen Lixin", "General manager"))
    assert page.current.name == "Chen Lixin"
    hands.press("n")
    write(hands, ("Shen Jianguo", "Chief engineer"), ("Li Min", "CFO"), ("Huang Shan", "Assistant"))
    hands.press("r", "1", ENTER, "i", "5", "s", "0")  # Chen decides
    hands.press(DOWN)
    assert page.current.name == "Shen Jianguo"
    hands.press("n")
    write(
        hands,
        ("Zhao Lei", "Line manager"),
        ("Wang Qiang", ""),
        ("Liu Yang", ""),
        ("Qian Cheng", ""),
    )
    hands.press("r", "6", ENTER, "i", "4", "s", "1")
    hands.press(RIGHT)
    assert page.current.name == "Li Min"
    hands.press("n")
    write(hands, ("Zhou Haiyan", "Buyer"), ("Sun Yue", ""), ("Gu Bin", ""))
    hands.press("r", "2", ENTER, "i", "5", "s", "-", "1")
    hands.press(RIGHT)
    hands.press("n")
    write(hands, ("Shao Wen", ""))
    hands.press("r", "8", ENTER, "i", "3", "s", "1")
    # Huang influences Chen, Li is in conflict with Shen
    hands.press("t", UP, ENTER, "i", "2", ENTER)
    hands.press(LEFT, "t", LEFT, ENTER, "x", ENTER)
    for _ in range(3):
        hands.press(DOWN if _ == 0 else RIGHT, "i", "2", "s", "?")

    with_desk = here.desk()
    net = read_chain(with_desk.storage.reader, empty, at=with_desk.clock.now())
    by_name = {node.name: node for node in net.nodes}
    boss = {node.name: net.by_id[node.boss].name if node.boss else "" for node in net.nodes}
    assert len(by_name) == 12
    assert boss == {
        "Chen Lixin": "",
        **dict.fromkeys(("Shen Jianguo", "Li Min", "Huang Shan"), "Chen Lixin"),
        **dict.fromkeys(("Zhao Lei", "Wang Qiang", "Liu Yang", "Qian Cheng"), "Shen Jianguo"),
        **dict.fromkeys(("Zhou Haiyan", "Sun Yue", "Gu Bin"), "Li Min"),
        "Shao Wen": "Huang Shan",
    }
    assert by_name["Chen Lixin"].stands.roles == (Role.DECIDER,)
    assert by_name["Chen Lixin"].stands.influence == 5
    assert by_name["Li Min"].stands.stance == -1
    assert {tie.kind for tie in net.ties} == {TieKind.INFLUENCES, TieKind.CONFLICT}
    assert hands.pressed <= MOST, hands.pressed


def test_a_strip_shows_all_it_asks_after_a_tick_and_over_another_question(
    here: Here, empty: AccountId
) -> None:
    page = here.go(Route("chain", empty))
    hands = Hands(here)
    hands.press("n")
    write(hands, ("Chen Lixin", "General manager"))
    hands.press("r")
    high = page.strip.height()
    hands.press("1")
    assert page.strip.height() == high
    hands.press(ESC, "f")
    hands.name("chen")
    hands.press(ENTER)
    assert page.strip.isHidden()  # the card one is on is found too
    hands.press("f")
    page.judging.roles()
    assert page.canvas.hasFocus()
    assert page.strip.height() == high
