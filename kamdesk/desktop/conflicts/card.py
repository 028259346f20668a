"""One value to choose: its words, who wrote it when, and the visit or action it came from."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.desktop import looks, theme
from kamdesk.desktop.conflicts.marked_text import MarkedText, stretches
from kamdesk.desktop.conflicts.reading import Field, Value
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.states import IconMark

_SHORT = 40
"""Characters up to which values are set large; where one of a field is longer, none is."""


class ValueCard(Pressable):
    """Pressed, it is chosen: framed and ticked. ``go`` leads to the visit it came from."""

    def __init__(
        self, field: Field, value: Value, today: Day, go: Callable[[bytes], object], *, was: bool
    ) -> None:
        who = looks.joined(value.who, moment_words(value.at, today))
        super().__init__(looks.joined(looks.cut(value.words, 200), who))
        look = theme.now()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        column.setSpacing(look.px(4))
        top = QHBoxLayout()
        top.setSpacing(look.px(8))
        top.addWidget(_words(field, value, was=was), 1)
        self._tick = IconMark("check", 14, Tone.ACCENT)
        policy = self._tick.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._tick.setSizePolicy(policy)
        top.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        if who:
            column.addWidget(PlainLabel(who, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
        visit = value.visit
        if visit is not None:
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            link = Button(value.source, icon="link", kind=Kind.LINK)
            link.clicked.connect(lambda: go(visit))
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        elif value.source:
            column.addWidget(PlainLabel(value.source, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        column.addStretch(1)
        for label in self.findChildren(QWidget):
            label.setForegroundRole(QPalette.ColorRole.WindowText)  # not that of a button's words
            if not isinstance(label, Button):
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.choose(False)

    def choose(self, chosen: bool) -> None:
        """Show it framed and ticked, or not."""
        self.setChecked(chosen)
        self._tick.setVisible(chosen)
        self.update()

    def nextCheckState(self) -> None:
        """Leave it to the row which one is chosen."""

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            paint_frame(painter, QRectF(self.rect()), chosen=self.isChecked())


def paint_frame(painter: QPainter, box: QRectF, *, chosen: bool) -> None:
    """Paint the frame of what is chosen, or of what the mouse is over."""
    look = theme.now()
    wide = 2 if chosen else 1
    painter.setPen(QPen(look.colour("accent" if chosen else "strong_line"), wide))
    painter.setBrush(look.colour("soft" if chosen else "page"))
    half = wide / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), look.px(6), look.px(6))


def _words(field: Field, value: Value, *, was: bool) -> QWidget:
    tone = Tone.SECOND if was else Tone.INK
    if field.text and isinstance(value.value, str):
        before = field.before.value
        others = [one.value for one in field.sides] if was else [before]
        texts = [one for one in others if isinstance(one, str)]
        marks = stretches(looks.plain(value.words), texts)
        return MarkedText(value.words, marks, gone=was, tone=tone)
    short = all(len(one.words) <= _SHORT for one in (*field.sides, field.before))
    return PlainLabel(value.words, Type.HEADING if short else Type.BODY, tone, fit=Fit.WRAP)
