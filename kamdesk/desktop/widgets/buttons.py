"""Buttons with icon, words and the key that presses them."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.labels import plain_tip


class Kind(Enum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"
    BARE = "bare"
    LINK = "link"
    CRUMB = "crumb"


_TEXT_ONLY = (Kind.LINK, Kind.CRUMB)
_FILLED = {Kind.PRIMARY: ("accent", "on_accent"), Kind.DANGER: ("brick", "on_brick")}
"""Colours of the fill and of the words on it."""


class Button(QPushButton):
    """A button 30 px high. ``words_shown=False`` shows the icon alone, the words as a tip.

    ``shorten`` leaves the words off where there is no room for them: icon and key stay.
    """

    def __init__(
        self,
        words: Text | str,
        *,
        icon: str = "",
        keys: str = "",
        kind: Kind = Kind.QUIET,
        words_shown: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self._icon, self._keys, self._shown = kind, icon, keys, words_shown
        self._short = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(words)

    @staticmethod
    def of(
        action: Action,
        *,
        kind: Kind = Kind.QUIET,
        words_shown: bool = True,
        words: Text | None = None,
    ) -> "Button":
        """Return a button that does ``action``, with its name, key and state.

        ``words`` are shown instead of the name where a heading says the rest of it.
        """
        made = Button(
            action.name,
            icon=action.icon,
            keys=action.keys,
            kind=kind,
            words_shown=words_shown,
        )
        made.clicked.connect(action.trigger)
        made.setEnabled(action.enabled)
        action.enabled_changed.connect(made.setEnabled)
        if words is not None:
            made.say(words)
            made.setAccessibleName(looks.said(action.name))
        return made

    def say(self, words: Text | str) -> None:
        """Show other words."""
        self._said = shown = looks.said(words)
        self.setAccessibleName(shown)
        wordless = self._short or not self._shown
        self._words = "" if wordless else shown
        keys = f" ({'+'.join(keycap.caps_of(self._keys))})" if self._keys else ""
        self.setToolTip(plain_tip(shown + keys) if wordless else "")
        self.updateGeometry()
        self.update()

    def mark(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def weigh(self, kind: Kind) -> None:
        """Ask for more attention, or for less."""
        if kind is not self.kind:
            self.kind = kind
            self.updateGeometry()
            self.update()

    def show_keys(self, keys: str) -> None:
        """Show another key that presses it, or none."""
        if keys != self._keys:
            self._keys = keys
            self.say(self._said)

    @property
    def words(self) -> str:
        """The words the button says, shown or not."""
        return self.accessibleName()

    def shorten(self, short: bool) -> None:
        """Show icon and key without the words, or with them again; words without icon stay."""
        if short is not self._short and self._icon:
            self._short = short
            name = self.accessibleName()
            self.say(self._said)
            self.setAccessibleName(name)

    def wide(self, *, short: bool) -> int:
        """Return how wide it is with its words, or without them."""
        look = theme.now()
        words = self._said if self._shown and not (short and self._icon) else ""
        if self.kind in _TEXT_ONLY:
            return self._inner(words) + 2 * round(self._pad())
        if not words and not self._keys:
            return look.px(30)
        right = 8 if self._keys and self.kind not in _FILLED else 12
        return look.px(12 + right) + self._inner(words)

    def sizeHint(self) -> QSize:
        look = theme.now()
        high = look.line(Type.BODY) if self.kind in _TEXT_ONLY else look.px(30)
        return QSize(self.wide(short=self._short), high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _pad(self) -> float:
        """Return what a crumb keeps free beside its words, for the ring of the focus."""
        return float(theme.now().px(5)) if self.kind is Kind.CRUMB else 0.0

    def _font_role(self) -> Type:
        if self.kind is Kind.LINK:
            return Type.SMALL
        return Type.BODY if self.kind in (Kind.BARE, Kind.CRUMB) else Type.STRONG

    def _inner(self, words: str) -> int:
        look = theme.now()
        wide = 0.0
        if self._icon:
            wide += look.px(16)
        if words:
            metrics = QFontMetricsF(look.font_for(self._font_role(), words))
            wide += metrics.horizontalAdvance(words) + (look.px(7) if self._icon else 0)
        if self._keys and self._shown:
            filled = self.kind in _FILLED
            keys = keycap.text_width_of if filled else keycap.width_of
            wide += look.px(12 if words else 8) + keys(self._keys)
        return -int(-wide // 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, ink = self._colours()
        box = QRectF(self.rect())
        radius = look.px(6)
        if fill is not None or edge is not None:
            painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
            painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._paint_inside(painter, box, ink)
        if self.hasFocus():
            theme.focus_ring(painter, box, radius)

    def _paint_inside(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        look = theme.now()
        middle = box.center().y()
        side = look.px(16)
        if not self._words and not (self._keys and self._shown):
            if self._icon:
                icons.paint(
                    painter,
                    self._icon,
                    QRectF(box.center().x() - side / 2, middle - side / 2, side, side),
                    ink,
                )
            return
        left = self._pad() if self.kind in _TEXT_ONLY else look.px(12)
        if self._icon:
            tint = ink if self.kind is not Kind.QUIET or not self.isEnabled() else None
            icons.paint(
                painter,
                self._icon,
                QRectF(left, middle - side / 2, side, side),
                tint or look.colour(Tone.SECOND),
            )
            left += side + look.px(7)
        font = look.font_for(self._font_role(), self._words)
        painter.setFont(font)
        painter.setPen(ink)
        base = middle + 0.365 * font.pixelSize()
        painter.drawText(QPointF(left, round(base)), self._words)
        if self._keys and self._shown:
            if self.kind in _FILLED:
                keycap.paint_key_text(painter, box.right() - look.px(12), middle, self._keys, ink)
            else:
                pad = 0 if self.kind in _TEXT_ONLY else look.px(8)
                start = box.right() - pad - keycap.width_of(self._keys)
                keycap.paint_caps(painter, start, middle, self._keys)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        look = theme.now()
        over = self.underMouse() and self.isEnabled()
        if self.kind in _FILLED:
            if not self.isEnabled():
                return look.colour("hover"), None, look.colour(Tone.MUTED)
            full, on_it = (look.colour(token) for token in _FILLED[self.kind])
            if self.isDown():
                full = full.darker(118)
            elif over:
                full = full.lighter(112) if not look.dark else full.lighter(106)
            return full, None, on_it
        ink = look.colour(Tone.INK if self.isEnabled() else Tone.MUTED)
        if self.kind is Kind.LINK:
            return None, None, look.colour(Tone.ACCENT if self.isEnabled() else Tone.MUTED)
        if self.kind is Kind.CRUMB:
            return None, None, look.colour(Tone.INK if over else Tone.SECOND)
        fill = look.colour("line") if self.isDown() else look.colour("hover") if over else None
        if self.kind is Kind.BARE:
            return fill, None, look.colour(Tone.SECOND if self.isEnabled() else "strong_line")
        return fill or look.colour("page"), look.colour("strong_line"), ink


def give_way(buttons: Sequence[QWidget], room: int, gap: int) -> int:
    """Leave the words off the first buttons until all have ``room``; return what is left of it.

    It is below 0 when they are too wide also without words. What is no ``Button`` keeps its width.
    """
    wide = {one: one.sizeHint().width() for one in buttons}
    wide |= {one: one.wide(short=False) for one in buttons if isinstance(one, Button)}
    room -= sum(wide.values()) + gap * len(buttons)
    for one in buttons:
        if isinstance(one, Button):
            short = room < 0
            room += wide[one] - one.wide(short=True) if short else 0
            one.shorten(short)
    return room


class ButtonRow(QWidget):
    """Buttons side by side; one below the other where they do not fit.

    ``shortens``: before that they show icon and key alone.
    """

    def __init__(self, *buttons: Button, shortens: bool = False) -> None:
        super().__init__()
        self._shortens = shortens
        self._buttons = buttons
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.now().px(8))
        for button in buttons:
            self.row.addWidget(button)
        self.row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        wide = max((button.sizeHint().width() for button in self._buttons), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def _fit(self) -> None:
        if self._shortens:
            give_way(self._buttons, self.width() + self.row.spacing(), self.row.spacing())
        gaps = self.row.spacing() * (len(self._buttons) - 1)
        wide = sum(button.sizeHint().width() for button in self._buttons) + gaps
        way = QBoxLayout.Direction
        self.row.setDirection(way.LeftToRight if wide <= self.width() else way.TopToBottom)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button says other words
            self._fit()
        return super().event(event)
