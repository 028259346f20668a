"""Scenes of the customer in the room."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Shown, Territories, settle_until
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle


def _room(
    territories: Territories, page: str, *, ends: bool = False
) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        program = Shown(app, territories.of(looks.language()), territories.keys)
        window = program.window()
        window.go(Route("accounts"))
        program.answered()
        listed: Any = window.page
        star = next(line for line in listed.list.every if line.number == "KA-0001")
        window.go(Route("account", star.id))
        program.answered()
        program.presenting.begin(window)
        settle_until(lambda: program.presenting.room is not None)
        room = program.presenting.room
        assert room is not None  # noqa: S101  (just waited for)
        room.resize(LARGE)
        room.go(Route(page))
        program.answered()
        if page == "organisation":
            QTest.keyClick(room.page.chart, Qt.Key.Key_Down)  # type: ignore[union-attr]  # that page
            settle()
        if ends:
            program.presenting.ask()
            settle()
        return room

    return make


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("room", _room(on, "organisation"), (LARGE, SMALL)),
        Scene("room-contacts", _room(on, "contacts"), (SMALL,)),
        Scene("room-plan", _room(on, "plan"), (SMALL,)),
        Scene("room-end", _room(on, "organisation", ends=True), (SMALL,)),
    )
