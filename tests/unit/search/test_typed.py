import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.search.typed import Place, Typed, places


def test_characters_and_letters_typed_together_are_terms_of_their_own() -> None:
    assert Typed("茅台 gui").terms == ["茅台", "gui"]
    assert Typed("Chongqing+CA").terms == ["chongqing", "ca"]
    assert Typed("贵州mt").whole == "贵州mt"


def test_a_question_is_made_of_pairs_and_beginnings() -> None:
    assert Typed("贵州茅台").for_names == '"贵州" AND "州茅" AND "茅台"'
    assert Typed("茅").for_names == '"茅" *'
    assert Typed("mao 台").for_names == '"mao" * AND "台" *'


def test_one_letter_is_no_question_to_all_notes() -> None:
    assert Typed("a").for_notes == '"a"'
    assert Typed("ab").for_notes == '"ab…"'
    assert Typed("abcd").for_notes == '"abcd…"'
    assert Typed("abcde").for_notes == '"abcde" *'


@pytest.mark.parametrize(
    ("text", "tail"),
    [("8000", "8000"), ("138-0013 8000", "13800138000"), ("800", ""), ("KA-0173", "")],
)
def test_digits_alone_are_the_end_of_a_telephone_number(text: str, tail: str) -> None:
    assert Typed(text).tail == tail


def test_a_word_counts_where_it_begins() -> None:
    assert places("the unprice price", ["price"]) == [Place(12, 17)]
    assert places("unprice", ["price"]) is None
    assert places("报价price", ["price", "价"]) == [Place(2, 7), Place(1, 2)]


@given(st.one_of(st.text(), st.text(alphabet='"*():^-+{}ANDORNOTEAR \x00茅a')))
def test_nothing_typed_becomes_an_operator(text: str) -> None:
    typed = Typed(text)
    for question in (typed.for_names, typed.for_notes):
        for part in filter(None, question.split(" AND ")):
            assert re.fullmatch(r'"[^"\x00\s]+"( \*)?', part)


def test_a_very_long_text_is_cut() -> None:
    typed = Typed("茅台 " * 50_000)
    assert len(typed.terms) <= 12
    assert len(typed.whole) <= 200
