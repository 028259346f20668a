"""Under the grid of a week: how many are due, placed and left, the road, and what frames mean."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.scale import GUTTER
from kamdesk.desktop.week import marks
from kamdesk.desktop.week.board import Board, may_wait
from kamdesk.desktop.week.shapes import Frame
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import PlainLabel, explained
from kamdesk.dossier.week_read import What
from kamdesk.dossier.week_told import driven_apart


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
    """Figures that are sums of what is shown above, then the legend.

    Of a week that is not proposed: how many visits stand in it, and how many are due besides.
    """

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.values: dict[str, PlainLabel] = {}
        self._figures: dict[str, QWidget] = {}
        for name, label in (
            ("visits", Text("Visits")),
            ("due", Text("Due")),
            ("placed", Text("Placed")),
            ("left", Text("Left out")),
            ("road", Text("On the road")),
            ("saved", Text("Less than by hand")),
            ("lost", Text("Place not known")),
        ):
            self.values[name] = value = PlainLabel(looks.DASH, Type.HEADING)
            value.setMinimumWidth(look.px(104 if name in ("road", "saved") else 52))
            self._figures[name] = _figure(label, value)
        row = Flow(list(self._figures.values()), gap=look.px(36), line=look.px(4))
        legend = Flow(
            [
                explained(_Sign(sign), meaning)
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
        column.addWidget(row)
        column.addWidget(legend)

    def show_board(self, board: Board, by_hand: int | None) -> None:
        """Show the figures of a week; ``by_hand`` comes a moment later than the week."""
        figures = figures_of(board)
        over = sum(driven_apart(board.read).values())
        counted = (board.standing or over) and (board.plan.drive or board.read.knows_home)
        drive = board.plan.drive + over if counted else None
        saved = None if by_hand is None or drive is None else by_hand - board.plan.drive
        for name, value in (
            ("visits", str(figures.visits)),
            ("due", str(figures.due)),
            ("placed", str(figures.placed)),
            ("left", str(figures.left)),
            ("lost", str(figures.lost)),
            ("road", length(drive) if drive is not None else looks.DASH),
            ("saved", length(saved) if saved is not None and saved >= 0 else looks.DASH),
        ):
            self.values[name].say(value)
        for name in ("placed", "left", "saved"):
            self._figures[name].setVisible(board.proposed)
        self._figures["visits"].setVisible(not board.proposed)
        self._figures["lost"].setVisible(figures.lost > 0)


class Figures(NamedTuple):
    """Of those who are due by Sunday: placed, left out, and ``lost``: nobody knows where.

    ``visits`` stand in the week already.
    """

    visits: int
    placed: int
    left: int
    lost: int

    @property
    def due(self) -> int:
        """How many are due, as the printed week and the command say it too."""
        return self.placed + self.left + self.lost


def figures_of(board: Board) -> Figures:
    """Return the figures of a week; who may wait beyond it is in none of them."""
    placed = sum(
        (item := board.items.get(key)) is not None and item.what is What.DUE and item.is_due
        for key in board.standing
    )
    left = sum(not may_wait(item) for item in board.waiting)
    visits = sum(item.what is What.VISIT for day in board.read.days for item in day.items)
    return Figures(visits, placed, left, len(board.read.unplaced))


def _figure(label: Text, value: PlainLabel) -> QWidget:
    pair = QWidget()
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(PlainLabel(label, Type.SMALL, Tone.MUTED))
    column.addWidget(value)
    return pair
