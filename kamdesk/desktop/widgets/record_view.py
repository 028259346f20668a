"""How lists are painted: rows of 32 or 60 px on hairlines, a header, the row under the hand."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.groups import Group
from kamdesk.desktop.widgets.record_model import RecordModel

_MOST_WRAPPED = 400
"""Characters looked at to find where a line ends."""
PAD = 8
"""Pixels at either end of a row: a chosen row reaches so far beyond its words."""

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_ENDS = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)


def whole_width(column: Column[Any]) -> int:
    """Return how wide a column has to be for its heading and its widest words; 0: any width."""
    if column.widest is None:
        return 0
    look = theme.now()
    role = Type.STRONG if column.strong else Type.BODY
    wide = [_advance(role, words) for words in column.widest()]
    return max(round(max(wide)) + 1 + 2 * look.px(PAD), heading_width(column))


def heading_width(column: Column[Any]) -> int:
    """Return how wide a column has to be for its heading and the mark of how it is sorted.

    What a user named is not counted: such a name may be of any length.
    """
    if not isinstance(column.title, Text):
        return 0
    look = theme.now()
    wide = _advance(Type.SMALL, looks.said(column.title)) + look.px(16)
    return round(wide) + 1 + 2 * look.px(PAD)


def _advance(role: Type, words: str) -> float:
    return QFontMetricsF(theme.now().font_for(role, words)).horizontalAdvance(words)


class RecordHeader(QHeaderView):
    """Names of the columns in quiet type over a strong line, the sorted one in ink."""

    def __init__(self, model: RecordModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(theme.now().px(40))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.now().px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = theme.now()
        column = self._records.columns[section]
        by, descending = self._records.sorted_by
        painter.save()
        painter.fillRect(rect, look.colour("page"))
        painter.setClipRect(rect)
        font = look.font(Type.SMALL)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK if by == section else Tone.MUTED))
        words = looks.said(column.title)
        side = look.px(12)
        mark = side + look.px(4) if by == section else 0
        room = rect.width() - 2 * look.px(PAD) - mark
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        left = rect.left() + look.px(PAD)
        if column.align is Align.RIGHT:
            left = round(rect.right() + 1 - look.px(PAD) - wide - mark)
        base = round(rect.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(left, base), words)
        if by == section:
            arrow = "chevron-down" if descending else "chevron-up"
            middle = rect.center().y() + 0.5
            box = QRectF(left + wide + look.px(4), middle - side / 2, side, side)
            icons.paint(painter, arrow, box, look.colour(Tone.INK))
        painter.restore()

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        look = theme.now()
        painter = QPainter(self.viewport())
        end = self.length() - self.offset()
        painter.fillRect(
            QRect(
                look.px(PAD) - self.offset(),
                self.height() - 1,
                end - 2 * look.px(PAD) + self.offset(),
                1,
            ),
            look.colour("strong_line"),
        )


class RecordDelegate(QStyledItemDelegate):
    """Paints one cell from its line and its column."""

    def __init__(self, view: "RecordView", *, two_lines: bool) -> None:
        super().__init__(view)
        self._view, self._two_lines = view, two_lines

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, view = theme.now(), self._view
        rect: QRect = option.rect
        state = option.state
        column: Column[Any] = view.records.columns[index.column()]
        group = view.records.group(index.row())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.colour("soft"))
        elif index.row() == view.hovered:
            painter.fillRect(rect, look.colour("hover"))
        first, last = view.is_end(index.column())
        pad = look.px(PAD)
        rule = rect.adjusted(pad if first else 0, 0, -pad if last else 0, 0)
        painter.fillRect(rule.left(), rect.bottom(), rule.width(), 1, look.colour("line"))
        ringed = view.ring and view.hasFocus() and index.row() == view.currentIndex().row()
        if group is not None:
            self._paint_group(painter, rect, group)
            if ringed:
                _ring(painter, rect, first=first, last=last)
            return
        line = view.records.line(index.row())
        inner = QRectF(rect).adjusted(pad, 0, -pad, -1)
        if first and (depth := view.records.depth(index.row())):
            inner.adjust(depth * look.px(20), 0, 0, 0)
        if column.paint is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            column.paint(painter, inner, line)
            painter.restore()
        else:
            mark = view.records.sign(index.row(), index.column())
            if mark is not None:
                side, right = look.px(14), inner.right()
                box = QRectF(right - side, inner.center().y() - side / 2, side, side)
                icons.paint(painter, mark.icon, box, look.colour(mark.tone))
                inner.setRight(right - side - look.px(6))
            self._paint_words(painter, inner, column, line)
        if ringed:
            _ring(painter, rect, first=first, last=last)

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group) -> None:
        """Paint the part of a group's row that lies in one cell: its words run over all of them."""
        look = theme.now()
        painter.save()
        painter.setClipRect(rect)
        left = look.px(PAD) - self._view.horizontalHeader().offset()
        middle, side = rect.top() + rect.height() / 2, look.px(14)
        arrow = "chevron-right" if group.folded else "chevron-down"
        mark = QRectF(left, middle - side / 2, side, side)
        icons.paint(painter, arrow, mark, look.colour(Tone.SECOND))
        left += side + look.px(6)
        for words, role, tone in (
            (group.words, Type.STRONG, Tone.INK),
            (group.sums, Type.SMALL, Tone.MUTED),
        ):
            font = look.font_for(role, words)
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), words)
            left += round(QFontMetricsF(font).horizontalAdvance(words)) + look.px(12)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, inner: QRectF, column: Column[Any], line: Any
    ) -> None:
        look = theme.now()
        words = column.words(line)
        tone = column.tone(line) if column.tone else Tone.INK if column.strong else Tone.SECOND
        if words == looks.DASH:
            tone = Tone.MUTED
        role = Type.STRONG if column.strong or (column.tone and tone is Tone.BRICK) else Type.BODY
        top = inner.top() + (look.px(20) if self._two_lines else inner.height() / 2)
        sign = column.sign(line) if column.sign else ""
        room = inner
        if sign:
            side = look.px(14)
            left = inner.left()
            if column.align is Align.RIGHT:
                width = QFontMetricsF(look.font_for(role, words)).horizontalAdvance(words)
                left = inner.right() - width - side - look.px(5)
            icons.paint(painter, sign, QRectF(left, top - side / 2, side, side), look.colour(tone))
            if column.align is Align.LEFT:
                room = inner.adjusted(side + look.px(6), 0, 0, 0)
        in_two = _draw(painter, room, top, words, role, tone, column.align)
        if self._two_lines and column.support is not None:
            low = inner.top() + look.px(45 if in_two else 40)
            support = looks.said(column.support(line))
            _draw(painter, room, low, support, Type.SMALL, Tone.MUTED, column.align)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.now().px(80), theme.now().px(60 if self._two_lines else 32))


