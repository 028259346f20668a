"""The signs of the matrix in one line, and which of ours are seen."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.matrix_marks import (
    paint_pips,
    paint_star,
    paint_triangle,
    paint_words,
    pips_width,
)
from kamdesk.desktop.chain.matrix_view import MatrixView
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

SIGNS = (
    ("pips", Text("filled: now, outlined: wanted")),
    ("star", Text("owner")),
    ("dash", Text("not needed")),
    ("triangle", Text("3 steps short or more")),
)


class _Signs(QWidget):
    """The signs and what they mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.now().px(26))
        self.setAccessibleName("; ".join(looks.said(words) for _, words in SIGNS))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left = self.height() / 2, float(look.px(8))
        for sign, words in SIGNS:
            if sign == "pips":
                paint_pips(painter, left, middle, 2, 4)
                left += pips_width()
            elif sign == "star":
                paint_star(painter, QPointF(left + look.px(6), middle), look.px(6))
                left += look.px(12)
            elif sign == "triangle":
                paint_triangle(painter, left, middle)
                left += look.px(8)
            else:
                left += paint_words(painter, left, middle, looks.DASH, tone=Tone.MUTED)
            left += look.px(8)
            said = looks.said(words)
            left += paint_words(painter, left, middle, said, Type.SMALL, Tone.SECOND)
            left += look.px(24)


class MatrixLegend(QWidget):
    """Under the grid: the signs, and what is not seen now."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__()
        self._view, self._left = view, 0
        self.more = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.more.setContentsMargins(theme.now().px(8), 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.now().px(10), 0, 0)
        column.setSpacing(0)
        column.addWidget(_Signs())
        column.addWidget(self.more)
        view.fitted.connect(self._tell)

    def say(self, *, gaps_only: bool, left: int) -> None:
        """Say how many people are left out."""
        self._left = left if gaps_only else 0
        self._tell()

    def _tell(self) -> None:
        every, seen = len(self._view.records.columns), self._view.shown
        parts: list[Text] = []
        if len(seen) < every:
            parts.append(
                Text(
                    "{first} to {last} of {all} of ours; ← and → go on",
                    first=seen.start + 1,
                    last=seen.stop,
                    all=every,
                )
            )
        if self._left:
            parts.append(
                Text(
                    "{n} person without a gap left out; G shows all",
                    "{n} people without a gap left out; G shows all",
                    n=self._left,
                )
            )
        self.more.say(looks.joined(*parts))
        self.more.setVisible(bool(parts))
