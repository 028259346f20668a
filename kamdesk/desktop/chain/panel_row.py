"""One row of the side panel: label at the left, value beside it, below it on what it stands."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable

_LABEL = 78
"""Width of the labels at 100 %."""
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class PanelRow(QWidget):
    """A label, parts beside it, and lines of support that come and go."""

    def __init__(self, label: Text, *parts: QWidget, grows: bool = False) -> None:
        """``grows``: the last part takes the room, as a wrapped label does."""
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
        self._line = line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(8))
        line.addStrut(look.px(26))
        for part in parts:
            wraps = isinstance(part, PlainLabel) and part.wordWrap()
            line.addWidget(part, 1 if wraps or (grows and part is parts[-1]) else 0)
            grows = grows or wraps
        if not grows:
            line.addStretch(1)
        if parts:
            self._column.addLayout(line)
        self._below: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Show:  # said while hidden, no layout has heard of it
            for layout in (self._line, self._column, self.layout()):
                if layout is not None:
                    layout.invalidate()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._grow()
        return done

    def _grow(self) -> None:
        """Be as high as the words wrap; a column would not ask for it."""
        high = max(self.heightForWidth(self.width()), 0)
        if high != self.minimumHeight():
            self.setMinimumHeight(high)

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


class LinkLine(Pressable):
    """A link to a record, on as many lines as its words need."""

    def __init__(self, words: Text | str, icon: str = "link") -> None:
        super().__init__(looks.cut(words, 120))
        self._icon = icon
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _box(self, wide: int) -> QRect:
        look = theme.now()
        font = look.font_for(Type.SMALL, self.text())
        room = QRect(0, 0, max(wide - look.px(20), 1), 10_000)
        return QFontMetrics(font).boundingRect(room, _WRAPS, self.text())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        return max(self._box(wide).height(), theme.now().line(Type.SMALL)) + 2

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(160), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(80), theme.now().line(Type.SMALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        ink = look.colour(Tone.ACCENT)
        side = look.px(14)
        icons.paint(painter, self._icon, QRectF(0, look.px(3), side, side), ink)
        font = look.font_for(Type.SMALL, self.text())
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(look.px(20), 1, 0, 0), _WRAPS, self.text())
        if self.hasFocus():
            theme.focus_ring(painter, QRectF(self.rect()), look.px(4))
