"""The side of the exchange page: who the hub is, what a newer KamDesk must read, what to do."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.exchange.reading import ExchangeSeen
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.sync.wire.invitation import grouped


class Overview(QWidget):
    """``of_team`` are what can be done with the team; ``below`` is put under all."""

    def __init__(
        self, seen: ExchangeSeen, of_team: Sequence[Action], below: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        look = theme.now()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        if seen.told.joined:
            self._show_hub(seen)
            column.addSpacing(look.px(12))
            column.addWidget(Heading(Text("With the team")))
            for action in of_team:
                column.addWidget(Button.of(action))
        for part in below:
            column.addSpacing(look.px(12))
            column.addWidget(part)
        column.addStretch(1)

    def _show_hub(self, seen: ExchangeSeen) -> None:
        told = seen.told
        if not seen.by_hub:  # with a laptop that keeps the log
            self._column.addWidget(Heading(Text("By a shared folder")))
            self._say(told.hub or looks.DASH, Type.STRONG, Tone.INK)
            self._say(Text("Keeps the log. Exchange on one laptop, then on the other."))
            return
        self._column.addWidget(Heading(Text("The hub")))
        self._say(told.hub or looks.DASH, Type.STRONG, Tone.INK)
        self._say(seen.url)
        if seen.fingerprint:
            self._say(Text("Fingerprint {signs}", signs=grouped(seen.fingerprint[:16]) + " …"))
        if told.leased_until is not None:
            day = looks.day(told.leased_until.day, today=seen.now.day)
            self._say(Text("Without contact this computer locks on {day}.", day=day))

    def _say(self, words: Text | str, role: Type = Type.SMALL, tone: Tone = Tone.SECOND) -> None:
        self._column.addWidget(PlainLabel(words, role, tone, fit=Fit.WRAP))
