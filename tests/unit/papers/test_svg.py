"""Drawings as SVG: well formed, text as text, ids kept, nothing hostile let through."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Drawing
from support.paper_contents import AS_OF, a_map

from kamdesk.figures.chain import Card, ChainMap, Tie
from kamdesk.figures.ink import BLACK
from kamdesk.figures.shapes import circle, grouped
from kamdesk.papers.chain_map.content import MapPaper, for_the_customer
from kamdesk.papers.chain_map.files import as_file, one_picture
from kamdesk.papers.svg import as_svg

SVG = "{http://www.w3.org/2000/svg}"


def paper(content: ChainMap) -> MapPaper:
    return MapPaper(customer="Lanchuan", day=AS_OF.day, made=AS_OF, chain=content)


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314  (we wrote it ourselves)


def tree(content: ChainMap) -> ElementTree.Element:
    return parsed(as_file(paper(content), "en", "svg"))


def said_in(root: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


def test_names_are_text_and_cards_keep_their_ids():
    root = tree(a_map())
    said = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Marcus Oyelaran", "程岱川"} <= said
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert {card.id for card in a_map().cards} <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_record_drawn_twice_has_one_id_and_both_its_marks():
    drawing = Drawing(20, 20)
    drawing.contents.extend(grouped("p3", [circle(5, 5, 2, fill=BLACK)]) for _ in range(2))
    root = parsed(as_svg(drawing, title="x", language="en"))
    marked = [one for one in root.iter() if one.get("data-record") == "p3"]
    assert len(marked) == 2
    assert [one.get("id") for one in marked].count("p3") == 1


def test_fonts_are_named_and_everything_lies_in_the_picture():
    root = tree(a_map())
    assert "Noto Sans SC" in root.get("font-family", "")
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    for shape in root.iter(f"{SVG}rect"):
        if shape.get("x") is not None:
            assert left <= float(shape.get("x", "")) <= left + wide
    assert (left, top) == (-24, -24)
    assert high > 100


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", 'a" onload="x', "a\u202eb", "a\x00\x1bb", "a]]>&amp;b"]
)
def test_hostile_names_stay_words(name):
    card = Card(id='x" onclick="y', name=name, post=name)
    data = as_file(paper(ChainMap(cards=(card,))), "en", "svg")
    root = parsed(data)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "title", "g", "rect", "circle", "line", "polyline", "path", "text",
    }  # fmt: skip
    attributes = {key for one in root.iter() for key in one.attrib}
    assert not [key for key in attributes if key.startswith("on")]
    for mark in ("\u202e", "\x00", "\x1b"):
        assert mark.encode() not in data


def test_a_polite_picture_holds_no_opinion():
    plain = for_the_customer(paper(replace(a_map(), way_in=("p1",))))
    said = said_in(parsed(as_file(plain, "en", "svg")))
    for word in ("support", "champion", "Decider", "influence", "not met", "?", "way in"):
        assert word not in said
    assert "程岱川" in said


def test_a_picture_of_nobody_says_so():
    assert "Nobody is on the map yet." in said_in(tree(ChainMap()))


def test_a_png_is_as_large_as_it_may_be():
    data = as_file(paper(a_map()), "zh", "png")
    assert data.startswith(b"\x89PNG")
    wide = int.from_bytes(data[16:20])
    drawing = one_picture(paper(a_map()), "zh")
    assert wide == pytest.approx((drawing.width + 48) * 2.5, abs=2)


def test_of_too_many_ties_the_heaviest_are_drawn_and_that_is_said():
    cards = tuple(Card(id=f"{n:02}", name=f"N{n}") for n in range(14))
    ends = [(one.id, other.id) for one in cards for other in cards if one is not other]
    ties = tuple(Tie(id=f"t{one}{other}", source=one, target=other) for one, other in ends)
    root = tree(ChainMap(cards=cards, ties=ties))
    assert "the 150 heaviest lines are drawn" in said_in(root)
    assert "heaviest" not in said_in(tree(ChainMap(cards=cards, ties=ties[:150])))
