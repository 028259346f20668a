"""Blocks of a page: measured for a width, then drawn from their upper left corner."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from kamdesk.core.wording import Text
from kamdesk.figures import type as letters
from kamdesk.figures.ink import ACCENT, BLACK, BRICK, GREY, HAIR, WHITE, Ink
from kamdesk.figures.type import Weight
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice
from kamdesk.papers.words import Words

FLOOR: Final = 6.6
"""No type on a paper is smaller."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How hard a page is squeezed: gaps and type as a share, lines a text may have, rows kept."""

    gap: float = 1.0
    type: float = 1.0
    lines: int = 4
    rows: float = 1.0

    def size(self, wanted: float) -> float:
        """Return a size of type, squeezed but never too small to read."""
        return max(FLOOR, round(wanted * self.type, 1))

    def first(self, most: int, count: int) -> int:
        """Return how many of ``count`` items are shown where ``most`` are wanted at best."""
        return min(count, max(1, int(most * self.rows + 0.5)))


LADDER: Final = (
    Fit(),
    Fit(gap=0.75),
    Fit(gap=0.75, lines=3),
    Fit(gap=0.6, lines=2),
    Fit(gap=0.5, type=0.94, lines=2),
    Fit(gap=0.45, type=0.88, lines=2),
    Fit(gap=0.4, type=0.88, lines=1),
    Fit(gap=0.4, type=0.88, lines=1, rows=0.75),
    Fit(gap=0.4, type=0.88, lines=1, rows=0.5),
    Fit(gap=0.4, type=0.88, lines=1, rows=0.3),
    Fit(gap=0.3, type=0.85, lines=1, rows=0.0),
)
"""From at ease to as tight as it gets: gaps go before lines, lines before type, rows last."""


class Block(NamedTuple):
    """Something with a height that draws itself below and right of a point."""

    height: float
    draw: Callable[[Pen, float, float], None]


Mark: TypeAlias = Callable[[str, float], None]
"""Told the title and the top of a section when it is drawn: sets a bookmark."""
NOTHING: Final = Block(0.0, lambda _pen, _x, _top: None)


def paragraph(
    text: str,
    width: float,
    size: float,
    *,
    weight: Weight = Weight.REGULAR,
    ink: Ink = BLACK,
    most: int | None = None,
    leading: float = 1.42,
) -> Block:
    """Return text broken to a width, cut after ``most`` lines."""
    lines = letters.lines(text, size, width, weight, most)
    pitch = size * leading

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.lines(lines, x, top - size * 1.02, size, pitch, weight=weight, ink=ink)

    return Block(pitch * len(lines), draw)


def stacked(blocks: Iterable[Block], gap: float = 0.0) -> Block:
    """Return blocks below each other; empty ones take no gap."""
    whole = [block for block in blocks if block.height]
    if not whole:
        return NOTHING

    def draw(pen: Pen, x: float, top: float) -> None:
        for block in whole:
            block.draw(pen, x, top)
            top -= block.height + gap

    return Block(sum(block.height for block in whole) + gap * (len(whole) - 1), draw)


def beside(blocks: Sequence[Block], offsets: Sequence[float]) -> Block:
    """Return blocks side by side, each so far right."""

    def draw(pen: Pen, x: float, top: float) -> None:
        for block, offset in zip(blocks, offsets, strict=True):
            block.draw(pen, x + offset, top)

    return Block(max((block.height for block in blocks), default=0.0), draw)


def ruled(rows: Iterable[Block], width: float, pad: float) -> Block:
    """Return rows with a hairline between each two."""
    whole = list(rows)

    def draw(pen: Pen, x: float, top: float) -> None:
        for place, row in enumerate(whole):
            if place:
                pen.rule(x, top, x + width, top, 0.5, HAIR)
            row.draw(pen, x, top - pad)
            top -= row.height + 2 * pad

    return Block(sum(row.height for row in whole) + 2 * pad * len(whole), draw)


