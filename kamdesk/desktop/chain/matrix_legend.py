"""The signs of the matrix in one line, and which of ours are seen."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
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
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

SIGNS = (
    ("pips", Text("filled: now, outlined: wanted")),
    ("star", Text("owner")),
    ("dash", Text("not needed")),
    ("triangle", Text("3 steps short or more")),
)


class _Sign(QWidget):
    """One sign and what it means."""

    def __init__(self, sign: str, words: Text) -> None:
        super().__init__()
        look = theme.now()
        self._sign, self._words = sign, looks.said(words)
        self.setAccessibleName(self._words)
        wide = QFontMetricsF(look.font_for(Type.SMALL, self._words)).horizontalAdvance(self._words)
        self._at = (pips_width() if sign == "pips" else look.px(12)) + look.px(8)
        self._size = QSize(self._at + round(wide) + 2, look.px(22))

    def sizeHint(self) -> QSize:
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self._sign == "pips":
            paint_pips(painter, 0, middle, 2, 4)
        elif self._sign == "star":
            paint_star(painter, QPointF(look.px(6), middle), look.px(6))
        elif self._sign == "triangle":
            paint_triangle(painter, 0, middle)
        else:
            paint_words(painter, 0, middle, looks.DASH, tone=Tone.MUTED)
        paint_words(painter, self._at, middle, self._words, Type.SMALL, Tone.SECOND)


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
        look = theme.now()
        signs = Flow([_Sign(*one) for one in SIGNS], gap=look.px(24), line=look.px(2))
        signs.setContentsMargins(look.px(8), 0, 0, 0)
        column.addWidget(signs)
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
