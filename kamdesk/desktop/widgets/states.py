"""What a page shows when there is nothing yet: what belongs here, and the one thing to do."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, PlainLabel


class IconMark(QWidget):
    """An icon by itself; decoration, so it has no name for a screen reader."""

    def __init__(
        self, name: str, side: int = 16, tone: Tone = Tone.SECOND, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(theme.now().px(side), theme.now().px(side))

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self._name, QRectF(self.rect()), theme.now().colour(self._tone))


class EmptyState(QWidget):
    """An icon, a name, a sentence that teaches, one button."""

    def __init__(
        self,
        icon: str,
        name: Text,
        sentence: Text,
        action: Action | None = None,
        other: Action | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``other`` is the second way, where there are two."""
        super().__init__(parent)
        look = theme.now()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(32), look.px(32), look.px(32), look.px(32))
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(IconMark(icon, 32, Tone.MUTED), 0, middle)
        column.addSpacing(look.px(16))
        self.heading = PlainLabel(name, Type.HEADING)
        column.addWidget(self.heading, 0, middle)
        column.addSpacing(look.px(4))
        words = PlainLabel(sentence, Type.BODY, Tone.MUTED, fit=Fit.WRAP)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(look.px(400))
        column.addWidget(words, 0, middle)
        self._words = words
        self._button = Button.of(action) if action is not None else None
        if self._button is not None:
            column.addSpacing(look.px(20))
            row = QHBoxLayout()
            row.setSpacing(look.px(12))
            row.addStretch(1)
            row.addWidget(self._button)
            if other is not None:
                second = Button.of(other)
                other.enabled_changed.connect(second.setVisible)  # a way that is shut is none
                row.addWidget(second)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)
        self.say(name, sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, name: Text, sentence: Text, do: Text | None = None) -> None:
        """Say something else; ``do`` on the button, where that is called otherwise now."""
        if do is not None and self._button is not None:
            self._button.say(do)
        self.heading.say(name)
        self._words.say(sentence)
        self._words.setMinimumHeight(0)  # what a longer sentence needed counts no more
        self._words.setMinimumHeight(self._words.heightForWidth(theme.now().px(400)))
        self.setAccessibleName(f"{self.heading.text()}. {self._words.text()}")
