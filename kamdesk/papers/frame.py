"""The frame of every paper's page: its margins, its name on top, its foot."""

from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, BLACK, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR
from kamdesk.papers.document import A4
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

MARGIN: Final = 36.0
WIDTH: Final = A4[0] - 2 * MARGIN
TOP: Final = A4[1] - 30.0
BOTTOM: Final = 34.0
_FOOT: Final = 26.0


def running_head(pen: Pen, left: str, right: str) -> float:
    """Write the head of a further page; return where the page's content begins."""
    taken = pen.text(MARGIN + WIDTH, TOP - 8, right, 7, ink=GREY, align=1.0, most=WIDTH * 0.55)
    pen.text(MARGIN, TOP - 8, left, 8.6, weight=Weight.BOLD, most=WIDTH - taken - 16)
    return TOP - 13


def paper_name(pen: Pen, voice: Voice, name: Text, beside: str) -> None:
    """Write the paper's name above the first page, and what tells it from others."""
    label = voice.label(name)
    x = MARGIN + pen.text(MARGIN, TOP - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
    if label.second:
        x += 4 + pen.text(x + 4, TOP - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
    pen.text(x + 10, TOP - 7, beside, 7, ink=GREY, most=MARGIN + WIDTH * 0.62 - x - 10)


def foot(
    pen: Pen,
    voice: Voice,
    *,
    page: int,
    pages: int,
    made_by: str = "",
    secrecy: Text | None = None,
    as_of: Instant | None = None,
    width: float = WIDTH,
) -> None:
    """Write who made the paper, how far it may go, the page's number and the time of its data."""
    pen.rule(MARGIN, _FOOT, MARGIN + width, _FOOT, 0.5, HAIR)
    y, third = _FOOT - 9.5, width / 3
    x = MARGIN
    if secrecy:
        x += pen.text(x, y, voice.say(secrecy), FLOOR, weight=Weight.BOLD, ink=BLACK, most=third)
    if made_by:
        x += 8 if secrecy else 0
        pen.text(x, y, made_by, FLOOR, ink=GREY, most=MARGIN + third + 30 - x)
    number = Text("page {page} of {pages}", page=page, pages=pages)
    label = voice.label(number)
    pen.text(MARGIN + width / 2, y, label.first, FLOOR, ink=GREY, align=0.5)
    stamp = "KamDesk"
    if as_of:
        time = f"{as_of.local:%Y-%m-%d %H:%M}"
        stamp = f"{stamp} · {voice.say(Text('as of {time}', time=time))}"
    pen.text(MARGIN + width, y, stamp, FLOOR, ink=GREY, align=1.0, most=third + 20)
