"""What every PDF of ours is: readable text, embedded fonts, the same bytes for the same content."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.clock import Instant
from kamdesk.figures.type import Weight
from kamdesk.papers.document import Document
from kamdesk.papers.pen import Pen

WHEN = Instant(1_773_300_000_000, "Asia/Shanghai")


def a_document(*lines: str, weight: Weight = Weight.REGULAR) -> bytes:
    document = Document(title="纸 (1)", author="林", subject="s", keywords=("a", "b"), made=WHEN)
    pen = document.new_page()
    document.bookmark("one")
    document.bookmark("一点一 <b>", level=1, top=500)
    for number, line in enumerate(lines):
        pen.text(40, 780 - 20 * number, line, 10, weight=weight)
    document.new_page()
    document.bookmark("two")
    return document.finished()


def text_of(data: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range())


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize(
    "line",
    ["程岱川，总经理（GM）", "喆镕堃𣗋", "the customer’s “data” – 78 %…", "A·B 甲·乙", "①▲→−"],
)
def test_text_comes_back_as_it_was_written(line: str, weight: Weight):
    assert text_of(a_document(line, weight=weight)) == line


@given(st.text(st.characters(codec="gb2312", exclude_categories=["Cc", "Zs"]), min_size=1))
def test_any_common_text_comes_back(line: str):
    back = text_of(a_document(line[:40]))
    assert "".join(back.split()) == "".join(line[:40].split())


def test_fonts_are_embedded_as_one_composite_font_per_weight():
    document = Document(title="t", made=WHEN)
    pen = document.new_page()
    pen.text(40, 700, "字 A", 10)
    pen.text(40, 680, "字 B", 10, weight=Weight.BOLD)
    data = document.finished()
    page = pypdfium2.PdfDocument(data)[0]
    written = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]))
    assert len(written) == 2
    for item in written:
        assert pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item.raw)) == 1
    assert data.count(b"/CIDFontType2") == 2


def test_the_same_content_gives_the_same_bytes():
    assert a_document("甲", "𣗋\u202e") == a_document("甲", "𣗋\u202e")
    assert a_document("甲") != a_document("乙")


def test_title_author_keywords_language_and_day_are_in_the_file():
    data = a_document("x")
    meta = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert meta["Title"] == "纸 (1)"
    assert meta["Author"] == "林"
    assert meta["Keywords"] == "a, b"
    assert meta["CreationDate"] == "D:20260312152000+08'00'"
    assert b"/DisplayDocTitle true" in data
    assert b"/Lang (en)" in data


def test_bookmarks_have_two_levels():
    toc = pypdfium2.PdfDocument(a_document("x")).get_toc()
    assert [(entry.level, entry.get_title(), entry.get_dest().get_index()) for entry in toc] == [
        (0, "one", 0),
        (1, "一点一 <b>", 0),
        (0, "two", 1),
    ]


def test_a_character_no_face_has_is_a_box_and_still_found_by_search():
    assert text_of(a_document("A𠮷B")) == "A𠮷B"
    assert text_of(a_document("韦𠮷\u202e好", weight=Weight.BOLD)) == "韦𠮷\u202e好"


def test_operators_never_hold_the_text_itself():
    pen = Pen({weight: _Fake() for weight in Weight})
    pen.text(0, 0, "ET Q (evil) Tj", 10)
    assert not [code for code in pen.code if "evil" in code]


class _Fake(dict[str, str]):
    name = "F1"

    def __missing__(self, char: str) -> str:
        return f"{ord(char):04X}"
