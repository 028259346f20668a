"""A long text whose changed sentences are marked: new ones underlined, gone ones struck out."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.sync.apart.merge import sentences


class Stretch(NamedTuple):
    """Where a sentence stands in a text, in characters."""

    start: int
    length: int


def stretches(text: str, other: Sequence[str]) -> list[Stretch]:
    """Return where the sentences of ``text`` stand that none of the ``other`` texts has."""
    had = {one for text_ in other for one in sentences(text_)}
    found, at = [], 0
    for sentence in sentences(text):
        start = text.find(sentence, at)
        at = start + len(sentence)
        if sentence not in had:
            found.append(Stretch(start, len(sentence)))
    return found


class MarkedText(QWidget):
    """``gone``: the marked stretches are struck out, else they are underlined on grey."""

    def __init__(self, text: str, marks: Sequence[Stretch], *, gone: bool, tone: Tone) -> None:
        super().__init__()
        self._text = looks.plain(text)
        self._marks, self._gone, self._tone = marks, gone, tone
        self.setAccessibleName(self._text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(160), self.heightForWidth(theme.now().px(160)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._laid(width)[1], theme.now().line(Type.BODY))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.now().colour(self._tone))
        self._laid(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        look = theme.now()
        shown = self._text.replace("\n", "\u2028")
        layout = QTextLayout(shown, look.font_for(Type.BODY, shown))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._range(mark) for mark in self._marks])
        layout.beginLayout()
        high = look.line(Type.BODY)
        at = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, at + (high - line.height()) / 2))
            at += high
        layout.endLayout()
        return layout, at

    def _range(self, mark: Stretch) -> QTextLayout.FormatRange:
        look = theme.now()
        made = QTextLayout.FormatRange()
        made.start, made.length = mark
        format = QTextCharFormat()
        if self._gone:
            format.setFontStrikeOut(True)
            format.setForeground(look.colour(Tone.MUTED))
        else:
            format.setBackground(look.colour("hover"))
            format.setFontWeight(QFont.Weight.Medium)
            format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            format.setUnderlineColor(look.colour(Tone.ACCENT))
        made.format = format
        return made
