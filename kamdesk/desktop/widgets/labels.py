"""Labels that show what they are given as plain text, and headings with their rule."""

from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type


class Fit(Enum):
    """What a label does with a text too long for it."""

    KEEP = "keep"
    WRAP = "wrap"
    ELIDE = "elide"


class PlainLabel(QLabel):
    """A label for any text, also a stranger's: never markup, cut at 2,000 characters.

    A shortened text is whole in the tool tip and for a screen reader.
    """

    def __init__(
        self,
        text: Text | str = "",
        role: Type = Type.BODY,
        tone: Tone = Tone.INK,
        *,
        fit: Fit = Fit.KEEP,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._fit = role, tone, fit
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setMinimumHeight(theme.now().line(role))
        self._recolour()
        if fit is Fit.WRAP:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        elif fit is Fit.ELIDE:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: Text | str, tone: Tone | None = None) -> None:
        """Show another text, in another tone if one is given."""
        if tone is not None and tone is not self._tone:
            self._tone = tone
            self._recolour()
        shown = looks.said(text)
        if self._fit is not Fit.WRAP:
            shown = " ".join(shown.split("\n"))
        self.setText(shown)
        self.setAccessibleName(shown)

    def setText(self, text: str) -> None:
        """Show ``text`` as it is: an ampersand is an ampersand."""
        shown = looks.plain(text)
        self.setFont(theme.now().font_for(self._role, shown))
        super().setText(shown)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fit is Fit.WRAP:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area, metrics = QRectF(self.contentsRect()), QFontMetricsF(self.font())
        shown = self.text()
        wide = metrics.horizontalAdvance(shown)
        if self._fit is Fit.ELIDE and wide > area.width():
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, area.width())
            wide = metrics.horizontalAdvance(shown)
        left = area.left()
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            left = area.right() - wide
        elif self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            left = area.center().x() - wide / 2
        base = area.center().y() + 0.365 * self.font().pixelSize()
        painter.drawText(QPointF(left, round(base)), shown)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._fit is Fit.ELIDE:
            return QSize(theme.now().px(24) if self.text() else 0, hint.height())
        return hint

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._recolour()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _recolour(self) -> None:
        palette = self.palette()
        colour = theme.now().colour(self._tone)
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)

    def _tell_whole(self) -> None:
        if self._fit is not Fit.ELIDE:
            return
        whole = self.text()
        cut = QFontMetricsF(self.font()).horizontalAdvance(whole) > self.width()
        self.setToolTip(plain_tip(whole) if cut else "")


def plain_tip(text: str) -> str:
    """Return ``text`` so that a tool tip shows it as it is, never as markup."""
    if "<" not in text and "&" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"


class Divider(QFrame):
    """A hairline: between rows, or strong under a heading."""

    def __init__(
        self, *, strong: bool = False, upright: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._token = "strong_line" if strong else "line"
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.now().colour(self._token))


def explained(sign: QWidget, words: Text, tone: Tone = Tone.SECOND, *, gap: int = 7) -> QWidget:
    """Return a sign, or a key, with what it means beside it; ``gap`` pixels between them."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.now().px(gap))
    row.addWidget(sign)
    row.addWidget(PlainLabel(words, Type.SMALL, tone))
    return pair


class Heading(QWidget):
    """A section's heading: name, a quiet remark, something at the right, a rule below.

    Where name and right have no room side by side, the right goes below the name.
    """

    def __init__(
        self,
        name: Text | str,
        remark: Text | str = "",
        *,
        right: QWidget | None = None,
        rule: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.now()
        self.name = PlainLabel(name, Type.HEADING)
        self.remark = PlainLabel(remark, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE)
        self.remark.setContentsMargins(0, look.px(2), 0, 0)  # on the baseline of the name
        self._right, self._folded = right, False
        self._row = row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        row.addStrut(look.px(30))  # with a button or without: headings side by side are level
        row.addWidget(self.name)
        row.addWidget(self.remark, 1)
        if right is not None:
            row.addWidget(right, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._below = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(5))
        column.addLayout(row)
        column.addLayout(self._below)
        if rule:
            column.addWidget(Divider(strong=True))
        self.setAccessibleName(self.name.text())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._right is None:
            return hint
        widest = max(self.name.sizeHint().width(), self._right.sizeHint().width())
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part says other words
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        if self._right is None:
            return
        wanted = self.name.sizeHint().width() + self._right.sizeHint().width()
        folded = wanted + 2 * self._row.spacing() > self.width()
        if folded == self._folded:
            return
        self._folded = folded
        left, right = (self._row, self._below) if folded else (self._below, self._row)
        left.removeWidget(self._right)
        side = Qt.AlignmentFlag.AlignLeft if folded else Qt.AlignmentFlag.AlignRight
        right.addWidget(self._right, 0, side | Qt.AlignmentFlag.AlignVCenter)
