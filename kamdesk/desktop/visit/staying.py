"""Asks before a note changes readers: what becomes of it when it stays here, or goes out."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

STAYS: Final = Text("Only on this computer")
HERE: Final = Text("only on this computer")
NEVER_SENT: Final = Text("This note never goes to the team: no colleague and no hub gets it.")
_KEEP: Final = Text(
    "From now on this note stays on this computer. What was not marked before may be with the team,"
    " or still go there with the next exchange: it is deleted there, and the team's history keeps"
    " it."
)
_SHARE: Final = Text(
    "With the next exchange this note goes to the team. All who may read this customer will read"
    " it, and it cannot be called back."
)


class Asking(QWidget):
    """What would become of a note, a button that does it and one that leaves it as it is."""

    def __init__(self, *, stays: bool, do: Callable[[], object], leave: Callable[[], object]):
        """``stays``: whether the note stays here by now, and would go out."""
        super().__init__()
        name = Text("Share with the team") if stays else Text("Keep on this computer only")
        self.yes = Button(name, icon="users" if stays else "laptop")
        self.no = Button(Text("Leave as it is"), kind=Kind.BARE)
        self.yes.clicked.connect(lambda: do())
        self.no.clicked.connect(lambda: leave())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.now().px(6))
        column.setSpacing(theme.now().px(6))
        words = _SHARE if stays else _KEEP
        column.addWidget(PlainLabel(words, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
        column.addWidget(ButtonRow(self.yes, self.no))

    def begin(self) -> None:
        """Put the focus on what leaves everything as it is."""
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)
