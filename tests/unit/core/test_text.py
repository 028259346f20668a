"""Text is cleaned once, names are split right, money is whole."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamdesk.core.errors import RuleBroken
from kamdesk.core.money import Money
from kamdesk.core.privacy import Mode, Privacy, may_show
from kamdesk.core.text.clean import LONGEST, clean, one_line
from kamdesk.core.text.names import family_name, given_name, is_chinese
from kamdesk.core.text.records import cleaned


@given(some.text(alphabet=some.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d pair", "\udc00"])
def test_what_jams_a_database_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        clean(text, field="note")


def test_a_text_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(RuleBroken, match="100001") as refusal:
        clean("字" * (LONGEST + 1), field="said")
    assert refusal.value.field == "said"


def test_letters_have_one_form_and_controls_go() -> None:
    assert clean("Cafe\u0301\x07\ufeff ") == "Café"
    assert one_line(" a \r\n b\t c ") == "a b c"
    assert clean("a\r\nb\rc") == "a\nb\nc"


@dataclass(frozen=True)
class Note:
    title: str
    body: str
    names: tuple[str, ...] = ()
    number: int = 1


def test_a_records_texts_are_cleaned_at_once() -> None:
    note = cleaned(Note(" a\nb ", "c\nd ", (" x ", "", "y\n")), long=("body",))
    assert note == Note("a b", "c\nd", ("x", "y"))
    assert cleaned(note, long=("body",)) is note


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("王建国", "王", "建国"),
        ("欧阳娜", "欧阳", "娜"),
        ("上官", "上", "官"),
        ("𠮷田", "𠮷", "田"),
        ("Michael Tan", "Tan", "Michael"),
        ("Cher", "Cher", ""),
        ("", "", ""),
    ],
)
def test_family_names_come_first_where_it_is_so(name: str, family: str, given: str) -> None:
    assert family_name(name) == family
    assert given_name(name) == given


def test_chinese_is_told_by_the_first_character() -> None:
    assert is_chinese(" 王")
    assert not is_chinese("Wang 王")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.50", 123450),
        ("12万", 12000000),
        ("¥ 3.5亿", 35000000000),
        ("0.8 M", 80000000),
        ("-5", -500),
        ("12万元", 12000000),
    ],
)
def test_amounts_are_read_as_they_are_written(text: str, minor: int) -> None:
    assert Money.read(text.replace(" ", "")).minor == minor


@pytest.mark.parametrize("text", ["", "viel", "1e99", "NaN", "inf"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        Money.read(text)


def test_money_without_minor_units_has_none() -> None:
    assert Money.read("500", "JPY") == Money(500, "JPY")
    assert Money(123450).major == Decimal("1234.50")


def test_in_the_room_only_decent_things_may_be_seen() -> None:
    assert all(may_show(privacy, Mode.OURS) for privacy in Privacy)
    seen = {privacy for privacy in Privacy if may_show(privacy, Mode.ROOM)}
    assert seen == {Privacy.PUBLIC, Privacy.BUSINESS, Privacy.CONTACT}
