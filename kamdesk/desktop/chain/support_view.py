"""How far the chain leans to us, with its range, its movement and what pulls it down."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_analysis import since
from kamdesk.desktop.chain.panel_row import support as support_line
from kamdesk.desktop.chain.standing_view import StandingView
from kamdesk.desktop.chain.support_scale import SupportScale, movement_words, score_words
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines, fixed
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.analysis import Analysis
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.support import Support


class SupportView(QWidget):
    """Shown while nobody is chosen.

    Signals: ``chosen(id)`` a person was named · ``led(ids)`` a way that is to be numbered.
    """

    chosen = Signal(object)
    led = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.heading = PlainLabel(Text("Support"), Type.HEADING)
        self.score = PlainLabel("", Type.TITLE)
        self.moved = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.score)
        row.addWidget(self.moved, 1)
        self.scale = SupportScale()
        self._said = QVBoxLayout()
        self._said.setSpacing(look.px(2))
        self.minus = Lines()
        self._next = Heading(Text("Work on next"))
        self._word = Heading("")
        self.next_moves, self.paths = Lines(), Lines()
        self.standing = StandingView()
        first = (self.heading, row, self.scale, self._said, self.minus)
        for part in (*first, self._next, self.next_moves, self._word, self.paths, self.standing):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)

    def show_support(self, net: Network, told: Analysis | None) -> None:
        """Show what a map says as a whole; None is being worked out."""
        if told is None:
            return
        support = told.support
        self._show_moves(net, told)
        self.standing.show_standing(net, told)
        names = {node.id: node.name for node in net.nodes}
        self.score.say(score_words(support), Tone.INK if support.score is not None else Tone.OCHRE)
        if support.score is None:
            self.moved.say("")
        else:
            self.moved.say(*movement_words(support, since(net)))
        self.scale.show_support(support)
        emptied(self._said)
        for words, tone in _notes(support, names):
            self._said.addWidget(support_line(words, tone))
        self.minus.show_parts(
            [
                self._term(names.get(term.node, ""), term.node, term.points, support)
                for term in support.minus
            ]
        )

    def _show_moves(self, net: Network, told: Analysis) -> None:
        """Show whom to work on next, and the strongest ways on which word reaches the decider."""
        names = {node.id: looks.cut(node.name or node.post, 24) for node in net.nodes}
        moves = []
        for move in told.next_moves:
            why = looks.cut(move.why, 240)
            line = PressedLine(why, support_line(why, Tone.INK), wraps=True)
            line.pressed.connect(partial(self.chosen.emit, move.person))
            moves.append(line)
        self._next.setVisible(bool(moves))
        self.next_moves.show_parts(moves)
        paths = []
        for path in told.flow.paths if told.flow else ():
            said = " → ".join(names.get(one, looks.DASH) for one in path.nodes)
            share = looks.percent(path.share)
            contrary = Tone.BRICK if path.contrary else Tone.SECOND
            words, part = support_line(said, Tone.INK), PlainLabel(share, Type.SMALL, contrary)
            line = PressedLine(looks.joined(said, share), words, part, wraps=True)
            line.pressed.connect(partial(self.led.emit, path.nodes))
            paths.append(line)
        self._word.setVisible(bool(paths))
        self.paths.show_parts(paths)
        if told.flow is not None:
            decider = names.get(told.flow.decider, looks.DASH)
            self._word.name.say(Text("What reaches {name}", name=decider))

    def _term(self, name: str, node: Id, points: float, support: Support) -> PressedLine:
        said = looks.number(points)
        step = support.step.get(node)
        worth = Text("one step: {points}", points=looks.signed(step, 1)) if step else ""
        label = PlainLabel(name, Type.BODY, fit=Fit.ELIDE)
        line = PressedLine(
            looks.joined(name, said, worth),
            label,
            PlainLabel(worth, Type.SMALL, Tone.MUTED),
            fixed(said, 36, Tone.BRICK),
        )
        line.pressed.connect(partial(self.chosen.emit, node))
        return line


def _notes(support: Support, names: dict[Id, str]) -> list[tuple[Text, Tone]]:
    """Return what must be said beside the score, weightiest first."""
    found: list[tuple[Text, Tone]] = []
    if support.why_not is not None:
        found.append((support.why_not, Tone.OCHRE))
    known = looks.percent(support.known)
    low, high = looks.number(support.low), looks.number(support.high)
    found.append(
        (Text("Known power {share}; between {low} and {high} whatever the rest think.",
              share=known, low=low, high=high), Tone.SECOND)
    )  # fmt: skip
    if support.capped_by is not None:
        name = names.get(support.capped_by, looks.DASH)
        found.append(
            (Text("Held down by {name}, who can stop it and is against.", name=name), Tone.BRICK)
        )
    if support.newcomers:
        new = "、" if looks.language() == "zh" else ", "
        who = new.join(looks.cut(names.get(one, ""), 30) for one in support.newcomers[:4])
        found.append((Text("Newly known, not in the movement: {names}.", names=who), Tone.SECOND))
    if support.ask_first:
        new = "、" if looks.language() == "zh" else ", "
        who = new.join(looks.cut(names.get(one, ""), 30) for one in support.ask_first)
        found.append((Text("Ask first how these stand: {names}.", names=who), Tone.SECOND))
    if support.assumed is not None:
        found.append((support.assumed, Tone.MUTED))
    return found
