"""A line that offers what fits while one types: arrows choose, Tab or Enter takes."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.wrapping import wrapped

_ROW = 32
_TAKING = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offer(NamedTuple):
    """One thing that fits: what it stands for, its words, what stands quietly beside them."""

    value: object
    words: Text | str
    beside: Text | str = ""
    icon: str = ""


class _Row(Pressable):
    """An offer in the list."""

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        self.offer, self.current = offer, False
        super().__init__("", parent)  # a name's ampersand must not become a key
        self.setAccessibleName(looks.joined(offer.words, offer.beside))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(200), theme.now().px(_ROW))

    def heightForWidth(self, width: int) -> int:
        look = theme.now()
        return look.px(_ROW) + (len(self._lines(width)) - 1) * look.px(18)

    def _lines(self, width: int) -> list[str]:
        """Return the words in one line to three: a name is not cut where it can wrap."""
        look = theme.now()
        room = width - look.px(20) - keycap.width_of("Tab") - look.px(8)
        room -= look.px(23) if self.offer.icon else 0
        words = looks.cut(self.offer.words, 120)
        return wrapped(words, look.font_for(Type.STRONG, words), room, 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.current or self.underMouse():
            painter.fillRect(box, look.colour("soft" if self.current else "hover"))
        left, right = look.px(10), box.right() - look.px(10)
        if self.offer.icon:
            side = look.px(15)
            mark = QRectF(left, box.center().y() - side / 2, side, side)
            icons.paint(painter, self.offer.icon, mark, look.colour(Tone.SECOND))
            left += side + look.px(8)
        if self.current:
            right -= keycap.width_of("Tab")
            keycap.paint_caps(painter, right, box.center().y(), "Tab")
            right -= look.px(8)
        lines, beside = self._lines(self.width()), looks.cut(self.offer.beside, 120)
        font = look.font_for(Type.STRONG, "".join(lines))
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK))
        middle = box.center().y() - (len(lines) - 1) * look.px(9)
        for n, line in enumerate(lines):
            base = round(middle + n * look.px(18) + 0.365 * font.pixelSize())
            painter.drawText(QPointF(left, base), line)
        left += round(QFontMetricsF(font).horizontalAdvance(lines[-1])) + look.px(8)
        quiet = look.font_for(Type.SMALL, beside)
        room = right - left
        shown = QFontMetricsF(quiet).elidedText(beside, Qt.TextElideMode.ElideRight, max(room, 0))
        if room < look.px(64) and shown != beside:  # a stump says nothing
            return
        painter.setFont(quiet)
        painter.setPen(look.colour(Tone.MUTED))
        painter.drawText(QPointF(left, base), shown)


class OfferLine(QWidget):
    """A line editor with offers below it.

    Signals: ``typed(str)`` what fits is wanted: answer by ``offer`` · ``taken(Offer)``.
    """

    typed = Signal(str)
    taken = Signal(object)

    def __init__(self, name: Text, *, hint: Text | str = "") -> None:
        super().__init__()
        self.field = LineEditor(hint=hint)
        self.field.setAccessibleName(looks.said(name))
        self.setAccessibleName(looks.said(name))
        self.setFocusProxy(self.field)
        self._list = QWidget()
        self._list.setAccessibleName(looks.said(Text("What fits")))
        self._list.setObjectName("offers")
        self._rows: list[_Row] = []
        self._at = 0
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.now().px(2))
        whole.addWidget(self.field)
        whole.addWidget(self._list)
        self._list.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.field.textEdited.connect(self._edited)
        self.field.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows:
            row.setFixedHeight(row.heightForWidth(self.field.width() - 2))

    @property
    def offers(self) -> list[Offer]:
        """What is offered now."""
        return [row.offer for row in self._rows]

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these; none hides the list."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self._at = [], 0
        for offer in offers if self.field.text().strip() else ():
            row = _Row(offer, self._list)
            row.clicked.connect(lambda _=False, offer=offer: self._take(offer))
            row.setFixedHeight(row.heightForWidth(self.field.width() - 2))
            self._column.addWidget(row)
            self._rows.append(row)
        self._list.setVisible(bool(self._rows))
        self._point(0)

    def clear(self) -> None:
        """Empty the line."""
        self.field.clear()
        self.offer(())

    def _edited(self, text: str) -> None:
        if text.strip():
            self.typed.emit(text.strip())
        else:
            self.offer(())

    def _point(self, at: int) -> None:
        self._at = min(max(at, 0), max(len(self._rows) - 1, 0))
        for n, row in enumerate(self._rows):
            row.current = n == self._at
            row.update()
        said = self._rows[self._at].accessibleName() if self._rows else ""
        self.field.setAccessibleDescription(said)

    def _take(self, offer: Offer) -> None:
        self.offer(())
        self.taken.emit(offer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._rows:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
        if event.type() != QEvent.Type.KeyPress or event.modifiers() & _HELD:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._point(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif key in _TAKING:
            self._take(self._rows[self._at].offer)
        elif key == Qt.Key.Key_Escape:
            self.offer(())
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._list.isVisible():
            theme.raised_box(QPainter(self), QRectF(self._list.geometry()), 6)


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
