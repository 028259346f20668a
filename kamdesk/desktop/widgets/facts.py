"""Facts in a strip, set apart by hairlines, and tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: its label, its value, a line of support below; ``beside`` draws next to it."""

    label: Text
    value: Text | str
    support: Text | str = ""
    tone: Tone = Tone.INK
    support_tone: Tone = Tone.SECOND
    beside: QWidget | None = None


class FactsStrip(QWidget):
    """Up to seven facts of one width, divided by hairlines."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts instead."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for n, fact in enumerate(facts):
            self._row.addWidget(_FactCell(fact, first=n == 0), 1)


class _FactCell(QWidget):
    """One fact in the strip."""

    def __init__(self, fact: Fact, *, first: bool) -> None:
        super().__init__()
        look = theme.now()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(15))
        if not first:
            whole.addWidget(Divider(upright=True))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, look.px(8), 0)
        column.setSpacing(look.px(2))
        label = PlainLabel(fact.label, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE)
        value = PlainLabel(fact.value, Type.HEADING, fact.tone, fit=Fit.ELIDE)
        support = PlainLabel(fact.support, Type.SMALL, fact.support_tone, fit=Fit.ELIDE)
        for line in (label, value, support):
            column.addWidget(line)
        whole.addLayout(column, 1)
        if fact.beside is not None:
            whole.addWidget(fact.beside, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(looks.joined(label.text(), value.text(), support.text()))


class Tag(QWidget):
    """A short word in a frame: filled for ours, outlined for theirs, quiet for the rest."""

    def __init__(
        self,
        words: Text | str,
        *,
        filled: bool = False,
        tone: Tone = Tone.INK,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._filled, self._tone, self._quiet = looks.said(words), filled, tone, quiet
        self.setAccessibleName(self._words)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        look = theme.now()
        words = QFontMetricsF(look.font(Type.SMALL_STRONG)).horizontalAdvance(self._words)
        return QSize(round(words) + look.px(14), look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = look.colour(self._tone)
        painter.setPen(QPen(look.colour("strong_line") if self._quiet else ink, 1))
        painter.setBrush(ink if self._filled else look.colour("page"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        font = look.font(Type.SMALL if self._quiet else Type.SMALL_STRONG)
        painter.setFont(font)
        painter.setPen(look.colour("page") if self._filled else ink)
        left = (self.width() - QFontMetricsF(font).horizontalAdvance(self._words)) / 2
        base = self.height() / 2 + 0.365 * font.pixelSize()
        painter.drawText(QPointF(left, round(base)), self._words)
