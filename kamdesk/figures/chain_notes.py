"""Notes of ties that are too long to stand on their line: letters there, the words below."""

from dataclasses import replace
from string import ascii_lowercase
from typing import Final

from kamdesk.figures.chain import ChainMap, Tie, TieKind
from kamdesk.figures.chain_legend import Legend
from kamdesk.figures.chain_ties import fits_on_line, ink_of
from kamdesk.figures.ink import GREY
from kamdesk.figures.measures import PAPER, Measures
from kamdesk.figures.shapes import Shape, text
from kamdesk.figures.type import Weight, lines

_COLUMNS: Final = 3
_GAP: Final = 14.0
_LEADING: Final = 1.36
_MOST_LINES: Final = 2
_SIGNS: Final = {
    TieKind.INFLUENCE: "→",
    TieKind.LEADS: "→",
    TieKind.CLOSE: "=",
    TieKind.AT_ODDS: "≠",
}


def lettered(content: ChainMap, *, measures: Measures = PAPER) -> ChainMap:
    """Return the map with a letter for each note that does not fit on its line."""
    letters = iter(ascii_lowercase)
    return replace(
        content,
        ties=tuple(
            replace(tie, sign=next(letters, ""))
            if tie.note and not fits_on_line(tie, measures)
            else tie
            for tie in content.ties
        ),
    )


def between(tie: Tie, source: str, target: str) -> str:
    """Return in one line whom a tie joins."""
    return f"{source} {_SIGNS[tie.kind]} {target}"


def notes_below(
    content: ChainMap, *, width: float, most_height: float, measures: Measures = PAPER
) -> Legend:
    """Return the notes behind the letters in columns, as many as ``most_height`` has room for."""
    names = {card.id: card.name for card in content.cards}
    size = measures.small
    pitch, across = size * _LEADING, (width - (_COLUMNS - 1) * _GAP) / _COLUMNS
    indent = size * 1.3
    told = []
    for tie in content.ties:
        if tie.sign:
            head = between(tie, names.get(tie.source, ""), names.get(tie.target, ""))
            words = f"{head}: {' '.join(tie.note.split())}"
            told.append((tie, lines(words, size, across - indent, Weight.REGULAR, _MOST_LINES)))
    columns = _balanced([len(rows) for _, rows in told])
    high = max((sum(len(told[at][1]) for at in column) for column in columns), default=0)
    high = min(high, int(most_height / pitch))
    shapes: list[Shape] = []
    for number, column in enumerate(columns):
        x, row = number * (across + _GAP), 0
        for at in column:
            tie, rows = told[at]
            if row + len(rows) > high:
                break
            for line in rows:
                y = (high - row - 1) * pitch + size * 0.3
                if line is rows[0]:
                    shapes += text(x, y, tie.sign, size, weight=Weight.BOLD, ink=ink_of(tie))
                shapes += text(x + indent, y, line.text, size, ink=GREY, most=across - indent + 1)
                row += 1
    return Legend(shapes, high * pitch)


def _balanced(heights: list[int]) -> list[list[int]]:
    """Return which items stand in which column, in order, about as high as each other."""
    columns: list[list[int]] = [[] for _ in range(_COLUMNS)]
    whole, done = sum(heights), 0
    for at, height in enumerate(heights):
        column = min(_COLUMNS - 1, int(_COLUMNS * (done + height / 2) / whole))
        columns[column].append(at)
        done += height
    return columns
