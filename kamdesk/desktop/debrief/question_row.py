"""A question that is not open: folded to its answer, or waiting grey for its turn."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable

INDENT = 38
"""Pixels from a question's mark to its words."""


class QuestionRow(Pressable):
    """Pressed by a click, Enter or Alt and its number, it opens."""

    def __init__(self, number: int, name: Text, words: Text | str, *, answered: bool) -> None:
        super().__init__()
        look = theme.now()
        self._number, self._answered = number, answered
        self.setAccessibleName(f"{number}. {looks.said(name)}: {looks.said(words)}")
        self.setAccessibleDescription(f"Alt+{number}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        role = Type.BODY if answered else Type.SMALL
        label = PlainLabel(name, Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        label.setFixedWidth(look.px(124))
        self.answer = PlainLabel(words, role, Tone.INK if answered else Tone.MUTED, fit=Fit.WRAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(INDENT), look.px(9), 0, look.px(9))
        row.setSpacing(look.px(12))
        row.addWidget(label)
        row.addWidget(self.answer, 1)
        row.addWidget(KeyCap(f"Alt+{number}"))
        for words_of in (label, self.answer):  # else a button's child takes the button's colour
            words_of.setForegroundRole(QPalette.ColorRole.WindowText)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._laid_out().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._laid_out().minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        return max(self._laid_out().heightForWidth(wide), theme.now().px(40))

    def _laid_out(self) -> QHBoxLayout:
        layout = self.layout()
        if not isinstance(layout, QHBoxLayout):
            raise TypeError("a row lies in a row")
        return layout

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = QRectF(self.rect()).adjusted(look.px(INDENT - 8), 0, 0, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(right, look.px(4), look.px(4))
        if not self._answered:
            left = look.px(INDENT)
            painter.fillRect(left, self.height() - 1, self.width(), 1, look.colour("line"))
        side = look.px(20)
        middle = self.answer.geometry().top() + look.line(Type.BODY) / 2
        middle = min(middle, self.height() / 2) if self._answered else self.height() / 2
        disc = QRectF(look.px(1), middle - side / 2, side, side)
        if self._answered:
            icons.paint(painter, "circle-check", disc, look.colour(Tone.MUTED))
        else:
            _number(painter, disc, self._number)
        if self.hasFocus():
            theme.focus_ring(painter, right, look.px(4))


def _number(painter: QPainter, disc: QRectF, number: int) -> None:
    look = theme.now()
    painter.setPen(QPen(look.colour("strong_line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
    write_in_disc(painter, disc, str(number), Type.SMALL, Tone.SECOND.value)


def write_in_disc(painter: QPainter, disc: QRectF, words: str, role: Type, token: str) -> None:
    """Write a number into the middle of a disc, in a colour of the theme."""
    look = theme.now()
    font = look.font(role)
    painter.setFont(font)
    painter.setPen(look.colour(token))
    metrics = QFontMetricsF(font)
    left = disc.center().x() - metrics.horizontalAdvance(words) / 2
    painter.drawText(QPointF(left, disc.center().y() + metrics.capHeight() / 2), words)