def not_shown(count: int, voice: Voice, width: float) -> Block:
    """Return the line that says how many people are left out because they must not be shown."""
    if not count:
        return NOTHING
    said = Text("{n} person not shown", "{n} people not shown", n=count)
    return paragraph(voice.say(said), width, 7.2, ink=GREY, most=1)


def labelled(pen: Pen, voice: Voice, text: Text, x: float, y: float, size: float = 8.6) -> float:
    """Write a label in the paper's one or two languages; return where it ends."""
    label = voice.label(text)
    x += pen.text(x, y, label.first, size, weight=Weight.BOLD, ink=ACCENT)
    if label.second:
        x += 5 + pen.text(x + 5, y + 0.2, label.second, FLOOR, ink=GREY)
    return x


def section(
    voice: Voice,
    title: Text,
    body: Block,
    width: float,
    fit: Fit,
    *,
    note: Words = "",
    more: int = 0,
    mark: Mark | None = None,
) -> Block:
    """Return a rule, a head and what stands below; ``more`` counts what was cut off."""
    if not body.height:
        return NOTHING
    height = head_height(fit)
    said = voice.say(note)
    cut = voice.say(Text("+{n} more", n=more)) if more else ""

    def draw(pen: Pen, x: float, top: float) -> None:
        if mark:
            mark(voice.label(title).first, top)
        pen.rule(x, top, x + width, top, 0.9)
        base = top - 8.6 - 3.2 * fit.gap
        end = labelled(pen, voice, title, x, base)
        taken = pen.text(x + width, base, cut, FLOOR, weight=Weight.BOLD, ink=GREY, align=1.0)
        room = x + width - end - 8 - taken - (6 if taken else 0)
        if said and room > 30:
            pen.text(end + 8, base, said, FLOOR, ink=GREY, most=room)
        body.draw(pen, x, top - height)

    return Block(height + body.height, draw)


def head_height(fit: Fit) -> float:
    """Return the height of a section's rule and head."""
    return 12.0 + 6.0 * fit.gap


def bulleted(
    items: Iterable[str], width: float, size: float, fit: Fit, *, ink: Ink = ACCENT
) -> Block:
    """Return texts below each other, each behind a small square."""

    def item(text: str) -> Block:
        body = paragraph(text, width - 10, size, most=fit.lines)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.band(x + 1, top - size * 0.84, 2.6, 2.6, ink)
            body.draw(pen, x + 10, top)

        return Block(body.height, draw)

    return stacked((item(text) for text in items), 2.4 * fit.gap)


def named(
    name: str, text: str, width: float, size: float, fit: Fit, *, lead: float, ink: Ink = ACCENT
) -> Block:
    """Return a short bold name and a text beside it, ``lead`` to the right."""
    if not text:
        return NOTHING
    body = paragraph(text, width - lead, size, most=fit.lines)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top - size * 1.02, name, size, weight=Weight.BOLD, ink=ink, most=lead - 2)
        body.draw(pen, x + lead, top)

    return Block(body.height, draw)


def tag(pen: Pen, x: float, y: float, text: str, *, solid: bool, ink: Ink = BLACK) -> float:
    """Write a word in a small frame with its baseline at ``y``; return the frame's width."""
    wide = letters.width(text, FLOOR, Weight.BOLD) + 5
    if solid:
        pen.fill(ink)
        pen.rounded(x, y - 2.2, wide, 9.2, 1.5, paint="f")
    else:
        pen.stroke(ink, 0.6)
        pen.rounded(x, y - 2.2, wide, 9.2, 1.5, paint="S")
    pen.text(x + 2.5, y, text, FLOOR, weight=Weight.BOLD, ink=WHITE if solid else ink)
    return wide


def warning(pen: Pen, x: float, y: float, text: str, size: float) -> None:
    """Write a warning that ends at ``x``: a triangle and bold words."""
    wide = pen.text(x, y, text, size, weight=Weight.BOLD, ink=BRICK, align=1.0)
    left, side = x - wide - size * 1.05, size * 0.84
    pen.fill(BRICK)
    pen.shape([(left, y), (left + side, y), (left + side / 2, y + side * 0.87)], paint="h f")
