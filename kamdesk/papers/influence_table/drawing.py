"""The influence table as PDF: A4 on its side, A3 from fifteen people, as many pages as it takes."""

from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.chain_map import RIM
from kamdesk.figures.chain_notes import lettered, notes_below
from kamdesk.figures.ink import ACCENT, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import Block, Fit, named, not_shown, paragraph, stacked
from kamdesk.papers.chain_map.drawing import fitted
from kamdesk.papers.chain_map.sheets import ONE_SHEET
from kamdesk.papers.document import A3, A4, Document
from kamdesk.papers.flow import Piece, broken
from kamdesk.papers.frame import BOTTOM, MARGIN, foot
from kamdesk.papers.influence_table import columns as cells
from kamdesk.papers.influence_table.columns import Column, row_block, titles, widths
from kamdesk.papers.influence_table.content import InfluenceTable, Row
from kamdesk.papers.influence_table.foot import foot_bands, foot_column
from kamdesk.papers.paint import paint
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("decision-influence table")
SECRET: Final = Text("internal")
A3_FROM: Final = 15
"""Rows from which the table needs A3."""
_TOP: Final = 30.0
_MAP_SHARE: Final = 0.58
"""Part of the first page's width that the map has."""
_MAP_HEIGHT: Final = 0.36
_SMALLEST_MAP: Final = 0.7
"""A map that would print smaller has a page of its own."""
_MOST_IN_HEAD: Final = 16
"""Cards of a map that can be legible in the head."""
_LARGEST_MAP: Final = 1.25
_LARGEST_ALONE: Final = 1.6
_MOST_NOTES: Final = 0.2
"""Part of the map's page that the notes on its lines may take."""
_LEAD: Final = 74.0
_BESIDE: Final = (250.0, 300.0, 350.0, 400.0)
"""Widths tried for what follows from the table, where it stands beside the map."""
_GUTTER: Final = 22.0


def draw_influence_table(table: InfluenceTable, *, language: Language) -> bytes:
    """Return the table as PDF."""
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {table.customer}",
        author=table.made_by,
        subject=name,
        language=language,
        made=table.made,
    )
    _Sheets(table, voice, document).draw()
    return document.finished()


