"""The day pack: a cover that leads to each brief, pages numbered through, broken where needed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from support.paper_contents import AS_OF, a_brief

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.clock import Instant
from kamdesk.papers.blocks import NOTHING, Block
from kamdesk.papers.brief.content import Brief
from kamdesk.papers.day_pack.drawing import draw_day_pack
from kamdesk.papers.flow import Piece, broken

DAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def a_day(visits: int) -> list[Brief]:
    brief = a_brief()
    return [
        replace(
            brief,
            heading=replace(
                brief.heading,
                account=f"第{n}家客户",
                start=Instant.at(DAY, 8 + n % 12),
                gate="东门",
            ),
        )
        for n in range(visits)
    ]


def drawn(briefs: list[Brief], language: str = "zh") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(
        draw_day_pack(DAY, briefs, language=language, made_by="林晓彤", as_of=AS_OF)
    )


def said(document: pypdfium2.PdfDocument, page: int) -> str:
    return document[page].get_textpage().get_text_range()


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_cover_names_every_visit_in_order_and_where_its_brief_is(language: str) -> None:
    document = drawn(a_day(4), language)
    assert len(document) == 1 + 2 * 4
    cover = said(document, 0)
    places = [cover.index(f"第{n}家客户") for n in range(4)]
    assert places == sorted(places)
    assert "东门" in cover
    for n in range(4):
        number = 2 + 2 * n
        assert (f"page {number}" if language == "en" else f"{number}") in cover
        assert f"第{n}家客户" in said(document, number - 1)
    last = said(document, 8)
    assert ("Page 9 of 9" in last) if language == "en" else ("第 9 页" in last or "9" in last)
    document.close()


def test_its_bookmarks_lead_from_the_cover_to_each_brief() -> None:
    document = drawn(a_day(3))
    marks = [
        (mark.get_title(), mark.get_dest().get_index())
        for mark in document.get_toc()
        if mark.level == 0
    ]
    assert [page for _, page in marks] == [0, 1, 3, 5]
    assert marks[2][0] == "第1家客户 2026-03-12"
    document.close()


def test_a_day_too_full_for_one_cover_goes_on_and_counts_on() -> None:
    document = drawn(a_day(14))
    covers = len(document) - 28
    assert covers > 1
    assert any("第13家客户" in said(document, page) for page in range(1, covers))
    assert "第0家客户" in said(document, covers)
    document.close()


def test_the_same_day_gives_the_same_bytes() -> None:
    one, two = (
        draw_day_pack(DAY, a_day(2), language="zh", made_by="林晓彤", as_of=AS_OF) for _ in "ab"
    )
    assert one == two


def a_block(height: float) -> Block:
    return Block(height, lambda _pen, _x, _top: None)


def heights(pages: list[list[Piece]]) -> list[list[float]]:
    return [[piece.block.height for piece in page] for page in pages]


def test_pieces_go_on_the_next_page_when_this_one_is_full() -> None:
    pieces = [Piece(a_block(40), 5), Piece(a_block(40), 5), Piece(a_block(30), 5)]
    assert heights(broken(pieces, lambda _: 85)) == [[40, 40], [30]]
    assert heights(broken(pieces, lambda page: 50 if page == 0 else 200)) == [[40], [40, 30]]


def test_a_head_goes_with_what_follows_it() -> None:
    pieces = [Piece(a_block(60)), Piece(a_block(10), 5, is_head=True), Piece(a_block(50), 5)]
    assert heights(broken(pieces, lambda _: 100)) == [[60], [10, 50]]


def test_what_is_empty_or_too_large_harms_nothing() -> None:
    pieces = [Piece(NOTHING, 9), Piece(a_block(500), 9), Piece(a_block(10), 9)]
    assert heights(broken(pieces, lambda _: 100)) == [[500], [10]]
    assert broken([], lambda _: 100) == [[]]
