"""Scenes of the decision chain: walked over, by influence, written by keys, narrowed, empty."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle


def _chain(view: str = "organisation") -> Callable[[Any], Route]:
    return lambda account: Route("chain", account, view)


def _keys(*keys: Qt.Key | str) -> Do:
    def do(window: Any) -> None:
        page = window.page
        settle_until(lambda: bool(page.canvas.cards))
        quiet(page.workbench)
        for key in keys:
            target = window.focusWidget() or page.canvas
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            settle(20)
        quiet(page.workbench)

    return do


def _filtered(window: Any) -> None:
    _keys(Qt.Key.Key_Down)(window)
    window.page.looking.look_for(["against"])
    quiet(window.page.workbench)


def _empty(window: Any) -> None:
    listed = window.page.list.every
    bare = next(line for line in listed if line.number == "KA-0023")
    window.go(Route("chain", bare.id))


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    down = Qt.Key.Key_Down
    return (
        Scene(
            "chain", shown(on, _chain(), then=_keys(down, down)), (LARGE, SMALL), (1, 2), (100, 200)
        ),
        Scene("chain-influence", shown(on, _chain("influence"), then=_keys(down)), (LARGE, SMALL)),
        Scene("chain-stance", shown(on, _chain(), then=_keys(down, down, "s")), (SMALL,)),
        Scene("chain-roles", shown(on, _chain(), then=_keys(down, down, "r")), (SMALL,)),
        Scene("chain-new", shown(on, _chain(), then=_keys(down, "n", "Wang")), (SMALL,)),
        Scene("chain-tie", shown(on, _chain(), then=_keys(down, down, "t", "li")), (SMALL,)),
        Scene("chain-filter", shown(on, _chain(), then=_filtered), (SMALL,)),
        Scene("chain-empty", shown(on, then=_empty), (SMALL,)),
    )
