"""The top bar: back and forward, the way here, the search box."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.pages import Crumb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.search_box import SearchBox
from kamdesk.desktop.widgets.states import IconMark


class TopBar(QWidget):
    """48 px at the head of the window. Signals: ``wanted(Route)`` a step of the way was pressed."""

    wanted = Signal(object)

    def __init__(
        self, back: Action, forward: Action, search: Action | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.now()
        self.setFixedHeight(look.px(48))
        self._way = QHBoxLayout()
        self._way.setSpacing(look.px(8))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), 0, look.px(32), 1)
        row.setSpacing(0)
        self.back = Button.of(back, kind=Kind.BARE, words_shown=False)
        forward_button = Button.of(forward, kind=Kind.BARE, words_shown=False)
        for button in (self.back, forward_button):
            button.setFixedSize(look.px(24), look.px(30))
            row.addWidget(button)
        row.addSpacing(look.px(12))
        row.addLayout(self._way, 1)
        self.search: SearchBox | None = None
        if search is not None:
            row.addSpacing(look.px(16))
            self.search = SearchBox()
            self.search.clicked.connect(search.trigger)
            row.addWidget(self.search)
        self._row = row

    def offer(self, action: Action) -> None:
        """Show an action at the right end: its icon and its key."""
        look = theme.now()
        button = Button.of(action, kind=Kind.BARE, words_shown=False)
        button.setFixedSize(look.px(24), look.px(30))
        self._row.addSpacing(look.px(12))
        self._row.addWidget(button)
        self._row.addWidget(KeyCap(action.keys))

    def show_way(self, crumbs: Sequence[Crumb]) -> None:
        """Show the way to the page, the last step being the page itself."""
        while (item := self._way.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for n, crumb in enumerate(crumbs):
            if n:
                self._way.addWidget(IconMark("chevron-right", 14, Tone.MUTED))
            if crumb.route is None:
                here = PlainLabel(crumb.words, Type.STRONG, fit=Fit.ELIDE)
                here.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                self._way.addWidget(here, 1)
            else:
                self._way.addWidget(self._step(crumb), 0)
        self._way.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _step(self, crumb: Crumb) -> Button:
        step = Button(crumb.words, kind=Kind.CRUMB)
        step.clicked.connect(lambda: self.wanted.emit(crumb.route))
        return step

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("page"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
