"""A day or a week to look at: the heads of the days, the hours below them, what is chosen said."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.visits.hours import Hours
from kamdesk.desktop.visits.reading import Diary
from kamdesk.desktop.visits.ruling import paint_heads
from kamdesk.desktop.visits.scale import Scale

_HEAD = 36
_MORNING = 8


class _Heads(QWidget):
    """Weekday and day over each column."""

    def __init__(self, hours: Hours) -> None:
        super().__init__()
        self._hours = hours
        self.setFixedHeight(theme.now().px(_HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        diary = self._hours.diary
        if diary is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            columns = Scale(self._hours.width(), self.height(), diary.days).columns
            paint_heads(painter, diary, columns, self.height())


class Timetable(QWidget):
    """Hours that scroll under the heads of their days."""

    def __init__(self, name: Text) -> None:
        super().__init__()
        self.hours = Hours(name)
        self._heads = _Heads(self.hours)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.hours)
        self._opened = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heads)
        column.addWidget(self._area, 1)
        self.setFocusProxy(self.hours)
        self.hours.revealed.connect(self._reveal)
        self.hours.stretched.connect(self._stay)

    def show_diary(self, diary: Diary) -> None:
        """Show these days, the first time from the morning on."""
        self.hours.show_diary(diary)
        self._heads.update()
        self._open_at_morning()

    def _open_at_morning(self) -> None:
        if self._opened or not self.isVisible() or self.hours.diary is None:
            return
        self._opened = True
        starts = [line.start.local.hour for line in self.hours.diary.shown if line.start]
        first = min([_MORNING, *starts])
        top = first * self.hours.scale.hour
        self._scroll_to(top)

    def _stay(self, factor: float) -> None:
        """Show the same hour at the top when hours are higher or lower than before."""
        if self._opened:
            self._scroll_to(round(self._area.verticalScrollBar().value() * factor))

    def _scroll_to(self, top: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setRange(0, max(self.hours.height() - self._area.viewport().height(), 0))
        bar.setValue(top)

    def _reveal(self, box: QRect) -> None:
        if self._opened:
            middle = box.center()
            self._area.ensureVisible(
                middle.x(), middle.y(), 0, box.height() // 2 + self.hours.scale.hour // 2
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._open_at_morning()
