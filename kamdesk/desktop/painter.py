"""The thin painter: shows a figure, the same shapes as on paper, with hover, click and keys."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.figure_items import Run, paint_mark, runs
from kamdesk.desktop.figure_marks import Colours, marks
from kamdesk.desktop.theme import LIGHT, Tokens

_INKS = {
    "BLACK": "ink",
    "GREY": "muted",
    "HAIR": "strong_line",
    "BAND": "rail",
    "TINT": "soft",
    "ACCENT": "accent",
    "BRICK": "brick",
    "WHITE": "page",
}
"""The inks of the paper, and the tokens that play their roles on the screen."""


def screen_colours(tokens: Tokens) -> Colours:
    """Return how colours of the paper look in a theme: inks and light tokens by their role.

    A colour that is neither keeps its hue and, in the dark theme, swaps light and dark.
    """
    from kamdesk.figures import ink

    known = {
        QColor(getattr(LIGHT, role)).rgb(): QColor(getattr(tokens, role))
        for role in reversed(Tokens._fields)
    }
    known[QColor("black").rgb()] = QColor(tokens.ink)
    for name, role in _INKS.items():
        known[QColor.fromRgbF(*getattr(ink, name)).rgb()] = QColor(getattr(tokens, role))

    def turned(colour: QColor) -> QColor:
        found = known.get(colour.rgb())
        if found is not None or tokens is LIGHT:
            return QColor(found or colour)
        hue, saturation = max(colour.hslHueF(), 0.0), colour.hslSaturationF()
        return QColor.fromHslF(hue, saturation, 0.1 + 0.85 * (1 - colour.lightnessF()))

    return turned


def paint(painter: QPainter, drawing: Any, box: QRectF) -> None:
    """Paint a figure into ``box``, as large as fits."""
    scale = min(box.width() / drawing.width, box.height() / drawing.height)
    painter.save()
    painter.setTransform(QTransform.fromTranslate(box.left(), box.top()), True)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks(drawing, screen_colours(theme.now().tokens)):
        paint_mark(painter, mark)
    painter.restore()


class FigureView(QGraphicsView):
    """A figure that can be pointed at. It fits its frame until it is zoomed.

    Signals: ``chosen(id)`` by a click or Enter · ``pointed(id or None)`` the mouse or the keyboard
    is on a record's shapes. Arrows walk to the nearest record, + − 0 zoom, drag moves.
    """

    chosen = Signal(bytes)
    pointed = Signal(object)
    _drawing: Any = None
    _tokens: Tokens | None = None

    def __init__(self, name: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(looks.said(name))
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._records: dict[bytes, list[Run]] = {}
        self._boxes: dict[bytes, QRectF] = {}
        self._ring = QGraphicsPathItem()
        self._pointed: bytes | None = None
        self._current: bytes | None = None
        self._zoomed = False
        self._pressed_at = QPointF()

    @property
    def records(self) -> Sequence[bytes]:
        """The ids of the records drawn."""
        return list(self._boxes)

    @property
    def current(self) -> bytes | None:
        """The record the keyboard is on."""
        return self._current

    def show_figure(self, drawing: Any) -> None:
        """Show a ``reportlab.graphics`` drawing."""
        self._drawing, self._tokens = drawing, theme.now().tokens
        scene = self.scene()
        scene.clear()
        self._records.clear()
        self._boxes.clear()
        look = theme.now()
        for run in runs(marks(drawing, screen_colours(look.tokens))):
            scene.addItem(run)
            if run.record is not None:
                self._records.setdefault(run.record, []).append(run)
                largest = self._boxes.get(run.record, QRectF())
                if run.box.width() * run.box.height() > largest.width() * largest.height():
                    self._boxes[run.record] = run.box  # the card itself, not what hangs on it
        scene.setSceneRect(0, 0, drawing.width, drawing.height)
        scene.setBackgroundBrush(QBrush(look.colour("page")))
        self._ring = scene.addPath(QPainterPath(), QPen(look.colour("accent"), 2))
        self._ring.setZValue(1)
        self._ring.hide()
        if self._current not in self._boxes:
            self._current = None
        self._show_ring()
        self._fit()

    def said(self, record: bytes) -> str:
        """Return what a screen reader says of a record: its shapes' words if no other."""
        own = self._records.get(record, ())
        told = next((run.said for run in own if run.said), "")
        return told or ", ".join(words for run in own for words in run.words)

    def fade(self, but: frozenset[bytes] | None) -> None:
        """Fade all records except some to a quarter; None shows all."""
        for record, items in self._records.items():
            for item in items:
                item.setOpacity(1.0 if but is None or record in but else 0.25)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller; 0 fits the frame again."""
        self._zoomed = factor != 0
        if self._zoomed:
            now = self.transform().m11() * factor
            if 0.1 <= now <= 8:
                self.scale(factor, factor)
        self._fit()

    def _fit(self) -> None:
        if self._zoomed or self._drawing is None:
            return
        area, scene = self.viewport().rect(), self.sceneRect()
        if scene.width() and scene.height():
            scale = min(area.width() / scene.width(), area.height() / scene.height())
            scale = min(scale, 1.5 * theme.now().percent / 100)
            self.setTransform(QTransform.fromScale(scale, scale))

    def _show_ring(self) -> None:
        box = self._boxes.get(self._current or b"")
        self._ring.setVisible(box is not None and self.hasFocus())
        if box is not None:
            around = QPainterPath()
            around.addRoundedRect(box.adjusted(-4, -4, 4, 4), 7, 7)
            self._ring.setPath(around)
            self.setAccessibleDescription(self.said(self._current or b""))

    def _point_at(self, record: bytes | None) -> None:
        if record != self._pointed:
            self._pointed = record
            hand = Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(hand if record else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(record)

    def _record_at(self, event: QMouseEvent) -> bytes | None:
        for item in self.items(event.position().toPoint()):
            if isinstance(item, Run) and item.record is not None:
                return item.record
        return None

    def walk(self, dx: int, dy: int) -> None:
        """Go to the nearest record in a direction."""
        here = self._boxes.get(self._current or b"")
        if here is None:
            nearest = next(iter(self._boxes), None)
        else:
            nearest = _nearest(here.center(), self._boxes, dx, dy)
        if nearest is not None:
            self._current = nearest
            self.ensureVisible(self._boxes[nearest], 32, 32)
            self._show_ring()
            self.pointed.emit(nearest)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(self._record_at(event))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        moved = (event.position() - self._pressed_at).manhattanLength()
        record = self._record_at(event)
        if record is not None and moved < 4:
            self._current = record
            self._show_ring()
            self.chosen.emit(record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        zooms = {"+": 1.25, "=": 1.25, "-": 0.8, "0": 0.0}
        if key in ways:
            self.walk(*ways[key])
        elif event.text() in zooms:
            self.zoom(zooms[event.text()])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        other = self._tokens is not theme.now().tokens
        if event.type() == QEvent.Type.StyleChange and other and self._drawing is not None:
            self.recolour()

    def recolour(self) -> None:
        """Show the same figure in the colours of the theme."""
        self.show_figure(self._drawing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _nearest(here: QPointF, boxes: dict[bytes, QRectF], dx: int, dy: int) -> bytes | None:
    best, least = None, float("inf")
    for record, box in boxes.items():
        way = box.center() - here
        along = way.x() * dx + way.y() * dy
        across = abs(way.x() * dy) + abs(way.y() * dx)
        if along > 1 and (cost := along + 2 * across) < least:
            best, least = record, cost
    return best
