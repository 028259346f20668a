"""Who of theirs sits there, in one line: ball of stance and name, as many as fit, then +n."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.stances import paint_ball, stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.dossier.agenda import Sitter

_MOST = 60


def sitter_words(sitter: Sitter) -> str:
    """Return a name, and that one meets for the first time."""
    if sitter.first_time:
        return looks.said(Text("{name} (first time)", name=looks.cut(sitter.name, _MOST)))
    return looks.cut(sitter.name, _MOST)


class PeopleRow(QWidget):
    """One line of people; all of them stand in its name for a screen reader."""

    def __init__(self, sitters: Sequence[Sitter], *, not_shown: int = 0) -> None:
        super().__init__()
        self._people = [(sitter.stance, sitter_words(sitter)) for sitter in sitters]
        self._not_shown = not_shown
        names = [looks.joined(words, stance_words(stance)) for stance, words in self._people]
        self.setAccessibleName("; ".join(names))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.now().px(18))

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(80), theme.now().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0.0, self.height() / 2
        for n, (stance, words) in enumerate(self._people):
            font = look.font_for(Type.SMALL, words)
            wide = look.px(17) + QFontMetricsF(font).horizontalAdvance(words)
            rest = len(self._people) - n + self._not_shown
            room = self.width() - left - (look.px(28) if rest > 1 else 0)
            if wide > room and n:
                self._say(painter, left, f"+{rest}", Tone.MUTED)
                return
            paint_ball(painter, QPointF(left + look.px(6.5), middle), stance, look.px(5))
            shown = QFontMetricsF(font).elidedText(
                words, Qt.TextElideMode.ElideRight, room - look.px(17)
            )
            self._say(painter, left + look.px(17), shown, Tone.SECOND)
            left += wide + look.px(12)
        if self._not_shown:
            self._say(painter, left, f"+{self._not_shown}", Tone.MUTED)

    def _say(self, painter: QPainter, left: float, words: str, tone: Tone) -> None:
        look = theme.now()
        font = look.font_for(Type.SMALL, words)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(QPointF(left, round(self.height() / 2 + 0.365 * font.pixelSize())), words)
