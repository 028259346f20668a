"""A run of marks of one record as one item of a scene: painted, pointed at and moved together."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from kamdesk.desktop.figure_marks import Mark

_REACH: Final = 8.0
"""How wide the strip along a line is in which it can be pointed at."""


def paint_mark(painter: QPainter, mark: Mark) -> None:
    """Paint one mark."""
    painter.setPen(mark.pen)
    if mark.path is not None:
        painter.setBrush(mark.brush)
        painter.drawPath(mark.path)
    elif mark.font is not None and mark.place is not None:
        painter.save()
        painter.setTransform(mark.place, True)
        painter.setFont(mark.font)
        painter.drawText(QPointF(0, 0), mark.words)
        painter.restore()


class Run(QGraphicsItem):
    """Marks that follow each other in a drawing and stand for one record (or for none)."""

    def __init__(self, record: bytes | None, marks: Iterable[Mark]) -> None:
        super().__init__()
        self.record, self._marks = record, tuple(marks)
        self.said = next((mark.said for mark in self._marks if mark.said), "")
        self.words = tuple(mark.words for mark in self._marks if mark.words)
        self._box = QRectF()
        for mark in self._marks:
            self._box = self._box.united(_box(mark))
        self._shape: QPainterPath | None = None

    @property
    def box(self) -> QRectF:
        """What it covers where it was drawn, moved or not."""
        return self._box

    def text(self) -> str:
        """Return the words painted, one below the other."""
        return "\n".join(self.words)

    def boundingRect(self) -> QRectF:
        return self._box

    def shape(self) -> QPainterPath:
        if self._shape is None:
            self._shape = QPainterPath()
            self._shape.setFillRule(Qt.FillRule.WindingFill)
            stroker = QPainterPathStroker()
            stroker.setWidth(_REACH)
            for mark in self._marks:
                if mark.path is None:
                    self._shape.addRect(_box(mark))
                elif mark.brush.style() == Qt.BrushStyle.NoBrush:
                    self._shape.addPath(stroker.createStroke(mark.path))
                else:
                    self._shape.addPath(mark.path)
        return self._shape

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        for mark in self._marks:
            paint_mark(painter, mark)


def runs(marks: Iterable[Mark]) -> Iterator[Run]:
    """Return the items of a drawing, from back to front."""
    for record, some in groupby(marks, key=lambda mark: mark.record):
        yield Run(record, some)


def _box(mark: Mark) -> QRectF:
    if mark.path is not None:
        wide = mark.pen.widthF() / 2 if mark.pen.style() != Qt.PenStyle.NoPen else 0.0
        return mark.path.boundingRect().adjusted(-wide, -wide, wide, wide)
    if mark.font is None or mark.place is None:
        return QRectF()
    metrics = QFontMetricsF(mark.font)
    wide = metrics.horizontalAdvance(mark.words)
    return mark.place.mapRect(QRectF(0, -metrics.ascent(), wide, metrics.height()))
