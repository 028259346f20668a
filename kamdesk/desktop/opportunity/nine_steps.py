"""The nine steps beside an opportunity: which are passed, and what shows that the next ones are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.opportunities.model import STEP_WORDS, STEPS
from kamdesk.domain.opportunities.steps import STEP_EVIDENCE, THEIR_STEP


class NineSteps(QWidget):
    """One line for each that is passed or far off; the present one and the next say more."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.now().px(4))

    def show_step(self, now: int) -> None:
        """Show how far it is."""
        if now == self._now:
            return
        self._now = now
        emptied(self._column)
        for step in STEPS:
            self._column.addWidget(_row(step, now))


def _row(step: int, now: int) -> QWidget:
    made, look = QWidget(), theme.now()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    here, words = step == now, QVBoxLayout()
    role = Type.STRONG if here else Type.BODY
    tone = Tone.ACCENT if here else Tone.SECOND if step < now else Tone.MUTED
    mark: QWidget = IconMark("check", 14) if step < now else PlainLabel(str(step), role, tone)
    box = QHBoxLayout()
    box.setContentsMargins(0, look.px(3) if step < now else 0, 0, 0)
    box.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    place = QWidget()
    place.setLayout(box)
    place.setFixedWidth(look.px(24))
    name = PlainLabel(looks.capital(STEP_WORDS[step]), role, tone, fit=Fit.WRAP)
    name.setAccessibleName(looks.joined(_standing(step, now), STEP_WORDS[step]))
    words.setSpacing(0)
    words.addWidget(name)
    tone = Tone.SECOND if here else Tone.MUTED
    if here:
        their = Text("meanwhile, as a rule, {they}", they=THEIR_STEP[step])
        words.addWidget(PlainLabel(looks.capital(their), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
    if step in (now, now + 1):
        words.addWidget(PlainLabel(Text("Passed with"), Type.SMALL, Tone.MUTED))
        for evidence in STEP_EVIDENCE[step]:
            said = "· " + looks.said(evidence)
            words.addWidget(PlainLabel(said, Type.SMALL, tone, fit=Fit.WRAP))
    row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return made


def _standing(step: int, now: int) -> Text:
    if step == now:
        return Text("step {n}, where it is now", n=step)
    if step < now:
        return Text("step {n}, passed", n=step)
    return Text("step {n}, to come", n=step)
