"""What could not be judged, said aloud, each with the way to mend it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Route
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.dossier.week_read import WeekRead

_NAMED = 6


class UnjudgedPart(QWidget):
    """Hidden when everything is known. Signals: ``wanted(Route)``."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._read: WeekRead | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(Heading(Text("Not judged"), rule=False))
        column.addLayout(self._rows)

    def show_week(self, read: WeekRead) -> None:
        """Show what is not known of a week."""
        if read is self._read:
            return
        self._read = read
        emptied(self._rows)
        for words in read.not_judged:
            self._rows.addWidget(PlainLabel(words, Type.SMALL, Tone.OCHRE, fit=Fit.WRAP))
        named = (*read.unplaced, *read.unclassed)
        for one in named[:_NAMED]:
            self._lead(looks.cut(one.name, 60), Route("account", one.account, "particulars"))
        more = len(named) - _NAMED
        if more > 0:
            self._rows.addWidget(
                PlainLabel(Text("and {n} more", "and {n} more", n=more), Type.SMALL, Tone.MUTED)
            )
        if not read.knows_home:
            self._lead(looks.said(Text("Say where you start")), Route("settings", None, "week"))
        if any(day.works is None for day in read.days):
            self._lead(looks.said(Text("Say which days are worked")), Route("calendars"))
        self.setVisible(bool(self._rows.count()))

    def _lead(self, words: str, route: Route) -> None:
        label = PlainLabel(words, Type.SMALL, Tone.ACCENT, fit=Fit.ELIDE)
        line = PressedLine(words, label, IconMark("chevron-right", 14))
        line.pressed.connect(lambda: self.wanted.emit(route))
        self._rows.addWidget(line)
