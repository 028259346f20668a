"""Which columns of a list are seen, in what order, how wide, sorted by which; all remembered."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from kamdesk.desktop import theme
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.record_view import RecordView, heading_width, whole_width
from kamdesk.settings import Plain, Remembered


class SeenColumns:
    """The columns of one list. ``key`` names the list where they are kept; without it nothing is.

    The first column is the one by which a line is known: it is always seen, and first.
    """

    def __init__(self, view: RecordView, remembered: Remembered, key: str) -> None:
        self._view, self._remembered, self._key = view, remembered, key
        self._records = view.records
        self._header: QHeaderView = view.horizontalHeader()
        self._laying_out = False
        self._whole: list[int] = []
        self._headings: list[int] = []
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(False)
        self._header.sectionResized.connect(self._resized)
        self._header.sectionMoved.connect(self._moved)
        self.recall()

    @property
    def every(self) -> list[Column[Any]]:
        """All columns, seen or not, in their order."""
        columns = self._records.columns
        return [columns[self._header.logicalIndex(at)] for at in range(len(columns))]

    @property
    def seen(self) -> list[Column[Any]]:
        """The columns that are seen, in their order."""
        return [column for column in self.every if self.is_seen(column.name)]

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """The name of the column the list is sorted by (empty: none), and whether downwards."""
        by, descending = self._records.sorted_by
        return (self._records.columns[by].name if by >= 0 else "", descending)

    def is_seen(self, name: str) -> bool:
        """Return whether a column is seen."""
        return not self._view.isColumnHidden(self._place(name))

    def show(self, name: str, seen: bool = True) -> None:
        """Show a column or not."""
        n = self._place(name)
        if n > 0:
            self._view.setColumnHidden(n, not seen)
            self._keep_order()
            self.lay_out()

    def move(self, name: str, by: int) -> None:
        """Move a column so many places on; the first one stays the first."""
        at = self._header.visualIndex(self._place(name))
        to = min(max(at + by, 1), len(self._records.columns) - 1)
        if at > 0:
            self._header.moveSection(at, to)

    def sort(self, name: str, *, descending: bool = False) -> None:
        """Sort by a column."""
        down = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._records.sort(self._place(name), down)
        self._header.viewport().update()
        self._keep("sort", [name, descending])

    def sort_again(self, name: str) -> None:
        """Sort by a column; the other way round if it is sorted by it."""
        by, descending = self._records.sorted_by
        self.sort(name, descending=by == self._place(name) and not descending)

    def lay_out(self) -> None:
        """Give every column its width: what was chosen, what it needs, a share of the rest."""
        look = theme.now()
        kept = self._kept("widths")
        widths = kept if isinstance(kept, dict) else {}
        columns = self._records.columns
        seen = [n for n in range(len(columns)) if not self._view.isColumnHidden(n)]
        wanted: dict[int, int] = {}
        for n in seen:
            width = widths.get(columns[n].name, columns[n].width)
            wanted[n] = look.px(width) if isinstance(width, int) and width > 0 else 0
            wanted[n] = max(wanted[n], self._whole[n])
            if wanted[n]:
                wanted[n] = max(wanted[n], self._headings[n])
        free = [n for n in seen if not wanted[n]]
        rest = self._view.viewport().width() - sum(wanted.values())
        least = max((max(look.px(columns[n].least), self._headings[n]) for n in free), default=0)
        share = max(rest // len(free), least) if free else 0
        self._laying_out = True
        for n in seen:
            self._header.resizeSection(n, wanted[n] or share)
        if free and rest > share * len(free):
            self._header.resizeSection(free[0], share + rest - share * len(free))
        self._laying_out = False

    def recall(self) -> None:
        """Show the columns as they were left; one that was not there then as it is declared."""
        columns = self._records.columns
        self._whole = [whole_width(column) for column in columns]
        self._headings = [heading_width(column) for column in columns]
        hidden, order = self._kept("hidden"), self._kept("order")
        known = order if isinstance(order, list) else []
        away = hidden if isinstance(hidden, list) else []
        self._laying_out = True
        for n, column in enumerate(columns):
            was_there = column.name in known or (not known and isinstance(hidden, list))
            hide = column.name in away if was_there else column.hidden
            self._view.setColumnHidden(n, hide and n > 0)
        names = [column.name for column in columns]
        wanted = [names.index(str(name)) for name in known if name in names]
        for to, n in enumerate([0, *(n for n in wanted if n > 0)] if columns else []):
            self._header.moveSection(self._header.visualIndex(n), to)
        self._laying_out = False
        sort = self._kept("sort")
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in names:
            down = Qt.SortOrder.DescendingOrder if sort[1] else Qt.SortOrder.AscendingOrder
            self._records.sort(names.index(str(sort[0])), down)
        self.lay_out()

    def _place(self, name: str) -> int:
        return [column.name for column in self._records.columns].index(name)

    def _moved(self, *_: int) -> None:
        if not self._laying_out:
            self._keep_order()
            self._view.viewport().update()

    def _keep_order(self) -> None:
        every = self.every
        gone: list[Plain] = [column.name for column in every if not self.is_seen(column.name)]
        names: list[Plain] = [column.name for column in every]
        self._keep("hidden", gone)
        self._keep("order", names)

    def _resized(self, n: int, _before: int, wide: int) -> None:
        if not self._laying_out:
            kept = self._kept("widths")
            widths = dict(kept) if isinstance(kept, dict) else {}
            widths[self._records.columns[n].name] = round(wide * 100 / theme.now().percent)
            self._keep("widths", widths)

    def _kept(self, what: str) -> Plain:
        return self._remembered.get(f"table.{self._key}.{what}") if self._key else None

    def _keep(self, what: str, value: Plain) -> None:
        if self._key:
            self._remembered.put(f"table.{self._key}.{what}", value)
