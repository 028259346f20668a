"""A month of visits: six weeks of days with the first visits of each; walked and moved by keys."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.block import FLAT, VisitBlock
from kamdesk.desktop.visits.hours import ARROWS, OPENING
from kamdesk.desktop.visits.reading import Diary
from kamdesk.desktop.visits.ruling import paint_note
from kamdesk.desktop.visits.said import day_heading
from kamdesk.domain.visits.store import VisitLine

WEEKS: Final = 6
_HEAD: Final = 28
_TOP: Final = 22
_NINE: Final = 9


class Month(QWidget):
    """A cell a day: how many visits, the first ones by name, how many more.

    Arrows move the day, J and K the visit within all that is shown, Shift with an arrow moves the
    visit chosen by a day or a week, Enter opens it, or the day where none is chosen.
    Signals as ``Hours`` has them; ``day_wanted(date)`` shows a day by itself.
    """

    chosen = Signal()
    opened = Signal(object)
    wanted = Signal(object)
    moved = Signal(object, object, int)
    stuck = Signal()
    turned = Signal(int)
    day_wanted = Signal(object)

    def __init__(self, name: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(looks.said(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.now().px(_HEAD + WEEKS * 68))
        self.blocks: dict[bytes, VisitBlock] = {}
        self.diary: Diary | None = None
        self.month = 0
        self.day = date.min
        self.line: VisitLine | None = None
        self._over: date | None = None

    # ---- showing

    def show_diary(self, diary: Diary, day: date) -> None:
        """Show the weeks read, with the month of ``day``; the choice stays where it was."""
        kept = self.line.id if self.line else None
        self.diary, self.month = diary, day.month
        if not diary.first <= self.day < diary.first + timedelta(days=diary.days):
            self.day = day
        shown: dict[bytes, VisitLine] = {line.id: line for line in diary.shown}
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
        self._choose(shown.get(kept or b""))

    def _new_block(self, record: bytes) -> VisitBlock:
        self.blocks[record] = block = VisitBlock(self, flat=True)
        block.pointed.connect(lambda: self._choose(block.line))
        block.opened.connect(lambda: self.opened.emit(block.line))
        block.dragged.connect(lambda at, _: self._drag(block, at))
        block.let_go.connect(lambda at, _: self._drop(block, at))
        block.given_up.connect(self._give_up)
        return block

    def cell(self, day: date) -> QRectF:
        """Return where a day lies."""
        look = theme.now()
        n = (day - self.diary.first) // timedelta(days=1) if self.diary else 0
        wide = self.width() / 7
        high = (self.height() - look.px(_HEAD)) / WEEKS
        return QRectF(n % 7 * wide, look.px(_HEAD) + n // 7 * high, wide, high)

    @property
    def _room(self) -> int:
        """How many lines a day has room for."""
        look = theme.now()
        high = (self.height() - look.px(_HEAD)) / WEEKS
        return max(int((high - look.px(_TOP + 2)) // look.px(FLAT)), 1)

    def seen_of(self, day: date) -> tuple[list[VisitLine], int]:
        """Return the visits of a day that have room, and how many more there are."""
        lines = self.diary.lines.get(day, []) if self.diary else []
        more = self.diary.more.get(day, 0) if self.diary else 0
        room = self._room
        if more or len(lines) > room:
            shown = lines[: room - 1]
            return shown, more + len(lines) - len(shown)
        return lines, 0

    def _place(self) -> None:
        look = theme.now()
        visible: set[bytes] = set()
        for day in self.diary.lines if self.diary else ():
            box = self.cell(day)
            shown, more = self.seen_of(day)
            spare = self._room - len(shown) - bool(more)
            left, top = box.left() + look.px(4), box.top() + look.px(_TOP)
            wide = box.width() - look.px(7)
            for line in shown:
                visible.add(line.id)
                block = self.blocks[line.id]
                folds = spare > 0 and not block.fits(wide)
                spare -= folds
                high = look.px(FLAT) * (1 + folds)
                block.setGeometry(QRectF(left, top, wide, high - 1).toRect())
                top += high
        for record, block in self.blocks.items():
            block.setVisible(record in visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ---- the choice

    @property
    def start(self) -> Instant | None:
        """Nine o'clock on the day chosen."""
        return Instant.at(self.day, _NINE, zone=self.diary.now.zone) if self.diary else None

    def choose(self, record: bytes) -> bool:
        """Choose a visit; false when it is not shown."""
        if record not in self.blocks:
            return False
        self._choose(self.blocks[record].line)
        return True

    def go_to(self, day: date) -> None:
        """Choose a day."""
        self.day = day
        self._choose(None)

    def _choose(self, line: VisitLine | None) -> None:
        had = self.hasFocus() or any(block.hasFocus() for block in self.blocks.values())
        self.line = line
        if line is not None and line.start is not None:
            self.day = line.start.day
        for block in self.blocks.values():
            block.choose(line is not None and block.line.id == line.id)
        if had:
            mine = self.blocks.get(line.id) if line is not None else None
            wanted = mine if mine is not None and mine.isVisible() else self
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleDescription(self.day_words(self.day))
        self.update()
        self.chosen.emit()

    def day_words(self, day: date) -> str:
        """Return a day with how many visits it has."""
        lines = self.diary.lines.get(day, []) if self.diary else []
        n = len(lines) + (self.diary.more.get(day, 0) if self.diary else 0)
        count = Text("{n} visit", "{n} visits", n=n) if n else Text("nothing planned")
        return looks.joined(day_heading(day), self._note(day), count)

    def _note(self, day: date) -> str:
        return self.diary.notes.get(day, "") if self.diary else ""

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), Qt.KeyboardModifier.ShiftModifier
        bare = not event.modifiers() & ~(shift | Qt.KeyboardModifier.KeypadModifier)
        if not bare or self.diary is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            days = ARROWS[key][0] + 7 * ARROWS[key][1]
            if event.modifiers() & shift:
                self._push(days)
            else:
                self._walk(days)
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif key in OPENING and self.line is not None:
            self.opened.emit(self.line)
        elif key in OPENING:
            self.day_wanted.emit(self.day)
        else:
            super().keyPressEvent(event)

    def _walk(self, days: int) -> None:
        self.day += timedelta(days=days)
        if self.diary and not 0 <= (self.day - self.diary.first).days < self.diary.days:
            self.line = None
            self.turned.emit(days)
            return
        self._choose(None)

    def _step(self, by: int) -> None:
        seen = [
            line for day in sorted(self.diary.lines if self.diary else ())
            for line in self.seen_of(day)[0]
        ]  # fmt: skip
        at = next((n for n, one in enumerate(seen) if self.line and one.id == self.line.id), None)
        if at is None:
            before = sum(one.start is not None and one.start.day < self.day for one in seen)
            at = before if by > 0 else before - 1
        else:
            at += by
        if 0 <= at < len(seen):
            self._choose(seen[at])

    def _push(self, days: int) -> None:
        if self.line is None or self.line.start is None:
            return
        if not self.blocks[self.line.id].movable:
            self.stuck.emit()
        else:
            self._move(self.line, self.line.start.day + timedelta(days=days))

    def _move(self, line: VisitLine, day: date) -> None:
        if line.start is None or day == line.start.day:
            return
        local = line.start.local
        start = Instant.at(day, local.hour, local.minute, zone=line.start.zone)
        self.line = line._replace(start=start)
        self.blocks[line.id].line = self.line  # the next key goes on from here
        self.day = day
        self.moved.emit(line, start, line.minutes)

    # ---- mouse

    def _day_at(self, at: QPoint) -> date | None:
        if self.diary is None or at.y() < theme.now().px(_HEAD):
            return None
        days = (self.diary.first + timedelta(days=n) for n in range(self.diary.days))
        return next((day for day in days if self.cell(day).contains(QPointF(at))), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.go_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.day_wanted.emit(day)

    def _drag(self, block: VisitBlock, at: QPoint) -> None:
        block.raise_()
        block.move(at)
        self._over = self._day_at(at + QPoint(block.width() // 2, block.height() // 2))
        self.update()

    def _drop(self, block: VisitBlock, at: QPoint) -> None:
        day = self._day_at(at + QPoint(block.width() // 2, block.height() // 2))
        self._over = None
        if day is not None:
            self._move(block.line, day)
        self._place()
        self.update()

    def _give_up(self) -> None:
        self._over = None
        self._place()
        self.update()

    # ---- painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.diary is None:
            return
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_weekdays(painter)
        for n in range(self.diary.days):
            self._paint_day(painter, self.diary.first + timedelta(days=n))
        painter.fillRect(QRectF(0, look.px(_HEAD) - 1, self.width(), 1), look.colour("strong_line"))
        if self.hasFocus() and self.line is None:
            theme.focus_ring(painter, self.cell(self.day).adjusted(1, 1, 0, 0), look.px(4))

    def _paint_weekdays(self, painter: QPainter) -> None:
        look = theme.now()
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.colour(Tone.MUTED))
        base = round(look.px(_HEAD) / 2 + 0.365 * look.font(Type.SMALL).pixelSize())
        for n in range(7):
            name = looks.weekday(self.diary.first + timedelta(days=n)) if self.diary else ""
            painter.drawText(QPointF(n * self.width() / 7 + look.px(8), base), name)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        look, box = theme.now(), self.cell(day)
        today = self.diary is not None and day == self.diary.today
        if day in (self._over, self.day if self.line is None else None):
            painter.fillRect(box, look.colour("soft"))
        elif today:
            painter.fillRect(box, look.colour("rail"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        if box.left() > 1:
            painter.fillRect(QRectF(box.left(), box.top(), 1, box.height()), look.colour("line"))
        strong = today or day.day == 1
        font = look.font(Type.STRONG if strong else Type.BODY)
        other = day.month != self.month
        tone = Tone.ACCENT if today else Tone.MUTED if other else Tone.INK
        figure = looks.day(day) if day.day == 1 else str(day.day)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        base = round(box.top() + look.px(_TOP) / 2 + 0.365 * font.pixelSize())
        painter.drawText(QPointF(box.left() + look.px(8), base), figure)
        left = box.left() + look.px(8 + 6) + QFontMetricsF(font).horizontalAdvance(figure)
        shown, more = self.seen_of(day)
        if more:
            small = look.font(Type.SMALL)
            words = looks.said(Text("+{n} more", n=more))
            painter.setFont(small)
            painter.setPen(look.colour(Tone.SECOND))
            top = box.top() + look.px(_TOP) + len(shown) * look.px(FLAT)
            base = round(top + look.px(FLAT) / 2 + 0.365 * small.pixelSize())
            painter.drawText(QPointF(box.left() + look.px(8), base), words)
        right, line = box.right() - look.px(6), base_of(box, look)
        total = len(shown) + more
        if total > 1:
            small = look.font(Type.TINY)
            words = looks.said(Text("{n} visit", "{n} visits", n=total))
            right -= QFontMetricsF(small).horizontalAdvance(words)
            painter.setFont(small)
            painter.setPen(look.colour(Tone.MUTED))
            painter.drawText(QPointF(right, line), words)
        paint_note(painter, left, right - look.px(6), line, self._note(day))


def scrolling(month: Month) -> QScrollArea:
    """Return a month that scrolls where its weeks have no room; the day chosen stays in sight."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(month)

    def show_day() -> None:
        if month.diary is not None:
            middle, high = month.cell(month.day).center(), month.cell(month.day).height()
            area.ensureVisible(round(middle.x()), round(middle.y()), 0, round(high / 2))

    month.chosen.connect(show_day)
    return area


def base_of(box: QRectF, look: theme.Look) -> float:
    """Return the baseline of what stands at the top of a day."""
    return round(box.top() + look.px(_TOP) / 2 + 0.365 * look.font(Type.TINY).pixelSize())
