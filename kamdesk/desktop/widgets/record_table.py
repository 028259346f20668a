"""A list of records: sorted, narrowed, walked by keys, its columns remembered."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.columns_panel import ColumnsPanel
from kamdesk.desktop.widgets.finder import Finder, PickedLine
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.desktop.widgets.record_model import RecordModel, id_of
from kamdesk.desktop.widgets.record_view import RecordView
from kamdesk.desktop.widgets.seen_columns import SeenColumns
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.settings import Remembered

Line = TypeVar("Line")
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_FOLDING = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordTable(QWidget, Generic[Line]):
    """A list that is given lines (NamedTuples with an ``id``) and shows ``columns`` of them.

    J K and arrows move, Enter or a double click opens, ``/`` or typing narrows, Esc shows all.
    Shift, Ctrl, blank and Ctrl+A choose more than one; left and right fold and open groups.
    Signals: ``opened(line)``, ``chosen(line or None)``, ``picked_changed(how many)``.
    """

    opened = Signal(object)
    chosen = Signal(object)
    picked_changed = Signal(int)

    columns: Sequence[Column[Any]] = ()
    finds: Callable[[str], object] | None = None
    """Told what is looked for by a page that holds only some of its lines and finds them itself."""

    def __init__(
        self,
        name: Text,
        columns: Sequence[Column[Line]] = (),
        *,
        key: str = "",
        remembered: Remembered | None = None,
        empty: EmptyState | None = None,
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``key`` names the list where widths are remembered; without it nothing is."""
        super().__init__(parent)
        self.name = name
        self.model: RecordModel[Line] = RecordModel(columns or self.columns, self)
        self.view = RecordView(self.model, two_lines=two_lines)
        self.view.setAccessibleName(looks.said(name))
        self.setAccessibleName(looks.said(name))
        self.setFocusProxy(self.view)
        self._finder, self._picked = Finder(), PickedLine()
        self._find = self._finder.field
        self._empty = empty or EmptyState(
            "list", Text("Nothing here yet"), Text("What is entered or imported appears here.")
        )
        self._none = EmptyState(
            "search", Text("Nothing found"), Text("No line has these words. Esc shows all again.")
        )
        self._none_kept = EmptyState(
            "filter",
            Text("Nothing meets the conditions"),
            Text("Take a condition away, or choose another filter, to see more."),
        )
        self._by_itself = False  # the first line is the current one, and nobody chose it
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_whole_rows)
        self._stack = QStackedLayout()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(4))
        column.addWidget(self._finder)
        column.addWidget(self._picked)
        column.addLayout(self._stack)
        for part in (
            self.view,
            self._empty,
            self._none,
            self._none_kept,
        ):  # now that they have a window to be in
            self._stack.addWidget(part)
            wide = part.sizePolicy().horizontalPolicy()
            part.setSizePolicy(wide, QSizePolicy.Policy.Ignored)  # what is not seen asks no height
        self.seen = SeenColumns(self.view, remembered or Remembered(None), key)
        self._connect()

    def _connect(self) -> None:
        header = self.view.horizontalHeader()
        header.sectionClicked.connect(lambda n: self.seen.sort_again(self.model.columns[n].name))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _: self.choose_columns())
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.clicked.connect(self._clicked)
        choosing = self.view.selectionModel()
        choosing.currentRowChanged.connect(self._moved)
        choosing.selectionChanged.connect(self._say_picked)
        self._find.textChanged.connect(self._narrow)
        for part in (self.view, self.view.viewport(), self._find):
            part.installEventFilter(self)

    # ---- what pages do with it

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines; the chosen record and the place in the list stay."""
        self._keeping_place(lambda: self.model.show_lines(lines))

    def merge(self, lines: Iterable[Line], gone: frozenset[bytes] = frozenset()) -> None:
        """Show changed and new lines in place of the old; ``gone`` are deleted records."""
        self._keeping_place(lambda: self.model.merge(lines, gone))

    def keep(self, keep: Callable[[Line], bool] | None) -> None:
        """Show only lines for which ``keep`` is true; None shows all."""
        self._keeping_place(lambda: self.model.keep(keep))

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column and remember it."""
        self.seen.sort(key, descending=descending)

    def show_columns(self, columns: Sequence[Column[Line]]) -> None:
        """Show other columns of the same lines, each as it was left."""
        if [column.name for column in columns] != [c.name for c in self.model.columns]:
            self._keeping_place(lambda: self.model.show_columns(columns))
            self.seen.recall()

    def group_by(self, grouping: Grouping[Line] | None) -> None:
        """Put lines into groups with a heading each; None takes them away."""
        self._keeping_place(lambda: self.model.group_by(grouping))

    def fold(self, *, folded: bool) -> None:
        """Fold all groups to their headings, or open them."""
        keys = [group.key for group in self.model.groups]
        self._keeping_place(lambda: self.model.fold(*keys, folded=folded))

    def choose(self, id: object) -> bool:
        """Choose the record; false when it is not shown."""
        row = self.model.row_of(id)
        if row >= 0:
            self.view.stand_on(row)
        return row >= 0

    @property
    def current(self) -> Line | None:
        """The line one stands on; None on a group's heading."""
        return self._line(self.view.currentIndex())

    @property
    def picked(self) -> list[Line]:
        """The lines chosen for one action, in their order: the one one stands on, or more."""
        chosen = self.view.selectionModel().selection()
        ranges = [chosen.at(n) for n in range(chosen.size())]
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        return [self.model.line(row) for row in rows if self.model.group(row) is None]

    def pick(self, ids: Collection[object]) -> None:
        """Choose some records for one action, as far as they are shown."""
        chosen, last = QItemSelection(), self.model.columnCount() - 1
        for row in self.model.rows_of(ids):
            chosen.select(self.model.index(row, 0), self.model.index(row, last))
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().select(chosen, how)

    @property
    def lines(self) -> list[Line]:
        """The lines that are left, in order, for exporting what is seen."""
        return self.model.shown

    @property
    def every(self) -> list[Line]:
        """All lines, shown or not, in the order they were given."""
        return self.model.every

    def seen_lines(self) -> list[Line]:
        """Return the lines that are on the screen now."""
        first, last = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        rows = range(max(first, 0), (last if last >= 0 else self.model.rowCount() - 1) + 1)
        return [self.model.line(row) for row in rows if self.model.group(row) is None]

    def shown(self, title: str, row: int) -> str:
        """Return the words of a cell, by the English title of its column."""
        for column in self.model.columns:
            if title in (column.name, getattr(column.title, "source", column.title)):
                return column.words(self.model.line(row))
        raise KeyError(title)

    def choose_columns(self) -> ColumnsPanel:
        """Open the panel that chooses columns, and return it."""
        panel = ColumnsPanel(self.seen, self.view)
        panel.open()
        return panel

    def look_for(self, words: str = "") -> None:
        """Open the field that narrows the list, with these words in it."""
        self._finder.show()
        self._show_whole_rows()
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words:
            self._find.setText(words)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.seen.lay_out()
            self._later.start()  # the lower bar may have come or gone
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._found_key(event) if watched is self._find else self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        self.view.ring, self._by_itself = True, False
        key, bare = Qt.Key(event.key()), _bare(event)
        if key in _OPENING and bare:
            if (line := self.current) is not None:
                self.opened.emit(line)
            else:
                self._fold_here()
            return True
        if key in _FOLDING and bare and self.model.grouping is not None:
            self._fold_here(folded=_FOLDING[key])
            return True
        if key == Qt.Key.Key_Space and bare and not event.modifiers():
            how = QItemSelectionModel.SelectionFlag
            here = self.view.currentIndex()
            self.view.selectionModel().select(here, how.Toggle | how.Rows)
            return True
        if key in _STEPS and bare and not event.modifiers():
            self._step(_STEPS[key])
            return True
        if key == Qt.Key.Key_Escape and not self._picked.isHidden():
            self._step(0)
            return True
        if key == Qt.Key.Key_Escape and not self._finder.isHidden():
            self._end_finding()
            return True
        if bare and event.text() and event.text().isprintable() and not event.text().isspace():
            self.look_for("" if event.text() == "/" else event.text())
            return True
        return False

    def _found_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._end_finding()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in _OPENING and (line := self.current) is not None:
            self.opened.emit(line)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        row = min(max(self.view.currentIndex().row() + by, 0), self.model.rowCount() - 1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, 0))

    def _fold_here(self, *, folded: bool | None = None) -> None:
        """Fold the group one stands in, or open it; None: the other way round."""
        row = self.model.group_above(self.view.currentIndex().row())
        if row < 0:
            return
        group = self.model.group(row)
        if group is not None and group.folded is not folded:
            self.model.fold(group.key, folded=not group.folded)
        self.view.setCurrentIndex(self.model.index(row, 0))

    def _narrow(self, words: str) -> None:
        if self.finds is not None:
            self.finds(words)
            return
        self._keeping_place(lambda: self.model.narrow(words))
        if words and self.model.rowCount():
            self.view.stand_on(0 if self.model.group(0) is None else 1)
            self.view.scrollToTop()

    def _end_finding(self) -> None:
        self._find.clear()
        self._finder.hide()
        self._show_whole_rows()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whole_rows()

    def _show_whole_rows(self) -> None:
        row = self.view.verticalHeader().defaultSectionSize()
        room = self.height() - self.view.horizontalHeader().sizeHint().height()
        if (bar := self.view.horizontalScrollBar()).maximum() > 0:
            room -= bar.sizeHint().height()
        for above in (self._finder, self._picked):
            if not above.isHidden():
                room -= above.sizeHint().height() + self._column.spacing()
        self._column.setContentsMargins(0, 0, 0, room % row if room > row else 0)
        self._column.activate()

    def _line(self, index: QModelIndex) -> Line | None:
        known = index.isValid() and self.model.group(index.row()) is None
        return self.model.line(index.row()) if known else None

    def _moved(self, index: QModelIndex) -> None:
        self._by_itself = False
        self.chosen.emit(self._line(index))

    def _clicked(self, index: QModelIndex) -> None:
        self._by_itself = False
        plain = QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if plain and self._line(index) is None:
            self._fold_here()

    def _double_clicked(self, index: QModelIndex) -> None:
        if (line := self._line(index)) is not None:
            self.opened.emit(line)

    def _say_picked(self) -> None:
        chosen, hidden = len(self.picked), self._picked.isHidden()
        self._picked.count(chosen, self.model.left)
        if hidden != self._picked.isHidden():
            self._show_whole_rows()
        self.picked_changed.emit(chosen)

    def _keeping_place(self, change: Callable[[], None]) -> None:
        line, bar = None if self._by_itself else self.current, self.view.verticalScrollBar()
        place, picked = bar.value(), {id_of(one) for one in self.picked}
        change()
        self.view.hovered = -1
        if line is not None and self.choose(id_of(line)):
            bar.setValue(place)
        if len(picked) > 1:
            self.pick(picked)
        self._say_picked()
        empty = not self.model.rowCount()
        none = self._none if self._find.text() else self._none_kept
        wanted = self._empty if not self.model.total else none if empty else self.view
        self._stack.setCurrentWidget(wanted)
        if line is None and not empty and self.view.hasFocus():  # its lines came after the focus
            self.view.stand_on(0)
            self._by_itself = True
        self._finder.count(self.model.left, self.model.total)


def _bare(event: QKeyEvent) -> bool:
    quiet = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return not event.modifiers() & ~quiet
