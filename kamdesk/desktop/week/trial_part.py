"""What a trial would change: somebody forced in, or a night away; Enter keeps, Esc leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.board import Night as NightAway
from kamdesk.desktop.week.said import item_words, moment
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.week.planning import Night


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A week that is tried: what it is called, how it would be, what it was before."""

    name: Text
    before: Board
    after: Board
    key: bytes | None = None
    costs: int = 0
    """What it costs besides, in minutes on the road."""
    nights: tuple[Night, ...] = ()
    """Nights that may be tried, the best first; ``at`` says which one is."""
    at: int = 0

    @property
    def brings(self) -> list[bytes]:
        """What comes in, first of all what is tried."""
        new = [key for key in self.after.standing if key not in self.before.standing]
        return sorted(new, key=lambda key: key != self.key)

    @property
    def drops(self) -> list[bytes]:
        """What falls out."""
        return [key for key in self.before.standing if key not in self.after.standing]

    @property
    def moves(self) -> list[bytes]:
        """What stands elsewhere."""
        before, after = self.before, self.after
        return [
            key for key in after.standing if key in before.standing and after.elsewhere(before, key)
        ]


def night_tried(board: Board, nights: tuple[Night, ...], at: int) -> Trial:
    """Return what trying one of some nights away from a week is."""
    night = nights[at]
    after = board.away(NightAway(night.night, night.place)).taken(night.proposal)
    name = Text("A night in {where}", where=_where(board, night))
    return Trial(name=name, before=board, after=after, costs=night.cost, nights=nights, at=at)


def _where(board: Board, night: Night) -> Text:
    place, day = board.read.places[night.place], board.read.planned_days[night.night]
    return Text(
        "{place} after {day}",
        place=looks.cut(place.words, 40) or looks.DASH,
        day=looks.weekday(day),
    )


class TrialPart(QWidget):
    """Signals: ``kept`` · ``left`` · ``elsewhere(n)`` another night is wanted."""

    kept = Signal()
    left = Signal()
    elsewhere = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.heading = Heading(Text("Try it"), rule=False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(4))
        self.keep = Button(Text("Keep it"), keys="Enter", kind=Kind.PRIMARY)
        self.keep.clicked.connect(self.kept)
        leave = Button(Text("Leave it"), keys="Esc")
        leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        column.addWidget(ButtonRow(self.keep, leave))
        self._others = QVBoxLayout()
        column.addLayout(self._others)
        column.addWidget(Divider(strong=True))

    def show_trial(self, trial: Trial) -> None:
        """Say what a trial changes."""
        self.heading.name.say(trial.name)
        emptied(self._rows)
        for words, tone in _lines(trial):
            self._rows.addWidget(PlainLabel(words, Type.SMALL, tone, fit=Fit.WRAP))
        emptied(self._others)
        if len(trial.nights) > 1:
            self._others.addLayout(_caption())
        for n, night in enumerate(trial.nights):
            if n != trial.at:
                self._others.addWidget(self._other(trial, n, night))

    def _other(self, trial: Trial, n: int, night: Night) -> PressedLine:
        """Return a line that tries another night, with what it would change."""
        words = looks.said(_where(trial.before, night))
        change = looks.signed(round(night.gains))
        line = PressedLine(
            looks.joined(words, change),
            PlainLabel(words, Type.SMALL, Tone.ACCENT, fit=Fit.ELIDE),
            PlainLabel(change, Type.SMALL_STRONG, Tone.BRICK if night.gains < 0 else Tone.INK),
        )
        line.pressed.connect(lambda: self.elsewhere.emit(n))
        return line


def _caption() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.now().px(8))
    row.addWidget(KeyCap("O"))
    row.addWidget(PlainLabel(Text("Another place, and its worth"), Type.SMALL, Tone.SECOND), 1)
    return row


def _lines(trial: Trial) -> list[tuple[Text | str, Tone]]:
    before, after = trial.before, trial.after
    lines: list[tuple[Text | str, Tone]] = []
    road = after.plan.drive - before.plan.drive
    if road > 0:
        lines.append((Text("{length} more on the road", length=length(road)), Tone.BRICK))
    elif road < 0:
        lines.append((Text("{length} less on the road", length=length(road)), Tone.INK))
    else:
        lines.append((Text("As long on the road as before"), Tone.SECOND))
    worth = round(after.plan.value - before.plan.value) - trial.costs
    if trial.costs:
        said = Text("The night itself counts as {length} on the road.", length=length(trial.costs))
        lines.append((said, Tone.SECOND))
    lines.append(
        (
            Text("In all {change}, in minutes on the road", change=looks.signed(worth)),
            Tone.BRICK if worth < 0 else Tone.INK,
        )
    )  # fmt: skip
    lines += [
        (Text("Comes in: {name}, {when}", name=item_words(after.items[key]),
              when=_when(after, key)), Tone.INK)
        for key in trial.brings
    ]  # fmt: skip
    if trial.moves:
        lines.append(
            (
                Text("{n} visit moves: {names}", "{n} visits move: {names}",
                     n=len(trial.moves), names=_names(after, trial.moves)),
                Tone.SECOND,
            )
        )  # fmt: skip
    if trial.drops:
        lines.append((Text("Falls out: {names}", names=_names(before, trial.drops)), Tone.BRICK))
    else:
        lines.append((Text("Nobody falls out."), Tone.SECOND))
    lines.append((Text("A bar at the left marks what is new or moved."), Tone.MUTED))
    return lines


def _names(board: Board, keys: Sequence[bytes]) -> str:
    names = [item_words(board.items[key]) for key in keys if key in board.items]
    return looks.listed(names)


def _when(board: Board, key: bytes) -> str:
    standing = board.standing[key]
    return moment(board.read.planned_days[standing.day], standing.placed.begins)
