"""The model of a list: it is given lines, sorts and narrows them itself, never fetches."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamdesk.desktop import looks
from kamdesk.desktop.widgets.columns import Align, Column, RowSign
from kamdesk.desktop.widgets.groups import Group, Grouping
from kamdesk.desktop.widgets.labels import plain_tip

Line = TypeVar("Line")
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RecordModel(QAbstractTableModel, Generic[Line]):
    """Lines in the order chosen, narrowed by what was typed and by a filter, put into groups.

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
        self._rows: list[int] = []  # places of lines; below zero, of groups from -1 on
        self._groups: list[Group] = []
        self._grouping: Grouping[Line] | None = None
        self._group_of: list[object] | None = None
        self._folded: set[object] = set()
        self._column, self._descending = -1, False
        self._needle = ""
        self._keep: Callable[[Line], bool] | None = None
        self._signs: Mapping[object, RowSign] = {}

    # ---- what Qt asks

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self.group(index.row())
        if group is not None:
            speaks = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return looks.joined(group.words, group.sums) if speaks else None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(self.line(index.row()))
        sign = self.sign(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{looks.said(column.title)}: {column.words(self.line(index.row()))}"
            return looks.joined(words, sign.words) if sign is not None else words
        if role == Qt.ItemDataRole.ToolTipRole and sign is not None:
            return plain_tip(sign.words)
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
        kept = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._arrange()
        place = {line: row for row, line in enumerate(self._rows)} if kept else {}
        self.changePersistentIndexList(
            [index for index, _ in kept],
            [self.index(place[at], index.column()) if at >= 0 else _TOP for index, at in kept],
        )
        self.layoutChanged.emit()

    # ---- what the table does

    def line(self, row: int) -> Line:
        """Return the line shown in ``row``, which is no group."""
        return self._lines[self._rows[row]]

    def show_signs(self, signs: Mapping[object, RowSign]) -> None:
        """Show signs behind names, by the ids of lines; lines without one have none."""
        if signs != self._signs:
            self._signs = signs
            if self._rows and self.columns:
                last = self.index(len(self._rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)

    def sign(self, row: int, column: int) -> RowSign | None:
        """Return the sign in a cell: behind the first name of a line."""
        if not self._signs or column != next(
            (n for n, one in enumerate(self.columns) if one.strong), 0
        ):
            return None
        return self._signs.get(id_of(self.line(row)))

    def group(self, row: int) -> Group | None:
        """Return the group shown in ``row``; None for a line."""
        at = self._rows[row]
        return self._groups[-at - 1] if at < 0 else None

    def group_above(self, row: int) -> int:
        """Return the row of the group that ``row`` belongs to, or -1."""
        return next((at for at in range(row, -1, -1) if self._rows[at] < 0), -1)

    def depth(self, row: int) -> int:
        """Return how many steps a line is moved in: one below its group, more in a tree."""
        grouping = self._grouping
        if grouping is None:
            return 0
        return 1 + (grouping.depth(self.line(row)) if grouping.depth else 0)

    def row_of(self, id: object) -> int:
        """Return the row that shows the record, or -1."""
        return next(iter(self.rows_of({id})), -1)

    def rows_of(self, ids: Collection[object]) -> list[int]:
        """Return the rows that show some records."""
        lines = self._lines
        return [row for row, at in enumerate(self._rows) if at >= 0 and id_of(lines[at]) in ids]

    @property
    def total(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    @property
    def every(self) -> list[Line]:
        """All lines, in the order they were given."""
        return list(self._lines)

    @property
    def shown(self) -> list[Line]:
        """The lines that are left, in order, those of folded groups too."""
        return [self._lines[at] for at in self._shown]

    @property
    def left(self) -> int:
        """How many lines are left."""
        return len(self._shown)

    @property
    def grouping(self) -> Grouping[Line] | None:
        """How lines are put together."""
        return self._grouping

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column sorted by (-1: none), and whether downwards."""
        return self._column, self._descending

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self._lines = list(lines)
        self._keys.clear()
        self._haystack = self._group_of = None
        self._arrange()
        self.endResetModel()

    def merge(self, lines: Iterable[Line], gone: frozenset[bytes] = frozenset()) -> None:
        """Put changed and new lines in the place of the old ones with their ids."""
        fresh = {id_of(line): line for line in lines}
        merged = [fresh.pop(id_of(line), line) for line in self._lines if id_of(line) not in gone]
        self.show_lines([*merged, *fresh.values()])

    def show_columns(self, columns: Sequence[Column[Line]]) -> None:
        """Show other columns of the same lines; sorted by the same one, if it is among them."""
        by = self.columns[self._column].name if self._column >= 0 else ""
        self.beginResetModel()
        self.columns = tuple(columns)
        names = [column.name for column in self.columns]
        self._column = names.index(by) if by in names else -1
        self._keys.clear()
        self._haystack = None
        self._arrange()
        self.endResetModel()

    def group_by(self, grouping: Grouping[Line] | None) -> None:
        """Put lines into groups, all of them open; None takes the groups away."""
        self.beginResetModel()
        self._grouping, self._group_of = grouping, None
        self._folded.clear()
        self._narrow()
        self.endResetModel()

    def fold(self, *keys: object, folded: bool) -> None:
        """Fold groups to their heading, or open them."""
        self.beginResetModel()
        (self._folded.update if folded else self._folded.difference_update)(keys)
        self._put_in_groups()
        self.endResetModel()

    @property
    def groups(self) -> list[Group]:
        """The groups there are, in order."""
        return list(self._groups)

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
        self._put_in_groups()

    def _put_in_groups(self) -> None:
        grouping, self._groups = self._grouping, []
        if grouping is None:
            self._rows = self._shown
            return
        if self._group_of is None:
            self._group_of = [grouping.of(line) for line in self._lines]
        of, lines, within = self._group_of, self._lines, grouping.within
        members: dict[Any, list[int]] = {}
        for at in self._shown:
            members.setdefault(of[at], []).append(at)
        known = sorted((key for key in members if key is not None), key=grouping.order)
        self._rows, shown = [], []
        for key in [*known, *([None] if None in members else [])]:
            places = members[key]
            if within is not None:
                places.sort(key=lambda at: within(lines[at]))
            folded = key in self._folded
            sums = looks.said(grouping.sums([lines[at] for at in places]))
            words = looks.said(grouping.words(key))
            self._groups.append(Group(key, words, sums, folded, len(places)))
            self._rows += [-len(self._groups), *(() if folded else places)]
            shown += places
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
