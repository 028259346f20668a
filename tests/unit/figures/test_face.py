"""The font's faces as they are read, against an independent reader."""

import pytest
from fontTools.ttLib import TTFont

from kamdesk.assets import asset
from kamdesk.core.text.lines import NARROW
from kamdesk.figures.face import Face
from kamdesk.figures.type import Way, Weight, ems, face, glyph, lines, parts, way, width

SAMPLE = [*range(0x20, 0x7F), *range(0x4E00, 0x4F00), 0x5586, 0x9555, 0x235CB, 0x20BB7, 0x202E]


@pytest.mark.parametrize("weight", list(Weight))
def test_glyphs_and_widths_are_those_of_the_file(weight: Weight):
    path = asset("fonts", f"{weight}.ttf")
    with TTFont(path) as other:
        known, order, metrics = other.getBestCmap(), other.getReverseGlyphMap(), other["hmtx"]
        ours = Face(path)
        for code in SAMPLE:
            name = known.get(code)
            assert ours.glyph(code) == (order[name] if name else 0)
            if name:
                assert (ours.advance(order[name]), ours.side(order[name])) == metrics[name]
        assert ours.name == other["name"].getDebugName(6)


@pytest.mark.parametrize("weight", list(Weight))
def test_glyphs_of_usual_characters_lie_together(weight: Weight):
    """A mapped font keeps the whole neighbourhood of each glyph drawn in memory."""
    usual = [bytes((row, cell)).decode("gb2312") for row in range(176, 215) for cell in (161, 249)]
    at = [glyph(char, weight) for char in usual]
    assert max(at) < 6000, "see packaging/fonts.py"


def test_marks_have_a_narrow_form():
    for mark, stand_in in NARROW.items():
        assert glyph(stand_in, Weight.REGULAR) not in (0, glyph(mark, Weight.REGULAR))
    assert ems[Weight.REGULAR](NARROW["’"]) < 400 < ems[Weight.REGULAR]("’")


def test_a_missing_character_is_thickened_boxed_or_silent():
    assert way("陈", Weight.BOLD) is Way.OWN
    assert way("𣗋", Weight.BOLD) is Way.THICKENED
    assert way("𣗋", Weight.REGULAR) is Way.OWN
    assert way("𠮷", Weight.REGULAR) is Way.BOXED
    assert way("\ufe0f", Weight.REGULAR) is Way.SILENT
    assert parts("韦𣗋\u202e", Weight.BOLD) == [
        (Way.OWN, "韦"),
        (Way.THICKENED, "𣗋"),
        (Way.BOXED, "\u202e"),
    ]
    assert face(Weight.REGULAR) is face(Weight.REGULAR)


def test_a_text_is_never_shown_longer_than_two_thousand_characters():
    shown = "".join(line.text for line in lines("字" * 5000, 8, 1000))
    assert len(shown) == 2001
    assert shown.endswith("…")
    assert width("字字", 10) == 20