def _draw(
    painter: QPainter, box: QRectF, middle: float, words: str, role: Type, tone: Tone, align: Align
) -> bool:
    """Draw words; True when they took two lines."""
    look = theme.now()
    font = look.font_for(role, words)
    painter.setFont(font)
    painter.setPen(look.colour(tone))
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(words)
    if wide > box.width() and align is Align.LEFT and role is not Type.SMALL:
        _draw_in_two(painter, box, middle, words, role, tone)
        return True
    if wide > box.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        wide = metrics.horizontalAdvance(words)
    left = box.left() if align is Align.LEFT else box.right() - wide
    painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), words)
    return False


def _draw_in_two(
    painter: QPainter, box: QRectF, middle: float, words: str, role: Type, tone: Tone
) -> None:
    """Draw what does not fit a line in two smaller ones; only what does not fit those is cut."""
    look = theme.now()
    font = QFont(look.font_for(Type.SMALL, words))  # the look's own is everybody's
    font.setWeight(look.font(role).weight())
    laid = QTextLayout(words[:_MOST_WRAPPED], font)
    laid.beginLayout()
    line = laid.createLine()
    line.setLineWidth(box.width())
    end = line.textLength()
    laid.endLayout()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.colour(tone))
    rest = metrics.elidedText(words[end:].strip(), Qt.TextElideMode.ElideRight, box.width())
    half = font.pixelSize() * 0.6 if rest else 0
    for part, at in ((words[:end].rstrip(), middle - half), (rest, middle + half)):
        painter.drawText(QPointF(box.left(), round(at + 0.365 * font.pixelSize())), part)


def _ring(painter: QPainter, rect: QRect, *, first: bool, last: bool) -> None:
    colour = theme.now().colour("accent")
    painter.fillRect(rect.left(), rect.top(), rect.width(), 2, colour)
    painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour)
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    if first:
        painter.fillRect(rect.left(), rect.top(), 2, rect.height(), colour)
    if last:
        painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), colour)


class RecordView(QTableView):
    """Qt's table view in our clothes: whole rows, no grid, the row under the mouse."""

    def __init__(
        self, records: RecordModel[Any], *, two_lines: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.records = records
        self.hovered = -1
        self.ring = False
        self.setHorizontalHeader(RecordHeader(records, self))
        self.setModel(records)
        self.setItemDelegate(RecordDelegate(self, two_lines=two_lines))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # in the margin
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = theme.now().px(60 if two_lines else 32)
        upright.setMinimumSectionSize(height)
        upright.setDefaultSectionSize(height)

    def is_end(self, column: int) -> tuple[bool, bool]:
        """Return whether a column is the first and the last one seen."""
        header = self.horizontalHeader()
        seen = [
            logical
            for n in range(header.count())
            if not header.isSectionHidden(logical := header.logicalIndex(n))
        ]
        return column == seen[0], column == seen[-1]

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last row: a row is chosen whole."""
        if action in _ENDS:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in _BY_KEYBOARD
        if not self.currentIndex().isValid() and self.records.rowCount():
            self.stand_on(0)
        super().focusInEvent(event)

    def stand_on(self, row: int) -> None:
        """Choose one row, whatever keys are held down: those of the shortcut that led here."""
        how = QItemSelectionModel.SelectionFlag
        index = self.records.index(row, 0)
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()
