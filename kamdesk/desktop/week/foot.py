"""Under the grid of a week: how many are due, placed and left, the road, and what frames mean."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.scale import GUTTER
from kamdesk.desktop.week import marks
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.said import length
from kamdesk.desktop.week.shapes import Frame
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.dossier.week_read import What


class _Sign(QWidget):
    """A frame, a hatch or a dotted way, small."""

    def __init__(self, kind: Frame | str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(theme.now().px(22), theme.now().px(14))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if isinstance(self._kind, Frame):
            marks.frame(painter, box, self._kind)
        elif self._kind == "hatch":
            marks.hatch(painter, box)
        else:
            pen = QPen(theme.now().colour("edge"), 1.5)
            pen.setDashPattern([1.5, 2.0])
            painter.setPen(pen)
            middle = box.center().y()
            painter.drawLine(QPointF(0, middle), QPointF(box.right(), middle))


class WeekFoot(QWidget):
    """Figures that are sums of what is shown above, then the legend."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.values: dict[str, PlainLabel] = {}
        figures = QHBoxLayout()
        figures.setSpacing(look.px(36))
        for name, label in (
            ("due", Text("Due")),
            ("placed", Text("Placed")),
            ("left", Text("Left out")),
            ("road", Text("On the road")),
            ("saved", Text("Saved over a plan by hand")),
        ):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(PlainLabel(label, Type.SMALL, Tone.MUTED))
            self.values[name] = value = PlainLabel(looks.DASH, Type.HEADING)
            pair.addWidget(value)
            figures.addLayout(pair)
        figures.addStretch(1)
        legend = Flow(
            [
                _meant(_Sign(sign), meaning)
                for sign, meaning in (
                    (Frame.PROPOSED, Text("Proposed")),
                    (Frame.LOOSE, Text("Ours to move")),
                    (Frame.PINNED, Text("Pinned")),
                    (Frame.FIXED, Text("Fixed")),
                    ("hatch", Text("Not available")),
                    ("road", Text("Travel")),
                )
            ],
            gap=look.px(18),
            line=look.px(2),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(GUTTER), look.px(6), look.px(16), look.px(8))
        column.setSpacing(look.px(6))
        column.addLayout(figures)
        column.addWidget(legend)

    def show_board(self, board: Board) -> None:
        """Show the figures of a week."""
        due, left = figures_of(board)
        saved = None
        if board.by_hand is not None and board.proposed:
            saved = board.by_hand - board.plan.drive
        drive = board.plan.drive if board.standing else None
        for name, value in (
            ("due", str(due)),
            ("placed", str(due - left)),
            ("left", str(left)),
            ("road", length(drive) if drive is not None else looks.DASH),
            ("saved", length(saved) if saved is not None and saved >= 0 else looks.DASH),
        ):
            self.values[name].say(value)


def figures_of(board: Board) -> tuple[int, int]:
    """Return how many are due this week, and how many of them stand nowhere."""
    placed = sum(
        (item := board.items.get(key)) is not None and item.what is What.DUE
        for key in board.standing
    )
    left = len(board.waiting)
    return placed + left, left


def _meant(mark: QWidget, meaning: Text) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.now().px(7))
    row.addWidget(mark)
    row.addWidget(PlainLabel(meaning, Type.SMALL, Tone.SECOND))
    return pair
