"""The ways one corrected, a line each with the way to forget it: what the planner learnt so far."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line
from kamdesk.dossier.learnt_ways import End, LearntWay

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace

MOST: Final = 40
"""So many ways are listed; all can be forgotten at once."""


class LearntWays(QWidget):
    """Hidden while nothing was corrected."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self._page = page
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.now().px(2))
        self.forget: list[Button] = []

    def show_ways(self, ways: Sequence[LearntWay]) -> None:
        """Show these ways."""
        emptied(self._column)
        self.forget = []
        for way in ways[:MOST]:
            self._column.addWidget(self._line(way))
        if (more := len(ways) - MOST) > 0:
            words = Text("and {n} more", "and {n} more", n=more)
            self._column.addWidget(PlainLabel(words, Type.SMALL, Tone.MUTED))
        self.setVisible(bool(ways))

    def _line(self, way: LearntWay) -> Line:
        forget = Button(Text("Forget"), icon="undo-2", kind=Kind.BARE)
        words = way_words(way)
        forget.setAccessibleName(looks.said(Text("Forget: {what}", what=words)))
        one, other = way.one.spot, way.other.spot
        forget.clicked.connect(lambda: self._page.do(lambda desk: desk.habits.forget(one, other)))
        self.forget.append(forget)
        return Line(PlainLabel(words, Type.SMALL, Tone.SECOND, fit=Fit.WRAP), forget, wraps=True)


def way_words(way: LearntWay) -> str:
    """Return a way: Home – 澜川 · 55 min (by the rule 40)."""
    return looks.joined(
        f"{_end_words(way.one)} – {_end_words(way.other)}",
        Text(
            "{length}, by the rule {reckoned}",
            length=length(way.minutes),
            reckoned=length(way.reckoned),
        ),
    )


def _end_words(end: End) -> str:
    if end.is_home:
        return looks.said(Text("Home"))
    if not end.customers:
        return f"{end.spot.lat:.2f}, {end.spot.lon:.2f}"
    first, more = looks.cut(end.customers[0], 60), len(end.customers) - 1
    return looks.said(Text("{name} and {n} more there", name=first, n=more)) if more else first
