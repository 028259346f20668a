"""Chinese in letters: the small phrases say what pypinyin's own say, in a third of the memory."""

import subprocess
import sys

import pytest

from kamdesk.core.text.pinyin import phrases, said
from kamdesk.core.text.spoken import Characters, Phrases

SAID = {"重庆": [["chóng"], ["qìng"]], "重": [["zhòng", "chóng"]], "银行": [["yín"], ["háng"]]}

AS_SHIPPED = """
import sys
from pypinyin import lazy_pinyin, Style
from pypinyin.phrases_dict import phrases_dict
from pypinyin.seg.mmseg import p_set
from pypinyin.pinyin_dict import pinyin_dict
characters = dict(pinyin_dict)
shipped, begun = dict(phrases_dict), set(p_set._set)
pairs = list(zip(shipped, reversed(shipped)))[::9]
texts = [one + other for one, other in pairs] + ["AB重庆 Ltd.", "", "\\n"]
before = [(lazy_pinyin(text), lazy_pinyin(text, style=Style.TONE)) for text in texts]
from kamdesk.core.text.pinyin import phrases, said
small = phrases()
assert len(small) == len(shipped) and dict(small) == shipped
assert all(small.begin(words) for words in begun)
assert [(said(text), said(text, tones=True)) for text in texts] == before
from pypinyin import converter
assert dict(converter.PINYIN_DICT) == characters and 0x20 not in converter.PINYIN_DICT
assert type(converter.PINYIN_DICT).__name__ == "Characters"
assert type(p_set._set).__name__ == "_Beginnings"
"""

HELD = """
def held():
    return int(open("/proc/self/status").read().split("VmRSS:")[1].split()[0]) / 1024
before = held()
from kamdesk.core.text.pinyin import phrases, said
assert said("重庆银行") == ["chong", "qing", "yin", "hang"]
print(held() - before)
"""


def run(code: str) -> str:
    """Run code in a process of its own; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_phrase_is_said_as_it_was() -> None:
    phrases = Phrases(SAID.items())
    assert dict(phrases) == SAID
    assert len(phrases) == 3
    with pytest.raises(KeyError):
        phrases["庆"]


def test_only_whole_phrases_are_in_and_only_their_beginnings_begin_one() -> None:
    phrases = Phrases(SAID.items())
    inside = ("重", "重庆", "重庆市", "庆", "银", "", "\n重庆", "重庆\t", "重\tzhòng,chóng\n重庆")
    assert [words in phrases for words in inside] == [True, True] + [False] * 7
    assert [phrases.begin(words) for words in inside] == [True, True, False, False, True] + (
        [False] * 4
    )


def test_a_character_is_said_as_it_was_and_others_not_at_all() -> None:
    said_as = {0x91CD: "zhòng,chóng", 0x884C: "xíng,háng", 0x3007: "líng"}
    characters = Characters(said_as.items())
    assert dict(characters) == said_as
    assert [code in characters for code in (0x91CE, 0x20, 0x30000)] == [False] * 3


def test_emptied_memos_do_not_read_it_all_again() -> None:
    before = phrases()
    phrases.cache_clear()
    assert phrases() is before


def test_other_text_stays() -> None:
    assert said("A行Ltd") == ["A", "xing", "Ltd"]
    assert said("重庆", tones=True) == ["chóng", "qìng"]


def test_what_is_too_long_for_a_name_is_said_at_its_beginning_only() -> None:
    sounds = said("长" * 400 + "沙" * 99_600)
    assert len(sounds) == 401
    assert sounds[-1] == "沙" * 99_600
    assert "沙" not in sounds[:-1]


def test_every_phrase_is_as_it_is_shipped() -> None:
    run(AS_SHIPPED)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
def test_the_dictionary_takes_little_memory() -> None:
    assert float(run(HELD)) < 15  # as it is shipped: 57
