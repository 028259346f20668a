"""The foot of a calendar: the chosen visit in full, and what the frames and signs mean."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.said import whole_words
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel, explained
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import Other

_STATES = Text("Planned"), Text("Took place"), Text("Dropped"), Text("Other calendars")


class _Frame(QWidget):
    """The frame of one state, small."""

    def __init__(self, edge: str, fill: str, *, dashed: bool = False) -> None:
        super().__init__()
        self._edge, self._fill, self._dashed = edge, fill, dashed
        self.setFixedSize(theme.now().px(20), theme.now().px(13))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.colour(self._edge), 1.2, style))
        painter.setBrush(look.colour(self._fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


def _legend(states: Sequence[QWidget]) -> Flow:
    """Return what signs of visits mean, ``states`` first: planned, took place, dropped, others."""
    look = theme.now()
    signs = [
        *zip(states, _STATES, strict=False),
        (IconMark("pencil", 13, Tone.OCHRE), Text("To write up")),
        (IconMark("triangle-alert", 13, Tone.OCHRE), Text("Clash")),
    ]
    return Flow(
        [explained(*sign, Tone.MUTED, gap=6) for sign in signs], gap=look.px(16), line=look.px(2)
    )


class Footing(QWidget):
    """Two quiet lines under a calendar."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.words = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.ELIDE)
        framed = (
            _Frame("ink", "page"),
            _Frame("edge", "hover"),
            _Frame("edge", "page", dashed=True),
            _Frame("hover", "hover"),
        )
        written = [
            PlainLabel("9:00", Type.SMALL, tone) for tone in (Tone.INK, Tone.SECOND, Tone.MUTED)
        ]
        self._of_hours, self._of_month = _legend(framed), _legend(written)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), 0, look.px(24), look.px(6))
        column.setSpacing(look.px(2))
        column.addWidget(Divider())
        column.addWidget(self.words)
        column.addWidget(self._of_hours)
        column.addWidget(self._of_month)

    def show_view(self, view: str) -> None:
        """Show what the signs of a view mean: days of a month have no frames, a log no signs."""
        self.setVisible(view != "log")
        self._of_month.setVisible(view == "month")
        self._of_hours.setVisible(view != "month")

    def show_line(
        self,
        line: VisitLine | None,
        others: Sequence[Other],
        now: Instant | None,
        where: Text | str = "",
    ) -> None:
        """Say all that is known of the visit chosen, else ``where`` the choice is."""
        if line is not None and now is not None:
            self.words.say(whole_words(line, others, now), Tone.OCHRE if others else Tone.SECOND)
            return
        if where:
            hint = Text("Enter shows the day, N plans a visit on it.")
            self.words.say(looks.joined(where, hint), Tone.MUTED)
            return
        self.words.say(Text("N or Enter plans a visit at the time chosen."), Tone.MUTED)
