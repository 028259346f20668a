"""Editors that Qt's style would paint out of tune: tick box, choice, line, text, passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.clipboard import clear_later
from kamdesk.desktop.theme import Tone, Type


class LineEditor(QLineEdit):
    """A line of text, 30 px high; passphrases hide what is typed.

    Signals: ``capitals(bool)`` a secret is typed with Caps Lock on, or no longer.
    """

    capitals = Signal(bool)

    def __init__(self, text: str = "", *, hint: Text | str = "", secret: bool = False) -> None:
        super().__init__(text)
        self.setPlaceholderText(looks.said(hint))
        self.setFixedHeight(theme.now().px(30))
        self.secret = secret
        if secret:
            self.reveal(False)
            QApplication.clipboard().dataChanged.connect(self._see_copied)

    def reveal(self, shown: bool) -> None:
        """Show a secret, or hide it; input methods never learn it."""
        self.setEchoMode(
            QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        )  # sets hints of its own
        self.setInputMethodHints(
            self.inputMethodHints()
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        typed = event.text()
        if self.secret and event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)  # the next letter tells
        elif self.secret and typed.isascii() and typed.isalpha():
            held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(typed.isupper() != held)

    def _see_copied(self) -> None:
        copied = self.selectedText()
        if copied and copied == QApplication.clipboard().text():
            clear_later(copied)


class TextEditor(QPlainTextEdit):
    """Some lines of text; Tab leaves it."""

    def __init__(self, text: str = "", *, hint: Text | str = "", lines: int = 3) -> None:
        super().__init__(text)
        look = theme.now()
        self.setPlaceholderText(looks.said(hint))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)  # its words stand under those of a line editor
        self.setFixedHeight(look.line(Type.BODY) * lines + look.px(18))


class TickBox(QCheckBox):
    """A box to tick, with its words."""

    def __init__(self, words: Text | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(looks.said(words).replace("&", "&&"))
        self.setAccessibleName(looks.said(words))
        self.lines = [looks.said(words)]
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.now()
        metrics = QFontMetricsF(look.font(Type.BODY))
        words = max(metrics.horizontalAdvance(line) for line in self.lines)
        high = look.px(24) + (len(self.lines) - 1) * look.line(Type.BODY)
        return QSize(look.px(15 + 9 + 6) + round(words), high)

    def hitButton(self, position: object) -> bool:
        """The whole widget is the button."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, step = look.px(15), look.line(Type.BODY)
        middle = (self.height() - step * (len(self.lines) - 1)) / 2  # of the first line
        box = QRectF(1, middle - side / 2, side - 1, side - 1)
        ticked = self.isChecked()
        edge = "accent" if ticked else "second" if self.underMouse() else "edge"
        painter.setPen(QPen(look.colour(edge if self.isEnabled() else "strong_line"), 1.3))
        painter.setBrush(look.colour("accent" if ticked else "page"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if ticked:
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), look.colour("on_accent"))
        font = look.font(Type.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK if self.isEnabled() else Tone.MUTED))
        left = box.right() + look.px(9)
        base = round(middle + 0.365 * font.pixelSize())
        for n, line in enumerate(self.lines):
            painter.drawText(QPointF(left, base + n * step), line)
        if self.hasFocus():
            words = QRectF(left - look.px(4), 0, self.width() - left + look.px(4), self.height())
            theme.focus_ring(painter, words, look.px(4))


class Choice(QComboBox):
    """One of several, in a list that opens. Keys are the values, words what is seen."""

    def __init__(
        self, choices: Sequence[tuple[object, Text | str]] = (), *, start: object = None
    ) -> None:
        super().__init__()
        look = theme.now()
        self.setFixedHeight(look.px(30))
        self.setFont(look.font(Type.BODY))
        listing = QListView()
        listing.setObjectName("choices")
        self.setView(listing)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._values: list[object] = []
        self.offer(choices)
        if start in self._values:
            self.setCurrentIndex(self._values.index(start))

    def offer(self, choices: Sequence[tuple[object, Text | str]]) -> None:
        """Offer these in place of what was to choose from."""
        self.clear()
        self._values = [value for value, _ in choices]
        for n, (_, words) in enumerate(choices):
            self.addItem(looks.capital(words) if isinstance(words, Text) else looks.said(words))
            height = QSize(0, theme.now().px(30))
            self.setItemData(n, height, Qt.ItemDataRole.SizeHintRole)
        self.updateGeometry()

    @property
    def values(self) -> tuple[object, ...]:
        """The values there are to choose from."""
        return tuple(self._values)

    @property
    def value(self) -> object:
        """The value chosen; None when there is none."""
        n = self.currentIndex()
        return self._values[n] if 0 <= n < len(self._values) else None

    def choose(self, value: object) -> None:
        """Choose a value; one that is none of them is left alone."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what it says

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().isalnum()
        ):
            event.accept()  # letters look for a choice here, they are no keys of the page
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        look = theme.now()
        metrics = QFontMetricsF(look.font(Type.BODY))
        longest = max(
            (metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=80
        )
        return QSize(round(longest) + look.px(12 + 32), look.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(96), theme.now().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        radius = look.px(6)
        refused = self.property("refused") == "true"
        edge = "brick" if refused else "second" if self.underMouse() else "edge"
        painter.setPen(QPen(look.colour(edge), 2 if refused else 1))
        painter.setBrush(look.colour("page" if self.isEnabled() else "rail"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = look.px(16)
        right = box.right() - look.px(9) - side
        arrow = QRectF(right, box.center().y() - side / 2, side, side)
        icons.paint(painter, "chevron-down", arrow, look.colour(Tone.SECOND))
        font = look.font(Type.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK if self.isEnabled() else Tone.MUTED))
        room = round(right - look.px(16))
        shown = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        base = round(box.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(look.px(9) + 2, base), shown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
