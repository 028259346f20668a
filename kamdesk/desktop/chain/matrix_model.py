"""The matrix as a table's model: what each cell says to eye, pointer and screen reader."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.stances import stance_words
from kamdesk.desktop.when import day_words
from kamdesk.desktop.widgets.labels import plain_tip
from kamdesk.domain.chain.network import Cover
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.cover_matrix import (
    CoverMatrix,
    MatrixColumn,
    MatrixLine,
    MatrixRow,
    Spot,
)

Index = QModelIndex | QPersistentModelIndex
UNNAMED: Final = Text("ours, no name")


def column_name(column: MatrixColumn) -> str:
    """Return what a column of ours is called."""
    return looks.plain(column.name) if column.id else looks.capital(UNNAMED)


class MatrixModel(QAbstractTableModel):
    """Rows are people, or heads of lines; columns ours, the last one the gap."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: CoverMatrix | None = None
        self.rows: Sequence[object] = ()
        self.columns: Sequence[MatrixColumn] = ()

    def show(self, matrix: CoverMatrix, *, gaps_only: bool, by_line: bool) -> None:
        """Show a matrix."""
        self.beginResetModel()
        self.matrix, self.columns = matrix, matrix.columns
        self.rows = matrix.shown(gaps_only=gaps_only, by_line=by_line)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt declares it)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns) + 1

    @property
    def people(self) -> int:
        """How many people are shown."""
        return sum(isinstance(row, MatrixRow) for row in self.rows)

    def row(self, n: int) -> MatrixRow | None:
        """Return the person of a row; None for the head of a line."""
        found = self.rows[n] if 0 <= n < len(self.rows) else None
        return found if isinstance(found, MatrixRow) else None

    def line(self, n: int) -> MatrixLine | None:
        """Return the line a row is the head of, if it is one."""
        found = self.rows[n] if 0 <= n < len(self.rows) else None
        return found if isinstance(found, MatrixLine) else None

    def spot(self, index: Index) -> Spot | None:
        """Return who a cell is about; None for a gap or the head of a line."""
        row = self.row(index.row())
        if row is None or not 0 <= index.column() < len(self.columns):
            return None
        return Spot(row.node.id, self.columns[index.column()].id)

    def find(self, spot: Spot) -> QModelIndex:
        """Return the cell of two people; no index when it is not shown."""
        for n, column in enumerate(self.columns):
            if column.id == spot.colleague:
                for at, row in enumerate(self.rows):
                    if isinstance(row, MatrixRow) and row.node.id == spot.person:
                        return self.index(at, n)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.spot(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, line = self.row(index.row()), self.line(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line is not None:
                return looks.said(line.name)
            return self._said(row, index.column()) if row is not None else None
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return plain_tip(self._tip(row, index.column()))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._head_tip(section, orientation))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            if section < len(self.columns):
                return column_name(self.columns[section])
            return looks.said(Text("Gap"))
        row, line = self.row(section), self.line(section)
        if row is not None:
            return looks.joined(row.node.name, row.node.post, stance_words(row.stance))
        return looks.said(line.name) if line is not None else ""

    def _head_tip(self, section: int, orientation: Qt.Orientation) -> str:
        if orientation == Qt.Orientation.Vertical or section >= len(self.columns):
            return str(self.headerData(section, orientation))
        column = self.columns[section]
        return looks.joined(column_name(column), column.title)

    def _said(self, row: MatrixRow, column: int) -> str:
        if column >= len(self.columns):
            return gap_words(row.gap)
        ours = self.columns[column]
        owner = Text("owner") if ours.id is not None and row.node.owner == ours.id else ""
        words = cover_words(row.cells[column])
        return looks.joined(row.node.name, column_name(ours), words, owner)

    def _tip(self, row: MatrixRow, column: int) -> str:
        said = self._said(row, column)
        spot = self.spot(self.index(0, column)) if column < len(self.columns) else None
        if spot is None or self.matrix is None or column >= len(self.columns):
            return said
        return "\n".join([said, *map(looks.said, self.sources(Spot(row.node.id, spot.colleague)))])

    def sources(self, spot: Spot) -> list[Text]:
        """Return who set what a cell shows, and when."""
        if self.matrix is None:
            return []
        today = self.matrix.net.day
        found = []
        for what in (What.COVERAGE, What.COVERAGE_WANTED):
            written = self.matrix.written.get((spot, what))
            if written is not None:
                by, day = written.by or looks.DASH, day_words(written.at, today)
                found.append(
                    Text("now: set by {name}, {day}", name=by, day=day)
                    if what is What.COVERAGE
                    else Text("wanted: set by {name}, {day}", name=by, day=day)
                )
        return found


def cover_words(cover: Cover) -> Text:
    """Return one relationship in words."""
    if cover.now is None and not cover.wanted:
        return Text("not said, not needed")
    if cover.now is None:
        return Text("not said, {wanted} of 5 wanted", wanted=cover.wanted)
    if cover.wanted is None:
        return Text("{now} of 5", now=cover.now)
    return Text("{now} of 5, {wanted} wanted", now=cover.now, wanted=cover.wanted)


def gap_words(gap: int | None) -> str:
    """Return a gap in words."""
    if gap is None:
        return looks.said(Text("nothing is wanted yet"))
    if gap == 0:
        return looks.said(Text("as wanted"))
    return looks.said(Text("{n} step short", "{n} steps short", n=gap))
