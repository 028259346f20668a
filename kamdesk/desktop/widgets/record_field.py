"""A line in which a record is named: what it may be is offered as one types."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QListView

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Type
from kamdesk.desktop.widgets.editors import LineEditor


class Offered(NamedTuple):
    """A record that may be meant: its name, and what tells it from others of the name."""

    id: bytes
    name: str
    where: str = ""


class RecordField(LineEditor):
    """Signals: ``looked_for(words)`` something was typed, ``picked(id)`` a record was chosen.

    Whoever hears ``looked_for`` answers with ``offer``. ↓ and Enter choose, so does Tab the first
    that is offered; ``record`` is what was chosen, None as soon as other words stand there.
    """

    looked_for = Signal(str)
    picked = Signal(bytes)

    def __init__(self, text: str = "", *, hint: Text | str = "") -> None:
        super().__init__(text, hint=hint)
        self._offered: list[Offered] = []
        self._chosen: Offered | None = None
        self._lines = QStringListModel(self)
        self._popup = popup = QListView()
        popup.setObjectName("choices")
        popup.setFont(theme.now().font(Type.BODY))
        popup.setUniformItemSizes(True)
        popup.setGridSize(QSize(0, theme.now().px(30)))
        self._completer = QCompleter(self._lines, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setPopup(popup)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(self)  # not setCompleter: lines are not what is written
        chosen = self._completer.activated[QModelIndex]  # type: ignore[index]  # one of two
        chosen.connect(self._activated)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._look)
        self.textEdited.connect(self._typed)

    @property
    def record(self) -> bytes | None:
        """The record that was chosen."""
        return self._chosen.id if self._chosen and self._chosen.name == self.text() else None

    def choose(self, offered: Offered) -> None:
        """Take a record."""
        self._chosen = offered
        self._popup.hide()
        self.setText(offered.name)
        self.picked.emit(offered.id)

    def offer(self, offered: Sequence[Offered]) -> None:
        """Offer these records for what stands there."""
        self._offered = list(offered)
        self._lines.setStringList([looks.joined(one.name, one.where) for one in offered])
        if offered and self.hasFocus() and self.text() and self.record is None:
            self._completer.complete()
        else:
            self._popup.hide()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if forwards and self._popup.isVisible() and self._offered:
            self.choose(self._offered[max(self._popup.currentIndex().row(), 0)])
        return super().focusNextPrevChild(forwards)

    def _typed(self, words: str) -> None:
        if words.strip():
            self._soon.start()
        else:
            self.offer([])

    def _look(self) -> None:
        self.looked_for.emit(self.text())

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self.choose(self._offered[index.row()])
            self.setFocus(Qt.FocusReason.OtherFocusReason)
