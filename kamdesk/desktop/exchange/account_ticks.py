"""Customers to tick: narrowed by typing, what is ticked stays ticked."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.wrapping import wrapped

_MOST = 12
_LINES = 12
"""More than any name takes."""


class Customer(NamedTuple):
    """A customer that may be offered; ``mine``: its owner is the user."""

    id: Id
    name: str
    mine: bool


class _Named(TickBox):
    """A customer's name, in as many lines as it needs."""

    def __init__(self, name: str) -> None:
        super().__init__("")
        self._name = looks.cut(name, 120)
        self.setAccessibleName(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.now()
        room = self.width() - look.px(15 + 9 + 6)
        lines = wrapped(self._name, look.font(Type.BODY), room, _LINES)
        if lines != self.lines:
            self.lines = lines
            self.updateGeometry()


class AccountTicks(QWidget):
    """Signals: ``changed`` other customers are ticked now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticked: set[Id] = set()
        self._every: Sequence[Customer] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(6))
        self.typed = LineEditor(hint=Text("Part of a customer's name"))
        self.typed.setAccessibleName(looks.said(Text("Part of a customer's name")))
        self.typed.textChanged.connect(lambda _: self._narrow())
        column.addWidget(self.typed)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)

    def offer(self, customers: Sequence[Customer]) -> None:
        """Show these to be ticked."""
        self._every = customers
        self._narrow()

    def _narrow(self) -> None:
        emptied(self._list)
        wanted = self.typed.text().strip().casefold()
        fits = [one for one in self._every if wanted in one.name.casefold()]
        fits.sort(key=lambda one: one.id not in self.ticked)
        for one in fits[:_MOST]:
            box = _Named(one.name)
            box.setChecked(one.id in self.ticked)
            box.toggled.connect(lambda on, id=one.id: self._tick(id, on))
            self._list.addWidget(box)
        if len(fits) > _MOST:
            more = Text("{n} more: type to find them", "{n} more: type to find them",
                        n=len(fits) - _MOST)  # fmt: skip
            self._list.addWidget(PlainLabel(more, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))

    def _tick(self, id: Id, on: bool) -> None:
        (self.ticked.add if on else self.ticked.discard)(id)
        self.changed.emit()
