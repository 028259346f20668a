"""The visit brief on paper."""

import re
from collections.abc import Iterator
from itertools import combinations

import pypdfium2
import pytest
from support.paper_contents import EXTREMES, a_brief, a_crowded_brief, a_hostile_brief

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.papers.blocks import FLOOR
from kamdesk.papers.brief.drawing import draw_brief, draw_pack
from kamdesk.papers.brief.editions import Reader, Tick, edition
from kamdesk.papers.pen import Pen

LANGUAGES = ("en", "zh", "both")


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def flat(data: bytes) -> str:
    return "".join("".join(texts(data)).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_a_brief_has_two_pages_whatever_it_holds(name, language):
    data = draw_brief(edition(EXTREMES[name](), Reader.ME, frozenset(Tick)), language=language)
    pages = texts(data)
    assert len(pages) == 2
    assert all(len(page) > 30 for page in pages)


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("name", EXTREMES)
def test_no_edition_has_three_pages(name, reader):
    assert len(texts(draw_brief(edition(EXTREMES[name](), reader), language="both"))) == 2


def test_every_name_can_be_found_in_the_text():
    said = flat(draw_brief(edition(a_brief(), Reader.ME), language="zh"))
    content = a_brief()
    names = [person.name for person in content.attendees] + list(content.named_only)
    assert content.chain is not None
    names += [card.name for card in content.chain.cards]
    for name in names:
        assert name.replace(" ", "") in said
    assert "韦𣗋" in said


def test_the_blocks_that_matter_are_there():
    said = " ".join(texts(draw_brief(edition(a_brief(), Reader.ME), language="en")))
    for head in (
        "Outcome to earn",
        "Since my last time here",
        "first meeting",
        "Say, show, avoid",
        "What the file does not say",
        "One risk",
        "Red lines",
    ):
        assert head in said
    assert "2 days overdue" not in said
    assert "11 days overdue" in said


def test_what_is_cut_is_counted():
    said = " ".join(texts(draw_brief(a_crowded_brief(), language="en")))
    assert "+24 more" in said  # changes: thirty, six of them shown
    assert "+34 more" in said  # promises
    assert "more people" in said


def test_the_same_brief_gives_the_same_bytes():
    content = edition(a_brief(), Reader.ME)
    assert draw_brief(content, language="both") == draw_brief(content, language="both")


def test_hostile_texts_are_printed_and_never_obeyed():
    data = draw_brief(a_hostile_brief(), language="zh")
    said = flat(data)
    assert "<imgsrc=/etc/passwd>" in said
    assert "javascript:alert(1)" in said
    objects = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    assert b"/Type /Page" in objects
    for trick in (b"/URI", b"/Launch", b"/JavaScript", b"/JS", b"/Subtype /Image", b"/Annots"):
        assert trick not in objects


def test_a_pack_has_a_bookmark_for_each_brief():
    content = edition(a_brief(), Reader.ME)
    pack = pypdfium2.PdfDocument(draw_pack([content, content, content], language="zh"))
    assert len(pack) == 6
    tops = [entry for entry in pack.get_toc() if entry.level == 0]
    assert [entry.get_dest().get_index() for entry in tops] == [0, 2, 4]
    assert max(entry.level for entry in pack.get_toc()) == 1


def test_a_pack_of_none_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        draw_pack([], language="en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_no_type_is_smaller_than_the_floor(name, language, monkeypatch):
    sizes = set()
    write = Pen.lines

    def watched(pen, lines, x, y, size, leading, **how):
        sizes.add(size)
        write(pen, lines, x, y, size, leading, **how)

    monkeypatch.setattr(Pen, "lines", watched)
    monkeypatch.setattr(Pen, "_boxed", lambda *_: None)
    monkeypatch.setattr(Pen, "run", lambda *_, **__: None)  # what stands in figures
    draw_brief(edition(EXTREMES[name](), Reader.ME, frozenset(Tick)), language=language)
    assert min(sizes) >= FLOOR


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_no_text_runs_over_another_or_off_the_page(name, language, monkeypatch):
    spans = []
    write = Pen.lines

    def watched(pen, lines, x, y, size, leading, **how):
        for number, line in enumerate(lines):
            if line.runs:
                base = y - number * leading
                spans.append((id(pen), x, x + line.width, base, base + size * 0.7, line.text))
        write(pen, lines, x, y, size, leading, **how)

    monkeypatch.setattr(Pen, "lines", watched)
    monkeypatch.setattr(Pen, "_boxed", lambda *_: None)
    monkeypatch.setattr(Pen, "run", lambda *_, **__: None)  # what stands in figures
    draw_brief(edition(EXTREMES[name](), Reader.ME, frozenset(Tick)), language=language)
    assert spans
    assert not [span for span in spans if span[1] < 35 or span[2] > 561 or span[3] < 14]
    assert not [
        (a[5], b[5])
        for a, b in combinations(spans, 2)
        if a[0] == b[0]
        and a[1] < b[2] - 0.5
        and b[1] < a[2] - 0.5
        and a[3] < b[4] - 0.5
        and b[3] < a[4] - 0.5
    ]


def test_a_single_day_is_not_said_in_the_plural():
    said = " ".join(texts(draw_brief(EXTREMES["english"](), language="en")))
    assert "1 day overdue" in said
    assert "in 1 day" in said
    assert not re.search(r"\b1 days", said)
