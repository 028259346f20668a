"""What the search box lists: groups of rows, painted in our clothes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap

_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row: what it is called, what is beside it, what pressing Enter does.

    ``marks`` are places in ``title`` that were typed.
    """

    icon: str
    title: str
    beside: str = ""
    keys: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    do: Callable[[], object] = lambda: None

    def with_keys(self, keys: str) -> "Found":
        """Return the row with a key cap."""
        return replace(self, keys=keys)


class Results(QListWidget):
    """Groups of rows; headings are passed over by the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("results")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(looks.said(Text("What was found")))
        self.itemEntered.connect(self._enter)

    def show_groups(self, groups: Sequence[tuple[Text, Sequence[Found]]]) -> None:
        """Show these groups; the first row is chosen."""
        self.clear()
        for name, rows in groups:
            if not rows:
                continue
            head = QListWidgetItem(looks.said(name))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(head)
            for row in rows:
                item = QListWidgetItem(looks.joined(row.title, row.beside))
                item.setData(_ROW, row)
                self.addItem(item)
        self.step(1, start=-1)

    @property
    def found(self) -> Found | None:
        """The chosen row."""
        item = self.currentItem()
        row = item.data(_ROW) if self.currentRow() >= 0 else None
        return row if isinstance(row, Found) else None

    @property
    def rows(self) -> list[Found]:
        """All rows shown."""
        every = (self.item(n).data(_ROW) for n in range(self.count()))
        return [row for row in every if isinstance(row, Found)]

    def row_at(self, n: int) -> Found | None:
        """Return the row in a place; None for a heading."""
        row = self.item(n).data(_ROW)
        return row if isinstance(row, Found) else None

    def step(self, by: int, *, start: int | None = None) -> None:
        """Go to the next row, or back by -1; headings are none."""
        at = self.currentRow() if start is None else start
        while 0 <= at + by < self.count():
            at += by
            if self.item(at).data(_ROW) is not None:
                self.setCurrentRow(at)
                return

    def choose_keys(self, keys: str) -> bool:
        """Choose the row with a key cap; false when there is none."""
        for n in range(self.count()):
            row = self.item(n).data(_ROW)
            if isinstance(row, Found) and row.keys == keys:
                self.setCurrentRow(n)
                return True
        return False

    def choose_group(self, name: str) -> None:
        """Choose the first row below a heading."""
        for n in range(self.count()):
            if self.item(n).data(_ROW) is None and self.item(n).text() == name:
                self.step(1, start=n)
                return

    @property
    def wanted_height(self) -> int:
        """The height that shows all rows."""
        return sum(self.sizeHintForRow(n) for n in range(self.count()))

    def _enter(self, item: QListWidgetItem) -> None:
        if item.data(_ROW) is not None:
            self.setCurrentItem(item)


class _Delegate(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row = index.data(_ROW)
        return QSize(100, theme.now().px(40 if isinstance(row, Found) else 32))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, row = theme.now(), index.data(_ROW)
        rect: QRect = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(row, Found):
            font = look.font(Type.SMALL)
            painter.setFont(font)
            painter.setPen(look.colour(Tone.MUTED))
            base = rect.bottom() - look.px(8)
            painter.drawText(QPointF(rect.left() + look.px(20), base), str(index.data()))
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft"))
            inner = QRectF(rect).adjusted(look.px(8), 0, -look.px(8), 0)
            painter.drawRoundedRect(inner, look.px(6), look.px(6))
        _paint_row(painter, QRectF(rect), row)


def _paint_row(painter: QPainter, box: QRectF, row: Found) -> None:
    look = theme.now()
    middle, side = box.center().y(), look.px(16)
    mark = QRectF(box.left() + look.px(20), middle - side / 2, side, side)
    icons.paint(painter, row.icon, mark, look.colour(Tone.SECOND))
    right = box.right() - look.px(20)
    if row.keys:
        right -= keycap.width_of(row.keys)
        keycap.paint_caps(painter, right, middle, row.keys)
        right -= look.px(12)
    left = mark.right() + look.px(14)
    font = look.font_for(Type.STRONG, row.title)
    metrics = QFontMetricsF(font)
    base = round(middle + 0.365 * font.pixelSize())
    painter.setFont(font)
    shown = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, right - left)
    at = 0
    marks = row.marks if shown == row.title else ()
    for start, end in (*marks, (len(shown), len(shown))):
        for piece, tone in ((shown[at:start], Tone.INK), (shown[start:end], Tone.ACCENT)):
            painter.setPen(look.colour(tone))
            painter.drawText(QPointF(left, base), piece)
            left += metrics.horizontalAdvance(piece)
        at = end
    if row.beside and right - left > look.px(60):
        small = look.font_for(Type.SMALL, row.beside)
        painter.setFont(small)
        painter.setPen(look.colour(Tone.SECOND))
        left += look.px(12)
        words = QFontMetricsF(small).elidedText(
            row.beside, Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(QPointF(left, base), words)
