"""Questions worth asking at a visit, from the gaps of the file: a figure takes one over."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.dossier.questions import MOST, Proposed

_CAP = 28


class _Question(Pressable):
    """One question with its reason; pressed it is taken."""

    def __init__(self, n: int, proposed: Proposed) -> None:
        words = looks.cut(proposed.words, 300)
        super().__init__()  # a name's ampersand must not become a key
        self.setAccessibleName(looks.joined(words, proposed.reason))
        look = theme.now()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        cap = KeyCap(str(n))
        cap.setParent(self)
        cap.move(0, look.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(_CAP), look.px(6), look.px(4), look.px(6))
        column.setSpacing(0)
        column.addWidget(PlainLabel(words, Type.BODY, fit=Fit.WRAP))
        column.addWidget(PlainLabel(proposed.reason, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(box.adjusted(look.px(_CAP - 6), 0, 0, -1), look.colour("hover"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), look.colour("line"))
        if self.hasFocus():
            theme.focus_ring(painter, box.adjusted(look.px(_CAP - 6), 0, 0, 0), look.px(4))


class Suggestions(QWidget):
    """At most five questions not asked for yet. Signals: ``taken(words)``."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.now().px(4), 0, 0)
        self._column.setSpacing(0)
        self.proposed: list[Proposed] = []

    def show_proposed(self, proposed: Sequence[Proposed], asked: str) -> None:
        """Show what is worth asking and does not stand among the questions already."""
        there = {line.strip() for line in asked.splitlines()}
        self.proposed = [one for one in proposed if one.words.strip() not in there][:MOST]
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self.proposed:
            head = Text("Only this customer could answer these; a figure takes one over")
            self._column.addWidget(PlainLabel(head, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        for n, one in enumerate(self.proposed, 1):
            row = _Question(n, one)
            row.clicked.connect(partial(self.take, n))
            self._column.addWidget(row)
        self.setVisible(bool(self.proposed))

    def take(self, n: int, _pressed: bool = False) -> None:
        """Take over the question with this figure."""
        if 0 < n <= len(self.proposed):
            self.taken.emit(self.proposed[n - 1].words)


def with_question(questions: str, words: str) -> str:
    """Return the questions with one more at the end."""
    return "\n".join(filter(None, (questions.rstrip(), words)))
