"""The matrix as a grid: people down, ours across, moved and set by keys; head and gap stay."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.matrix_marks import pips_width
from kamdesk.desktop.chain.matrix_model import Index, MatrixModel, column_name
from kamdesk.desktop.chain.matrix_paint import (
    HEAD,
    PAD,
    ROW,
    TITLE_ROW,
    Cells,
    Corner,
    Head,
    People,
    corner_rows,
    person_width,
    title_rows,
)  # fmt: skip
from kamdesk.desktop.theme import Type
from kamdesk.dossier.cover_matrix import Spot

AT_ONCE: Final = 6
"""Columns of ours seen side by side; Left and Right go on to the others."""
_PERSON, _PERSON_MOST, _GAP = 216, 300, 60
_SHIFTED: Final = {
    Qt.Key.Key_ParenRight: 0, Qt.Key.Key_Exclam: 1, Qt.Key.Key_At: 2, Qt.Key.Key_NumberSign: 3,
    Qt.Key.Key_Dollar: 4, Qt.Key.Key_Percent: 5,
}  # fmt: skip
"""What Shift makes of the digits on the keyboards sold in China and America."""


class MatrixView(QTableView):
    """Signals: ``stood(Spot)`` one stands on another cell · ``now_set(int)`` · ``wanted_set(int)``
    · ``cleared`` neither is said any more · ``opened`` on to the side panel.
    """

    stood = Signal(object)
    now_set = Signal(int)
    wanted_set = Signal(int)
    cleared = Signal()
    opened = Signal()
    fitted = Signal()

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        look = theme.now()
        self.records, self.first, self.two_rows = model, 0, False
        self.setModel(model)
        self.setAccessibleName(looks.said(Text("Who of ours knows whom")))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalHeader(Head(self))
        self.setVerticalHeader(People(self))
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        self.setItemDelegate(Cells(self))
        self.corner = Corner(self)

    # ---- where one stands

    @property
    def spot(self) -> Spot | None:
        """Who the current cell is about."""
        return self.records.spot(self.currentIndex())

    def stand(self, spot: Spot | None) -> None:
        """Go to a cell; to the first one where it is not shown."""
        index = self.records.find(spot) if spot is not None else QModelIndex()
        if not index.isValid():
            index = next(
                (
                    self.records.index(row, 0)
                    for row in range(self.records.rowCount())
                    if self.records.row(row) is not None and self.records.columns
                ),
                QModelIndex(),
            )
        self.setCurrentIndex(index)
        self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.isColumnHidden(current.column()):
            self.fit()
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        if (spot := self.records.spot(current)) is not None:
            self.stood.emit(spot)

    def fit(self) -> None:
        """Show as many columns as have room, the current one among them."""
        look, count = theme.now(), len(self.records.columns)
        if not count:
            return
        least = max(look.px(PAD + 15 + 18) + pips_width(), self._widest_name())
        bar, gap = self.verticalScrollBar(), look.px(_GAP)
        room = self.width() - gap - (bar.sizeHint().width() if bar.maximum() else 0)
        person = self._fit_people(room, least)
        room -= person
        shown = max(1, min(AT_ONCE, count, room // least))
        here = max(0, min(self.currentIndex().column(), count - 1))
        self.first = min(max(self.first, here - shown + 1), here)
        self.first = max(0, min(self.first, count - shown))
        wide = min(room // shown, max(least, look.px(140)))
        for n in range(count):
            self.setColumnHidden(n, not self.first <= n < self.first + shown)
            self.setColumnWidth(n, wide)
        self.setColumnHidden(count, False)
        self.setColumnWidth(count, gap)
        rows_above = [title_rows(one, wide) for one in self.records.columns]
        titles = max(map(len, [*rows_above, corner_rows(person)]))
        head = look.px(HEAD + (titles - 1) * TITLE_ROW)
        self.horizontalHeader().setFixedHeight(head)
        self.corner.setGeometry(0, 0, person, head)
        rows = self.records.rowCount() * look.px(ROW)
        self.setMaximumHeight(head + rows + 1)  # what is below stands right under it
        self.fitted.emit()

    def _fit_people(self, room: int, least: int) -> int:
        """Give their people the width at which posts stand whole where ours leave it."""
        people = [row for n in range(self.records.rowCount()) if (row := self.records.row(n))]
        named = [(looks.plain(one.node.name), looks.plain(one.node.post)) for one in people]

        def wanted(*, two_rows: bool) -> int:
            return max((person_width(*one, two_rows=two_rows) for one in named), default=0)

        usual = theme.now().px(_PERSON)
        ours = min(AT_ONCE, len(self.records.columns), max(1, (room - usual) // least))
        most = min(max(usual, room - ours * least), theme.now().px(_PERSON_MOST))
        self.two_rows = wanted(two_rows=False) > most
        width = max(usual, min(wanted(two_rows=self.two_rows), most))
        width = max(min(width, room - least), theme.now().px(60))
        self.verticalHeader().setFixedWidth(width)
        return width

    def _widest_name(self) -> int:
        """Return the width at which our names are whole, as far as that is sensible."""
        look = theme.now()
        names = [column_name(one) for one in self.records.columns]
        widths = [
            QFontMetricsF(look.font_for(Type.STRONG, name)).horizontalAdvance(name)
            for name in names
        ]
        return min(round(max(widths)) + look.px(PAD + 6), look.px(160))

    @property
    def shown(self) -> range:
        """The columns of ours that are seen."""
        count = len(self.records.columns)
        return range(self.first, sum(not self.isColumnHidden(n) for n in range(count)) + self.first)

    # ---- keys

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go over hidden columns one by one: they come into view."""
        here, step = self.currentIndex(), QAbstractItemView.CursorAction
        by = {step.MoveLeft: -1, step.MoveRight: 1}.get(action, 0)
        if by and here.isValid():
            beside = here.column() + by
            if 0 <= beside < len(self.records.columns):
                return self.records.index(here.row(), beside)
            return here
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        others = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        digit = key - Qt.Key.Key_0 if Qt.Key.Key_0 <= key <= Qt.Key.Key_5 else None
        if others:
            super().keyPressEvent(event)
        elif digit is not None and not shift:
            self.now_set.emit(digit)
        elif digit is not None or key in _SHIFTED:
            self.wanted_set.emit(_SHIFTED[key] if digit is None else digit)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif event.text().isalnum():
            event.ignore()  # letters are keys of the page, nothing is looked for here
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = (*range(Qt.Key.Key_0, Qt.Key.Key_6), *_SHIFTED, Qt.Key.Key_J, Qt.Key.Key_K)
            if event.key() in mine and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
        return super().event(event)

    def _step(self, by: int) -> None:
        here = self.currentIndex()
        row = here.row() + by
        while 0 <= row < self.records.rowCount():
            if self.records.row(row) is not None:
                self.setCurrentIndex(self.records.index(row, max(here.column(), 0)))
                return
            row += by

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
