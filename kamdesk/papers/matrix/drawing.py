"""The matrix as PDF, readable without colour: numbers, pips filled and outlined, stars."""

from math import cos, pi, sin
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.domain.chain.network import Cover
from kamdesk.dossier.cover_matrix import WIDE_GAP, CoverMatrix, MatrixColumn, MatrixRow
from kamdesk.figures import type as letters
from kamdesk.figures.ink import ACCENT, BLACK, BRICK, GREY, HAIR
from kamdesk.figures.marks import ball, bars, triangle
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR
from kamdesk.papers.document import A4, Document
from kamdesk.papers.frame import MARGIN, foot
from kamdesk.papers.paint import paint_shapes
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("matrix of relationships")
SECRET: Final = Text("internal")
MOST_OURS: Final = 12
"""Columns of ours that find room on the page; the rest is named as a number."""
SIZE: Final = (A4[1], A4[0])
_WIDTH: Final = SIZE[0] - 2 * MARGIN
_TOP: Final = SIZE[1] - 30.0
_PERSON, _GAP, _FLOOR = 186.0, 42.0, 62.0
_PERSON_MOST, _COLUMN_LEAST, _COLUMN_MOST = 290.0, 68.0, 120.0
_TALLEST, _LOWEST = 24.0, 12.5
_DASH: Final = "–"


def draw_matrix(
    matrix: CoverMatrix, *, language: Language, made: Instant, made_by: str = ""
) -> bytes:
    """Return the matrix as PDF: one page for up to 35 people, the same heads on further ones."""
    voice = Voice(language)
    name = voice.label(NAME).first
    customer = matrix.net.account_name
    document = Document(
        title=f"{name} {customer}", author=made_by, subject=name, language=language, made=made
    )
    room = _TOP - 74 - _FLOOR
    pitch = max(_LOWEST, min(_TALLEST, room / max(len(matrix.rows), 1)))
    on_page = int(room / pitch)
    pages = [matrix.rows[at : at + on_page] for at in range(0, len(matrix.rows), on_page)] or [()]
    for number, rows in enumerate(pages, 1):
        pen = document.new_page(SIZE)
        if number == 1:
            document.bookmark(name)
        sheet = _Sheet(pen, voice, matrix, pitch)
        sheet.head()
        for row in rows:
            sheet.row(row)
        if not matrix.rows:
            sheet.nobody()
        elif number == len(pages):
            sheet.sums()
        sheet.legend()
        foot(
            pen, voice, page=number, pages=len(pages), made_by=made_by, secrecy=SECRET,
            as_of=made, width=_WIDTH,
        )  # fmt: skip
    return document.finished()


