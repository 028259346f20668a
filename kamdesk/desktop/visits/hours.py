"""The hours of some days on a true time scale, with their visits; walked and moved by keys."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtGui import QResizeEvent as Resized
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.block import VisitBlock
from kamdesk.desktop.visits.reading import Diary
from kamdesk.desktop.visits.said import day_heading
from kamdesk.desktop.visits.scale import Scale, Slot
from kamdesk.domain.visits.calendar import STEP, Lane, Span, lanes, span_of, week_of
from kamdesk.domain.visits.store import VisitLine

ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGER: Final = {"+": 1, "=": 1, "-": -1, "_": -1}


class Hours(QWidget):
    """A column a day, from midnight to midnight; it is made once and shown a diary again and again.

    Arrows move the choice, Shift with an arrow moves the visit chosen, + and − lengthen it, J and K
    go from visit to visit, Enter opens, or plans where nothing is.
    Signals: ``chosen`` · ``opened(line)`` · ``wanted(start)`` plan a visit then ·
    ``moved(line, start, minutes)`` · ``stuck`` the visit cannot be moved · ``turned(days)`` the
    choice leaves what is shown · ``revealed(rect)`` what shall be seen ·
    ``stretched(factor)`` hours are so much higher than before.
    """

    chosen = Signal()
    opened = Signal(object)
    wanted = Signal(object)
    moved = Signal(object, object, int)
    stuck = Signal()
    turned = Signal(int)
    revealed = Signal(QRect)
    stretched = Signal(float)

    def __init__(self, name: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(looks.said(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.blocks: dict[bytes, VisitBlock] = {}
        self.diary: Diary | None = None
        self.slot = Slot(0, 9 * 60)
        self.line: VisitLine | None = None
        self._spans: dict[bytes, tuple[int, Span, Lane]] = {}
        self._preview: tuple[Slot, int] | None = None
        self._place()

    # ---- showing

    def show_diary(self, diary: Diary) -> None:
        """Show these days; the choice stays on its visit, else on its half hour."""
        first = self.diary is None
        kept = self.line.id if self.line else None
        self.diary = diary
        self._preview = None
        if first and diary.today in self._days:
            now = diary.now.local
            self.slot = Slot(self._days.index(diary.today), (now.hour * 60) // STEP * STEP)
        self.slot = Slot(min(self.slot.day, diary.days - 1), self.slot.minute)
        self._lay_out()
        shown = {line.id: line for line in diary.shown}
        for record in [one for one in self.blocks if one not in shown]:
            gone = self.blocks.pop(record)
            if gone.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            gone.hide()
            gone.deleteLater()
        for record, line in shown.items():
            block = self.blocks.get(record) or self._new_block(record)
            block.show_visit(line, diary.clashing.get(record, ()), diary.now)
        self._place()
        if kept in shown:
            self._choose(shown[kept])
        else:
            self._choose(None if kept else self._at(self.slot))

    @property
    def _days(self) -> list[date]:
        if self.diary is None:
            return []
        return [self.diary.first + timedelta(days=n) for n in range(self.diary.days)]

    def _lay_out(self) -> None:
        self._spans = {}
        for n, day in enumerate(self._days):
            lines = self.diary.lines.get(day, []) if self.diary else []
            spans = {line.id: span for line in lines if (span := span_of(line))}
            side = lanes(spans.values())
            self._spans |= {record: (n, span, side[record]) for record, span in spans.items()}

    def _new_block(self, record: bytes) -> VisitBlock:
        self.blocks[record] = block = VisitBlock(self)
        block.pointed.connect(lambda: self._choose(block.line))
        block.opened.connect(lambda: self.opened.emit(block.line))
        block.dragged.connect(lambda at, longer: self._drag(block, at, longer=longer))
        block.let_go.connect(lambda at, longer: self._drop(block, at, longer=longer))
        block.given_up.connect(self._give_up)
        block.show()
        return block

    def _place(self) -> None:
        high, wanted = self.height(), self.scale.whole
        if high != wanted:
            self.setFixedHeight(wanted)
            self.stretched.emit(wanted / high)
        for record, (day, span, lane) in self._spans.items():
            self.blocks[record].setGeometry(self.scale.box(day, span.begins, span.ends, lane))

    @property
    def scale(self) -> Scale:
        """Where days and minutes lie in it now."""
        return Scale(self.width(), self.height(), self.diary.days if self.diary else 1)

    def resizeEvent(self, event: Resized) -> None:
        super().resizeEvent(event)
        self._place()

    # ---- the choice

    @property
    def start(self) -> Instant | None:
        """The instant of the half hour chosen, in the zone of this computer."""
        if self.diary is None:
            return None
        hour, minute = divmod(self.slot.minute, 60)
        return Instant.at(self._days[self.slot.day], hour, minute, zone=self.diary.now.zone)

    def choose(self, record: bytes) -> bool:
        """Choose a visit; false when it is not shown."""
        if record not in self.blocks:
            return False
        self._choose(self.blocks[record].line)
        return True

    def go_to(self, day: date) -> None:
        """Let the choice be on another day, at the time it is at; it is shown with its diary."""
        self.line = None
        first = week_of(day) if self.diary and self.diary.days > 1 else day
        self.slot = Slot((day - first).days, self.slot.minute)

    def _choose(self, line: VisitLine | None) -> None:
        had = self.hasFocus() or any(block.hasFocus() for block in self.blocks.values())
        self.line = line
        for block in self.blocks.values():
            block.choose(line is not None and block.line.id == line.id)
        if line is not None and line.id in self._spans:
            day, span, _ = self._spans[line.id]
            self.slot = Slot(day, span.begins // STEP * STEP)
            self.revealed.emit(self.blocks[line.id].geometry())
            if had:
                self.blocks[line.id].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.revealed.emit(
                self.scale.box(self.slot.day, self.slot.minute, self.slot.minute + STEP)
            )
            if had:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleDescription(self._slot_words())
        self.update()
        self.chosen.emit()

    def _slot_words(self) -> str:
        start = self.start
        if start is None:
            return ""
        day, time = day_heading(start.day), looks.clock(start.local)
        day = looks.joined(day, self.diary.notes.get(start.day, "") if self.diary else "")
        if taken := self._taken():
            return f"{day} {time}, {taken}"
        return looks.said(Text("{day} {time}, nothing planned", day=day, time=time))

    def _taken(self) -> str:
        """Return which appointments of other calendars stand in the half hour chosen."""
        from kamdesk.desktop.visits.appointments import words_at

        taken, at = self.diary.taken if self.diary else (), self.slot.minute
        return words_at(taken, self.slot.day, at, at + STEP)

    def _at(self, slot: Slot, *, lane: int = 0) -> VisitLine | None:
        """Return the visit that covers a half hour; of several the one nearest to a lane."""
        there = [
            (side.at, record)
            for record, (day, span, side) in self._spans.items()
            if day == slot.day and span.begins < slot.minute + STEP and span.ends > slot.minute
        ]
        if not there:
            return None
        record = min(there, key=lambda one: (abs(one[0] - lane), one[0]))[1]
        return self.blocks[record].line

    def _beside(self, span: Span, lane: int) -> VisitLine | None:
        """Return the visit that overlaps a stretch of the day chosen in a lane."""
        for record, (day, other, side) in self._spans.items():
            overlaps = other.begins < span.ends and span.begins < other.ends
            if day == self.slot.day and side.at == lane and overlaps and other.key != span.key:
                return self.blocks[record].line
        return None

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), Qt.KeyboardModifier.ShiftModifier
        bare = not event.modifiers() & ~(shift | Qt.KeyboardModifier.KeypadModifier)
        if not bare or self.diary is None:
            super().keyPressEvent(event)
        elif key in ARROWS and event.modifiers() & shift:
            self._push(*ARROWS[key])
        elif key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif event.text() in _LONGER:
            self._lengthen(_LONGER[event.text()])
        elif key in OPENING and self.line is not None:
            self.opened.emit(self.line)
        elif key in OPENING:
            self.wanted.emit(self.start)
        else:
            super().keyPressEvent(event)

    def _walk(self, days: int, halves: int) -> None:
        day, minute, lane = self.slot.day, self.slot.minute, 0
        if self.line is not None and self.line.id in self._spans:
            _, span, side = self._spans[self.line.id]
            if days and (there := self._beside(span, side.at + days)) is not None:
                self._choose(there)
                return
            if halves > 0:
                minute = (span.ends - 1) // STEP * STEP
            lane = 0 if days >= 0 else 99
        day, minute = day + days, min(max(minute + halves * STEP, 0), DAY_MINUTES - STEP)
        if not 0 <= day < (self.diary.days if self.diary else 1):
            self.slot = Slot(self.diary.days - 1 if days < 0 and self.diary else 0, minute)
            self.line = None
            self.turned.emit(days)
            return
        self.slot = Slot(day, minute)
        self._choose(self._at(self.slot, lane=lane))

    def _step(self, by: int) -> None:
        lines = self.diary.shown if self.diary else []
        if not lines:
            return
        if self.line is not None:
            at = [line.id for line in lines].index(self.line.id) + by
        else:
            starts = [str(line.start.local) if line.start else "" for line in lines]
            here = str(self.start.local) if self.start else ""
            later = sum(start[:16] < here[:16] for start in starts)
            at = later if by > 0 else later - 1
        if 0 <= at < len(lines):
            self._choose(lines[at])

    def _push(self, days: int, halves: int) -> None:
        line = self.line
        if line is None or line.start is None:
            return
        if not self.blocks[line.id].movable:
            self.stuck.emit()
            return
        local = line.start.local
        minute = minute_of(local) + halves * STEP
        if 0 <= minute < DAY_MINUTES:
            self._move(line, local.date() + timedelta(days=days), minute, line.minutes)

    def _lengthen(self, halves: int) -> None:
        line = self.line
        if line is None or line.start is None:
            return
        if not self.blocks[line.id].movable:
            self.stuck.emit()
        elif (minutes := _longer(line.minutes, halves)) != line.minutes:
            local = line.start.local
            self._move(line, local.date(), minute_of(local), minutes)

    def _move(self, line: VisitLine, day: date, minute: int, minutes: int) -> None:
        """Show a visit at another time at once, and tell."""
        if line.start is None:
            return
        start = Instant.at(day, *divmod(minute, 60), zone=line.start.zone)
        if (start, minutes) != (line.start, line.minutes):
            self.line = line._replace(start=start, minutes=minutes)
            self.blocks[line.id].line = self.line  # the next key goes on from here
            self.moved.emit(line, start, minutes)

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        slot = self.scale.slot_at(event.position().toPoint())
        if slot is not None:
            self.slot = slot
            self._choose(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.scale.slot_at(event.position().toPoint()) is not None:
            self.wanted.emit(self.start)

    def _drag(self, block: VisitBlock, at: QPoint, *, longer: bool) -> None:
        target = self._target(block, at, longer=longer)
        if target is None:
            return
        slot, minutes = target
        self._preview = target
        block.raise_()
        block.setGeometry(
            self.scale.box(slot.day, slot.minute, min(slot.minute + minutes, DAY_MINUTES))
        )
        self.revealed.emit(QRect(block.mapToParent(QPoint()), block.size()))
        self.update()

    def _drop(self, block: VisitBlock, at: QPoint, *, longer: bool) -> None:
        target = self._target(block, at, longer=longer)
        self._preview = None
        if target is not None:
            slot, minutes = target
            self._move(block.line, self._days[slot.day], slot.minute, minutes)
        self._place()
        self.update()

    def _give_up(self) -> None:
        self._preview = None
        self._place()
        self.update()

    def _target(self, block: VisitBlock, at: QPoint, *, longer: bool) -> tuple[Slot, int] | None:
        """Return where a dragged visit would come to stand, and how long it would be."""
        if block.line.start is None:
            return None
        if longer:
            day, span, _ = self._spans[block.line.id]
            ends = min(round(self.scale.minute_at(at.y()) / STEP) * STEP, DAY_MINUTES)
            return Slot(day, span.begins), max(ends - span.begins, STEP)
        slot = self.scale.slot_at(QPoint(at.x() + block.width() // 2, at.y()), nearest=True)
        return (slot, block.line.minutes) if slot is not None else None

    # ---- painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if self.line is not None and self.line.id in self.blocks:
            self.blocks[self.line.id].setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        from kamdesk.desktop.visits.appointments import paint_appointments
        from kamdesk.desktop.visits.ruling import paint_hours

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.diary is None:
            return
        scale = self.scale
        paint_hours(painter, self.diary, scale.columns, scale.y)
        covered = [(day, span) for day, span, _ in self._spans.values()]
        paint_appointments(painter, self.diary.taken, scale, covered)
        if self.line is None and (self.hasFocus() or self._preview is None):
            look = theme.now()
            box = QRectF(self.scale.box(self.slot.day, self.slot.minute, self.slot.minute + STEP))
            painter.setPen(QPen(look.colour("soft_edge"), 1))
            free = not self._taken()  # else their words stand there
            painter.setBrush(look.colour("soft") if free else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
            if free:
                self._paint_hint(painter, box)
            if self.hasFocus():
                theme.focus_ring(painter, box, look.px(4), on="soft")

    def _paint_hint(self, painter: QPainter, box: QRectF) -> None:
        look = theme.now()
        hour, minute = divmod(self.slot.minute, 60)
        font = look.font(Type.SMALL)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.SECOND))
        base = round(box.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(box.left() + look.px(8), base), f"{hour}:{minute:02d}")


def _longer(minutes: int, halves: int) -> int:
    """Return a length so many half hours longer, on the half hour, at least one of them."""
    return min(max((minutes // STEP + halves) * STEP, STEP), DAY_MINUTES)
