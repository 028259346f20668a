"""Over the grid of a week: each day by name, and how long one is on the road; pressed, chosen."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.minutes import hours_minutes, length
from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.scale import Scale
from kamdesk.desktop.week.grid import WeekGrid
from kamdesk.desktop.widgets.labels import plain_tip

_HIGH = 44


class WeekHeads(QWidget):
    """Signals: ``pressed(column)``."""

    pressed = Signal(int)

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setFixedHeight(theme.now().px(_HIGH))
        self.setMouseTracking(True)
        grid.chosen.connect(self.update)

    def say(self) -> None:
        """Show the days of the grid, and tell a screen reader how long one drives on each."""
        shapes = self._grid.shapes
        if shapes is None:
            return
        parts = [
            looks.joined(
                f"{looks.weekday(day.day)} {day.day.day}",
                day.holiday,
                Text("{length} on the road", length=length(drive)) if drive is not None else "",
            )
            for day, drive in zip(shapes.days, shapes.drives, strict=True)
        ]
        self.setAccessibleName("; ".join(parts))
        self.update()

    @property
    def _columns(self) -> list[QRectF]:
        days = len(self._grid.shapes.days) if self._grid.shapes else 5
        return Scale(self._grid.width(), self.height(), days).columns

    def _column_at(self, x: float) -> int | None:
        found = [n for n, one in enumerate(self._columns) if one.left() <= x < one.right()]
        return found[0] if found else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (column := self._column_at(event.position().x())) is not None:
            self.pressed.emit(column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        column, shapes = self._column_at(event.position().x()), self._grid.shapes
        words = shapes.days[column].holiday if shapes and column is not None else ""
        self.setToolTip(plain_tip(looks.said(words)))

    def paintEvent(self, event: QPaintEvent) -> None:
        shapes = self._grid.shapes
        if shapes is None:
            return
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns
        for n, (column, day, drive) in enumerate(
            zip(columns, shapes.days, shapes.drives, strict=True)
        ):
            chosen = n == self._grid.column
            if chosen:
                painter.fillRect(column, look.colour("rail"))
            right = self._paint_drive(painter, column, drive)
            left = column.left() + look.px(10)
            tone = Tone.ACCENT if chosen else Tone.INK
            left = self._write(painter, left, right, looks.weekday(day.day), Type.STRONG, tone)
            quiet = Tone.ACCENT if chosen else Tone.SECOND
            left = self._write(painter, left, right, str(day.day.day), Type.BODY, quiet)
            self._write(painter, left, right, looks.cut(day.holiday, 30), Type.SMALL, Tone.MUTED)
        painter.fillRect(
            QRectF(
                columns[0].left(), self.height() - 1, columns[-1].right() - columns[0].left(), 1
            ),
            look.colour("strong_line"),
        )

    def _write(
        self, painter: QPainter, left: float, right: float, words: str, role: Type, tone: Tone
    ) -> float:
        """Write words as far as there is room; return where the next begin."""
        look = theme.now()
        font = look.font_for(role, words)
        metrics = QFontMetricsF(font)
        room = right - left
        if not words or room < metrics.averageCharWidth() * 2:
            return left
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        base = round(self.height() / 2 + 0.365 * font.pixelSize())
        painter.drawText(QPointF(left, base), shown)
        return left + metrics.horizontalAdvance(shown) + look.px(8)

    def _paint_drive(self, painter: QPainter, column: QRectF, drive: int | None) -> float:
        """Paint a car with hours and minutes at the right; return where words must end."""
        look = theme.now()
        end = column.right() - look.px(10)
        if drive is None:
            return end
        words = hours_minutes(drive)
        font = look.font(Type.SMALL)
        start = end - QFontMetricsF(font).horizontalAdvance(words)
        base = round(self.height() / 2 + 0.365 * font.pixelSize())
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        painter.drawText(QPointF(start, base), words)
        side = look.px(15)
        start -= side + look.px(5)
        if start < column.left() + look.px(64):
            return start + side
        box = QRectF(start, self.height() / 2 - side / 2, side, side)
        icons.paint(painter, "car", box, look.colour(Tone.MUTED))
        return start - look.px(6)
