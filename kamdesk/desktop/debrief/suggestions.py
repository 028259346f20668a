"""Whom a few letters may mean, below the line: arrows choose, Tab takes the name."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop import looks, theme
from kamdesk.desktop.debrief.talk import Suggestion
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.pressable import Pressable


class _Row(Pressable):
    """One of them: name and post, how the name is said, where they are from."""

    def __init__(self, it: Suggestion, parent: QWidget) -> None:
        super().__init__(looks.joined(it.name, it.post, it.right), parent)
        self._it, self.current = it, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(300), theme.now().px(46 if self._it.sound else 34))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, it = theme.now(), self._it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft" if self.current else "hover"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
        left, right = float(look.px(12)), box.right() - look.px(10)
        if self.current:
            right -= keycap.width_of("Tab")
            keycap.paint_caps(painter, right, box.center().y(), "Tab")
            right -= look.px(10)
        right = self._put(painter, right, box.center().y(), looks.cut(it.right, 40))
        upper = box.center().y() - (look.px(9) if it.sound else 0)
        tone = Tone.ACCENT if self.current else Tone.INK
        for words, role, colour in (
            (it.name, Type.STRONG, tone),
            (it.post, Type.BODY, Tone.SECOND),
        ):
            left += self._at(painter, left, upper, right, words, role, colour) + look.px(12)
        if it.sound:
            lower = box.center().y() + look.px(10)
            self._at(painter, look.px(12), lower, right, it.sound, Type.SMALL, Tone.SECOND)

    def _put(self, painter: QPainter, right: float, middle: float, words: str) -> float:
        """Paint words ending at ``right``; return where the room before them ends."""
        if not words:
            return right
        font = theme.now().font_for(Type.SMALL, words)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        self._at(painter, right - wide, middle, right + 1, words, Type.SMALL, Tone.SECOND)
        return right - wide - theme.now().px(10)

    def _at(
        self, painter: QPainter, left: float, middle: float, right: float, words: str, role: Type,
        tone: Tone,
    ) -> float:  # fmt: skip
        look = theme.now()
        shown = looks.plain(words)
        font = look.font_for(role, shown)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, max(right - left, 0))
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), shown)
        return metrics.horizontalAdvance(shown)


class Suggestions(QWidget):
    """The list. Signals: ``taken(Suggestion)`` by a click."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._rows: list[_Row] = []
        self._shown: list[Suggestion] = []
        self._column = QVBoxLayout(self)
        edge = look.px(6)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(0)
        self.setFixedWidth(look.px(320))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self._chosen = 0
        self.hide()

    def show_these(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these; none hides the list."""
        if list(suggestions) == self._shown:
            return
        self._shown, self._chosen = list(suggestions), 0
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in self._shown:
            row = _Row(one, self)
            row.clicked.connect(lambda _=False, one=one: self.taken.emit(one))
            self._column.addWidget(row)
            self._rows.append(row)
        self.setVisible(bool(self._rows))
        self._mark()

    @property
    def chosen(self) -> Suggestion | None:
        """The one Tab takes."""
        return self._shown[self._chosen] if self._shown else None

    def move_on(self, step: int) -> None:
        """Choose the next one, or the one before."""
        if self._shown:
            self._chosen = (self._chosen + step) % len(self._shown)
            self._mark()

    def _mark(self) -> None:
        for at, row in enumerate(self._rows):
            row.current = at == self._chosen
            row.update()
        if self._rows:
            self.setAccessibleName(self._rows[self._chosen].accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 8)
