"""Chips: few ways to look at a list side by side, each with its count and key; one is chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.labels import plain_tip
from kamdesk.desktop.widgets.pressable import Pressable


class Chip(NamedTuple):
    """A chip: by what it is known, its words, how many lines it leaves, the key that chooses it."""

    key: str
    words: Text | str
    lines: int
    keys: str = ""


class _Chip(Pressable):
    """One chip, 30 px high, framed; filled softly when it is chosen."""

    def __init__(self, chip: Chip, parent: QWidget) -> None:
        super().__init__(looks.said(chip.words), parent)
        self._count, self._keys = looks.number(chip.lines), chip.keys
        self.setCheckable(True)
        self.setAccessibleName(f"{self.text()}, {self._count}")
        caps = "+".join(keycap.caps_of(chip.keys))
        self.setToolTip(plain_tip(f"{self.text()} ({caps})" if caps else self.text()))

    def sizeHint(self) -> QSize:
        look = theme.now()
        return QSize(round(self._wide(self.text(), Type.BODY) + self._tail()), look.px(30))

    def _tail(self) -> float:
        look = theme.now()
        caps = keycap.width_of(self._keys) + look.px(8) if self._keys else 0
        return look.px(24 + 6) + self._wide(self._count, Type.SMALL) + caps

    def _wide(self, words: str, role: Type) -> float:
        return QFontMetricsF(theme.now().font_for(role, words)).horizontalAdvance(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius, chosen = QRectF(self.rect()), look.px(6), self.isChecked()
        edge = "soft_edge" if chosen else "edge" if self.underMouse() else "strong_line"
        painter.setPen(QPen(look.colour(edge), 1))
        painter.setBrush(look.colour("soft" if chosen else "page"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        middle, left = box.center().y(), float(look.px(12))
        room = box.width() - self._tail() + 1
        for words, role, tone in (
            (self.text(), Type.BODY, Tone.INK),
            (self._count, Type.SMALL, Tone.MUTED),
        ):
            font = look.font_for(role, words)
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            shown = words
            if role is Type.BODY:
                metrics = QFontMetricsF(font)
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), shown)
            left += QFontMetricsF(font).horizontalAdvance(shown) + look.px(6)
        if self._keys:
            start = box.right() - look.px(8) - keycap.width_of(self._keys)
            keycap.paint_caps(painter, start, middle, self._keys)
        if self.hasFocus():
            theme.focus_ring(painter, box, radius)


class ChipRow(QWidget):
    """Chips side by side, on more lines where one is too short. Signals: ``chosen(key)``."""

    chosen = Signal(str)

    def __init__(self, name: Text) -> None:
        super().__init__()
        self.setAccessibleName(looks.said(name))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chips: list[tuple[str, _Chip]] = []

    def show_chips(self, chips: Sequence[Chip], chosen: str) -> None:
        """Show these chips instead; the one of key ``chosen`` is the chosen one."""
        focused = next((key for key, chip in self._chips if chip.hasFocus()), None)
        for _, old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = [(chip.key, _Chip(chip, self)) for chip in chips]
        for key, made in self._chips:
            made.setChecked(key == chosen)
            made.clicked.connect(lambda _=False, key=key: self.choose(key))
            made.show()
            if key == focused:
                made.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(bool(chips))
        self._place()

    def choose(self, key: str) -> None:
        """Choose a chip and tell it; one that is none of them is left alone."""
        if any(key == one for one, _ in self._chips):
            for one, chip in self._chips:
                chip.setChecked(one == key)
            self.chosen.emit(key)

    @property
    def words(self) -> list[str]:
        """What the chips say, for a screen reader."""
        return [chip.accessibleName() for _, chip in self._chips]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        look = theme.now()
        left, top, gap, high = 0, 0, look.px(8), look.px(30)
        for _, chip in self._chips:
            wide = min(chip.sizeHint().width(), max(self.width(), look.px(160)))
            if left and left + wide > self.width():
                left, top = 0, top + high + gap
            chip.setGeometry(left, top, wide, high)
            left += wide + gap
        self.setFixedHeight(top + high)
