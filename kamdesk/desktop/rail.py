"""The rail at the left: the pages there are, with icon, word and number; narrow when cramped."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.pages import PageKind
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.labels import Divider, plain_tip
from kamdesk.desktop.widgets.pressable import Pressable

_MOST: Final = 99


class RailItem(Pressable):
    """One page in the rail."""

    def __init__(self, kind: PageKind[Any], number: int, parent: QWidget | None = None) -> None:
        super().__init__(looks.said(kind.title), parent)
        self.kind, self._number, self.count = kind, number, 0
        self._icon, self._late = kind.icon, False
        self._told: Text | None = None
        self._narrow = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tell(self, words: Text | None, *, late: bool, icon: str) -> None:
        """Say how the page stands in place of its name, in brick when something is ``late``."""
        self._told, self._late, self._icon = words, late, icon or self.kind.icon
        self.setText(looks.said(words or self.kind.title))
        self.setAccessibleName(
            looks.joined(self.kind.title, words or "", _shown(self.count) if self.count else "")
        )
        self.narrow(self._narrow)

    def take_over(self, before: "RailItem") -> None:
        """Say and count what another item of the same page did."""
        self.count = before.count
        self.tell(before._told, late=before._late, icon=before._icon)

    def narrow(self, narrow: bool) -> None:
        """Show the icon alone, the word as a tip."""
        self._narrow = narrow
        keys = f"Alt+{self._number}" if self._number else self.kind.keys
        tip = f"{self.text()} ({'+'.join(keycap.caps_of(keys))})" if keys else self.text()
        self.setToolTip(plain_tip(tip) if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(160), theme.now().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, chosen = QRectF(self.rect()), self.isChecked()
        middle = box.center().y()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft" if chosen else "hover"))
            painter.drawRoundedRect(box, look.px(6), look.px(6))
        if chosen:
            high = look.px(16)
            tab = QRectF(0, middle - high / 2, look.px(3), high)
            painter.fillRect(tab, look.colour(Tone.ACCENT))
        side = look.px(16)
        left = (box.width() - side) / 2 if self._narrow else look.px(12)
        tint = look.colour(Tone.ACCENT if chosen else Tone.BRICK if self._late else Tone.SECOND)
        icons.paint(painter, self._icon, QRectF(left, middle - side / 2, side, side), tint)
        if self._narrow:
            if self.count or self._late:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour(Tone.BRICK))
                painter.drawEllipse(QPointF(left + side, middle - side / 2), 3, 3)
        else:
            self._paint_words(painter, box, chosen)
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6), on="rail")

    def _paint_words(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        look = theme.now()
        middle, end = box.center().y(), box.right() - look.px(10)
        small = look.font(Type.TINY)
        if self._number:
            word = str(self._number)
            painter.setFont(small)
            painter.setPen(look.colour(Tone.MUTED))
            wide = QFontMetricsF(small).horizontalAdvance(word)
            base = round(middle + 0.365 * small.pixelSize())
            painter.drawText(QPointF(end - wide, base), word)
            end -= look.px(24) if self.count else wide + look.px(8)
        elif len(keycap.caps_of(self.kind.keys)) in (1, 2):  # three leave no room for the word
            wide = keycap.width_of(self.kind.keys)
            keycap.paint_caps(painter, end + look.px(2) - wide, middle, self.kind.keys)
            end -= wide
        font = look.font(Type.STRONG if chosen else Type.BODY)
        base = round(middle + 0.365 * font.pixelSize())
        if self.count:
            strong = look.font(Type.STRONG)
            painter.setFont(strong)
            painter.setPen(look.colour(Tone.BRICK))
            wide = QFontMetricsF(strong).horizontalAdvance(_shown(self.count))
            painter.drawText(QPointF(end - wide, base), _shown(self.count))
            end -= wide + look.px(8)
        painter.setFont(font)
        tone = Tone.ACCENT if chosen else Tone.BRICK if self._late else Tone.INK
        painter.setPen(look.colour(tone))
        room = int(end - look.px(38))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(look.px(38), base), shown)


def _shown(n: int) -> str:
    return str(n) if n <= _MOST else f"{_MOST}+"


class _Mark(QWidget):
    """The program's mark and name."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = False
        self.setFixedHeight(theme.now().px(48))
        self.setAccessibleName("KamDesk")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = look.px(18), self.height() / 2
        left = (self.width() - side) / 2 if self.narrow else look.px(16)
        box = QRectF(left, middle - side / 2, side, side)
        icons.paint(painter, "route", box, look.colour(Tone.ACCENT))
        if not self.narrow:
            font = look.font(Type.HEADING)
            painter.setFont(font)
            painter.setPen(look.colour(Tone.INK))
            base = round(middle + 0.365 * font.pixelSize())
            painter.drawText(QPointF(look.px(42), base), "KamDesk")


