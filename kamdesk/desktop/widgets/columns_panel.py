"""The panel that chooses the columns of a list: seen or not, their order, sorted by which."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.seen_columns import SeenColumns

_SORTED = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
_MOST_ROWS = 15


class ColumnsPanel(QFrame):
    """Floats over the list until Esc or a click beside it.

    J K walk, blank shows or hides, Alt with arrows moves, S sorts and once more turns.
    """

    def __init__(self, columns: SeenColumns, parent: QWidget) -> None:
        super().__init__(parent.window())
        look = theme.now()
        self._columns, self._back = columns, parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("columns")
        self.setAccessibleName(looks.said(Text("Columns")))
        self.setStyleSheet(
            f"#columns {{ background: {look.tokens.raised};"
            f" border: 1px solid {look.tokens.strong_line}; }}"
            f" #choices {{ border: 0; padding: 0; background: {look.tokens.raised}; }}"
        )
        self.list = _List(self)
        self.list.setAccessibleName(looks.said(Text("Columns")))
        self.list.setObjectName("choices")
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(look.px(12),) * 4)
        whole.setSpacing(look.px(8))
        whole.addWidget(PlainLabel(Text("Columns"), Type.HEADING))
        whole.addWidget(self.list)
        for keys, words in (
            ("Space", Text("Show or hide")),
            ("Alt+Up", Text("Move")),
            ("S", Text("Sort, once more the other way")),
        ):
            row = QHBoxLayout()
            row.setSpacing(look.px(8))
            row.addWidget(KeyCap(keys))
            row.addWidget(PlainLabel(words, Type.SMALL, Tone.SECOND))
            row.addStretch(1)
            whole.addLayout(row)
        self._fill("")
        rows = min(self.list.count(), _MOST_ROWS)
        self._high = rows * look.px(30) + look.px(10)
        self.list.setFixedWidth(look.px(280))
        self.list.itemClicked.connect(lambda _: self.turn())

    def open(self) -> None:
        """Show the panel in the upper right corner of the list."""
        self._place()
        self._back.installEventFilter(self)
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        look, window = theme.now(), self.window()
        self.list.setFixedHeight(self._high)
        self.adjustSize()
        corner = self._back.mapTo(window, self._back.rect().topRight())
        over = corner.y() + self.height() + look.px(8) - window.height()
        if over > 0:
            self.list.setFixedHeight(max(self._high - over, look.px(90)))
            self.adjustSize()
        lowest = max(window.height() - self.height() - look.px(8), 0)
        self.move(corner.x() - self.width(), min(corner.y(), lowest))

    def leave(self) -> None:
        """Close it and go back to the list."""
        self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.close()

    def turn(self) -> None:
        """Show the column, or hide it."""
        if (name := self._name()) is not None:
            self._columns.show(name, not self._columns.is_seen(name))
            self._fill(name)

    def shift(self, by: int) -> None:
        """Move the column so many places on."""
        if (name := self._name()) is not None:
            self._columns.move(name, by)
            self._fill(name)

    def sort(self) -> None:
        """Sort the list by the column, or the other way round."""
        if (name := self._name()) is not None:
            self._columns.sort_again(name)
            self._fill(name)

    def _name(self) -> str | None:
        row = self.list.currentRow()
        return str(self.list.item(row).data(_NAME)) if row >= 0 else None

    def _fill(self, chosen: str) -> None:
        look = theme.now()
        by, descending = self._columns.sorted_by
        self.list.clear()
        for column in self._columns.every:
            item = QListWidgetItem(looks.said(column.title))
            seen = self._columns.is_seen(column.name)
            item.setCheckState(Qt.CheckState.Checked if seen else Qt.CheckState.Unchecked)
            item.setData(_NAME, column.name)
            item.setData(_SORTED, (-1 if descending else 1) if column.name == by else 0)
            item.setSizeHint(QRect(0, 0, 0, look.px(30)).size())
            self.list.addItem(item)
            if column.name == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)


class _List(QListWidget):
    """The rows of the panel, with its keys."""

    def __init__(self, panel: ColumnsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = _STEPS.get(key)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._panel.shift(step)
        elif step:
            self.setCurrentRow(min(max(self.currentRow() + step, 0), self.count() - 1))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._panel.turn()
        elif key == Qt.Key.Key_S:
            self._panel.sort()
        elif key == Qt.Key.Key_Escape:
            self._panel.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._panel.close()


class _Row(QStyledItemDelegate):
    """Paints a tick box, the column's name, and how the list is sorted by it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = theme.now()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("soft"))
        side, middle = look.px(15), rect.center().y() + 0.5
        box = QRectF(rect.left() + look.px(8), middle - side / 2, side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        always = index.row() == 0
        edge = "strong_line" if always else "accent" if ticked else "edge"
        painter.setPen(QPen(look.colour(edge), 1.3))
        filled = "strong_line" if always else "accent" if ticked else "raised"
        painter.setBrush(look.colour(filled))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if ticked:
            tick = look.colour("ink" if always else "on_accent")
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), tick)
        words = index.data(Qt.ItemDataRole.DisplayRole)
        font = look.font_for(Type.BODY, words)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK))
        metrics, left = QFontMetricsF(font), box.right() + look.px(9)
        room = rect.right() - left - look.px(28)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), shown)
        if sorted_ := index.data(_SORTED):
            arrow = "chevron-down" if sorted_ < 0 else "chevron-up"
            mark = QRectF(rect.right() - look.px(22), middle - look.px(7), look.px(14), look.px(14))
            icons.paint(painter, arrow, mark, look.colour(Tone.INK))
        painter.restore()
