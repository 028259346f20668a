"""Scenes around the canvas of a decision chain: panel, findings, ways in, what if, time."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene

_PAST = date(2026, 1, 20)


def _chain(account: Any) -> Route:
    return Route("chain", account)


def _then(*keys: str, do: Callable[[Any], object] | None = None, chooses: bool = True) -> Do:
    """Choose who is judged most, press keys, do something, wait."""

    def acted(window: Any) -> None:
        page = window.page
        settle_until(lambda: bool(page.canvas.cards))
        quiet(page.workbench)
        if chooses:
            telling = max(page.net.people, key=lambda one: (len(one.latest), one.name))
            page.canvas.come_to(telling.id)
            quiet(page.workbench)
        page.canvas.setFocus()
        for key in keys:
            QTest.keyClicks(window.focusWidget() or page.canvas, key)
            quiet(page.workbench)
        if do is not None:
            do(page)
        quiet(page.workbench)

    return acted


def _supposed(page: Any) -> None:
    for number in (1, 1):
        page.surroundings.panel.press_number(number)
        quiet(page.workbench)


def _foot(page: Any) -> None:
    """Scroll the panel to its end."""
    for area in page.surroundings.panel.findChildren(type(page.sheet._area)):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _tie(page: Any) -> None:
    if page.net.ties:
        page.surroundings.choose_tie(page.net.ties[0].id)


def _questions(page: Any) -> None:
    step = page.surroundings.panel.forms.step
    QTest.keyClick(step, Qt.Key.Key_1)
    quiet(page.workbench)
    QTest.keyClick(step, Qt.Key.Key_Y)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)

    def scene(name: str, then: Do, sizes: Sequence[Any] = (SMALL,), percent: int = 100) -> Scene:
        return Scene(name, shown(on, _chain, then=then), sizes, (1,), (percent,))

    return (
        scene("chain-panel", _then(), both),
        scene("chain-panel-large", _then(), (LARGE,), 200),
        scene("chain-findings", _then(chooses=False), both),
        scene("chain-findings-foot", _then(do=_foot), both),
        scene("chain-edit", _then("e"), (LARGE,)),
        scene("chain-evidence", _then("v")),
        scene("chain-choosing", _then("q", do=_questions)),
        scene("chain-way", _then("w"), both),
        scene("chain-what-if", _then("h", do=_supposed), both),
        scene("chain-tie-chosen", _then(do=_tie, chooses=False)),
        scene("chain-past", _then(do=lambda page: page.show_day(_PAST)), both),
        scene("chain-moved", _then("u")),
        scene("chain-compare", _then("c"), both),
    )
