"""The grid of a week: days side by side on a true scale of time, walked and moved by keys."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.visits.hours import ARROWS, OPENING
from kamdesk.desktop.visits.ruling import paint_hours
from kamdesk.desktop.visits.scale import Scale
from kamdesk.desktop.week import marks
from kamdesk.desktop.week.block import WeekBlock
from kamdesk.desktop.week.shapes import Block, Shapes
from kamdesk.desktop.week.ways import Road
from kamdesk.domain.visits.calendar import Lane, Span, lanes, snapped

_LUNCH: Final = Text("Lunch")


class _Ruled(NamedTuple):
    first: date
    now: Instant


class WeekGrid(QWidget):
    """J and K go from block to block, arrows move the one chosen, Enter opens it.

    Signals: ``chosen`` another block or day is chosen · ``opened(key)`` ·
    ``pushed(key, days, halves)`` by arrows · ``dropped(key, column, minute)`` by the mouse ·
    ``road_wanted(road)`` a way was pressed · ``revealed(rect)`` what shall be seen.
    """

    chosen = Signal()
    opened = Signal(bytes)
    pushed = Signal(bytes, int, int)
    dropped = Signal(bytes, int, int)
    road_wanted = Signal(object)
    revealed = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(looks.said(Text("Week")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.shapes: Shapes | None = None
        self.key: bytes | None = None
        self.column = 0
        self.blocks: dict[bytes, WeekBlock] = {}
        self._lanes: dict[bytes, Lane] = {}
        self._now: Instant | None = None
        self._room = 0

    # ---- showing

    def show_shapes(self, shapes: Shapes, now: Instant) -> None:
        """Show a week; what was chosen stays chosen where it is still there."""
        fresh = self.shapes is None or self.shapes.first != shapes.first
        self.shapes, self._now = shapes, now
        if fresh:
            self.key = None
            ahead = [n for n, day in enumerate(shapes.days) if day.at is not None]
            self.column = ahead[0] if ahead else 0
        self.column = min(self.column, len(shapes.days) - 1)
        shown = {block.item.key: block for block in shapes.blocks}
        for key in [key for key in self.blocks if key not in shown]:
            gone = self.blocks.pop(key)
            if gone.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            gone.hide()
            gone.deleteLater()
        for key, block in shown.items():
            made = self.blocks.get(key) or self._new_block(key)
            made.show_block(block, shapes.days[block.column].day)
        self._lanes = {}
        for n in range(len(shapes.days)):
            there = [one for one in shapes.blocks if one.column == n]
            self._lanes |= lanes(Span(one.item.key, one.begins, one.ends) for one in there)
        if self.key not in shown:
            self.key = None
        elif self.key is not None:
            self.column = shown[self.key].column
        self._place()
        self._mark()
        self.update()
        if self.key is not None:
            self.revealed.emit(self.blocks[self.key].geometry())

    def _new_block(self, key: bytes) -> WeekBlock:
        self.blocks[key] = made = WeekBlock(self)
        made.pointed.connect(lambda: self.choose(key))
        made.opened.connect(lambda: self.opened.emit(key))
        made.dragged.connect(lambda at, _: self._drag(made, at))
        made.let_go.connect(lambda at, _: self._drop(made, at))
        made.given_up.connect(self._give_up)
        made.show()
        return made

    def fit(self, room: int) -> None:
        """Be as high as there is room for, at least as the hours need."""
        self._room = room
        self._place()

    @property
    def scale(self) -> Scale:
        """Where days and minutes lie in it now."""
        hours = self.shapes.hours if self.shapes else range(8, 19)
        days = len(self.shapes.days) if self.shapes else 5
        return Scale(self.width(), self.height(), days, hours[0] * 60, hours[-1] * 60, fills=True)

    def _place(self) -> None:
        if self.height() != (wanted := max(self.scale.whole, self._room)):
            self.setFixedHeight(wanted)
        if self.shapes is None:
            return
        scale = self.scale
        for block in self.shapes.blocks:
            box = scale.box(block.column, block.begins, block.ends, self._lanes[block.item.key])
            self.blocks[block.item.key].setGeometry(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ---- the choice

    @property
    def block(self) -> Block | None:
        """The block chosen."""
        found = self.blocks.get(self.key) if self.key is not None else None
        return found.block if found is not None else None

    @property
    def in_order(self) -> list[Block]:
        """All blocks in order of time."""
        shown = self.shapes.blocks if self.shapes else ()
        return sorted(shown, key=lambda one: (one.column, one.begins, one.item.key))

    def beside(self, key: bytes) -> bytes | None:
        """Return the block after this one on its day, else the one before; None: it is alone."""
        column = next((one.column for one in self.in_order if one.item.key == key), None)
        day = [one.item.key for one in self.in_order if one.column == column]
        at = day.index(key) if key in day else len(day)
        return next(iter((*day[at + 1 :], *reversed(day[:at]))), None)

    def choose(self, key: bytes | None) -> None:
        """Choose a block, or none."""
        had = self.hasFocus() or any(block.hasFocus() for block in self.blocks.values())
        self.key = key if key in self.blocks else None
        block = self.block
        if block is not None:
            self.column = block.column
            self.revealed.emit(self.blocks[block.item.key].geometry())
        self._mark()
        if had:
            target = self.blocks[self.key] if self.key is not None else self
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()
        self.chosen.emit()

    def choose_day(self, column: int) -> None:
        """Choose a day, and no block."""
        self.column = column
        self.choose(None)

    def _mark(self) -> None:
        for key, block in self.blocks.items():
            block.choose(key == self.key)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not bare or self.shapes is None:
            super().keyPressEvent(event)
        elif key in ARROWS and self.block is not None:
            self.pushed.emit(self.block.item.key, *ARROWS[key])
        elif key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif key in OPENING and self.key is not None:
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _walk(self, days: int, halves: int) -> None:
        """With nothing chosen: go to another day, or to the first block of this one."""
        there = [one for one in self.in_order if one.column == self.column]
        if days and self.shapes is not None:
            self.choose_day(min(max(self.column + days, 0), len(self.shapes.days) - 1))
        elif there:
            self.choose(there[0 if halves > 0 else -1].item.key)

    def _step(self, by: int) -> None:
        order = self.in_order
        if not order:
            return
        keys = [one.item.key for one in order]
        if self.key in keys:
            at = keys.index(self.key) + by
        else:
            later = sum(one.column < self.column for one in order)
            at = later if by > 0 else later - 1
        if 0 <= at < len(keys):
            self.choose(keys[at])

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position().toPoint()
        if (road := self._road_at(at)) is not None:
            self.road_wanted.emit(road)
        elif (slot := self.scale.slot_at(at)) is not None:
            self.choose_day(slot.day)

    def _road_at(self, at: QPoint) -> Road | None:
        for road in self.shapes.roads if self.shapes else ():
            if self._box(road.column, road.begins, road.ends).contains(at):
                return road
        return None

    def _drag(self, made: WeekBlock, at: QPoint) -> None:
        column, minute = self._target(made, at)
        block = made.block
        made.raise_()
        made.setGeometry(self.scale.box(column, minute, minute + block.ends - block.begins))
        self.revealed.emit(made.geometry())

    def _drop(self, made: WeekBlock, at: QPoint) -> None:
        column, minute = self._target(made, at)
        self._place()
        if (column, minute) != (made.block.column, made.block.begins):
            self.dropped.emit(made.block.item.key, column, minute)

    def _give_up(self) -> None:
        self._place()

    def _target(self, made: WeekBlock, at: QPoint) -> tuple[int, int]:
        scale, block = self.scale, made.block
        slot = scale.slot_at(QPoint(at.x() + made.width() // 2, at.y()), nearest=True)
        minutes = block.ends - block.begins
        minute = min(snapped(scale.minute_at(at.y())), scale.closes - minutes)
        return (slot.day if slot else block.column), max(minute, scale.opens)

    # ---- painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if self.key is not None and self.key in self.blocks:
            self.blocks[self.key].setFocus(event.reason())

    def _ground(self, column: int) -> str:
        """Return the token of a day's colour: the one chosen is shaded."""
        return "rail" if column == self.column else "page"

    def _box(self, column: int, begins: int, ends: int) -> QRect:
        return self.scale.box(column, begins, ends)

    def paintEvent(self, event: QPaintEvent) -> None:
        shapes, now = self.shapes, self._now
        if shapes is None or now is None:
            return
        look, scale = theme.now(), self.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = shapes.first + timedelta(days=self.column)
        columns = scale.columns
        paint_hours(painter, _Ruled(shapes.first, now), columns, scale.y,
                    hours=shapes.hours, shaded=day)  # fmt: skip
        foot = scale.y(shapes.hours[-1] * 60)
        painter.fillRect(
            QRectF(columns[-1].right() - 1, scale.y(scale.opens), 1, foot - scale.y(scale.opens)),
            look.colour("line"),
        )
        for shade in shapes.shades:
            column = columns[shade.column]
            top = scale.y(max(shade.begins, scale.opens))
            low = scale.y(min(shade.ends, scale.closes))
            if low > top:
                box = QRectF(column.left() + 1, top, column.width() - 1, low - top)
                if shade.taken:
                    marks.hatch(painter, box)
                marks.on_hatch(painter, box, looks.cut(looks.capital(shade.words), 60))
        for rest in shapes.rests:
            box = QRectF(self._box(rest.column, rest.begins, rest.ends))
            marks.rest(painter, box, looks.said(_LUNCH), ground=self._ground(rest.column))
        for road in shapes.roads:
            begins, ends = max(road.begins, scale.opens), min(road.ends, scale.closes)
            box = QRectF(self._box(road.column, begins, ends))
            leads_here = self.key is not None and road.to == self.key
            ground = self._ground(road.column)
            minutes = road.whole if road.is_named else 0
            marks.road(painter, box, minutes, ground=ground, chosen=leads_here)
        if self.hasFocus():
            column = columns[self.column]
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(
                QRectF(column.left() + 1, scale.y(scale.opens) + 1, column.width() - 2,
                       foot - scale.y(scale.opens) - 2)
            )  # fmt: skip
