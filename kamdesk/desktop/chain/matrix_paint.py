"""How the matrix is painted: its cells, our names above, their people at the left, sums below."""

from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.chain.matrix_marks import paint_cover, paint_triangle, paint_words
from kamdesk.desktop.chain.matrix_model import column_name
from kamdesk.desktop.stances import paint_ball, paint_bars
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.dossier.cover_matrix import WIDE_GAP, MatrixColumn

if TYPE_CHECKING:
    from kamdesk.desktop.chain.matrix_view import MatrixView

ROW: Final = 42
HEAD: Final = 62
TITLE_ROW: Final = 16
PAD: Final = 10
"""Measures at 100 %: a row, the head, a further row of a title, what is before a cell's number."""
_BALL, _BARS = 29, 42
"""What the ball before a name takes, and the bars behind it."""


def title_rows(column: MatrixColumn, width: float) -> list[str]:
    """Return the title of one of ours in the rows, two at most, a column so wide gives it."""
    words, look = looks.plain(column.title), theme.now()
    return wrapped(words, look.font_for(Type.SMALL, words), width - look.px(PAD + 4), 2)


def corner_rows(width: float) -> list[str]:
    """Return what stands above their people in the rows, two at most, such a width gives it."""
    words, look = looks.said(Text("Their people, by influence")), theme.now()
    return wrapped(words, look.font_for(Type.STRONG, words), width - look.px(12), 2)


def person_width(name: str, post: str, *, two_rows: bool) -> int:
    """Return how wide their name and post stand whole, beside or below each other."""
    look = theme.now()
    first = QFontMetricsF(look.font_for(Type.STRONG, name)).horizontalAdvance(name)
    second = QFontMetricsF(look.font_for(Type.SMALL, post)).horizontalAdvance(post)
    if two_rows:
        return ceil(max(look.px(_BALL + _BARS) + first, look.px(_BALL + 8) + second))
    return ceil(look.px(_BALL + _BARS + 8) + first + second)


class Cells(QStyledItemDelegate):
    """Paints a cell, a gap, or the part of a line's head that lies in a cell."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, view = theme.now(), self._view
        rect: QRect = option.rect
        row, here = view.records.row(index.row()), view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, rect, view, row=index.row(), column=index.column())
        line = view.records.line(index.row())
        inner = QRectF(rect).adjusted(look.px(PAD), 0, 0, -1)
        if line is not None and index.column() == view.first and not line.paired:
            painter.setClipping(False)
            words = looks.said(Text("nobody of ours can meet this line yet"))
            paint_words(painter, inner.left(), inner.center().y(), words, Type.SMALL, Tone.OCHRE)
        elif row is not None and index.column() < len(view.records.columns):
            column = view.records.columns[index.column()]
            owner = column.id is not None and row.node.owner == column.id
            paint_cover(painter, inner, row.cells[index.column()], owner=owner)
            if view.hasFocus() and (index.row(), index.column()) == (here.row(), here.column()):
                theme.focus_ring(painter, QRectF(rect), look.px(6), on="soft")
        elif row is not None:
            _paint_gap(painter, QRectF(rect).adjusted(0, 0, -look.px(8), -1), row.gap)
        painter.restore()


def _ground(painter: QPainter, rect: QRect, view: "MatrixView", *, row: int, column: int) -> None:
    """Paint what lies under a cell: the row and the column one stands in, the line below."""
    look, here = theme.now(), view.currentIndex()
    if row == here.row() and view.records.row(row) is not None:
        painter.fillRect(rect, look.colour("soft"))
    elif column == here.column() and column < len(view.records.columns):
        painter.fillRect(rect, look.colour("rail"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))


def _paint_gap(painter: QPainter, box: QRectF, gap: int | None) -> None:
    look, middle = theme.now(), box.center().y()
    if gap == 0:
        side = look.px(15)
        mark = QRectF(box.right() - side, middle - side / 2, side, side)
        icons.paint(painter, "check", mark, look.colour(Tone.SECOND))
        return
    wide = gap is not None and gap >= WIDE_GAP
    words = looks.DASH if gap is None else str(gap)
    tone = Tone.MUTED if gap is None else Tone.BRICK if wide else Tone.INK
    role = Type.STRONG if wide else Type.BODY
    taken = paint_words(painter, box.right(), middle, words, role, tone, right=True)
    if wide:
        paint_triangle(painter, box.right() - taken - look.px(14), middle)


class Head(QHeaderView):
    """Our people: name over post, the current one in accent; at the right the gap."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.now().px(24))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, columns = theme.now(), self._view.records.columns
        painter.save()
        painter.fillRect(rect, look.colour("page"))
        top = rect.top() + look.px(21)
        if section >= len(columns):
            words = looks.said(Text("Gap"))
            paint_words(painter, rect.right() - look.px(7), top, words, Type.STRONG, right=True)
        else:
            column, room = columns[section], rect.width() - look.px(PAD + 4)
            here = section == self._view.currentIndex().column()
            if here:
                painter.fillRect(rect, look.colour("rail"))
            left = rect.left() + look.px(PAD)
            tone = Tone.ACCENT if here else Tone.INK
            name = column_name(column)
            paint_words(painter, left, top, name, Type.STRONG, tone, most=room)
            for n, words in enumerate(title_rows(column, rect.width())):
                middle = top + look.px(20 + n * TITLE_ROW)
                paint_words(painter, left, middle, words, Type.SMALL, Tone.MUTED, most=room)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("strong_line"))
        painter.restore()


