"""Lines of Chinese and Latin text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.core.text.lines import NARROW, NO_END, NO_START, Line, broken, narrowed, shortened

SIZE = 10.0
HAN = "让陈总在本次会议上同意把二号产线试点推进到预算立项𣗋𠮷"
MARKS = "，。、；：！？”“’‘（）《》…—"
LATIN = "CBM SCADA/OPC-UA group-wide 2026-03-12 78% (ROI)"


def em(char: str) -> float:
    """A face in which Latin letters are half as wide as Han."""
    return 250.0 if char == " " else 520.0 if char < "\u2000" else 1000.0


def lines_of(text: str, measure: float, most: int | None = None) -> list[Line]:
    return broken(text, em=em, size=SIZE, measure=measure, most=most)


def letters(text: str) -> str:
    return "".join(text.split())


any_text = st.text(
    st.one_of(
        st.sampled_from(HAN + MARKS + LATIN + "\n\u3000"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=120,
)
word = st.sampled_from(["CBM", "ROI", "SCADA", "FY26", "78%", "(APAC)", "group-wide", "OPEX/CAPEX"])
piece = st.one_of(
    st.text(st.sampled_from(HAN), min_size=1, max_size=6),
    word,
    word.map(lambda w: f" {w} "),
    st.sampled_from(
        ["，", "。", "：", "、", "（", "）", "“", "”", "《", "》。", "”，", "……", "？"]
    ),
)


def _sober(pieces: list[str]) -> str:
    """Join pieces so that no two marks stand side by side and no stretch fills a line."""
    out = ""
    for one in pieces:
        marked = one[0] in NO_START or one[0] in NO_END
        if marked and (not out or out[-1] in NO_START or out[-1] in NO_END or out[-1] == " "):
            out += "字"
        out += one
    return out + "字"


@given(any_text, st.floats(25, 400))
def test_no_text_is_lost_or_reordered(text: str, measure: float):
    assert letters("".join(line.text for line in lines_of(text, measure))) == letters(text)


@given(any_text, st.floats(25, 400))
def test_no_line_is_wider_than_the_measure(text: str, measure: float):
    for line in lines_of(text, measure):
        assert line.width <= measure + 0.02


@settings(max_examples=300)
@given(st.lists(piece, max_size=40).map(_sober), st.floats(130, 400))
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, measure: float):
    lines = [line.text.strip() for line in lines_of(text, measure)]
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]


@given(st.lists(piece, max_size=40).map(_sober), st.floats(130, 400))
def test_a_latin_word_stays_whole(text: str, measure: float):
    whole = set(text.replace("-", "- ").replace("/", "/ ").split())
    for line in lines_of(text, measure):
        for part in ("SCADA", "APAC", "FY26", "ROI"):
            for cut in range(1, len(part)):
                assert not line.text.endswith(" " + part[:cut]) or part[:cut] in whole


@given(any_text, st.floats(40, 200), st.integers(1, 3))
def test_with_a_most_no_more_lines_come_and_none_too_wide(text: str, measure: float, most: int):
    every, some = lines_of(text, measure), lines_of(text, measure, most)
    assert len(some) == min(len(every), most)
    assert all(line.width <= measure + 0.02 for line in some)
    if len(every) > most:
        assert some[-1].text.endswith(("…", NARROW["…"]))


def test_han_and_latin_stand_an_eighth_of_an_em_apart():
    (line,) = lines_of("用CBM好", 300)
    assert [text for _, text in line.runs] == ["用", "CBM", "好"]
    assert line.runs[1][0] == pytest.approx(SIZE + 1.25)
    assert line.width == pytest.approx(2 * SIZE + 3 * 5.2 + 2.5)


def test_two_full_width_marks_in_a_row_share_one_em():
    (line,) = lines_of("好”。", 300)
    assert line.width == pytest.approx(2.5 * SIZE)
    assert line.runs == ((0.0, "好”"), (1.5 * SIZE, "。"))


def test_the_blank_half_of_a_mark_hangs_over_the_edge():
    lines = lines_of("四个字呢，四个字呢", 45)
    assert [line.text for line in lines] == ["四个字呢，", "四个字呢"]
    assert lines[0].width == pytest.approx(45)


def test_the_last_line_is_no_runt():
    lines = lines_of("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子", 100)
    assert [len(line.text) for line in lines] == [9, 9, 3]


def test_a_word_longer_than_the_line_is_broken():
    lines = lines_of("a" * 60, 100)
    assert [len(line.text) for line in lines] == [18, 18, 18, 6]


def test_a_new_line_in_the_text_is_kept():
    assert [line.text for line in lines_of("甲\n\n乙\n", 100)] == ["甲", "", "乙"]


def test_a_compound_word_breaks_after_its_hyphen_only():
    assert [line.text for line in lines_of("Group-wide 2026-03-12", 60)] == [
        "Group-wide",
        "2026-03-12",
    ]
    assert [line.text for line in lines_of("the group-wide", 52)] == ["the group-", "wide"]


def test_a_text_cut_short_says_so():
    line = shortened("书面确认预算占位", em=em, size=SIZE, measure=52)
    assert line.text == "书面确认…"
    assert shortened("A budget for the second quarter", em=em, size=SIZE, measure=80).text == (
        "A budget for" + NARROW["…"]
    )
    assert shortened("", em=em, size=SIZE, measure=52) == Line((), 0.0)


def test_marks_are_narrow_in_latin_text_only():
    assert narrowed("“先看数据”…") == "“先看数据”…"
    assert narrowed("the customer’s “data”") == (
        f"the customer{NARROW['’']}s {NARROW['“']}data{NARROW['”']}"
    )
    assert narrowed("客户’s 与 O’Neill") == f"客户’s 与 O{NARROW['’']}Neill"
    assert narrowed("plain") == "plain"


def test_nothing_gives_no_lines():
    assert lines_of("", 100) == []
    assert lines_of("字", 100, most=0) == []
