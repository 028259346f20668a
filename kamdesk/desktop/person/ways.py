"""The ways to reach a person, each with what one does with it: copy, change, remove."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import fixed
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.people.model import CHANNEL_WORDS, Way

Do = Callable[[Way], object]


class WayLine(PressedLine):
    """One way: Enter changes it, C copies it, Del removes it."""

    def __init__(self, way: Way, *, change: Do, copy: Do, remove: Do) -> None:
        channel = looks.capital(CHANNEL_WORDS[way.channel])
        copying = Button(Text("Copy"), icon="copy", words_shown=False)
        removing = Button(Text("Remove"), icon="trash-2", words_shown=False)
        super().__init__(
            looks.joined(channel, way.value, way.note),
            fixed(channel, 84),
            PlainLabel(way.value, fit=Fit.ELIDE),
            *([fixed(way.note, 96)] if way.note else []),
            copying,
            removing,
        )
        self.way, self._copy, self._remove = way, partial(copy, way), partial(remove, way)
        self.pressed.connect(partial(change, way))
        copying.clicked.connect(self._copy)
        removing.clicked.connect(self._remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers()
        if event.key() == Qt.Key.Key_Delete and bare:
            self._remove()
        elif event.key() == Qt.Key.Key_C:
            self._copy()
        else:
            super().keyPressEvent(event)


def way_lines(ways: tuple[Way, ...], *, change: Do, copy: Do, remove: Do) -> list[QWidget]:
    """Return the lines of the ways to reach somebody."""
    return [WayLine(way, change=change, copy=copy, remove=remove) for way in ways]
