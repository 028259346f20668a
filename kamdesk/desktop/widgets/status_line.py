"""The status line: what is saved, what the background does, the four keys that matter here."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, PlainLabel

Hint = tuple[str, Text]
"""Keys and what they do, as ``("J+K", Text("Move"))``."""


class _Progress(QWidget):
    """A thin bar; without a known end it stays empty, it never pretends."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedSize(theme.now().px(96), theme.now().px(4))

    def fill(self, share: float) -> None:
        """Fill up to ``share`` of one."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("strong_line"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, 2, 2)
        if self._share:
            painter.setBrush(look.colour(Tone.ACCENT))
            box.setWidth(box.width() * self._share)
            painter.drawRoundedRect(box, 2, 2)


class StatusLine(QWidget):
    """28 px at the foot of the window. Signals: ``cancelled`` the running job shall stop."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.now()
        self.setFixedHeight(look.px(28))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._said: list[PlainLabel] = []
        self._job = PlainLabel("", Type.SMALL, Tone.SECOND)
        self._progress = _Progress()
        self._stop = Button(Text("Stop this"), icon="x", kind=Kind.BARE, words_shown=False)
        self._stop.setFixedSize(look.px(20), look.px(20))
        self._stop.clicked.connect(self.cancelled)
        self._left = QHBoxLayout()
        self._left.setSpacing(look.px(12))
        self._right = QHBoxLayout()
        self._right.setSpacing(look.px(16))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 1, look.px(16), 0)
        row.setSpacing(look.px(12))
        row.addLayout(self._left)
        for part in (self._job, self._progress, self._stop):
            row.addWidget(part)
            part.hide()
        row.addStretch(1)
        row.addLayout(self._right)

    def say(self, *parts: Text) -> None:
        """Say how things stand: last exchange, everything saved."""
        _empty(self._left)
        self._said = []
        for n, part in enumerate(parts):
            if n:
                bar = Divider(strong=True, upright=True)
                bar.setFixedHeight(theme.now().px(12))
                self._left.addWidget(bar)
            label = PlainLabel(part, Type.SMALL, Tone.MUTED)
            self._said.append(label)
            self._left.addWidget(label)

    @property
    def words(self) -> list[str]:
        """What it says now, the running job last."""
        job = [] if self._job.isHidden() else [self._job.text()]
        return [label.text() for label in self._said] + job

    def show_job(self, name: Text | None, share: float | None = None) -> None:
        """Show a running job and how far it is; None when there is none."""
        for part in (self._job, self._stop):
            part.setVisible(name is not None)
        self._progress.setVisible(name is not None and share is not None)
        if name is not None:
            self._job.say(name)
            self._progress.fill(share or 0.0)
            self._stop.say(Text("Stop “{job}”", job=name))

    def show_keys(self, hints: Sequence[Hint]) -> None:
        """Show the keys that matter here: four at most, then where all are."""
        _empty(self._right)
        for keys, does in hints[:4]:
            pair = QHBoxLayout()
            pair.setSpacing(theme.now().px(7))
            pair.addWidget(KeyCap(keys))
            pair.addWidget(PlainLabel(does, Type.SMALL, Tone.SECOND))
            self._right.addLayout(pair)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(320), theme.now().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("rail"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))


def _empty(row: QHBoxLayout) -> None:
    while (item := row.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QHBoxLayout):
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
