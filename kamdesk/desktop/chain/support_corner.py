"""At the upper left of the canvas: how far the chain leans to us, whoever is chosen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_analysis import since
from kamdesk.desktop.chain.support_scale import movement_words, paint_scale, score_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.support import LEAST_KNOWN, Support

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

_NARROW: Final = 560
_KEY: Final = "Shift+S"


class SupportCorner(Pressable):
    """Pressed, it shows the support with its reasons in the panel; it stands on the canvas."""

    def __init__(self, page: "ChainPage") -> None:
        super().__init__(looks.said(Text("Support")), page.canvas)
        self._page, self._canvas = page, page.canvas
        self._support: Support | None = None
        self._lines: tuple[str, str] = ("", "")
        self._tone = Tone.SECOND
        self._cap = KeyCap(_KEY, self)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        action = page.actions_here.add(
            "chain.support", Text("Support of the whole map"), self._open, keys=_KEY
        )
        self.clicked.connect(action.trigger)
        self._canvas.scaled.connect(self.follow)
        self._canvas.corners.append(self.place)
        self.hide()

    def show_support(self, net: Network, support: Support) -> None:
        """Show a score and its movement; of an empty map nothing."""
        self._support = support if net.people else None
        if support.score is None:
            known = looks.percent(support.known)
            self._lines = (
                looks.said(Text("not judged")),
                looks.said(
                    Text("{share} of the power known", share=known)
                    if support.known < LEAST_KNOWN
                    else Text("the body that decides is not met")
                ),
            )
            self._tone = Tone.OCHRE
        else:
            said, self._tone = movement_words(support, since(net))
            self._lines = looks.said(score_words(support)), looks.said(said)
        name = looks.joined(Text("Support of the whole map"), *self._lines)
        self.setAccessibleName(name)
        if support.why_not is not None:
            self.setAccessibleDescription(looks.said(support.why_not))
        self.follow()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.now()
        first, second = self._widths()
        wide = max(first + look.px(8) + second, look.px(160))
        return QSize(round(wide) + look.px(8), look.px(76))

    def _widths(self) -> tuple[float, float]:
        look = theme.now()
        return tuple(  # type: ignore[return-value]  # two lines, two widths
            QFontMetricsF(look.font_for(kind, words)).horizontalAdvance(words)
            for kind, words in zip(self._kinds(), self._lines, strict=True)
        )

    def _kinds(self) -> tuple[Type, Type]:
        judged = self._support is not None and self._support.score is not None
        return Type.TITLE if judged else Type.HEADING, Type.SMALL

    def follow(self) -> None:
        """Stand in the corner; on a narrow canvas give the room to the map."""
        look, place = theme.now(), self.place()
        self.setVisible(self._support is not None and not place.isEmpty())
        self.setGeometry(place.toRect())
        label = QFontMetricsF(look.font(Type.SMALL)).horizontalAdvance(looks.said(Text("Support")))
        self._cap.adjustSize()
        self._cap.move(round(look.px(8) + label + look.px(8)), look.px(1))

    def place(self) -> QRectF:
        """Return the corner it stands in, kept free also before the map is judged."""
        look = theme.now()
        if self._canvas.viewport().width() < look.px(_NARROW):
            return QRectF()
        return QRectF(QPointF(look.px(16), look.px(10)), QSizeF(self.sizeHint()))

    def _open(self) -> None:
        self._canvas.come_to(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._support is None:
            return
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.colour("page"))
        ground.setAlphaF(0.9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), look.px(6), look.px(6))
        left = look.px(8)
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.colour(Tone.MUTED))
        painter.drawText(QPointF(left, look.px(15)), looks.said(Text("Support")))
        x = float(left)
        tones = (Tone.INK, self._tone)
        if self._support.score is None:
            tones = (self._tone, Tone.SECOND)
        for kind, words, tone, wide in zip(
            self._kinds(), self._lines, tones, self._widths(), strict=True
        ):
            painter.setFont(look.font_for(kind, words))
            painter.setPen(look.colour(tone))
            painter.drawText(QPointF(x, look.px(39)), words)
            x += wide + look.px(8)
        scale = QRectF(left, look.px(44), look.px(156), look.px(30))
        paint_scale(painter, scale, self._support)
        if self.hasFocus():
            theme.focus_ring(painter, QRectF(self.rect()), look.px(6))
