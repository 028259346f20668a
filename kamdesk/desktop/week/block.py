"""A block in the grid of a week: whom, why and where, in the frame of how firmly it stands."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.dragged import DraggedBlock
from kamdesk.desktop.week import marks
from kamdesk.desktop.week.said import item_words, moment, place_words, span
from kamdesk.desktop.week.shapes import Block, Frame
from kamdesk.desktop.widgets.labels import plain_tip
from kamdesk.desktop.widgets.shortening import shortened
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.domain.visits.model import KIND_WORDS, VisitKind
from kamdesk.dossier.week_read import What

_LINE = 16
FRAME_WORDS = {
    Frame.PROPOSED: Text("proposed"),
    Frame.LOOSE: Text("planned, ours to move"),
    Frame.PINNED: Text("pinned"),
    Frame.FIXED: Text("fixed"),
    Frame.OVER: Text("took place"),
}
_ICONS = {Frame.PINNED: "pin", Frame.FIXED: "lock", Frame.OVER: "check"}


class _Line(NamedTuple):
    words: str
    role: Type
    tone: Tone
    most: int


class WeekBlock(DraggedBlock):
    """One block; the grid it lies in places it and hears its keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = False

    def show_block(self, block: Block, day: Day) -> None:
        """Show this block on a day."""
        self.block = block
        whole = looks.joined(
            item_words(block.item), moment(day, block.begins), span(block.begins, block.ends),
            FRAME_WORDS[block.frame], why_words(block), place_words(block.item),
        )  # fmt: skip
        self.setAccessibleName(whole)
        self.setToolTip(plain_tip(whole))
        self.update()

    def choose(self, chosen: bool) -> None:
        """Show whether it is the chosen one."""
        if chosen is not self.chosen:
            self.chosen = chosen
            self.update()

    @property
    def movable(self) -> bool:
        """Whether it can be dragged."""
        return self.block.movable

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill = marks.frame(painter, box, self.block.frame, chosen=self.chosen)
        if self.block.is_other and not self.chosen:
            painter.fillRect(
                QRectF(2, look.px(6), look.px(3), box.height() - look.px(12)),
                look.colour("accent"),
            )
        side = look.px(14)
        icon = _ICONS.get(self.block.frame)
        if self.block.clashes:
            icon = "triangle-alert"
        left, wide = look.px(10), box.width() - look.px(18)
        room = max(int((box.height() - look.px(3)) // look.px(_LINE)), 1)
        top = min(look.px(4), max((box.height() - room * look.px(_LINE)) / 2, look.px(1)))
        used = 0
        if room == 1 and icon == "lock" and self._needs_the_width(wide, side + look.px(6)):
            icon = None  # its ground says fixed as well: rather the whole name
        for n, line in enumerate(self._lines()):
            if used >= room:
                break
            font: QFont = look.font_for(line.role, line.words)
            beside = side + look.px(6) if n == 0 and icon else 0
            words_shown = line.words
            if n == 0 and room == 1:
                words_shown = shortened(
                    line.words, partial(_fits, QFontMetricsF(font), wide - beside)
                )
            for words in wrapped(words_shown, font, wide - beside, min(line.most, room - used)):
                base = top + (used + 0.5) * look.px(_LINE) + 0.365 * font.pixelSize()
                painter.setFont(font)
                painter.setPen(look.colour(line.tone))
                painter.drawText(QPointF(left, round(base)), words)
                used += 1
        if icon:
            tone = Tone.OCHRE if self.block.clashes else Tone.SECOND
            if self.block.frame is Frame.PINNED and not self.block.clashes:
                tone = Tone.INK
            place = QRectF(box.right() - side - look.px(7), top + look.px(1), side, side)
            icons.paint(painter, icon, place, look.colour(tone))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6), on=fill)

    def _needs_the_width(self, wide: float, beside: float) -> bool:
        """Tell whether the name fits on its one line, but not beside its sign."""
        line = self._lines()[0]
        font = theme.now().font_for(line.role, line.words)
        words = QFontMetricsF(font).horizontalAdvance(line.words)
        return wide - beside < words <= wide

    def _lines(self) -> list[_Line]:
        item = self.block.item
        why = why_words(self.block)
        if item.kind in (VisitKind.CALL, VisitKind.VIDEO) and item.what is not What.APPOINTMENT:
            why = looks.joined(KIND_WORDS[item.kind], why)
        tone = Tone.OCHRE if self.block.clashes or self.block.is_outside else Tone.SECOND
        return [
            line
            for line in (
                _Line(item_words(item), Type.STRONG, Tone.INK, 2),
                _Line(looks.capital(why), Type.SMALL, tone, 2),
                _Line(place_words(item), Type.SMALL, Tone.MUTED, 1),
            )
            if line.words
        ]


def _fits(metrics: QFontMetricsF, wide: float, words: str) -> bool:
    return metrics.horizontalAdvance(words) <= wide


def why_words(block: Block) -> Text | str:
    """Return in a few words why it stands there: what it is about, else why it is due."""
    item = block.item
    if block.clashes:
        return Text("cannot be reached in time")
    if block.is_outside:
        return Text("they do not receive then")
    if item.topic:
        return looks.cut(item.topic, 80)
    return item.because or ""
