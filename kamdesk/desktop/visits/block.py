"""A visit in a calendar: what its block says, and how it is framed."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.dragged import DraggedBlock
from kamdesk.desktop.visits.said import clash_words, hours, names, overdue, what, whole_words
from kamdesk.desktop.widgets.labels import plain_tip
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import Other

FLAT = 18
"""A line of a day in the month, in pixels at 100 %."""
_NARROW = 100
"""Below so many pixels at 100 % a block says whom and, if it fits, when."""


class VisitBlock(DraggedBlock):
    """One visit in a calendar."""

    def __init__(self, parent: QWidget, *, flat: bool = False) -> None:
        """``flat``: a line in a day of the month, which has no foot to pull at."""
        super().__init__(parent, pulled=not flat)
        self._flat = flat
        self.chosen = False

    def show_visit(self, line: VisitLine, others: Sequence[Other], now: Instant) -> None:
        """Show this visit, and with what it clashes."""
        self.line, self.others, self.now = line, others, now
        whole = whole_words(line, others, now)
        self.setAccessibleName(whole)
        self.setToolTip(plain_tip(whole))
        self.update()

    def choose(self, chosen: bool) -> None:
        """Show whether it is the chosen one."""
        self.chosen = chosen
        self.update()

    @property
    def movable(self) -> bool:
        """Whether it can be dragged: what took place stays when it was."""
        return self.line.state is VisitState.PLANNED

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        dropped, took_place = self._dropped, self._took_place
        if self._flat:
            self._paint_flat(painter, box)
        else:
            lines, sign_at = self._laid_out(box)
            edge: Tone | str = "edge" if took_place or dropped else Tone.INK
            if self.sign is not None and sign_at is None:  # no room for it: its hue on the frame
                edge = self.sign[1]
            pen = QPen(look.colour(edge), 1.2)
            fill = "hover" if took_place else "page"
            if dropped:
                pen.setStyle(Qt.PenStyle.DashLine)
            if self.chosen:
                pen, fill = QPen(look.colour("accent"), 2), "soft"
            painter.setPen(pen)
            painter.setBrush(look.colour(fill))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(6), look.px(6))
            self._paint_words(painter, box, lines, sign_at)
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6), on="soft" if self.chosen else "page")

    @property
    def _dropped(self) -> bool:
        return self.line.state is VisitState.DROPPED

    @property
    def _took_place(self) -> bool:
        return self.line.state in (VisitState.HELD, VisitState.CLOSED)

    @property
    def sign(self) -> tuple[str, Tone] | None:
        """The icon that says what is the matter, and its tone."""
        if self.others:
            return "triangle-alert", Tone.OCHRE
        if overdue(self.line, self.now):
            return "pencil", Tone.OCHRE
        closed = self.line.state is VisitState.CLOSED and not self._flat
        return ("check", Tone.SECOND) if closed else None

    def _paint_flat(self, painter: QPainter, box: QRectF) -> None:
        look = theme.now()
        if self.chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft" if self.chosen else "hover"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
        left, line = look.px(4), look.px(FLAT)
        lines = max(int((box.height() + 1) // line), 1)
        middle = (box.height() + 1) / lines / 2
        time = looks.clock(self.line.start.local) if self.line.start else ""
        self._paint_sign(painter, box.width() - look.px(3), middle)
        small = self._font(Type.SMALL)
        wide, room = self._name_room(box.width())
        base = round(middle + 0.365 * small.pixelSize())
        painter.setFont(small)
        painter.setPen(look.colour(Tone.MUTED))
        if wide:
            painter.drawText(QPointF(left, base), time)
        quiet = Tone.MUTED if self._dropped else Tone.SECOND if self._took_place else Tone.INK
        painter.setPen(look.colour(quiet))
        for n, words in enumerate(wrapped(self._name, small, room, lines)):
            painter.drawText(QPointF(left + wide, base + n * line), words)

    def fits(self, wide: float) -> bool:
        """Tell whether its name stands on one line of a day in the month, so many pixels wide."""
        metrics = QFontMetricsF(self._font(Type.SMALL))
        return metrics.horizontalAdvance(self._name) <= self._name_room(wide)[1]

    def _name_room(self, wide: float) -> tuple[float, float]:
        """Return how far right of the time the name begins, and how wide it may be."""
        look = theme.now()
        time = QFontMetricsF(self._font(Type.SMALL)).horizontalAdvance("00:00") + look.px(4)
        if wide < look.px(_NARROW):
            time = 0  # whom is said before when: days are in order
        sign = look.px(17) if self.sign else 0
        return time, wide - look.px(4 + 3) - time - sign

    @property
    def _name(self) -> str:
        return looks.cut(self.line.account_name or looks.DASH, 80)

    def _laid_out(self, box: QRectF) -> tuple[list["_Line"], int | None]:
        """Return the lines there is room for, and in which of them the sign has room too."""
        look = theme.now()
        wide, narrow = self._room(box)
        line, sign = look.px(17), look.px(17) if self.sign else 0
        room = int((box.height() - look.px(6)) // line)
        if room < 2 <= (box.height() - look.px(2)) / line:
            room = 2
        quiet = Tone.MUTED if self._dropped else Tone.SECOND
        lines: list[_Line] = []
        for words, role, tone, most in self._parts(quiet, narrow=narrow):
            font = self._font(role, words)
            if role is Type.STRONG and _longest(words, font) > wide:
                font = self._font(Type.SMALL_STRONG, words)
            metrics = QFontMetricsF(font)
            if not words or (narrow and lines and metrics.horizontalAdvance(words) > wide):
                continue
            width = wide - (sign if not lines and not narrow else 0)
            shown = wrapped(words, font, width, min(most, room - len(lines)))
            lines += [_Line(one, font, tone) for one in shown][: room - len(lines)]
        for n in range(room if sign else 0):
            used = lines[n].wide if n < len(lines) else 0
            if used + sign <= wide:
                return lines, n
        return lines, None

    def _room(self, box: QRectF) -> tuple[float, bool]:
        """Return how wide words may be, and whether that is narrow."""
        look = theme.now()
        narrow = box.width() < look.px(_NARROW)
        return box.width() - look.px(10 if narrow else 14), narrow

    def _paint_words(
        self, painter: QPainter, box: QRectF, lines: list["_Line"], sign_at: int | None
    ) -> None:
        look = theme.now()
        wide, narrow = self._room(box)
        left, high = look.px(5 if narrow else 8), look.px(17)
        top = min(look.px(4), max((box.height() - high * len(lines)) / 2, 1))
        for n, line in enumerate(lines):
            painter.setFont(line.font)
            painter.setPen(look.colour(line.tone))
            base = round(top + (n + 0.5) * high + 0.365 * line.font.pixelSize())
            painter.drawText(QPointF(left, base), line.words)
        if sign_at is not None:
            self._paint_sign(painter, left + wide, top + (sign_at + 0.5) * high)

    def _parts(self, quiet: Tone, *, narrow: bool) -> list[tuple[str, Type, Tone, int]]:
        """Return what is said, weightiest first: words, type, tone, lines it may take."""
        line = self.line
        clash = clash_words(self.others)
        name = self._name
        tone = Tone.MUTED if self._dropped else Tone.INK
        if narrow:
            return [(name, Type.STRONG, tone, 5), (hours(line), Type.SMALL, quiet, 1)]
        return [
            (name, Type.STRONG, tone, 3),
            (looks.said(clash) if clash else "", Type.SMALL, Tone.OCHRE, 2),
            (hours(line), Type.SMALL, quiet, 1),
            (looks.cut(what(line), 120), Type.SMALL, quiet, 2),
            (looks.cut(names(line), 80), Type.SMALL, Tone.MUTED, 2),
        ]

    def _font(self, role: Type, words: str = "") -> QFont:
        font = QFont(theme.now().font_for(role, words))
        font.setStrikeOut(self._dropped)
        return font

    def _paint_sign(self, painter: QPainter, end: float, middle: float) -> float:
        """Paint the sign up to ``end``; return where words beside it must end."""
        look = theme.now()
        if self.sign is None:
            return end
        name, tone = self.sign
        side = look.px(13)
        colour: QColor = look.colour(tone)
        icons.paint(painter, name, QRectF(end - side, middle - side / 2, side, side), colour)
        return end - side - look.px(4)


def _longest(words: str, font: QFont) -> float:
    """Return how wide the widest single word is; words of Chinese break anywhere."""
    metrics = QFontMetricsF(font)
    return max(
        (metrics.horizontalAdvance(one) for one in words.split() if one.isascii()), default=0
    )


class _Line(NamedTuple):
    """A line of words in a block."""

    words: str
    font: QFont
    tone: Tone

    @property
    def wide(self) -> float:
        return QFontMetricsF(self.font).horizontalAdvance(self.words)
