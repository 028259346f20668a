"""The model of a list: it is given lines, sorts and narrows them itself, never fetches."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamdesk.desktop import looks
from kamdesk.desktop.widgets.columns import Align, Column

Line = TypeVar("Line")
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RecordModel(QAbstractTableModel, Generic[Line]):
    """Lines in the order chosen, narrowed by what was typed and by a filter.

    Sort keys are made once a column and kept until lines change: sorting 20,000 lines costs one
    sort of their numbers.
    """

    def __init__(self, columns: Sequence[Column[Line]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._lines: list[Line] = []
        self._keys: dict[int, list[object]] = {}
        self._haystack: list[str] | None = None
        self._sorted: list[int] = []
        self._shown: list[int] = []
        self._column, self._descending = -1, False
        self._needle = ""
        self._keep: Callable[[Line], bool] | None = None

    # ---- what Qt asks

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(self.line(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{looks.said(column.title)}: {column.words(self.line(index.row()))}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.align is Align.RIGHT else _LEFT
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return looks.said(self.columns[section].title)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order the lines were given in."""
        self._column = column if 0 <= column < len(self.columns) else -1
        self._descending = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._arrange()
        place = {line: row for row, line in enumerate(self._shown)} if kept else {}
        self.changePersistentIndexList(
            [index for index, _ in kept],
            [self.index(place[line], index.column()) for index, line in kept],
        )
        self.layoutChanged.emit()

    # ---- what the table does

    def line(self, row: int) -> Line:
        """Return the line shown in ``row``."""
        return self._lines[self._shown[row]]

    def row_of(self, id: object) -> int:
        """Return the row that shows the record, or -1."""
        for row, at in enumerate(self._shown):
            if id_of(self._lines[at]) == id:
                return row
        return -1

    @property
    def total(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    @property
    def every(self) -> list[Line]:
        """All lines, in the order they were given."""
        return list(self._lines)

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column sorted by (-1: none), and whether downwards."""
        return self._column, self._descending

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self._lines = list(lines)
        self._keys.clear()
        self._haystack = None
        self._arrange()
        self.endResetModel()

    def merge(self, lines: Iterable[Line], gone: frozenset[bytes] = frozenset()) -> None:
        """Put changed and new lines in the place of the old ones with their ids."""
        fresh = {id_of(line): line for line in lines}
        merged = [fresh.pop(id_of(line), line) for line in self._lines if id_of(line) not in gone]
        self.show_lines([*merged, *fresh.values()])

    def narrow(self, needle: str) -> None:
        """Show only lines in which the words of ``needle`` are found."""
        self._reshow(needle=needle.casefold().strip(), keep=self._keep)

    def keep(self, keep: Callable[[Line], bool] | None) -> None:
        """Show only lines for which ``keep`` is true; None shows all."""
        self._reshow(needle=self._needle, keep=keep)

    def _reshow(self, *, needle: str, keep: Callable[[Line], bool] | None) -> None:
        if needle == self._needle and keep is self._keep:
            return
        self.beginResetModel()
        self._needle, self._keep = needle, keep
        self._narrow()
        self.endResetModel()

    def _arrange(self) -> None:
        rows = range(len(self._lines))
        if self._column < 0:
            self._sorted = list(rows)
        else:
            keys = self._keys.get(self._column)
            if keys is None:
                sort_key = self.columns[self._column].sort_key
                keys = self._keys[self._column] = [sort_key(line) for line in self._lines]
            known = [row for row in rows if keys[row] is not None]
            known.sort(key=cast("Callable[[int], Any]", keys.__getitem__), reverse=self._descending)
            self._sorted = known + [row for row in rows if keys[row] is None]
        self._narrow()

    def _narrow(self) -> None:
        shown = self._sorted
        if self._keep is not None:
            keep, lines = self._keep, self._lines
            shown = [row for row in shown if keep(lines[row])]
        if self._needle:
            words, hay = self._needle.split(), self._hay()
            shown = [row for row in shown if all(word in hay[row] for word in words)]
        self._shown = shown

    def _hay(self) -> list[str]:
        if self._haystack is None:
            ways = [way for column in self.columns for way in _finders(column)]
            found = [[way(line) for line in self._lines] for way in ways]
            self._haystack = ["\n".join(words).casefold() for words in zip(*found, strict=True)]
            if not ways:
                self._haystack = [""] * len(self._lines)
        return self._haystack


def _finders(column: Column[Line]) -> list[Callable[[Line], str]]:
    """Names, and what a column says is found: in 20,000 lines within a frame or two."""
    show, found = column.show, column.found

    def words(line: Line) -> str:
        value = show(line)
        return value if isinstance(value, str) else looks.said(value) if value else ""

    return [*([words] if column.strong or found else []), *([found] if found else [])]


def id_of(line: object) -> object:
    """Return a line's id: its field ``id``, else its first field."""
    return getattr(line, "id", None) or cast("Sequence[object]", line)[0]
