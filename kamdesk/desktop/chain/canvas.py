"""The canvas: a map to point at and walk over, whose cards are chosen and put in other places."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsView, QRubberBand, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.chain.first_sight import LEAST, first_sight
from kamdesk.desktop.chain.snapping import Snapped, Spot, snapped
from kamdesk.desktop.chain.walking import Way
from kamdesk.desktop.figure_items import Run
from kamdesk.desktop.painter import FigureView

MOVE_MS: Final = 200
"""How long cards take to their new places."""
_SIDE: Final = 16
"""Pixels left free around the map."""
_MARGIN: Final = 400.0
"""Room around the map to scroll into, in the drawing's own measure."""


class ChainCanvas(FigureView):
    """A map on the screen. ``cards`` of what is drawn can be current, chosen and moved.

    Signals: ``came(id or None)`` another card is the current one · ``opened(id)`` Enter or a double
    click · ``placed(dict of id to Spot)`` cards were dragged · ``scaled`` the zoom or the part seen
    is another one · ``zoomed(percent or None)`` one made it larger or smaller, None: the whole.
    ``walks`` says where an arrow leads; ``takes``, while set, gets each key first; ``corners``
    say what stands over the map.
    """

    came = Signal(object)
    opened = Signal(bytes)
    placed = Signal(object)
    scaled = Signal()
    zoomed = Signal(object)

    def __init__(self, name: Text, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setDragMode(QGraphicsView.DragMode.NoDrag)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self.scaled.emit())
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # dragging, the wheel and the small map do it
        self.setHorizontalScrollBarPolicy(never)
        self.setVerticalScrollBarPolicy(never)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.walks: Callable[[bytes | None, Way], bytes | None] = lambda _here, _way: None
        self.takes: Callable[[QKeyEvent], bool] | None = None
        self.editable, self.still = True, False
        self.chosen_ones: frozenset[bytes] = frozenset()
        self.map_rect = QRectF()
        self.corners: list[Callable[[], QRectF]] = []
        self._cards: frozenset[bytes] = frozenset()
        self._words: dict[bytes, str] = {}
        self._parts: dict[bytes, list[Run]] = {}
        self._drag: dict[bytes, QPointF] = {}
        self._dragged: Snapped | None = None
        self._grip: bytes | None = None
        self._panned: QPointF | None = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=MOVE_MS)
        self._motion.valueChanged.connect(self._move_on)
        self._from: dict[bytes, QPointF] = {}

    # ---- what is drawn

    def show_map(
        self,
        drawing: Any,
        cards: Mapping[bytes, QRectF],
        covers: QRectF,
        *,
        afresh: bool = False,
        percent: int | None = None,
    ) -> None:
        """Show a drawing with ``cards`` in their places; known ones glide there.

        ``covers`` is what of the drawing's plane the map takes. ``afresh``: another map, seen as a
        whole or at the ``percent`` it was seen at before.
        """
        before = {one: self._boxes[one].center() for one in self._cards}
        here, seen = self.mapToScene(self.viewport().rect().center()), self._seen_whole()
        self._motion.stop()
        self._zoomed, zoomed = True, self._zoomed  # it is fitted once all is known
        self.show_figure(drawing)
        self._zoomed = zoomed
        self.map_rect = covers
        self._boxes.update(cards)
        self._cards = frozenset(cards)
        self._parts = {one: self._moving(one) for one in self._cards}
        self.setSceneRect(self.map_rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        self.chosen_ones &= self._cards
        if self._current not in self._cards:
            self._current = None
        if afresh or not before:
            self._zoomed = False
            self._fit(percent=percent)
            self._zoomed = percent is not None
        else:
            self.centerOn(here)
            if seen and not self._zoomed and not self._seen_whole():
                self._fit()
        self._from = {
            one: before[one] - self._boxes[one].center()
            for one in self._cards & before.keys()
            if before[one] != self._boxes[one].center()
        }
        if self._from and not self.still and self.isVisible():
            self._move_on(0.0)
            self._motion.start()
        self._show_ring()

    @property
    def cards(self) -> frozenset[bytes]:
        """The cards there are."""
        return self._cards

    def recolour(self) -> None:
        """Show the same map in the colours of the theme."""
        faded = {one: self.opacity_of(one) for one in self._records}
        self.show_map(self._drawing, {one: self._boxes[one] for one in self._cards}, self.map_rect)
        self.fade(frozenset(one for one, clear in faded.items() if clear >= 1))

    def box_of(self, record: bytes) -> QRectF:
        """Return where a record is drawn."""
        return self._boxes.get(record, QRectF())

    def opacity_of(self, record: bytes) -> float:
        """Return how clearly a record is seen: 1, or less where it is faded."""
        return min((run.opacity() for run in self._records.get(record, ())), default=0.0)

    @property
    def spot_pointed(self) -> QRectF:
        """Where the mouse is, in the scene."""
        at = self.mapToScene(self.viewport().mapFromGlobal(QCursor.pos()))
        return QRectF(at.x() - 2, at.y() - 2, 4, 4)

    def _moving(self, card: bytes) -> list[Run]:
        """Return the parts that go with a card: those on it, not the lines that end at it."""
        box = self._boxes[card].adjusted(-16, -16, 16, 16)
        return [run for run in self._records.get(card, ()) if box.contains(run.box)]

    def _move_on(self, done: Any) -> None:
        left = 1 - float(done)
        for one, way in self._from.items():
            for part in self._parts.get(one, ()):
                part.setPos(way * left)

    # ---- what is current and chosen

    def come_to(self, card: bytes | None, *, tell: bool = True) -> None:
        """Make a card the current one and bring it into view."""
        self._current = card if card in self._cards else None
        if self._current is not None:
            self.ensureVisible(self._boxes[self._current], 48, 48)
        self._show_ring()
        if tell:
            self.came.emit(self._current)

    def keep_above(self, line: int) -> None:
        """Lift the current card above a line of the frame, in pixels, if it lies below."""
        if self._current is not None:
            foot = self.mapFromScene(self._boxes[self._current].bottomLeft()).y() + 12
            if foot > line:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + foot - line)

    def choose(self, cards: Iterable[bytes]) -> None:
        """Choose these cards beside the current one."""
        self.chosen_ones = frozenset(cards) & self._cards
        self.viewport().update()

    @property
    def meant(self) -> tuple[bytes, ...]:
        """The cards an action is for: those chosen, else the current one."""
        if self.chosen_ones:
            return tuple(sorted(self.chosen_ones))
        return (self._current,) if self._current is not None else ()

    def walk(self, dx: int, dy: int) -> None:
        found = self.walks(self._current, Way((dx, dy)))
        if found is not None:
            self.come_to(found)

    def say(self, words: Mapping[bytes, str]) -> None:
        """Tell what a screen reader says of each card."""
        self._words = dict(words)
        self._show_ring()

    def said(self, record: bytes) -> str:
        return self._words.get(record) or super().said(record)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self.takes is not None
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & _COMMANDS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.takes is not None and self.takes(event):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.opened.emit(self._current)
        elif event.key() == Qt.Key.Key_Escape and self.chosen_ones:
            self.choose(())
        else:
            super().keyPressEvent(event)

    # ---- mouse: choose, drag, draw a frame, pan

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        card = self._card_at(event)
        if event.button() == Qt.MouseButton.MiddleButton or (
            card is None
            and event.button() == Qt.MouseButton.LeftButton
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._panned = event.position()
        elif card is None:
            self._band.setGeometry(QRect(event.position().toPoint(), QSize()))
            self._band.show()
        else:
            self._grip = card
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._panned is not None:
            way, self._panned = at - self._panned, at
            for bar, by in (
                (self.horizontalScrollBar(), way.x()),
                (self.verticalScrollBar(), way.y()),
            ):
                bar.setValue(round(bar.value() - by))
        elif self._band.isVisible():
            frame = QRect(self._pressed_at.toPoint(), at.toPoint()).normalized()
            self._band.setGeometry(frame)
        elif self._grip is not None and self.editable:
            if self._drag or (at - self._pressed_at).manhattanLength() >= 4:
                self._drag_to(at, self._grip)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        moved = (event.position() - self._pressed_at).manhattanLength() >= 4
        grip, self._grip = self._grip, None
        panned, self._panned = self._panned, None
        if self._band.isVisible():
            self._band.hide()
            frame = self.mapToScene(self._band.geometry()).boundingRect()
            self.choose(one for one in self._cards if frame.intersects(self._boxes[one]))
        elif self._drag:
            self._drop()
        elif grip is not None and not moved:
            held = event.modifiers() & _ADDING
            self.choose(self.chosen_ones ^ {grip} if held else ())
            self.come_to(grip)
            self.chosen.emit(grip)
        elif panned is not None and not moved:
            record = self._record_at(event)
            self.choose(())
            if record is not None:
                self.chosen.emit(record)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (card := self._card_at(event)) is not None:
            self.come_to(card)
            self.opened.emit(card)

    def _card_at(self, event: QMouseEvent) -> bytes | None:
        at = self.mapToScene(event.position().toPoint())
        return next((one for one in self._cards if self._boxes[one].contains(at)), None)

    def _drag_to(self, at: QPointF, grip: bytes) -> None:
        if not self._drag:
            self._motion.stop()
            self._move_on(1.0)
            going = self.chosen_ones if grip in self.chosen_ones else {grip}
            self._drag = {one: self._boxes[one].center() for one in going}
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        scale = self.transform().m11()
        wanted = self._drag[grip] + (at - self._pressed_at) / scale
        others = (self._boxes[one].center() for one in self._cards - self._drag.keys())
        self._dragged = snapped(
            Spot(*wanted.toTuple()), [Spot(*other.toTuple()) for other in others]
        )
        way = QPointF(*self._dragged.at) - self._drag[grip]
        for one in self._drag:
            for part in self._parts[one]:
                part.setPos(way)
        self.viewport().update()

    def _drop(self) -> None:
        self.unsetCursor()
        drag, self._drag, self._dragged = self._drag, {}, None
        spots = {
            one: Spot(*(middle + self._parts[one][0].pos()).toTuple())
            for one, middle in drag.items()
            if self._parts[one]
        }
        for one in drag:  # where it is drawn anew it stands there
            self._boxes[one] = self._boxes[one].translated(QPointF(*spots[one]) - drag[one])
        self.placed.emit(spots)

    # ---- zoom

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller; 0 fits the whole map into the frame."""
        if factor:
            super().zoom(factor)
        else:
            self._zoomed = False
            self._fit(least=0.05)
        self.scaled.emit()
        self.zoomed.emit(self.percent if factor else None)

    @property
    def percent(self) -> int:
        """How large it is shown; 100 is the size of the window's own text."""
        return round(100 * self.transform().m11() / (theme.now().percent / 100))

    def _seen_whole(self) -> bool:
        return self.mapToScene(self.viewport().rect()).boundingRect().contains(self.map_rect)

    def _fit(self, least: float = LEAST, percent: int | None = None) -> None:
        frame, look = QRectF(self.viewport().rect()), theme.now()
        side = look.px(_SIDE)
        if self._zoomed or self.map_rect.isEmpty() or min(frame.size().toTuple()) <= 6 * side:
            return
        full = look.percent / 100
        wanted = percent / 100 * full if percent else None
        sight = first_sight(
            frame,
            [self._boxes[one] for one in self._cards],
            self.map_rect,
            [box for place in self.corners if not (box := place()).isEmpty()],
            full=wanted or full,
            least=wanted or least * full,
            side=side,
        )
        self.setTransform(QTransform.fromScale(sight.scale, sight.scale))
        self.centerOn(sight.middle)
        self.scaled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scaled.emit()

    # ---- what is painted over the map

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        look = theme.now()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent"), 1.5, Qt.PenStyle.DashLine))
        for one in self.chosen_ones:
            way = self._parts[one][0].pos() if self._parts.get(one) else QPointF()
            painter.drawRoundedRect(self._boxes[one].translated(way).adjusted(-5, -5, 5, 5), 8, 8)
        if self._dragged is not None:
            painter.setPen(QPen(look.colour("accent"), 0, Qt.PenStyle.DotLine))
            seen = self.mapToScene(self.viewport().rect()).boundingRect()
            _, upright, level = self._dragged
            if upright is not None:
                painter.drawLine(QPointF(upright, seen.top()), QPointF(upright, seen.bottom()))
            if level is not None:
                painter.drawLine(QPointF(seen.left(), level), QPointF(seen.right(), level))


_ADDING: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_COMMANDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