class _Sheets:
    """Lays the pages of one table out and draws them."""

    def __init__(self, table: InfluenceTable, voice: Voice, document: Document) -> None:
        self.table, self.voice, self.document = table, voice, document
        tall, wide = A3 if len(table.rows) >= A3_FROM else A4
        self.size = (wide, tall)
        self.width = wide - 2 * MARGIN
        self.top = tall - _TOP
        self.columns = columns_of(table)
        self.sizes = widths(self.columns, self.width)
        self.titles = titles(self.columns, self.sizes, voice)

    def draw(self) -> None:
        """Draw all pages: the head with the map, the rows, what follows from them."""
        pieces = [Piece(self._row(row)) for row in self.table.rows]
        hidden = not_shown(self.table.not_shown, self.voice, self.width)
        if hidden.height:
            pieces.append(Piece(hidden, 4.0))
        bands = foot_bands(self.table, self.voice, self.width)
        below = self.titles.height + 6
        rest = self.top - BOTTOM - 14 - below

        def paged(head: Block, *more: Block) -> list[list[Piece]]:
            first = self.top - BOTTOM - head.height - below
            whole = [*pieces, *(Piece(band, 12.0) for band in more)]
            return broken(whole, lambda n: rest if n else first)

        head, own_page = self._head()
        pages, beside = paged(head, *bands), None
        alone, _ = self._head(with_map=False)
        rows_alone = paged(alone)
        in_the_way = own_page or len(paged(head)) > len(rows_alone)
        if in_the_way and len(rows_alone) < len(pages) and (beside := self._beside_map()):
            head, own_page, pages = alone, True, rows_alone
        count = len(pages) + own_page
        for number, page in enumerate(pages):
            pen = self.document.new_page(self.size)
            top = self.top
            if number:
                pen.text(MARGIN, top - 8, self.table.customer, 8.6, weight=Weight.BOLD)
                top -= 14
            else:
                self.document.bookmark(self.voice.label(NAME).first)
                head.draw(pen, MARGIN, top)
                top -= head.height
            if any(piece.block not in bands for piece in page):
                self.titles.draw(pen, MARGIN, top)
                top -= below
            for place, piece in enumerate(page):
                top -= piece.gap if place else 0.0
                piece.block.draw(pen, MARGIN, top)
                top -= piece.block.height
            self._end(pen, number + 1, count)
        if own_page:
            self._map_page(count, beside)

    def _beside_map(self) -> tuple[Block, float] | None:
        """Return what follows as a column and its width, where map and column share a page."""
        room = self.top - 26 - BOTTOM
        if not 0 < len(self.table.chain.cards) <= ONE_SHEET:
            return None
        for width in _BESIDE:
            column = foot_column(self.table, self.voice, width)
            if column.height <= room + 26:
                left = self.width - width - _GUTTER
                _, scale = self._map(self.table.chain, left, room * (1 - _MOST_NOTES))
                return (column, width) if scale >= _SMALLEST_MAP else None
        return None

    def _head(self, *, with_map: bool = True) -> tuple[Block, bool]:
        """Return the head of the first page, and whether the map needs a page of its own."""
        room = self.width * _MAP_SHARE, (self.top - BOTTOM) * _MAP_HEIGHT
        count, drawn = len(self.table.chain.cards), None
        if with_map and 0 < count <= _MOST_IN_HEAD:
            drawn = self._map(self.table.chain, *room)
            drawn = drawn if drawn[1] >= _SMALLEST_MAP else None
        own_page = drawn is None and 0 < count <= ONE_SHEET
        text_width = self.width - room[0] - 24 if drawn else self.width
        said = self._said(text_width)
        high = 0.0
        if drawn:
            high = (drawn[0].height + 2 * RIM) * drawn[1]

        def draw(pen: Pen, x: float, top: float) -> None:
            said.draw(pen, x, top)
            if drawn:
                drawing, scale = drawn
                left = x + self.width - RIM * scale - drawing.width * scale
                paint(pen, drawing, left, top - RIM * scale - drawing.height * scale, scale=scale)

        return Block(max(said.height, high) + 10, draw), own_page

    def _map(
        self, chain: ChainMap, width: float, height: float, largest: float = _LARGEST_MAP
    ) -> tuple[Drawing, float]:
        return fitted(chain, width, height, language=self.voice.first, largest=largest)

    def _said(self, width: float) -> Block:
        """Return whose table it is, of which day, and how they decide."""
        table, voice = self.table, self.voice
        fit = Fit(lines=4)

        def line(title: Text, words: str) -> Block:
            return named(voice.label(title).first, words, width, 8.0, fit, lead=_LEAD)

        bodies = [
            " · ".join(
                part
                for part in (
                    body.name,
                    body.meets,
                    voice.say(Text("next {day}", day=body.next_day.isoformat()))
                    if body.next_day
                    else "",
                )
                if part
            )
            for body in table.bodies
        ]
        deciding = voice.day(table.decision_day) if table.decision_day else ""
        return stacked(
            (
                self._name_line(width),
                paragraph(
                    " · ".join(part for part in (table.customer, table.map_name) if part),
                    width,
                    15,
                    weight=Weight.BOLD,
                    most=2,
                    leading=1.25,
                ),
                line(Text("as of"), voice.day(table.day)),
                line(Text("made by"), table.made_by),
                line(Text("opportunity"), voice.clauses((table.opportunity, table.step))),
                line(Text("decision on"), deciding),
                line(Text("deciding body"), voice.clauses(bodies)),
                line(Text("they decide"), table.decision_way),
                line(
                    Text("map"),
                    voice.say(Text("on sheets of its own: print the decision chain"))
                    if len(table.chain.cards) > ONE_SHEET
                    else "",
                ),
                line(
                    Text("checked with"),
                    voice.joined(table.guides) or voice.say(Text("no guide is known yet")),
                ),
            ),
            2.0,
        )

    def _name_line(self, width: float) -> Block:
        label = self.voice.label(NAME)

        def draw(pen: Pen, x: float, top: float) -> None:
            end = x + pen.text(x, top - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
            pen.text(
                end + 4, top - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT, most=width / 2
            )

        return Block(11.0, draw)

    def _row(self, row: Row) -> Block:
        body = row_block(row, self.columns, self.sizes, self.voice, self.table.day)
        height = body.height + 6

        def draw(pen: Pen, x: float, top: float) -> None:
            body.draw(pen, x, top - 3)
            pen.rule(x, top - height, x + self.width, top - height, 0.5, HAIR)

        return Block(height, draw)

    def _map_page(self, count: int, beside: tuple[Block, float] | None) -> None:
        """Draw the map on a page of its own, what follows at its right where that fits."""
        pen = self.document.new_page(self.size)
        name = self.voice.label(Text("decision chain")).first
        self.document.bookmark(name)
        pen.text(MARGIN, self.top - 8, f"{self.table.customer} · {name}", 8.6, weight=Weight.BOLD)
        width, high = self.width, self.top - 26
        if beside:
            column, taken = beside
            width -= taken + _GUTTER
            column.draw(pen, MARGIN + width + _GUTTER, self.top)
        chain, low = lettered(self.table.chain), BOTTOM + 4
        signs = legend(chain, width=width, language=self.voice.first)
        notes = notes_below(chain, width=width, most_height=self.top * _MOST_NOTES)
        for shown in (signs, notes):
            drawing = Drawing(width, shown.height)
            drawing.contents.extend(shown.shapes)
            paint(pen, drawing, MARGIN, low)
            low += shown.height + 4 if shown.height else 0
        drawing, scale = self._map(chain, width, high - low, _LARGEST_ALONE)
        left = MARGIN + (width - drawing.width * scale) / 2
        paint(pen, drawing, left, high - drawing.height * scale, scale=scale)
        self._end(pen, count, count)

    def _end(self, pen: Pen, page: int, pages: int) -> None:
        foot(
            pen,
            self.voice,
            page=page,
            pages=pages,
            made_by=self.table.made_by,
            secrecy=SECRET,
            as_of=self.table.made,
            width=self.width,
        )


def columns_of(table: InfluenceTable) -> tuple[Column, ...]:
    """Return the columns in their order; motives and rivals only where they are ticked."""
    return (
        Column(Text("no."), 24, cells.number),
        Column(Text("name, post, department"), 92, cells.names),
        Column(Text("level, line"), 52, cells.level_and_line),
        Column(Text("role, part, veto"), 70, cells.roles),
        Column(Text("influence"), 40, cells.influence),
        Column(Text("influences whom, by whom"), 76, cells.influences),
        Column(Text("organisation's need"), 78, cells.need),
        *((Column(Text("personal motive"), 66, cells.motive),) if table.motives else ()),
        Column(Text("focus and criteria"), 78, cells.focus),
        Column(Text("stance, wanted"), 56, cells.stance),
        *((Column(Text("tie to rivals"), 54, cells.rival),) if table.rivals else ()),
        Column(Text("relation, owner, peer"), 60, cells.relation),
        Column(Text("last met"), 54, cells.last_met),
        Column(Text("evidence, certainty"), 76, cells.evidence),
        Column(Text("next move"), 84, cells.next_move),
    )
