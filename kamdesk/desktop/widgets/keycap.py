"""Key caps: the key that does it, beside what it does."""

import sys

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.theme import Type

_GAP = 3
_SIGNS = {"Left": "←", "Up": "↑", "Right": "→", "Down": "↓", "Return": "Enter"}
_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


def caps_of(keys: str) -> tuple[str, ...]:
    """Return the words on the caps of a key sequence: Ctrl+K is Ctrl and K."""
    if keys == "+" or keys.endswith("++"):
        parts = [*keys[:-1].rstrip("+").split("+"), "+"] if len(keys) > 1 else ["+"]
    else:
        parts = keys.replace(" ", "+").split("+")
    mac = sys.platform == "darwin"
    return tuple(
        _MAC.get(part, part) if mac else part for part in (_SIGNS.get(part, part) for part in parts)
    )


def width_of(keys: str) -> int:
    """Return the width the caps of ``keys`` take."""
    widths = [_width(cap) for cap in caps_of(keys)]
    return round(sum(widths) + (len(widths) - 1) * theme.now().px(_GAP))


def paint_caps(painter: QPainter, left: float, middle: float, keys: str) -> None:
    """Paint the caps of ``keys`` from ``left`` on, centred on ``middle``."""
    look = theme.now()
    font = look.font(Type.TINY)
    high = look.px(18)
    painter.setFont(font)
    rise = QFontMetricsF(font).capHeight() / 2
    for cap in caps_of(keys):
        wide = _width(cap)
        box = QRectF(round(left) + 0.5, round(middle - high / 2) + 0.5, wide - 1, high - 1)
        painter.setPen(QPen(look.colour("strong_line"), 1))
        painter.setBrush(look.colour("page"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(look.colour("second"))
        start = box.center().x() - QFontMetricsF(font).horizontalAdvance(cap) / 2
        painter.drawText(QPointF(start, box.center().y() + rise), cap)
        left += wide + look.px(_GAP)


def paint_key_text(painter: QPainter, right: float, middle: float, keys: str, ink: QColor) -> None:
    """Paint the keys as plain words ending at ``right``, for filled buttons."""
    font = theme.now().font(Type.TINY)
    painter.setFont(font)
    painter.setPen(ink)
    words = "+".join(caps_of(keys))
    metrics = QFontMetricsF(font)
    start = right - metrics.horizontalAdvance(words)
    painter.drawText(QPointF(start, middle + metrics.capHeight() / 2), words)


def text_width_of(keys: str) -> int:
    """Return how wide the keys are as plain words."""
    metrics = QFontMetricsF(theme.now().font(Type.TINY))
    return round(metrics.horizontalAdvance("+".join(caps_of(keys))))


def _width(cap: str) -> int:
    look = theme.now()
    words = QFontMetricsF(look.font(Type.TINY)).horizontalAdvance(cap)
    return max(look.px(18), round(words) + look.px(10))


class KeyCap(QWidget):
    """The caps of one key sequence, as ``KeyCap("Ctrl+K")``."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setFixedSize(self.sizeHint())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(width_of(self._keys), theme.now().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_caps(painter, 0, self.height() / 2, self._keys)
