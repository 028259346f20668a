"""The sheet with the recovery code: one page, the code to read and to scan, nothing personal."""

from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
import segno

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.papers.recovery_sheet import recovery_sheet

CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-P"
WORKSPACE = "3f2a91c0" + "5e" * 12
DAY = date(2026, 3, 12)
LANGUAGES = ("en", "zh", "both")
SCALE = 4


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def page(language: str) -> "pypdfium2.PdfPage":
    document = pypdfium2.PdfDocument(recovery_sheet(CODE, WORKSPACE, DAY, language))
    assert len(document) == 1
    return document[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_with_the_whole_code_and_which_workspace(language):
    found = page(language)
    assert [round(side) for side in found.get_size()] == [595, 842]
    said = found.get_textpage().get_text_range()
    assert [said.index(group) for group in CODE.split("-")[:-1]] == sorted(
        said.index(group) for group in CODE.split("-")[:-1]
    )
    assert "3f2a91c0" in said
    assert WORKSPACE[8:16] not in said
    assert DAY.isoformat() in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_lies_over_something_else(language):
    text = page(language).get_textpage()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    assert len(boxes) > 15
    for at, (left, bottom, right, top) in enumerate(boxes):
        assert left >= 60
        assert right <= 596 - 60
        assert bottom >= 40
        for other in boxes[:at]:
            wide = min(right, other[2]) - max(left, other[0])
            high = min(top, other[3]) - max(bottom, other[1])
            assert wide <= 0.5 or high <= 0.5, (boxes[at], other)


def test_the_square_holds_the_code_with_a_quiet_zone_around_it():
    image = page("en").render(scale=SCALE).to_pil().convert("L")
    matrix = segno.make(CODE, error="m", micro=False, boost_error=False).matrix
    count = len(matrix)
    side, left = 116.0, 595.28 - 62 - 20 - 116
    step = side / count
    top = top_of_square(image, left)
    xs = [round((left + (column + 0.5) * step) * SCALE) for column in range(-4, count + 4)]
    ys = [round(top + (row + 0.5) * step * SCALE) for row in range(count)]
    dark = [[image.getpixel((x, y)) < 128 for x in xs] for y in ys]
    assert [line[4:-4] for line in dark] == [[bool(cell) for cell in row] for row in matrix]
    assert not any(cell for line in dark for cell in (*line[:3], *line[-3:]))


def top_of_square(image, left: float) -> int:
    """Where the first dark row under the frame's upper edge is: the square's upper edge."""
    x = round((left + 3) * SCALE)
    column = [image.getpixel((x, y)) < 128 for y in range(image.height)]
    edges = [y for y in range(1, len(column)) if column[y] and not column[y - 1]]
    return edges[1]


def test_the_code_stands_nowhere_but_on_the_page():
    data = recovery_sheet(CODE, WORKSPACE, DAY, "en")
    document = pypdfium2.PdfDocument(data)
    about = " ".join(document.get_metadata_dict().values())
    assert "Recovery sheet 3f2a91c0" in about
    assert not [group for group in CODE.split("-")[:-1] if group in about]
    assert data == recovery_sheet(CODE, WORKSPACE, DAY, "en")