class People(QHeaderView):
    """Their people: ball, name, post, bars; or the name of a line."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, view = theme.now(), self._view
        row, line = view.records.row(section), view.records.line(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, look.colour("page"))
        _ground(painter, rect, view, row=section, column=len(view.records.columns))
        middle = rect.top() + rect.height() / 2
        if line is not None:
            words = looks.capital(line.name)
            room = rect.width() - look.px(16)
            paint_words(painter, rect.left() + look.px(8), middle, words, Type.STRONG, most=room)
        elif row is not None:
            left, radius = rect.left() + look.px(_BALL), look.px(6)
            right = rect.right() - look.px(_BARS)
            name, post = looks.plain(row.node.name), looks.plain(row.node.post)
            below = look.px(9.5) if view.two_rows and post else 0
            centre = QPointF(rect.left() + look.px(8) + radius, middle - below)
            paint_ball(painter, centre, row.stance, radius)
            most = right - left
            taken = paint_words(painter, left, middle - below, name, Type.STRONG, most=most)
            if below:
                edge = rect.right() - look.px(8)
                paint_words(
                    painter, left, middle + below, post, Type.SMALL, Tone.MUTED, most=edge - left
                )
            elif (spare := right - left - taken - look.px(8)) > look.px(20):
                left += round(taken) + look.px(8)
                paint_words(painter, left, middle, post, Type.SMALL, Tone.MUTED, most=spare)
            bars = look.px(28)
            box = QRectF(rect.right() - bars - look.px(6), rect.top() - below, bars, rect.height())
            paint_bars(painter, box, row.node.stands.influence)
        painter.restore()


class Corner(QWidget):
    """Above the people: what they are ordered by, and how many they are."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("page"))
        room, left = self.width() - look.px(12), look.px(8)
        people = sum(self._view.records.row(n) is not None for n in range(self._rows))
        middle = look.px(21)
        for words in corner_rows(self.width()):
            paint_words(painter, left, middle, words, Type.STRONG, most=room)
            middle += look.px(18)
        count = looks.said(Text("{n} person", "{n} people", n=people))
        paint_words(painter, left, middle + look.px(2), count, Type.SMALL, Tone.MUTED, most=room)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("strong_line"))

    @property
    def _rows(self) -> int:
        return self._view.records.rowCount()


class MatrixFoot(QWidget):
    """Under the grid: how many of theirs each of ours knows, and how many they answer for."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__()
        self._view = view
        self.setFixedHeight(theme.now().px(ROW))
        view.fitted.connect(self._tell)

    def _tell(self) -> None:
        said = [
            looks.joined(
                column_name(one),
                Text("knows {n} person", "knows {n} people", n=one.knows),
                Text("owns {n}", n=one.owns),
            )
            for one in self._view.records.columns
        ]
        self.setAccessibleName("; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view, painter = theme.now(), self._view, QPainter(self)
        middle, person = self.height() / 2, view.verticalHeader().width()
        words = looks.said(Text("knows · owns"))
        room = person - look.px(16)
        for n in view.shown:
            left = person + view.columnViewportPosition(n)
            if n == view.currentIndex().column():
                painter.fillRect(
                    QRect(left, 0, view.columnWidth(n), self.height()), look.colour("rail")
                )
            column = view.records.columns[n]
            said = looks.said(Text("{knows} · {owns}", knows=column.knows, owns=column.owns))
            paint_words(painter, left + look.px(PAD), middle, said)
        paint_words(painter, look.px(8), middle, words, Type.SMALL, Tone.MUTED, most=room)
        painter.fillRect(0, 0, self.width(), 1, look.colour("strong_line"))
