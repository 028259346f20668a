"""One step of the first run: a question at 20 px, its answer, back and on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel


class Step(QWidget):
    """A column 480 px wide in the middle. Signals: ``went_on``, ``went_back``."""

    went_on = Signal()
    went_back = Signal()

    def __init__(
        self,
        question: Text,
        sentence: Text | str,
        *,
        number: int,
        of: int,
        onward: Text | None = None,
        back: bool = True,
    ) -> None:
        super().__init__()
        look = theme.now()
        self.column = QVBoxLayout()
        self.column.setSpacing(look.px(12))
        inside = QWidget()
        inside.setFixedWidth(look.px(480))
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, look.px(24), 0, look.px(24))
        whole.setSpacing(0)
        whole.addStretch(2)
        if number:
            steps = Text("Step {n} of {all}", n=number, all=of)
            whole.addWidget(PlainLabel(steps, Type.SMALL, Tone.MUTED))
            whole.addSpacing(look.px(8))
        self.question = PlainLabel(question, Type.TITLE, fit=Fit.WRAP)
        whole.addWidget(self.question)
        whole.addSpacing(look.px(8))
        if sentence:
            whole.addWidget(PlainLabel(sentence, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        whole.addSpacing(look.px(24))
        whole.addLayout(self.column)
        whole.addSpacing(look.px(24))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.onward: Button | None = None
        if onward is not None:
            self.onward = Button(onward, keys="Enter", kind=Kind.PRIMARY)
            self.onward.clicked.connect(self.went_on)
            row.addWidget(self.onward)
        if back:
            self.back = Button(Text("Back"), keys="Esc", kind=Kind.QUIET)
            self.back.clicked.connect(self.went_back)
            row.addWidget(self.back)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(3)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(inside)
        across.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.setAccessibleName(self.question.text())

    def wait(self, waiting: bool) -> None:
        """Show that the answer is being worked on."""
        self.setEnabled(not waiting)
        if not waiting and self.onward is not None:
            self.onward.update()

    def first(self) -> QWidget | None:
        """Return where the focus goes."""
        return self.onward
