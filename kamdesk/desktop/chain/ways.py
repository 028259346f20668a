"""The way in to a person: the best chains of introductions, each step with why; single threads."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import support
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Divider, Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.threads import Threads
from kamdesk.domain.chain.way_in import Step, WayIn


def numbered(way: WayIn) -> tuple[Id, ...]:
    """Return the people a way passes, in order: what is numbered on the canvas."""
    return tuple(step.target for step in way.steps)


class WaysPart(QWidget):
    """Signals: ``led(ids)`` a way is looked at, to be numbered on the canvas · ``closed``."""

    led = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        close = Button(Text("Close"), keys="Esc")
        close.clicked.connect(self.closed)
        self.heading = Heading(Text("Way in"), right=close)
        column.addWidget(self.heading)
        self.target = PlainLabel("", Type.STRONG, fit=Fit.WRAP)
        column.addWidget(self.target)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(4))
        column.addLayout(self._rows)
        self.ways: tuple[WayIn, ...] = ()
        self.at = 0

    def show_ways(
        self,
        net: Network,
        target: Node,
        ways: Sequence[WayIn],
        threads: Threads | None,
        none: Text | None = None,
    ) -> None:
        """Show the ways to a node, the best one first and numbered on the canvas.

        ``none`` says why there is no way.
        """
        self.ways, self.at = tuple(ways), 0
        self.target.say(Text("To {name}", name=looks.cut(target.name, 60)))
        self._net = net
        self._threads, self._none = threads, none
        self._fill()
        self.led.emit(numbered(ways[0]) if ways else ())

    def look_at(self, n: int) -> None:
        """Look at another way: it is numbered on the canvas."""
        if 0 <= n < len(self.ways):
            self.at = n
            self._fill()
            self.led.emit(numbered(self.ways[n]))

    def _fill(self) -> None:
        emptied(self._rows)
        names = _names(self._net)
        if not self.ways:
            self._rows.addWidget(support(self._none or Text("No way is known."), Tone.OCHRE))
        for n, way in enumerate(self.ways):
            self._rows.addWidget(self._way(n, way, names))
            if n == self.at:
                for number, step in enumerate(way.steps, 1):
                    self._rows.addWidget(_step(number, names, step))
            self._rows.addWidget(Divider())
        if self._threads is not None:
            for words, tone in thread_words(self._threads, names):
                self._rows.addWidget(support(words, tone))

    def _way(self, n: int, way: WayIn, names: Mapping[Id | None, str]) -> PressedLine:
        passes = [looks.cut(names.get(way.steps[0].source, looks.DASH), 20)]
        passes += [looks.cut(names.get(step.target, looks.DASH), 20) for step in way.steps]
        said = " → ".join(passes)
        share = looks.percent(way.success)
        line = PressedLine(
            looks.joined(said, share),
            PlainLabel(said, Type.STRONG if n == self.at else Type.BODY, fit=Fit.WRAP),
            PlainLabel(share, Type.STRONG, Tone.ACCENT if n == self.at else Tone.SECOND),
            wraps=True,
        )
        line.pressed.connect(partial(self.look_at, n))
        return line


def _names(net: Network) -> dict[Id | None, str]:
    """Return what everybody is called who may stand on a way; nobody of ours by name: us."""
    found: dict[Id | None, str] = {node.id: node.name or node.post for node in net.nodes}
    found |= {Id(one.id): one.name for one in net.ours}
    return {**found, None: looks.said(Text("us"))}


def _step(number: int, names: Mapping[Id | None, str], step: Step) -> QWidget:
    look, made = theme.now(), QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(look.px(8), 0, 0, 0)
    row.setSpacing(look.px(8))
    row.addWidget(PlainLabel(str(number), Type.SMALL_STRONG), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    who = Text(
        "{a} to {b}, {chance}",
        a=looks.cut(names.get(step.source, looks.DASH), 30),
        b=looks.cut(names.get(step.target, looks.DASH), 30),
        chance=looks.percent(step.success),
    )
    column.addWidget(support(who, Tone.INK))
    column.addWidget(support(looks.cut(looks.capital(step.why), 200), Tone.SECOND))
    column.addWidget(support(looks.cut(step.reason, 200)))
    row.addLayout(column, 1)
    return made


def thread_words(threads: Threads, names: Mapping[Id | None, str]) -> list[tuple[Text, Tone]]:
    """Return how many separate ways lead to the decider, and who would cut us off."""
    comma = "、" if looks.language() == "zh" else ", "
    cut = comma.join(looks.cut(names.get(one, looks.DASH), 30) for one in threads.cut)
    if threads.count is None:
        return [(Text("Threads are not judged: no decider is known."), Tone.MUTED)]
    if threads.count == 0:
        return [(Text("No thread leads to the decider."), Tone.BRICK)]
    n = threads.count
    said = Text("{n} separate thread to the decider.", "{n} separate threads to the decider.", n=n)
    found = [(said, Tone.SECOND if n > 1 else Tone.OCHRE)]
    if cut:
        alone = len(threads.cut) == 1
        said = (
            Text("{names} alone could cut us off.", names=cut)
            if alone
            else Text("Only together could {names} cut us off.", names=cut)
        )
        found.append((said, Tone.OCHRE if alone else Tone.SECOND))
    return found
