"""How far the chain leans to us, with its range, movement and what pulls it down; and the scale."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import support as support_line
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines, fixed
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.analysis import Analysis
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.support import Support


def score_words(support: Support) -> str:
    """Return the score, or the range where too little is known for one."""
    if support.score is not None:
        return looks.number(support.score)
    return f"{looks.number(support.low)}–{looks.number(support.high)}"


class SupportScale(QWidget):
    """A scale from 0 to 100 with the balance at 50: the range as a band, the score as a dot."""

    def __init__(self) -> None:
        super().__init__()
        self._support: Support | None = None
        self._then: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.now().px(120))
        self.setFixedHeight(theme.now().px(34))

    def show_support(self, support: Support, then: float | None = None) -> None:
        """Show a score; ``then`` is another one to compare it with, drawn as a ring."""
        self._support, self._then = support, then
        self.setAccessibleName(
            looks.said(Text("Support {score} of 100", score=score_words(support)))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(200), theme.now().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._support is None:
            return
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, base = look.px(7), self.width() - look.px(7), look.px(12)
        reach = right - left

        def at(points: float) -> float:
            return left + reach * min(max(points, 0.0), 100.0) / 100

        painter.setPen(QPen(look.colour("strong_line"), 1))
        painter.drawLine(QPointF(left, base), QPointF(right, base))
        band = QRectF(at(self._support.low), base - look.px(4), 1, look.px(8))
        band.setRight(at(self._support.high))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("soft_edge"))
        painter.drawRoundedRect(band, look.px(4), look.px(4))
        painter.setPen(QPen(look.colour(Tone.SECOND), 1.4))
        painter.drawLine(QPointF(at(50), base - look.px(8)), QPointF(at(50), base + look.px(8)))
        if self._then is not None:
            painter.setBrush(look.colour("page"))
            painter.setPen(QPen(look.colour(Tone.ACCENT), 1.6))
            painter.drawEllipse(QPointF(at(self._then), base), look.px(4.5), look.px(4.5))
        if self._support.score is not None:
            painter.setBrush(look.colour(Tone.ACCENT))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(at(self._support.score), base), look.px(5), look.px(5))
        font = look.font(Type.TINY)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        foot = self.height() - look.px(3)
        for points, words in ((0, "0"), (50, "50"), (100, "100")):
            wide = metrics.horizontalAdvance(words)
            start = min(max(at(points) - wide / 2, 0), self.width() - wide)
            painter.drawText(QPointF(start, foot), words)


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
        first = (self.heading, row, self.scale, self._said, self.minus)
        for part in (*first, self._next, self.next_moves, self._word, self.paths):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)

    def show_support(self, net: Network, told: Analysis | None) -> None:
        """Show what a map says as a whole; None is being worked out."""
        if told is None:
            return
        support = told.support
        self._show_moves(net, told)
        names = {node.id: node.name for node in net.nodes}
        self.score.say(score_words(support))
        moved = support.movement
        if moved is None:
            self.moved.say(Text("of 100; 50 is balance"), Tone.MUTED)
        elif abs(moved) < 0.5:
            self.moved.say(Text("unchanged in a month"), Tone.SECOND)
        else:
            sign = "▲" if moved > 0 else "▼"
            said = Text("{sign} {points} in a month", sign=sign, points=looks.number(abs(moved)))
            self.moved.say(said, Tone.SECOND if moved > 0 else Tone.BRICK)
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
