import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.search.keys import (
    code,
    digits,
    exact_keys,
    name_of,
    own_units,
    read_name,
    tokens,
    written,
)

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.one_of(
    st.text(HAN, min_size=1, max_size=12),
    st.text(st.one_of(HAN, st.sampled_from("TCL 3Me-.()")), min_size=1, max_size=20),
    st.text(max_size=40),
)


def test_a_firm_is_opened_by_its_name_spelling_and_initials() -> None:
    assert exact_keys(name_of("青云茅台")) == {"青云茅台", "qingyunmaotai", "qymt"}


def test_a_firm_of_a_place_is_opened_by_its_name_proper_too() -> None:
    assert exact_keys(name_of("贵州茅台")) == {
        *("贵州茅台", "guizhoumaotai", "gzmt"),
        *("茅台", "maotai", "mt"),
    }
    assert "yunhe" in exact_keys(name_of("江苏省云河有限公司"))
    assert name_of("贵州").proper == name_of("海南人").proper == 0


def test_the_legal_form_opens_nothing_but_belongs_to_the_name() -> None:
    name = name_of("华为技术有限公司")
    assert exact_keys(name) == {"华为技术", "华为技术有限公司", "huaweijishu", "hwjs"}
    assert "youxiangongsi" not in tokens(name)
    assert "yxgs" not in tokens(name)
    assert "有限" in tokens(name)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("海尔集团", "海尔"),
        ("首钢股份有限公司", "首钢"),
        ("Siemens Energy AG", "siemensenergy"),
        ("Acme Holdings Co., Ltd.", "acme"),
        ("有限公司", "有限公司"),
        ("AG", "ag"),
        ("某公司", "某公司"),
    ],
)
def test_what_is_left_without_the_legal_form(text: str, own: str) -> None:
    assert "".join(own_units(text)) == own


def test_a_name_is_found_from_each_syllable_on() -> None:
    found = tokens(name_of("贵州茅台"))
    assert {"guizhoumaotai", "zhoumaotai", "maotai", "tai", "gzmt", "zmt", "mt", "t"} <= found
    assert {"贵州", "州茅", "茅台", "台"} <= found


def test_an_abbreviation_keeps_short_latin_words_among_characters() -> None:
    assert "tclkj" in exact_keys(name_of("TCL科技集团股份有限公司"))
    assert "58tc" in exact_keys(name_of("58同城"))
    assert "se" in exact_keys(name_of("Siemens Energy AG"))


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("单立人", ("shanliren", "danliren")),
        ("曾国强", ("zengguoqiang",)),
        ("解珍", ("xiezhen",)),
        ("乐嘉", ("yuejia", "lejia")),
        ("仇英", ("qiuying",)),
        ("区志明", ("ouzhiming",)),
        ("查文斌", ("zhawenbin",)),
        ("盖文", ("gewen", "gaiwen")),
        ("缪杰", ("miaojie",)),
        ("尉迟恭", ("yuchigong",)),
        ("万俟洛", ("moqiluo",)),
        ("覃辉", ("qinhui", "tanhui")),
        ("朴志", ("piaozhi", "puzhi")),
        ("翟天", ("zhaitian", "ditian")),
        ("吕布", ("lvbu", "lubu")),
    ],
)
def test_a_family_name_is_spelt_as_families_say_it(name: str, spellings: tuple[str, ...]) -> None:
    assert set(spellings) <= exact_keys(name_of(name, person=True))


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("重庆长安汽车", "chongqingchanganqiche"),
        ("厦门钨业", "xiamenwuye"),
        ("招商银行", "zhaoshangyinhang"),
        ("乐清电器", "yueqingdianqi"),
        ("六安瓜片", "luanguapian"),
        ("重工机械", "zhonggongjixie"),
    ],
)
def test_a_firm_is_spelt_by_phrase(name: str, spelling: str) -> None:
    assert spelling in exact_keys(name_of(name))


def test_numbers_are_compared_without_marks() -> None:
    assert code("KA-0173") == code("ka 0173") == "ka0173"
    assert digits("+86 (138) 0013-8000 ext. 12") == "8613800138000"
    assert digits("０２１－１２３４") == "0211234"


@given(NAMES, st.booleans())
def test_a_name_reads_back_as_it_was_written(text: str, person: bool) -> None:
    name = name_of(text, person=person)
    assert read_name(name.text, written(name)) == name
    assert name_of(name.text, person=person, known={name.text: written(name)}) == name


@given(NAMES)
def test_every_key_can_stand_in_a_question(text: str) -> None:
    name = name_of(text)
    assert all(len(key) <= 64 for key in exact_keys(name))
    assert all(token and not re.search(r"[\s\x00]", token) for token in tokens(name))


def test_pinyin_is_loaded_when_a_name_is_spelt_and_not_before() -> None:
    program = (
        "import sys; from kamdesk.search import index, query\n"
        "from kamdesk.search.keys import name_of, tokens\n"
        "tokens(name_of('Acme Ltd'))\n"
        "assert not {'pypinyin', 'rapidfuzz'} & set(sys.modules)\n"
        "tokens(name_of('茅台')); assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
