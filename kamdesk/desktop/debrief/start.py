"""Which visit is to be written up: the latest one that waits, or one held just now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.offers import Offer, OfferLine
from kamdesk.desktop.widgets.pick import PickRow

if TYPE_CHECKING:
    from datetime import date

    from kamdesk.domain.visits.store import VisitLine
    from kamdesk.search.hits import Hit


class Start(QWidget):
    """Signals: ``chosen(Route)`` · ``looked_for(str)`` customers are wanted: answer by ``offer``.

    Enter in the empty line takes the first visit that waits.
    """

    chosen = Signal(object)
    looked_for = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._first: Route | None = None
        self.line = OfferLine(
            Text("Customer"), hint=Text("Customer by name or pinyin: a visit held just now")
        )
        self.line.typed.connect(self.looked_for)
        self.line.field.textEdited.connect(self._guide)
        self.line.taken.connect(self._take)
        self.line.field.returnPressed.connect(self._enter)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(8))
        self._words = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(40), 0, look.px(32))
        column.setSpacing(look.px(12))
        column.addWidget(PlainLabel(Text("Which visit do you write up?"), Type.TITLE))
        column.addWidget(self._words)
        column.addWidget(self.line)
        column.addSpacing(look.px(8))
        column.addLayout(self._rows)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_waiting(
        self, waiting: "list[VisitLine]", today: "date", customer: tuple[bytes, str] | None
    ) -> None:
        """Show the visits that wait; ``customer`` is the one whose page one comes from."""
        ways: list[tuple[str, Text | str, Text | str, Route]] = []
        for one in waiting:
            when = moment_words(one.start, today)
            words = looks.joined(one.account_name, when)
            ways.append(("calendar-check", words, one.objective or one.topic, _visit(one.id)))
        if customer is not None:
            now = Text("{name}: a visit held just now", name=customer[1])
            ways.append(("plus", now, "", Route("debrief", customer[0], "now")))
        self._first = ways[0][3] if ways else None
        self._guide()
        for at, (icon, words_, meaning, route) in enumerate(ways):
            row = PickRow(icon, words_, looks.cut(meaning, 200), keys=f"Ctrl+{at + 1}")
            row.clicked.connect(lambda _=False, route=route: self.chosen.emit(route))
            self._rows.addWidget(row)

    def offer(self, hits: "list[Hit]") -> None:
        """Offer these customers."""
        self.line.offer(
            [
                Offer(bytes(hit.id), hit.title, "" if hit.matched == hit.title else hit.matched)
                for hit in hits
            ]
        )

    def begin(self) -> None:
        """Put the focus where one starts."""
        self.line.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, offer: Offer) -> None:
        if isinstance(offer.value, bytes):
            self.chosen.emit(Route("debrief", offer.value, "now"))

    def _guide(self, _typed: str = "") -> None:
        self._words.say(
            Text("Enter takes the first; a name finds the customer of one nobody planned.")
            if self._first is not None
            else Text("No visit waits. A name finds the customer you were at just now.")
        )

    def _enter(self) -> None:
        if self.line.field.text().strip():  # with offers, Enter never comes here
            self._words.say(
                Text("No customer of yours is called that. To add one: Alt+2, then Ctrl+N.")
            )
        elif self._first is not None:
            self.chosen.emit(self._first)


def _visit(visit: bytes) -> Route:
    return Route("debrief", visit)
