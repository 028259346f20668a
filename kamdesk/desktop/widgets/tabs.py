"""The tabs of a page: words on a line, the chosen one underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.pressable import Pressable


class _Tab(Pressable):
    """One tab, perhaps with a count of what wants a look; ``quiet`` where there is nothing yet."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.count, self.quiet = 0, False
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        look = theme.now()
        strong = QFontMetricsF(look.font(Type.STRONG))
        wide = strong.horizontalAdvance(self.text())
        if self.beside:
            wide += look.px(7) + strong.horizontalAdvance(self.beside)
        return QSize(-int(-wide // 1), look.px(40))

    @property
    def beside(self) -> str:
        """What stands beside its words: the count, or a dash for none."""
        return str(self.count) if self.count else looks.DASH if self.quiet else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        font = look.font(Type.STRONG if chosen else Type.BODY)
        painter.setFont(font)
        lit = chosen or self.underMouse()
        painter.setPen(look.colour(Tone.INK if lit else Tone.MUTED if self.quiet else Tone.SECOND))
        base = round(self.height() / 2 + 0.365 * font.pixelSize())
        painter.drawText(QPointF(0, base), self.text())
        if self.beside:
            left = QFontMetricsF(font).horizontalAdvance(self.text()) + look.px(7)
            painter.setFont(look.font(Type.STRONG))
            painter.setPen(look.colour(Tone.BRICK if self.count else Tone.MUTED))
            painter.drawText(QPointF(left, base), self.beside)
        if chosen:
            painter.fillRect(
                QRectF(0, self.height() - 2, self.width(), 2), look.colour(Tone.ACCENT)
            )
        if self.hasFocus():
            box = QRectF(self.rect()).adjusted(0, look.px(6), 0, -look.px(6))
            theme.focus_ring(painter, box, look.px(4))


class TabStrip(QWidget):
    """Tabs over a hairline. Signals: ``chosen(key)``. Ctrl Tab is the page's affair.

    ``margin`` is the page's margin: the hairline runs through it, the tabs start after it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        tabs: Sequence[tuple[str, Text]],
        *,
        start: str = "",
        margin: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.now()
        self.setFixedHeight(look.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _ in tabs]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(margin), 0, look.px(margin), 0)
        row.setSpacing(look.px(32 if len(tabs) <= 11 else 24))
        for n, (_, words) in enumerate(tabs):
            tab = _Tab(looks.said(words), self)
            self._group.addButton(tab, n)
            row.addWidget(tab)
        row.addStretch(1)
        self.choose(start or self._keys[0])
        self._group.idClicked.connect(lambda n: self.chosen.emit(self._keys[n]))

    @property
    def key(self) -> str:
        """The key of the chosen tab."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose a tab without telling."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def count(self, key: str, n: int) -> None:
        """Show a count beside a tab; 0 shows none."""
        tab = self._group.button(self._keys.index(key))
        if isinstance(tab, _Tab):
            tab.count = n
            self._tell(tab)

    def quiet(self, key: str, quiet: bool) -> None:
        """Show a tab quietly, with a dash: there is nothing behind it yet."""
        tab = self._group.button(self._keys.index(key))
        if isinstance(tab, _Tab):
            tab.quiet = quiet
            self._tell(tab)

    @staticmethod
    def _tell(tab: _Tab) -> None:
        beside = str(tab.count) if tab.count else looks.said(Text("none")) if tab.quiet else ""
        tab.setAccessibleName(f"{tab.text()} {beside}" if beside else tab.text())
        tab.updateGeometry()
        tab.update()

    def step(self, by: int) -> None:
        """Go to the next tab, or back by -1, and tell."""
        self._group.button((self._group.checkedId() + by) % len(self._keys)).click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not by:
            super().keyPressEvent(event)
            return
        self.step(by)
        self._group.button(self._group.checkedId()).setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.now().colour("line"))
