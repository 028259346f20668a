"""Why something stands in the week: signed bars that sum up to what is said."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.domain.week.model import Reason

_BAR = 56


class _Bar(QWidget):
    """Filled for what speaks for it, hollow for what speaks against."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setFixedSize(theme.now().px(_BAR), theme.now().px(8))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = max(abs(self._share) * (self.width() - 2), look.px(4))
        box = QRectF(1, 1, wide, self.height() - 2)
        if self._share >= 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(Tone.ACCENT))
        else:
            painter.setPen(QPen(look.colour(Tone.BRICK), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, look.px(2), look.px(2))


class WhyPart(QWidget):
    """Rows of reasons with bar and figure, and their sum below a hairline."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.name = PlainLabel(Text("Why"), Type.HEADING, fit=Fit.WRAP)
        self.when = PlainLabel("", Type.SMALL, Tone.MUTED)
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(self.name, 1)
        head.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)
        self.remark = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.sum: int | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addLayout(head)
        column.addWidget(self.remark)
        column.addLayout(self._rows)

    def show_reasons(
        self, name: str, when: str, reasons: Sequence[Reason], remark: Text | str = ""
    ) -> None:
        """Show why ``name`` stands ``when``; ``remark`` says it where there are no reasons."""
        self.name.say(Text("Why {name}", name=name))
        self.when.say(when)
        emptied(self._rows)
        shown = [one for one in reasons if round(one.points)]
        if not remark:  # what counts nothing yet is said, but is no bar
            idle = [one.said for one in reasons if not round(one.points)]
            remark = looks.capital(looks.joined(*idle)) if idle else ""
        self.remark.say(remark)
        self.remark.setVisible(bool(remark))
        most = max((abs(one.points) for one in shown), default=0.0) or 1.0
        for one in shown:
            self._rows.addWidget(_row(one.said, round(one.points), _Bar(one.points / most)))
        self.sum = sum(round(one.points) for one in shown) if shown else None
        if self.sum is not None:
            self._rows.addWidget(Divider())
            self._rows.addWidget(_row(Text("worth, in minutes on the road"), self.sum, None))


def _row(words: Text | str, points: int, bar: QWidget | None) -> QWidget:
    look = theme.now()
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(8))
    label = PlainLabel(
        looks.capital(words), Type.SMALL, Tone.SECOND if bar else Tone.MUTED, fit=Fit.WRAP
    )
    figure = PlainLabel(
        looks.signed(points), Type.SMALL_STRONG, Tone.INK if points >= 0 else Tone.BRICK
    )
    figure.setFixedWidth(look.px(44))
    figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label, 1)
    if bar is not None:
        row.addWidget(bar)
    row.addWidget(figure)
    made.setAccessibleName(looks.joined(words, looks.signed(points)))
    return made
