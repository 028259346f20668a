"""What reaches a terminal: nothing of the data's own can steer it, and columns stand straight."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.cli.printing import Column, cut, harmless_json, paragraphs, printable, table, width
from kamdesk.core.wording import Text

COLUMNS = (
    Column[tuple[str, str]](Text("Name"), lambda line: line[0]),
    Column[tuple[str, str]](Text("City"), lambda line: line[1]),
)
SOME = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb", "a↵b"),
        ("a\tb", "a b"),
        ("a\u202eb", "a‹U+202E›b"),
        ("\x9b31m", "\\x9b31m"),
        ("\udcff", "‹U+DCFF›"),
        ("华东电网", "华东电网"),
    ],
)
def test_what_could_steer_a_terminal_is_shown_instead(raw: str, shown: str) -> None:
    assert printable(raw) == shown


@given(SOME)
def test_no_control_no_bidi_mark_and_no_half_character_comes_through(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(sign) for sign in shown} & {
        "RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"
    }  # fmt: skip
    assert printable(shown) == shown


def test_a_text_without_end_is_cut() -> None:
    assert len(printable("长" * 5_000)) == 2_000


def test_a_chinese_character_takes_two_places_and_an_accent_none() -> None:
    assert (width("华东 A"), width("e\u0301")) == (6, 1)


@given(st.text("华东a b", max_size=30), st.integers(1, 20))
def test_a_cut_is_never_wider_than_asked(text: str, most: int) -> None:
    assert width(cut(text, most)) <= most


def test_columns_stand_straight_under_chinese_names() -> None:
    lines = table(COLUMNS, [("华东电网", "上海"), ("Acme", "Kiel")], language="en", most=None)
    assert lines == ["Name      City", "华东电网  上海", "Acme      Kiel"]
    assert {width(line[: line.index(city)]) for line, city in zip(
        lines, ("City", "上海", "Kiel"), strict=True)} == {10}  # fmt: skip


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert table(COLUMNS, [("Acme", "")], language="en", most=None) == ["Name", "Acme"]


@given(st.lists(st.tuples(SOME, SOME), min_size=1, max_size=5), st.integers(20, 120))
def test_a_list_fits_its_terminal(lines: list[tuple[str, str]], most: int) -> None:
    assert all(width(line) <= most for line in table(COLUMNS, lines, language="en", most=most))


def test_a_figure_stands_to_the_right() -> None:
    column = Column[str](Text("Number of people"), lambda line: line, right=True)
    assert table((column,), ["7"], language="en", most=None)[1] == " " * 15 + "7"


def test_a_long_text_keeps_its_lines() -> None:
    assert paragraphs("one\ntwo\x07") == ["one", "two\\x07"]


def test_an_id_and_a_day_stay_whole_while_words_give_way() -> None:
    columns = (
        Column[str](Text("Id"), lambda line: "0123456789", whole=True),
        Column[str](Text("Name"), lambda line: line),
        Column[str](Text("Day"), lambda line: "2026-03-12", whole=True),
    )
    line = table(columns, ["a very long name of a customer"], language="en", most=40)[1]
    assert line.startswith("0123456789  a very long nam…")
    assert line.endswith("2026-03-12")
    assert width(line) == 40


@given(SOME)
def test_json_says_the_same_and_steers_nothing(text: str) -> None:
    written = harmless_json(json.dumps({"name": text}, ensure_ascii=False, indent=1))
    assert json.loads(written) == {"name": text}
    assert printable(written.replace("\n", "")) == written.replace("\n", "")
    assert "\x9b" not in harmless_json('"\x9b31m\x7f\u202e"')
