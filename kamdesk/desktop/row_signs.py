"""Signs behind the names of a list: what of the rows one sees is unsent, waits, or stays here."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.visit.staying import HERE
from kamdesk.desktop.widgets.columns import RowSign
from kamdesk.desktop.widgets.record_model import id_of
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.sync.sharing import Sign, signs_of

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_LOOKS: Final = {
    Sign.REFUSED: ("circle-x", Tone.BRICK, Text("a change was refused by the hub")),
    Sign.APART: ("git-branch", Tone.OCHRE, Text("waits for you to decide")),
    Sign.UNSENT: ("cloud", Tone.MUTED, Text("unsent")),
    Sign.HERE: ("laptop", Tone.MUTED, HERE),
    Sign.NOTE_HERE: ("laptop", Tone.MUTED, Text("has a note only on this computer")),
}
_SEEN_ANEW: Final = (QEvent.Type.Show, QEvent.Type.Resize)


def row_sign(signs: Iterable[Sign]) -> RowSign:
    """Return how a row shows its signs: the icon of the first, all of them in words."""
    every = [_LOOKS[sign] for sign in signs]
    icon, tone, _ = every[0]
    return RowSign(icon, tone, looks.capital(looks.listed([looks.said(one[2]) for one in every])))


class RowSigns(QObject):
    """Asks for the rows one sees, after scrolling and whenever something is written or exchanged.

    ``of`` returns the record a line is about. A list that is not seen asks nothing.
    """

    def __init__(
        self,
        page: "Page[Workspace]",
        table: RecordTable[Any],
        of: Callable[[Any], bytes] = lambda line: bytes(line.id),
    ) -> None:
        super().__init__(table)
        self._page, self._table, self._of = page, table, of
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        table.view.verticalScrollBar().valueChanged.connect(self._start)
        table.model.modelReset.connect(self._start)
        table.model.layoutChanged.connect(self._start)
        table.view.viewport().installEventFilter(self)
        page.workbench.changed.connect(self._start)
        if (exchanging := exchanging_of(page.workbench)) is not None:
            exchanging.exchanged.connect(self._start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SEEN_ANEW:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _start(self, *_: object) -> None:
        self._soon.start()

    def _ask(self) -> None:
        if not self._table.view.isVisible():
            return
        seen = {id_of(line): self._of(line) for line in self._table.seen_lines()}
        records = set(seen.values())
        if not records:
            return

        def show(found: dict[bytes, list[Sign]]) -> None:
            self._table.model.show_signs(
                {line: row_sign(found[of]) for line, of in seen.items() if of in found}
            )

        self._page.ask(lambda desk: signs_of(desk.storage, records), show, key="signs")
