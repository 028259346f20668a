"""What moved on the map: read over its whole life for the slider, and listed in the panel."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_marks import BallPair
from kamdesk.desktop.chain.slider import Change, Tick
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.chain_moves import Moved, moved_between

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

FIRST: Final = Day(1971, 1, 1)
"""From this day on what moved is looked for: earlier ones no system shows in every zone."""
MOST_LINES: Final = 100
"""Lines of the list of what moved; a chart of hundreds comes on one day."""
Stances = tuple[int | None, int | None]


def read_moved(
    desk: "Workspace", account: AccountId, map_id: MapId | None, today: Day
) -> tuple[Moved, ...]:
    """Return all that ever moved on a map until today, the earliest first."""
    return moved_between(desk.storage.reader, account, FIRST, today, map_id=map_id)


def ticks_of(moved: Sequence[Moved]) -> list[Tick]:
    """Return the days on which something moved, with the stances taken on them."""
    return [
        Tick(day, tuple(pair[1] for one in same if (pair := _stances(one)) is not None))
        for day, same in groupby(moved, key=lambda one: one.day)
    ]


def changes_of(moved: Sequence[Moved], names: Mapping[Id, str]) -> list[Change]:
    """Return moves as the slider says them: stances first, beside their balls, the latest first."""
    latest = list(reversed(moved))
    ordered = sorted(latest, key=lambda one: _stances(one) is None)
    return [
        Change(looks.cut(names.get(one.node, ""), 40) or looks.capital(one.said), pair)
        if (pair := _stances(one))
        else Change(looks.capital(one.said))
        for one in ordered
    ]


def _stances(one: Moved) -> Stances | None:
    if one.what is not What.STANCE:
        return None
    before, after = (int(value) if value else None for value in (one.before, one.after))
    return before, after


class ChangesPart(QWidget):
    """The list of what moved. Signals: ``chosen(id)`` of whom · ``closed``."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(4))
        close = Button(Text("Close"), keys="Esc")
        close.clicked.connect(self.closed)
        self.heading = Heading(Text("What moved"), right=close)
        self.since = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.lines = Lines()
        for part in (self.heading, self.since, self.lines):
            column.addWidget(part)

    def show_moved(self, moved: Sequence[Moved], since: Day, today: Day) -> None:
        """Show what moved after a day, the latest first."""
        day = looks.day(since, today=today)
        self.since.say(
            Text("since {day}: the last {most} of {n}", day=day, most=MOST_LINES, n=len(moved))
            if len(moved) > MOST_LINES
            else Text("since {day}", day=day)
        )
        self.lines.show_parts(
            [self._line(one, today) for one in moved[: -MOST_LINES - 1 : -1]],
            Text("Nothing moved. Shift+[ goes to the day of the last change."),
        )

    def _line(self, one: Moved, today: Day) -> PressedLine:
        said, day = looks.capital(one.said), looks.day(one.day, today=today)
        words = PlainLabel(said, Type.BODY, fit=Fit.WRAP)
        pair = _stances(one)
        parts: list[QWidget] = [BallPair(*pair)] if pair else []
        parts += [words, PlainLabel(day, Type.SMALL, Tone.MUTED)]
        line = PressedLine(looks.joined(said, day), *parts, wraps=True)
        line.pressed.connect(partial(self.chosen.emit, one.node))
        return line
