"""The frame of a paper on its side: its head, the heads of further pages, its pieces, its foot."""

from collections.abc import Callable, Sequence
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, Block, labelled
from kamdesk.papers.document import A4, Document
from kamdesk.papers.flow import Piece, broken
from kamdesk.papers.frame import BOTTOM, MARGIN, foot
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

SIZE: Final = (A4[1], A4[0])
WIDTH: Final = SIZE[0] - 2 * MARGIN
TOP: Final = SIZE[1] - 30.0
SECRET: Final = Text("internal")
_NEXT: Final = TOP - 20.0
HEAD: Final = 48.0
"""Height of the first page's head."""

Figure = tuple[Text, str]
"""A label and the figure it stands over."""


class Sheet:
    """Draws a paper on its side: a first page with a head, then pieces on as many as they take."""

    def __init__(
        self,
        document: Document,
        voice: Voice,
        *,
        name: Text,
        title: str,
        made_by: str,
        as_of: Instant,
    ) -> None:
        self.document, self.voice = document, voice
        self._name, self._title, self._made_by, self._as_of = name, title, made_by, as_of

    def draw(
        self, figures: Sequence[Figure], first: Callable[[Pen, float], None], pieces: list[Piece]
    ) -> None:
        """Draw all pages; ``first`` draws what fills the first one below the height it is told."""
        pages = [page for page in broken(pieces, lambda _: _NEXT - BOTTOM - 6) if page]
        count = 1 + len(pages)
        pen = self.document.new_page(SIZE)
        self.document.bookmark(self.voice.label(self._name).first)
        self._head(pen, figures)
        first(pen, TOP - HEAD)
        self._foot(pen, 1, count)
        for number, page in enumerate(pages, 2):
            pen = self.document.new_page(SIZE)
            name = self.voice.label(self._name).first
            pen.text(MARGIN, TOP - 8, name, 8.6, weight=Weight.BOLD)
            pen.text(MARGIN + WIDTH, TOP - 8, self._title, 7, ink=GREY, align=1.0)
            top = _NEXT
            for place, piece in enumerate(page):
                top -= piece.gap if place else 0.0
                piece.block.draw(pen, MARGIN, top)
                top -= piece.block.height
            self._foot(pen, number, count)

    def _head(self, pen: Pen, figures: Sequence[Figure]) -> None:
        label = self.voice.label(self._name)
        x = MARGIN + pen.text(MARGIN, TOP - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
        if label.second:
            x += 4 + pen.text(x + 4, TOP - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
        right = MARGIN + WIDTH
        for words, figure in reversed(figures):
            said = self.voice.label(words).first
            wide = max(
                pen.text(right, TOP - 17, said, FLOOR, ink=GREY, align=1.0),
                pen.text(right, TOP - 33, figure, 12.5, weight=Weight.BOLD, align=1.0),
            )
            right -= wide + 22
        pen.text(x + 10, TOP - 7, self._made_by, 7, ink=GREY, most=max(40.0, right - x - 10))
        pen.text(MARGIN, TOP - 33, self._title, 20, weight=Weight.BOLD, most=right - MARGIN)

    def _foot(self, pen: Pen, page: int, pages: int) -> None:
        foot(
            pen,
            self.voice,
            page=page,
            pages=pages,
            made_by=self._made_by,
            secrecy=SECRET,
            as_of=self._as_of,
            width=WIDTH,
        )


def list_head(title: Text, note: Text | str, voice: Voice) -> Block:
    """Return the head of a list: a heavy rule, what it lists, a quiet note beside."""

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + WIDTH, top, 0.9)
        end = labelled(pen, voice, title, x, top - 11)
        if note:
            pen.text(end + 8, top - 11, voice.say(note), 7, ink=GREY, most=x + WIDTH - end - 8)

    return Block(17.0, draw)


def underlined(block: Block, room: float = 4.0) -> Block:
    """Return a row with a hairline below; ``room`` points above and below what it says."""

    def draw(pen: Pen, x: float, top: float) -> None:
        block.draw(pen, x, top - room)
        y = top - block.height - 2 * room
        pen.rule(x, y, x + WIDTH, y, 0.5, HAIR)

    return Block(block.height + 2 * room, draw)
