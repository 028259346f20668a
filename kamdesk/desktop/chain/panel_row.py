"""One row of the side panel: label at the left, value beside it, below it on what it stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

_LABEL = 78
"""Width of the labels at 100 %."""


class PanelRow(QWidget):
    """A label, parts beside it, and lines of support that come and go."""

    def __init__(self, label: Text, *parts: QWidget, right: QWidget | None = None) -> None:
        super().__init__()
        look = theme.now()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(2), 0, look.px(2))
        row.setSpacing(look.px(6))
        top = Qt.AlignmentFlag.AlignTop
        self.caption = PlainLabel(label, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.caption.setFixedWidth(look.px(_LABEL))
        self.caption.setContentsMargins(0, look.px(4), 0, 0)
        row.addWidget(self.caption, 0, top)
        self._column = QVBoxLayout()
        self._column.setSpacing(look.px(1))
        row.addLayout(self._column, 1)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(8))
        line.addStrut(look.px(26))
        for part in parts:
            grows = isinstance(part, PlainLabel) and part.wordWrap()
            line.addWidget(part, 1 if grows else 0)
        if not any(isinstance(part, PlainLabel) and part.wordWrap() for part in parts):
            line.addStretch(1)
        if right is not None:
            line.addWidget(right)
        self._column.addLayout(line)
        self._below: list[QWidget] = []

    def below(self, *parts: QWidget) -> None:
        """Show these lines under the value in place of those that stood there."""
        for old in self._below:
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()
        self._below = list(parts)
        for part in parts:
            self._column.addWidget(part)


def support(words: Text | str, tone: Tone = Tone.MUTED) -> PlainLabel:
    """Return a line of support, wrapped."""
    return PlainLabel(words, Type.SMALL, tone, fit=Fit.WRAP)


def value(words: Text | str = "", tone: Tone = Tone.INK) -> PlainLabel:
    """Return a value, wrapped."""
    return PlainLabel(words, Type.BODY, tone, fit=Fit.WRAP)


def say_or_dash(label: PlainLabel, words: Text | str, tone: Tone = Tone.INK) -> None:
    """Show a value, or a dash for none."""
    shown = looks.said(words)
    label.say(shown or looks.DASH, tone if shown else Tone.MUTED)


def link(words: Text | str, *, icon: str = "link", keys: str = "") -> Button:
    """Return a link to a record."""
    made = Button(looks.cut(words, 60), icon=icon, keys=keys, kind=Kind.LINK)
    return made