class Rail(QWidget):
    """The pages, top and foot. Signals: ``wanted(page id)``."""

    wanted = Signal(str)

    def __init__(
        self,
        kinds: Sequence[PageKind[Any]],
        before: "Rail | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        """``before`` is the rail this one takes the place of: it counts and tells as that did."""
        super().__init__(parent)
        look = theme.now()
        self._items: dict[str, RailItem] = {}
        self._mark = _Mark()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, look.px(36))
        column.setSpacing(0)
        column.addWidget(self._mark)
        column.addSpacing(look.px(12))
        self._add(column, [kind for kind in kinds if kind.place == "top"], numbered=True)
        column.addStretch(1)
        foot = [kind for kind in kinds if kind.place == "foot"]
        if foot:
            ruled = QVBoxLayout()
            ruled.setContentsMargins(look.px(16), 0, look.px(16), look.px(4))
            ruled.addWidget(Divider())
            column.addLayout(ruled)
            self._add(column, foot, numbered=False)
        self.narrow(False)
        for page, item in self._items.items():
            if before is not None and (told := before._items.get(page)) is not None:
                item.take_over(told)

    def _add(self, column: QVBoxLayout, kinds: Sequence[PageKind[Any]], *, numbered: bool) -> None:
        look = theme.now()
        inset = QVBoxLayout()
        inset.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inset.setSpacing(look.px(4))
        for n, kind in enumerate(kinds, 1):
            item = RailItem(kind, n if numbered and n < 10 else 0)
            item.clicked.connect(lambda *_, id=kind.id: self.wanted.emit(id))
            self._items[kind.id] = item
            inset.addWidget(item)
        column.addLayout(inset)

    def choose(self, page: str) -> None:
        """Show which page we are on."""
        for id, item in self._items.items():
            item.setChecked(id == page)

    def count(self, page: str, n: int) -> None:
        """Show how many things on a page want a hand; 0 shows none."""
        item = self._items.get(page)
        if item is not None:
            item.count = n
            item.setAccessibleName(f"{item.text()} {_shown(n)}" if n else item.text())
            item.update()

    def tell(self, page: str, words: Text | None, *, late: bool = False, icon: str = "") -> None:
        """Say how a page stands in place of its name; None says its name."""
        item = self._items.get(page)
        if item is not None:
            item.tell(words, late=late, icon=icon)

    def narrow(self, narrow: bool) -> None:
        """Show icons alone."""
        self._mark.narrow = narrow
        self.setFixedWidth(theme.now().px(48 if narrow else 176))
        for item in self._items.values():
            item.narrow(narrow)

    @property
    def chosen(self) -> QWidget | None:
        """The item of the page we are on."""
        return next((item for item in self._items.values() if item.isChecked()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        items = list(self._items.values())
        now = next((n for n, item in enumerate(items) if item.hasFocus()), -1)
        if by and now >= 0:
            items[(now + by) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