class _Sheet:
    """One page: writes from the top downwards."""

    def __init__(self, pen: Pen, voice: Voice, matrix: CoverMatrix, pitch: float) -> None:
        self.pen, self.voice, self.matrix, self.pitch = pen, voice, matrix, pitch
        self.columns = matrix.columns[:MOST_OURS]
        ours = max(len(self.columns), 1)
        spare = max(_PERSON, min(_PERSON_MOST, _WIDTH - _GAP - ours * _COLUMN_LEAST))
        self.person = min(spare, max((_named(row) for row in matrix.rows), default=0.0))
        self.person = max(_PERSON, self.person)
        self.wide = min(_COLUMN_MOST, (_WIDTH - self.person - _GAP) / ours)
        self.right = MARGIN + self.person + self.wide * len(self.columns) + _GAP
        self.y = _TOP

    def head(self) -> None:
        """Write the paper's name, whose people they are, and our people above their columns."""
        pen, voice, net = self.pen, self.voice, self.matrix.net
        label = voice.label(NAME)
        end = MARGIN + pen.text(
            MARGIN, self.y - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT
        )
        pen.text(end + 4, self.y - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
        day = voice.say(Text("as of {day}", day=voice.day(net.day)))
        right = MARGIN + _WIDTH
        pen.text(right, self.y - 7, day, 8.6, weight=Weight.BOLD, align=1.0)
        title = " · ".join(filter(None, (net.account_name, net.map.name if net.map else "")))
        pen.text(MARGIN, self.y - 27, title, 15, weight=Weight.BOLD, most=_WIDTH)
        base = self.y - 52
        self._label(MARGIN, base, Text("their people, by influence"), self.person - 8)
        more = len(self.matrix.columns) - len(self.columns)
        if more:
            said = voice.say(Text("+{n} more of ours", n=more))
            pen.text(right, self.y - 27, said, 8, ink=GREY, align=1.0)
        if not self.columns:
            said = voice.say(Text("Nobody of ours is named here yet."))
            pen.text(self.right + 14, base, said, 8.4, ink=GREY)
        for n, column in enumerate(self.columns):
            self._ours(MARGIN + self.person + n * self.wide, base, column)
        pen.text(
            self.right - 4, base, voice.label(Text("gap")).first, 8.4, weight=Weight.BOLD, align=1.0
        )
        self.y = base - 15
        pen.rule(MARGIN, self.y, self.right, self.y, 0.9)

    def _label(self, x: float, y: float, words: Text, most: float) -> None:
        label = self.voice.label(words)
        self.pen.text(x, y, label.first, 8.4, weight=Weight.BOLD, most=most)
        self.pen.text(x, y - 10, label.second, FLOOR, ink=GREY, most=most)

    def _ours(self, x: float, y: float, column: MatrixColumn) -> None:
        name = column.name if column.id else self.voice.label(Text("ours, no name")).first
        most = self.wide - 6
        self.pen.text(x + 4, y, name, 8.4, weight=Weight.BOLD, most=most)
        self.pen.text(x + 4, y - 10, column.title, FLOOR, ink=GREY, most=most)

    def row(self, row: MatrixRow) -> None:
        """Write one of theirs with all cells."""
        pen, node = self.pen, row.node
        middle = self.y - self.pitch / 2
        paint_shapes(pen, ball(MARGIN + 5, middle, row.stance, radius=3.4))
        base = middle - 2.9
        taken = pen.text(MARGIN + 14, base, node.name, 8.2, weight=Weight.BOLD, most=90)
        left = MARGIN + 14 + taken + 6
        pen.text(left, base, node.post, 7, ink=GREY, most=MARGIN + self.person - 30 - left)
        paint_shapes(pen, bars(MARGIN + self.person - 24, middle - 3.2, node.stands.influence))
        for n, cover in enumerate(row.cells[: len(self.columns)]):
            owner = cover.colleague is not None and cover.colleague == node.owner
            self._cell(MARGIN + self.person + n * self.wide + 4, middle, cover, owner=owner)
        self._gap(row.gap, base)
        self.y -= self.pitch
        pen.rule(MARGIN, self.y, self.right, self.y, 0.4, HAIR)

    def _cell(self, x: float, middle: float, cover: Cover, *, owner: bool) -> None:
        now, wanted = cover.now, cover.wanted or 0
        weight = Weight.BOLD if owner else Weight.REGULAR
        said = _DASH if now is None else str(now)
        self.pen.text(x, middle - 2.9, said, 8, weight=weight, ink=BLACK if now else GREY)
        end = x + 9
        if now is not None or wanted:
            pitch = min(6.6, (self.wide - 26) / 5)
            _pips(self.pen, end, middle, now or 0, wanted, pitch)
            end += 5 * pitch + 3
        if owner:
            _star(self.pen, end + 4, middle, 3.6)

    def _gap(self, gap: int | None, base: float) -> None:
        wide = gap is not None and gap >= WIDE_GAP
        said = _DASH if gap is None else str(gap)
        weight = Weight.BOLD if wide else Weight.REGULAR
        ink = BRICK if wide else GREY if not gap else BLACK
        taken = self.pen.text(
            self.right - 4, base, said, 8.2, weight=weight, ink=ink, align=1.0, most=_GAP
        )
        if wide:
            paint_shapes(self.pen, [triangle(self.right - 4 - taken - 9, base, 6)])

    def nobody(self) -> None:
        """Say that there is nobody of theirs."""
        said = self.voice.say(Text("Nobody is on the map yet."))
        self.pen.text(MARGIN, self.y - 16, said, 8.4, ink=GREY)

    def sums(self) -> None:
        """Write under the columns how many each of ours knows and owns."""
        base = self.y - 12
        label = self.voice.label(Text("knows · owns"))
        self.pen.text(MARGIN, base, label.first, 7.6, ink=GREY)
        for n, column in enumerate(self.columns):
            said = f"{column.knows} · {column.owns}"
            self.pen.text(MARGIN + self.person + n * self.wide + 4, base, said, 8)
        self.y = base - 6

    def legend(self) -> None:
        """Write what the signs mean."""
        pen, y, x = self.pen, 44.0, MARGIN
        for sign, words in (
            ("pips", Text("filled: now, outlined: wanted")),
            ("star", Text("owner")),
            ("dash", Text("not needed")),
            ("triangle", Text("3 steps short or more")),
        ):
            if sign == "pips":
                _pips(pen, x, y + 2.6, 2, 4, 6.6)
                x += 36
            elif sign == "star":
                _star(pen, x + 4, y + 2.6, 3.6)
                x += 11
            elif sign == "triangle":
                paint_shapes(pen, [triangle(x, y, 6)])
                x += 9
            else:
                x += pen.text(x, y, _DASH, 8, ink=GREY) + 4
            x += pen.text(x, y, self.voice.label(words).first, 7, ink=GREY) + 18


def _named(row: MatrixRow) -> float:
    """Return how wide ball, name, post and bars of a row stand whole."""
    name = min(90.0, letters.width(row.node.name, 8.2, Weight.BOLD))
    return 14 + name + 6 + letters.width(row.node.post, 7) + 32


def _pips(pen: Pen, x: float, middle: float, now: int, wanted: int, pitch: float) -> None:
    wide, high = pitch - 1.4, 3.6
    for step in range(5):
        left, low = x + step * pitch, middle - high / 2
        if step < now:
            pen.fill(ACCENT)
            pen.rounded(left, low, wide, high, 1.0, paint="f")
        elif step < wanted:
            pen.stroke(ACCENT, 0.8)
            pen.rounded(left + 0.4, low + 0.4, wide - 0.8, high - 0.8, 0.8, paint="S")
        else:
            pen.fill(HAIR)
            pen.rounded(left, middle - 0.5, wide, 1.0, 0.4, paint="f")


def _star(pen: Pen, x: float, y: float, radius: float) -> None:
    points = []
    for n in range(10):
        reach, angle = radius if n % 2 == 0 else radius * 0.42, pi / 2 + pi / 5 * n
        points.append((x + reach * cos(angle), y + reach * sin(angle)))
    pen.fill(ACCENT)
    pen.shape(points, paint="f")
