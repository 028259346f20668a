"""The status line: what is saved, what the background does, the four keys that matter here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable

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


class _Hint(Pressable):
    """A key and what it does; pressed, it is done."""

    def __init__(self, keys: str, does: Text) -> None:
        super().__init__(looks.said(does))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(7))
        row.addWidget(KeyCap(keys))
        row.addWidget(PlainLabel(does, Type.SMALL, Tone.SECOND))
        self.setAccessibleName(looks.said(does))

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            theme.focus_ring(QPainter(self), QRectF(self.rect()), theme.now().px(4), on="rail")


class StatusLine(QWidget):
    """28 px at the foot of the window.

    Signals: ``cancelled`` the running job shall stop · ``keys_wanted`` all keys shall be shown.
    """

    cancelled = Signal()
    keys_wanted = Signal()

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
        self._all_keys = _Hint("?", Text("All keys"))
        self._all_keys.clicked.connect(self.keys_wanted)
        row.addSpacing(look.px(4))
        row.addWidget(self._all_keys)
        self._pairs: list[QWidget] = []

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
        self._fit()

    @property
    def words(self) -> list[str]:
        """What it says now, the running job last."""
        job = [] if self._job.isHidden() else [self._job.text()]
        return [label.text() for label in self._said] + job

    def show_job(self, name: Text | None, share: float | None = None, *, waiting: int = 0) -> None:
        """Show a running job, how far it is and how many wait for it; None when there is none."""
        for part in (self._job, self._stop):
            part.setVisible(name is not None)
        self._progress.setVisible(name is not None and share is not None)
        if name is not None:
            more = Text("{n} more waits", "{n} more wait", n=waiting) if waiting > 0 else ""
            self._job.say(looks.joined(name, more))
            self._progress.fill(share or 0.0)
            self._stop.say(Text("Stop “{job}”", job=name))
        self._fit()

    def show_keys(self, hints: Sequence[Hint]) -> None:
        """Show the keys that matter here: four at most, then where all are."""
        _empty(self._right)
        self._pairs = []
        for keys, does in hints[:4]:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.now().px(7))
            row.addWidget(KeyCap(keys))
            row.addWidget(PlainLabel(does, Type.SMALL, Tone.SECOND))
            self._pairs.append(pair)
            self._right.addWidget(pair)
        self._fit()

    def _fit(self) -> None:
        """Leave out the last keys where the line is too short: all stand behind ``?``."""
        look = theme.now()
        room = self.width() - look.px(48) - self._all_keys.sizeHint().width()
        room -= self._left.sizeHint().width()
        if not self._job.isHidden():
            room -= self._job.sizeHint().width() + look.px(150)
        for pair in self._pairs:
            room -= pair.sizeHint().width() + look.px(16)
            pair.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # what was put in is shown, and has a width
            self._fit()
        return super().event(event)

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
