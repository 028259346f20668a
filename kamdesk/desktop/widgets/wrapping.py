"""Words of a painted widget in so many lines of a width."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def wrapped(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Return words in at most ``most`` lines of a width; what does not fit ends in an ellipsis."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    if most <= 1 or width < metrics.averageCharWidth() * 3:
        return [metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(width, 0))]
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid() and len(starts) <= most:
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(words)]
    n = min(most, len(starts))
    shown = [words[a:b].strip() for a, b in zip(starts, ends, strict=True)][: n - 1]
    rest = words[starts[n - 1] :]
    return [*shown, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
