"""The head of a customer's page: its name, one line of facts, five facts side by side."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.facts import Fact, FactsStrip
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

if TYPE_CHECKING:
    from kamdesk.desktop.account.reading import AccountSeen

_MOST_TELLING = (0, 2, 3)
"""Where there is no room for five facts: class, last visit, promises."""


class AccountHead(Sheet):
    """Stands above the tabs and does not scroll; ``named`` is the line with name and number."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__(scrolls=False, foot=12)
        self._seen: AccountSeen | None = None
        self._five = True
        self.named = self.head("", "", *buttons)
        self._line = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._line)
        self.space(16)
        self._facts = FactsStrip()
        self._facts.setMinimumHeight(theme.now().px(62))
        self.add(self._facts)

    def fold(self, low: bool) -> None:
        """Show the name alone where a page is too low for more beside its tab."""
        self._line.setHidden(low)
        self._facts.setHidden(low)

    def show_seen(self, seen: "AccountSeen") -> None:
        """Show the customer as it was read."""
        from kamdesk.desktop.account.reading import line_of_facts

        self._seen = seen
        self.named.title.say(seen.file.account.name)
        self.named.remark.say(seen.file.account.number)
        self._line.say(looks.capital(looks.joined(*line_of_facts(seen))))
        self._show_facts()

    def _show_facts(self) -> None:
        seen = self._seen
        if seen is None:
            return
        five = self.width() >= theme.now().px(900)
        self._facts.show_facts(
            [
                Fact(
                    label=fact.label,
                    value=_said(fact.value),
                    support=_said(fact.note) if fact.note else "",
                    support_tone=Tone.BRICK if fact.alarm else Tone.SECOND,
                )
                for n, fact in enumerate(seen.facts[:5])
                if five or n in _MOST_TELLING
            ]
        )
        self._five = five

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._five != (self.width() >= theme.now().px(900)):
            self._show_facts()


def _said(value: Any) -> Text | str:
    if value is None:
        return looks.capital(Text("not known"))
    if isinstance(value, Text | str):
        return looks.capital(value)
    return looks.money(value)
