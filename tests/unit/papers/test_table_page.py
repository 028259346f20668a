"""The page that may lie on the customer's table."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import segno
from support.paper_contents import VISIT, a_table_page

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.papers.table_page.content import AgendaItem, OpenItem, Participant
from kamdesk.papers.table_page.drawing import draw_table_page
from kamdesk.papers.table_page.places import Place, places

NEVER = (
    "内线",
    "反对者",
    "搞定",
    "攻克",
    "攻坚",
    "公关",
    "关键人",
    "决策链",
    "影响力",
    "立场",
    "个人诉求",
    "底价",
    "毛利",
    "流失",
    "减量",
    "挖潜",
    "分级",
    "健康度",
    "屏蔽",
    "客情",
    "coach",
    "opponent",
    "key person",
    "decision chain",
    "influence",
    "stance",
    "personal need",
    "floor price",
    "margin",
    "tier",
    "health",
    "overdue",
)
SCALE = 4


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_no_word_of_ours_is_one_the_customer_must_not_read(language):
    data = draw_table_page(a_table_page(), language=language)
    document = pypdfium2.PdfDocument(data)
    said = document[0].get_textpage().get_text_range().lower()
    said += " ".join(document.get_metadata_dict().values()).lower()
    assert not [word for word in NEVER if word in said]
    assert "▲" not in said


def test_the_title_is_the_customer_and_the_topic():
    meta = pypdfium2.PdfDocument(draw_table_page(a_table_page(), language="zh")).get_metadata_dict()
    assert meta["Title"] == "澄川精密传动有限公司 状态监测二期 · 技术交流"
    assert not meta["Subject"]
    assert not meta["Keywords"]


def dark(image, place: Place, *, inner: float = 0.0) -> float:
    """Return the share of dark pixels within a place."""
    height = places().body and 841.89
    left, right = place.x + inner, place.x + place.width - inner
    top, bottom = height - place.y - place.height + inner, height - place.y - inner
    part = image.crop(tuple(round(edge * SCALE) for edge in (left, top, right, bottom)))
    return sum(1 for value in part.tobytes() if value < 128) / (part.width * part.height)


@pytest.mark.parametrize("full", [False, True])
def test_marks_boxes_and_strips_are_where_they_are_said_to_be(full):
    content = a_table_page()
    if full:
        content = replace(
            content,
            customer="很长的客户名称" * 30,
            topic="很长的主题" * 30,
            agenda=(AgendaItem(topic="议题" * 60, speaker="某人" * 20),) * 20,
            participants=(Participant(name="某人" * 40, post="职务" * 60),) * 40,
            open_items=(OpenItem(what="事项" * 80, who="某人" * 50),) * 20,
            points=("要点" * 90,) * 20,
        )
    document = pypdfium2.PdfDocument(draw_table_page(content, language="both"))
    assert len(document) == 1
    image = document[0].render(scale=SCALE).to_pil().convert("L")
    where = places()
    assert [dark(image, corner, inner=2.5) > 0.9 for corner in where.corners] == [
        True,
        True,
        False,
        True,
    ]
    for box in (*where.ticks.values(), *where.date):
        assert dark(image, box, inner=1.5) == 0
        assert dark(image, box) > 0.02
    for strip in where.notes.values():
        assert 0 < dark(image, strip) < 0.05
    assert sorted(where.ticks) == list("1234ABCD")


def test_the_code_holds_the_visit_and_nothing_else():
    image = pypdfium2.PdfDocument(draw_table_page(a_table_page(), language="en"))[0]
    picture = image.render(scale=SCALE).to_pil().convert("L")
    expected = segno.make(f"kamdesk:visit/{VISIT}", error="m", micro=False, boost_error=False)
    where = places().qr
    step = where.width / len(expected.matrix)
    for row, modules in enumerate(expected.matrix):
        for column, module in enumerate(modules):
            x = where.x + (column + 0.5) * step
            y = where.y + where.height - (row + 0.5) * step
            value = picture.getpixel((round(x * SCALE), round((841.89 - y) * SCALE)))
            assert (value < 128) == bool(module)
