"""Two maps side by side: another map of the customer, or another day; differences listed."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, MapId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.compare import Compared, Difference, Side, read_compared
from kamdesk.desktop.chain.panel_analysis import MONTH
from kamdesk.desktop.chain.panel_marks import BallPair
from kamdesk.desktop.chain.reading import ChainSeen
from kamdesk.desktop.pages import Page
from kamdesk.desktop.painter import FigureView
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.model import Map

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

BACK: Final = MONTH
"""Days before today that a map is compared with at first."""


class ComparedView(FigureView):
    """A map as large as its half allows, at the top of it."""

    def __init__(self, name: Text) -> None:
        super().__init__(name)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # they would take from the map
        self.setHorizontalScrollBarPolicy(never)
        self.setVerticalScrollBarPolicy(never)


class _Half(QWidget):
    """One of the two: which map, which day, its picture. Signals: ``wanted`` another one."""

    wanted = Signal()

    def __init__(self, name: Text) -> None:
        super().__init__()
        look = theme.now()
        self.map: Choice = Choice()
        self.map.setAccessibleName(looks.said(Text("Map")))
        self.day = LineEditor(hint=Text("today, 2026-02-12"))
        self.day.setAccessibleName(looks.said(Text("Day")))
        self.day.setFixedWidth(look.px(150))
        self.refusal = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self.refusal.hide()
        self.title = PlainLabel("", Type.STRONG, fit=Fit.ELIDE)
        self.view = ComparedView(name)
        self.view.setMinimumSize(look.px(160), look.px(120))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.title, 1)
        row.addWidget(self.map)
        row.addWidget(self.day)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        column.setSpacing(look.px(6))
        column.addLayout(row)
        column.addWidget(self.refusal)
        column.addWidget(self.view, 1)
        self.map.activated.connect(lambda _: self.wanted.emit())
        self.day.editingFinished.connect(self.wanted)

    def offer(self, maps: Sequence[Map], side: Side, today: Day) -> None:
        """Offer the maps of the customer; ``side`` is the one that is seen."""
        self.map.blockSignals(True)
        self.map.offer([(one.id, one.name or Text("the customer's own map")) for one in maps])
        self.map.choose(side.map)
        self.map.blockSignals(False)
        self.map.setVisible(len(maps) > 1)
        self.map.setMaximumWidth(theme.now().px(200))
        self.day.setText((side.day or today).isoformat())

    def show_map(self, seen: ChainSeen, drawing: object) -> None:
        """Show a map, and say which one it is, of which day."""
        day = looks.day(seen.net.day, today=seen.today)
        name = (seen.net.map.name if seen.net.map else "") or Text("the customer's own map")
        shown = Text("{day}, today", day=day) if not seen.past else day
        self.title.say(looks.joined(looks.capital(looks.cut(name, 40)), shown))
        self.view.show_figure(drawing)

    def side(self, today: Day) -> Side:
        """Return which map and day is wanted. Raises ``RuleBroken`` at the day."""
        words = self.day.text().strip()
        day: date | None = read_day(words, today, field="day") if words else None
        if day is not None and day > today:
            raise RuleBroken(Text("That day is still to come."), field="day")
        chosen = self.map.value
        return Side(MapId(Id(chosen)) if isinstance(chosen, bytes) else None, day)

    def refuse(self, why: Text | None) -> None:
        """Say at the day why it is none; None takes it back."""
        self.refusal.say(why or "")
        self.refusal.setVisible(why is not None)


class ComparePart(QWidget):
    """Signals: ``closed`` · ``chosen(id)`` somebody is to be seen on the map itself."""

    closed = Signal()
    chosen = Signal(object)

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self.page = page
        self.compared: Compared | None = None
        self._seen: ChainSeen | None = None
        self.first, self.second = _Half(Text("Earlier map")), _Half(Text("Later map"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(0)
        row.addLayout(self._pair, 1)
        for half in (self.first, self.second):
            self._pair.addWidget(half, 1)
            half.wanted.connect(self._ask)
            half.view.chosen.connect(lambda id: self.chosen.emit(Id(id)))
        self.panel = SidePanel()
        close = Button(Text("Close"), keys="Esc")
        close.clicked.connect(self.closed)
        self.heading = Heading(Text("Differences"), right=close)
        self.lines = Lines()
        self.panel.column.addWidget(self.heading)
        self.panel.column.addWidget(self.lines)
        self.panel.column.addStretch(1)
        row.addWidget(self.panel)

    def begin(self, seen: ChainSeen, *, before: Day) -> None:
        """Compare what is seen: with today where it is a past day, else with a month before.

        Where nothing moved in the month it is the day ``before`` the last change.
        """
        self._seen = seen
        back = min(seen.today - timedelta(days=BACK), before - timedelta(days=1))
        if seen.past:
            back = seen.net.day
        self.first.offer(seen.maps, Side(seen.map_id, back), seen.today)
        self.second.offer(seen.maps, Side(seen.map_id, None), seen.today)
        self._ask()
        self.second.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        seen = self._seen
        if seen is None:
            return
        sides = []
        for half in (self.first, self.second):
            half.refuse(None)
            try:
                sides.append(half.side(seen.today))
            except RuleBroken as error:
                half.refuse(error.said)
                return
        first, second = sides
        language = looks.language()
        self.page.ask(
            lambda desk: read_compared(desk, seen.account, first, second, language=language),
            self._show,
            key="compare",
        )

    def _show(self, compared: Compared) -> None:
        self.compared = compared
        halves = (self.first, self.second)
        seen = (compared.first, compared.second)
        for half, one, drawing in zip(halves, seen, compared.drawings, strict=True):
            half.show_map(one, drawing)
        self._turn()
        n = len(compared.differences)
        self.heading.remark.say(Text("{n} in all", n=n) if n else "")
        self.lines.show_parts(
            [self._line(one) for one in compared.differences],
            Text("The two maps say the same. Choose another day or another map above."),
        )

    def _turn(self) -> None:
        """Set the two side by side, or one above the other where they are larger so."""
        if self.compared is None:
            return
        wide, high = self.width() - self.panel.width(), self.height()
        drawing = max(self.compared.drawings, key=lambda one: one.width)
        beside = min(wide / 2 / drawing.width, high / drawing.height)
        stacked = min(wide / drawing.width, high / 2 / drawing.height)
        way = QBoxLayout.Direction
        self._pair.setDirection(way.TopToBottom if stacked > beside else way.LeftToRight)

    def _line(self, one: Difference) -> PressedLine:
        words = PlainLabel(one.said, Type.BODY, fit=Fit.WRAP)
        parts = (BallPair(*one.stance), words) if one.stance else (words,)
        line = PressedLine(looks.said(one.said), *parts, wraps=True)
        line.pressed.connect(partial(self.chosen.emit, one.node))
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
        self._turn()
