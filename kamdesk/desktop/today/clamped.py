"""Words on a given number of lines, the last one shortened; whole for a screen reader."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type

_LINE = 19
_LONGEST = 400


class Clamped(QWidget):
    """At most ``lines`` lines of plain words."""

    def __init__(self, words: str, *, lines: int, tone: Tone = Tone.INK) -> None:
        super().__init__()
        self._words = " ".join(looks.cut(words, _LONGEST).split())
        self._lines, self._tone = lines, tone
        self.setAccessibleName(self._words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.now().px(_LINE * lines))

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(120), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        font = look.font_for(Type.BODY, self._words)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(look.colour(self._tone))
        base = look.px(_LINE) / 2 + 0.365 * font.pixelSize()
        for n, line in enumerate(self._broken(font)):
            painter.drawText(QPointF(0, round(base + n * look.px(_LINE))), line)

    def _broken(self, font: QFont) -> list[str]:
        layout = QTextLayout(self._words, font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        starts: list[int] = []
        layout.beginLayout()
        while len(starts) < self._lines and (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._words)]
        broken = [self._words[a:b].strip() for a, b in zip(starts, ends, strict=True)]
        if broken:
            metrics = QFontMetricsF(font)
            elide = Qt.TextElideMode.ElideRight
            broken[-1] = metrics.elidedText(broken[-1], elide, self.width())
        return broken
