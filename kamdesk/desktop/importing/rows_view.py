"""The rows of a file and what happens to each, narrowed by counts that can be pressed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.importing.reading import ORDER, TONES, Filter, RowShown, counted, row_shown
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.transfer.judge import VERDICT_WORDS, Verdict
from kamdesk.transfer.preview import Preview

if TYPE_CHECKING:
    from kamdesk.settings import Remembered

_WORDS: Final = {
    Filter.ALL: Text("all"),
    Filter.ASKS: Text("to decide"),
    **{Filter(verdict.value): words for verdict, words in VERDICT_WORDS.items()},
}


class RowsView(QWidget):
    """Signals: ``chosen(RowShown or None)``."""

    chosen = Signal(object)

    def __init__(self, remembered: "Remembered") -> None:
        super().__init__()
        look = theme.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        self._row = QHBoxLayout()
        self._row.setContentsMargins(look.px(8), 0, 0, 0)
        self._row.addStretch(1)
        whole.addLayout(self._row)
        self.filters: SegmentedControl | None = None
        self._keys: list[str] = []
        self.list: RecordTable[RowShown] = RecordTable(
            Text("Rows of the file"),
            (
                Column[RowShown](
                    Text("Row"),
                    show=lambda row: str(row.id),
                    sort_by=lambda row: row.id,
                    align=Align.RIGHT,
                    width=64,
                ),
                Column[RowShown](Text("Name"), show=lambda row: row.name, strong=True, least=200),
                Column[RowShown](
                    Text("What happens"),
                    show=lambda row: looks.capital(VERDICT_WORDS[row.verdict]),
                    sort_by=lambda row: (ORDER.index(row.verdict), not row.asks),
                    tone=lambda row: TONES.get(row.verdict, Tone.SECOND),
                    sign=lambda row: "circle-help" if row.asks else "",
                    width=148,
                ),
                Column[RowShown](Text("Why"), show=lambda row: row.why, least=200),
            ),
            key="import",
            remembered=remembered,
            empty=EmptyState(
                "table-2",
                Text("Nothing to show yet"),
                Text("What the file would bring stands here, row by row."),
            ),
        )
        self.list.chosen.connect(self.chosen)
        whole.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_preview(self, shown: Preview) -> None:
        """Show what would happen; the filter and the chosen row stay where they can."""
        rows = [row_shown(one) for one in shown.judgements]
        before = self.filters.key if self.filters else Filter.ALL.value
        if self.filters is not None:
            self._row.removeWidget(self.filters)
            self.filters.hide()
            self.filters.deleteLater()
        counts = counted(rows, shown)
        self._keys = [one.value for one in counts]
        self.filters = SegmentedControl(
            Text("Which rows are shown"),
            [(one.value, f"{looks.capital(_WORDS[one])} {n}") for one, n in counts.items()],
            start=before if before in self._keys else Filter.ALL.value,
        )
        self.filters.chosen.connect(self.narrow)
        self._row.insertWidget(0, self.filters)
        self.list.show_lines(rows)
        self.narrow(self.filters.key)

    def narrow(self, key: str) -> None:
        """Show only the rows of a filter."""
        if key == Filter.ALL:
            self.list.keep(None)
        elif key == Filter.ASKS:
            self.list.keep(lambda row: row.asks)
        else:
            self.list.keep(lambda row: row.verdict is Verdict(key))

    def next_filter(self) -> None:
        """Go on to the next filter, from the last to the first."""
        if self.filters is not None and self._keys:
            key = self._keys[(self._keys.index(self.filters.key) + 1) % len(self._keys)]
            self.filters.choose(key)
            self.narrow(key)
