"""What-if in the window: the hatched banner over the canvas, before → after in the panel."""

from functools import partial

from PySide6.QtCore import QLineF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import support
from kamdesk.desktop.chain.support_scale import SupportScale, score_or_range
from kamdesk.desktop.chain.what_if import WhatIf, move_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.desktop.widgets.states import IconMark


class HatchedBanner(QWidget):
    """Says over the canvas that what is seen is not how it is. Signals: ``left``."""

    left = Signal()

    def __init__(self, *, hatched: bool = True) -> None:
        super().__init__()
        look = theme.now()
        self._hatched = hatched
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(6), look.px(24), look.px(6))
        row.setSpacing(look.px(10))
        row.addWidget(IconMark("sliders-horizontal" if hatched else "history", 16, Tone.OCHRE))
        self.words = PlainLabel("", Type.STRONG, Tone.OCHRE, fit=Fit.WRAP)
        row.addWidget(self.words, 1)
        self.leave = Button(Text("Leave what if") if hatched else Text("Back to today"), keys="Esc")
        self.leave.clicked.connect(self.left)
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, words: Text) -> None:
        """Say what is seen."""
        self.words.say(words)
        self.setAccessibleName(self.words.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("ochre_soft"))
        if self._hatched:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = look.colour(Tone.OCHRE)
            ink.setAlphaF(0.16)
            painter.setPen(QPen(ink, 1))
            high = self.height()
            for start in range(-high, self.width(), look.px(9)):
                painter.drawLine(QLineF(start, high, start + high, 0))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour(Tone.OCHRE))


class WhatIfPart(QWidget):
    """Signals: ``chosen(id)`` a person named is looked at · ``leaves`` the person chosen leaves."""

    chosen = Signal(object)
    leaves = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._what_if: WhatIf | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(Heading(Text("What if"), Text("nothing here is saved")))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.before, self.after = PlainLabel("", Type.TITLE, Tone.MUTED), PlainLabel("", Type.TITLE)
        for part in (self.before, PlainLabel("→", Type.TITLE, Tone.MUTED), self.after):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        self.scale = SupportScale()
        self.range = support("")
        column.addWidget(self.scale)
        column.addWidget(self.range)
        self._why_not = support("", Tone.OCHRE)
        column.addWidget(self._why_not)
        self.moves, self.cheap = Lines(), Lines()
        column.addWidget(self.moves)
        self.leave = Button(Text("Suppose they leave"), keys="X")
        self.leave.clicked.connect(self.leaves)
        column.addWidget(ButtonRow(self.leave))
        column.addWidget(Heading(Text("Cheapest moves"), Text("least effort first")))
        column.addWidget(self.cheap)

    def show_what_if(self, what_if: WhatIf, *, person: bool) -> None:
        """Show a supposition; ``person``: one is chosen, who may be supposed to leave."""
        self._what_if = what_if
        told = what_if.outcome
        self.before.say(score_or_range(told.before))
        self.after.say(score_or_range(told.after))
        self.scale.show_support(told.after, told.before.score)
        low, high = looks.number(told.low), looks.number(told.high)
        self.range.say(
            Text("Between {low} and {high}, by what is unsure or not known.", low=low, high=high)
        )
        self._why_not.say(told.after.why_not or "")
        self._why_not.setVisible(told.after.why_not is not None)
        self.leave.setEnabled(person)
        self.moves.show_parts(
            [self._move(n, what_if) for n in range(len(what_if.moves))],
            Text("Choose somebody, then press S and another stance; or take a move below."),
        )
        self.cheap.show_parts(
            [self._cheap(n, what_if) for n in range(len(what_if.cheapest))],
            Text("No step of anybody would raise the support: ask first how they stand."),
        )

    def _move(self, n: int, what_if: WhatIf) -> Line:
        said = move_words(what_if.base, what_if.moves[n])
        away = Button(Text("Take back"), icon="x", kind=Kind.BARE, words_shown=False)
        away.setAccessibleDescription(looks.said(said))
        away.clicked.connect(partial(what_if.forget, n))
        return Line(PlainLabel(said, Type.BODY, fit=Fit.WRAP), away, wraps=True)

    def _cheap(self, n: int, what_if: WhatIf) -> PressedLine:
        cheap = what_if.cheapest[n]
        said = looks.capital(move_words(what_if.net, cheap.move))
        points = looks.signed(cheap.gain, 1)
        line = PressedLine(
            looks.joined(said, points),
            PlainLabel(said, Type.BODY, fit=Fit.WRAP),
            PlainLabel(points, Type.STRONG, Tone.ACCENT),
            KeyCap(str(n + 1)),
            wraps=True,
        )
        line.pressed.connect(partial(what_if.apply, n))
        return line

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(200), super().minimumSizeHint().height())
