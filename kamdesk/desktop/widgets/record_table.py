"""A list of records: sorted, narrowed, walked by keys, its columns remembered."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.finder import Finder
from kamdesk.desktop.widgets.record_model import RecordModel, id_of
from kamdesk.desktop.widgets.record_view import RecordView, whole_width
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.settings import Plain, Remembered

Line = TypeVar("Line")
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordTable(QWidget, Generic[Line]):
    """A list that is given lines (NamedTuples with an ``id``) and shows ``columns`` of them.

    J K and arrows move, Enter or a double click opens, ``/`` or typing narrows, Esc shows all.
    Signals: ``opened(line)``, ``chosen(line or None)``.
    """

    opened = Signal(object)
    chosen = Signal(object)

    columns: Sequence[Column[Any]] = ()

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
        self._key, self._remembered = key, remembered or Remembered(None)
        self.model: RecordModel[Line] = RecordModel(columns or self.columns, self)
        self.view = RecordView(self.model, two_lines=two_lines)
        self.view.setAccessibleName(looks.said(name))
        self.setAccessibleName(looks.said(name))
        self.setFocusProxy(self.view)
        self._finder = Finder()
        self._find = self._finder.field
        self._empty = empty or EmptyState(
            "list", Text("Nothing here yet"), Text("What is entered or imported appears here.")
        )
        self._none = EmptyState(
            "search", Text("Nothing found"), Text("No line has these words. Esc shows all again.")
        )
        self._stack = QStackedLayout()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(4))
        column.addWidget(self._finder)
        column.addLayout(self._stack)
        for part in (self.view, self._empty, self._none):  # now that they have a window to be in
            self._stack.addWidget(part)
        self._laying_out = False
        self._whole = [whole_width(column) for column in self.model.columns]
        self._connect()
        self._recall()

    def _connect(self) -> None:
        header = self.view.horizontalHeader()
        header.sectionClicked.connect(self._sort_clicked)
        header.sectionResized.connect(self._resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.columns_menu().popup(header.mapToGlobal(at))
        )
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self._line(index)))
        self.view.selectionModel().currentRowChanged.connect(self._moved)
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
        n = [column.name for column in self.model.columns].index(key)
        down = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.model.sort(n, down)
        self.view.horizontalHeader().viewport().update()
        self._remember("sort", [key, descending])

    def choose(self, id: object) -> bool:
        """Choose the record; false when it is not shown."""
        row = self.model.row_of(id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, 0))
        return row >= 0

    @property
    def current(self) -> Line | None:
        """The chosen line."""
        index = self.view.currentIndex()
        return self._line(index) if index.isValid() else None

    @property
    def lines(self) -> list[Line]:
        """The lines as shown, for exporting what is seen."""
        return [self.model.line(row) for row in range(self.model.rowCount())]

    @property
    def every(self) -> list[Line]:
        """All lines, shown or not, in the order they were given."""
        return self.model.every

    def shown(self, title: str, row: int) -> str:
        """Return the words of a cell, by the English title of its column."""
        for column in self.model.columns:
            if column.title.source == title:
                return column.words(self.model.line(row))
        raise KeyError(title)

    def columns_menu(self) -> QMenu:
        """Return the menu that sorts by a column and shows or hides columns."""
        menu = QMenu(self)
        for n, column in enumerate(self.model.columns):
            act = menu.addAction(looks.said(column.title))
            act.setCheckable(True)
            act.setChecked(not self.view.isColumnHidden(n))
            act.setEnabled(n > 0)
            act.toggled.connect(lambda on, n=n: self._show_column(n, on))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

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
            self._lay_out()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._found_key(event) if watched is self._find else self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        self.view.ring = True
        key, bare = Qt.Key(event.key()), _bare(event)
        if key in _OPENING and bare:
            if (line := self.current) is not None:
                self.opened.emit(line)
            return True
        if key in _STEPS and bare and not event.modifiers():
            self._step(_STEPS[key])
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

    def _narrow(self, words: str) -> None:
        self._keeping_place(lambda: self.model.narrow(words))
        if words and self.model.rowCount():
            self.view.selectRow(0)
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
        if not self._finder.isHidden():
            room -= self._finder.sizeHint().height() + self._column.spacing()
        self._column.setContentsMargins(0, 0, 0, room % row if room > row else 0)
        self._column.activate()

    def _line(self, index: QModelIndex) -> Line:
        return self.model.line(index.row())

    def _moved(self, index: QModelIndex) -> None:
        self.chosen.emit(self._line(index) if index.isValid() else None)

    def _keeping_place(self, change: Callable[[], None]) -> None:
        line, bar = self.current, self.view.verticalScrollBar()
        place = bar.value()
        change()
        self.view.hovered = -1
        if line is not None and self.choose(id_of(line)):
            bar.setValue(place)
        empty = not self.model.rowCount()
        wanted = self._empty if not self.model.total else self._none if empty else self.view
        self._stack.setCurrentWidget(wanted)
        self._finder.count(self.model.rowCount(), self.model.total)

    def _sort_clicked(self, n: int) -> None:
        by, descending = self.model.sorted_by
        self.sort(self.model.columns[n].name, descending=by == n and not descending)

    def _show_column(self, n: int, on: bool) -> None:
        self.view.setColumnHidden(n, not on)
        hidden: list[Plain] = [
            column.name
            for at, column in enumerate(self.model.columns)
            if self.view.isColumnHidden(at)
        ]
        self._remember("hidden", hidden)
        self._lay_out()

    def _resized(self, n: int, _before: int, wide: int) -> None:
        if not self._laying_out:
            kept = self._kept("widths")
            widths = dict(kept) if isinstance(kept, dict) else {}
            widths[self.model.columns[n].name] = round(wide * 100 / theme.now().percent)
            self._remember("widths", widths)

    def _lay_out(self) -> None:
        look, header = theme.now(), self.view.horizontalHeader()
        kept = self._kept("widths")
        widths = kept if isinstance(kept, dict) else {}
        seen = [n for n in range(len(self.model.columns)) if not self.view.isColumnHidden(n)]
        wanted: dict[int, int] = {}
        for n in seen:
            column = self.model.columns[n]
            width = widths.get(column.name, column.width)
            wanted[n] = look.px(width) if isinstance(width, int) and width > 0 else 0
            wanted[n] = max(wanted[n], self._whole[n])
        free = [n for n in seen if not wanted[n]]
        rest = self.view.viewport().width() - sum(wanted.values())
        least = max((self.model.columns[n].least for n in free), default=0)
        share = max(rest // len(free), look.px(least)) if free else 0
        self._laying_out = True
        for n in seen:
            header.resizeSection(n, wanted[n] or share)
        if free and rest > share * len(free):
            header.resizeSection(free[0], share + rest - share * len(free))
        self._laying_out = False

    def _recall(self) -> None:
        hidden = self._kept("hidden")
        for n, column in enumerate(self.model.columns):
            away = column.name in hidden if isinstance(hidden, list) else column.hidden
            self.view.setColumnHidden(n, away and n > 0)
        sort = self._kept("sort")
        names = [column.name for column in self.model.columns]
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in names:
            down = Qt.SortOrder.DescendingOrder if sort[1] else Qt.SortOrder.AscendingOrder
            self.model.sort(names.index(str(sort[0])), down)
        self._lay_out()

    def _kept(self, what: str) -> Plain:
        return self._remembered.get(f"table.{self._key}.{what}") if self._key else None

    def _remember(self, what: str, value: Plain) -> None:
        if self._key:
            self._remembered.put(f"table.{self._key}.{what}", value)


def _bare(event: QKeyEvent) -> bool:
    quiet = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return not event.modifiers() & ~quiet
