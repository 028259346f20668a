from hypothesis import given
from hypothesis import strategies as st

from kamdesk.search.words import is_han, pairs, plain, runs, tokens, units


def test_wide_capital_and_accented_letters_are_one() -> None:
    assert plain("Ｍüller ＡＧ Straße") == "muller ag strasse"
    assert plain("ABC") == "abc"


def test_han_is_cut_by_character_and_words_stay_whole() -> None:
    assert units(plain("TCL科技 (中国) 3M")) == ["tcl", "科", "技", "中", "国", "3m"]
    assert runs(plain("贵州maotai酒")) == ["贵州", "maotai", "酒"]


def test_a_run_is_found_by_each_pair_and_its_last_character() -> None:
    assert pairs("贵州茅台") == ["贵州", "州茅", "茅台", "台"]
    assert pairs("酒") == ["酒"]


def test_a_note_has_each_token_once() -> None:
    assert tokens("交期，交期! Price price") == [
        *("交期", "期", "price"),
        *("pr…", "pri…", "pric…"),
    ]


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    folded = plain(text)
    assert "".join(units(folded)) == "".join(runs(folded))
    for token in tokens(text):
        assert token
        assert not set(token) & set('" *\x00')
        assert len(token) <= 2 or not is_han(token)
