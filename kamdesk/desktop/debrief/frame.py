"""The frame of the debrief: whose visit, how long it takes, how far it is, the keys below."""

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.debrief.reading import DebriefSeen
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel

_KEYS = (
    (("Enter",), Text("keep, one more")),
    (("Enter", "Enter"), Text("next question")),
    (("Shift+Enter",), Text("question before")),
    (("Ctrl+Enter",), Text("finish and close")),
    (("Esc",), Text("leave, kept as a draft")),
)


class Head(QWidget):
    """60 px: leave, whose visit, the seconds so far; below, how many questions are done.

    Signals: ``left`` one wants to leave.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.setFixedHeight(look.px(60))
        self._done = 0.0
        close = Button(Text("Leave"), icon="x", keys="Esc", kind=Kind.BARE, words_shown=False)
        close.setFixedSize(look.px(30), look.px(30))
        close.clicked.connect(self.left)
        self._name = PlainLabel("", Type.STRONG)
        self._where = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.ELIDE)
        self._taken = PlainLabel("", Type.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(25), 0, look.px(32), look.px(2))
        row.setSpacing(look.px(10))
        for part in (close, self._name):
            row.addWidget(part)
        row.addSpacing(look.px(4))
        row.addWidget(self._where, 1)
        row.addWidget(self._taken)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._tell)
        self._tick.start()
        self._tell()

    def show_visit(self, seen: DebriefSeen) -> None:
        """Say whose visit it was, when and where."""
        self._name.say(seen.account)
        start = seen.visit.start
        when = ""
        if start is not None:
            when = f"{looks.day(start.day, today=seen.today)} {looks.clock(start.local)}"
        self._where.say(looks.joined(when, seen.place or seen.visit.topic))

    def show_done(self, share: float) -> None:
        """Show how much is answered, as a share of one."""
        self._done = share
        self.update()

    def start_anew(self) -> None:
        """Count the seconds from now."""
        self._clock.restart()
        self._tell()

    def _tell(self) -> None:
        seconds = self._clock.elapsed() // 1000
        if seconds < 120:
            self._taken.say(Text("{n} second so far", "{n} seconds so far", n=seconds))
        else:
            self._taken.say(Text("{length} so far", length=length(seconds // 60)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        wide = round(self.width() * self._done)
        painter.fillRect(0, self.height() - 2, wide, 2, look.colour("accent"))


class Foot(QWidget):
    """The keys of the debrief; those without room stand on a second line."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Divider())
        self._pairs: list[QWidget] = []
        for caps, words in _KEYS:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.px(4))
            for cap in caps:
                row.addWidget(KeyCap(cap))
            row.addSpacing(look.px(3))
            row.addWidget(PlainLabel(words, Type.SMALL, Tone.SECOND))
            self._pairs.append(pair)
        flow = Flow(self._pairs, gap=look.px(18), line=look.px(8))
        flow.setContentsMargins(look.px(32), look.px(16), look.px(16), look.px(20))
        whole.addWidget(flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
