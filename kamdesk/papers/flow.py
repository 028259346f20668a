"""Pieces of a paper one below the other, broken over as many pages as they take."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kamdesk.papers.blocks import Block
from kamdesk.papers.document import Document
from kamdesk.papers.frame import BOTTOM, MARGIN, TOP
from kamdesk.papers.pen import Pen


class Piece(NamedTuple):
    """A block with the gap above it; one that is a head is never the last on its page."""

    block: Block
    gap: float = 0.0
    is_head: bool = False


def broken(pieces: Iterable[Piece], rooms: Callable[[int], float]) -> list[list[Piece]]:
    """Return the pieces page by page; ``rooms`` says the height there is on page 0, 1, …"""
    pages: list[list[Piece]] = [[]]
    left = rooms(0)
    for piece in pieces:
        if not piece.block.height:
            continue
        gap = piece.gap if pages[-1] else 0.0
        if piece.block.height + gap > left and pages[-1]:
            carried: list[Piece] = []
            while len(pages[-1]) > 1 and pages[-1][-1].is_head:
                carried.insert(0, pages[-1].pop())
            pages.append(carried)
            left = rooms(len(pages) - 1) - sum(one.block.height + one.gap for one in carried)
            gap = piece.gap if carried else 0.0
        pages[-1].append(piece)
        left -= piece.block.height + gap
    return pages


def draw_pages(
    document: Document,
    pages: list[list[Piece]],
    *,
    head: Callable[[Pen, int], float],
    foot: Callable[[Pen, int], None],
) -> None:
    """Draw pages onto new sheets; ``head`` writes page 0, 1, … and returns where it begins."""
    for number, pieces in enumerate(pages):
        pen = document.new_page()
        top = head(pen, number)
        for place, piece in enumerate(pieces):
            top -= piece.gap if place else 0.0
            piece.block.draw(pen, MARGIN, top)
            top -= piece.block.height
        foot(pen, number)


def room_below(top: float) -> float:
    """Return the height between ``top`` and the foot of a page."""
    return min(top, TOP) - BOTTOM
