"""How Chinese names are spelt in letters: by phrase for firms, by family name for people."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from kamdesk.core.text.pinyin import phrases, said
from kamdesk.search.words import is_han

_FAMILY: Final = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "乐": "yue", "樂": "yue", "仇": "qiu",
    "区": "ou", "區": "ou", "查": "zha", "盖": "ge gai", "蓋": "ge gai", "缪": "miao", "繆": "miao",
    "覃": "qin tan", "朴": "piao pu", "翟": "zhai di", "尉": "wei yu", "柏": "bai bo", "卜": "bu",
    "谌": "chen shen", "种": "chong", "重": "chong", "度": "du duo", "适": "kuo", "繁": "po",
    "洗": "xian", "黑": "he", "折": "she", "员": "yun yuan", "員": "yun yuan", "召": "shao",
    "阚": "kan", "句": "gou", "秘": "bi mi", "那": "na nuo", "能": "nai", "祭": "zhai",
    "牟": "mu mou", "么": "yao", "隗": "wei kui", "逄": "pang", "郇": "xun huan", "都": "du",
    "长": "chang zhang", "薄": "bo", "佴": "nai", "郗": "xi chi",
}  # fmt: skip
"""Family names that are spelt otherwise than the character mostly is."""
_FAMILY_OF_TWO: Final = {
    "尉迟": "yu chi", "尉遲": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai",
    "单于": "chan yu", "乐正": "yue zheng",
}  # fmt: skip
_OTHERWISE: Final = {
    "行": "xing hang", "长": "chang zhang", "長": "chang zhang", "重": "chong zhong",
    "乐": "le yue", "樂": "le yue", "都": "du dou", "厦": "xia sha", "廈": "xia sha",
    "朝": "chao zhao", "调": "tiao diao", "传": "chuan zhuan", "傳": "chuan zhuan",
    "藏": "zang cang", "盛": "sheng cheng", "曾": "ceng zeng", "单": "dan shan", "單": "dan shan",
    "解": "jie xie", "蔚": "wei yu", "六": "liu lu", "泊": "bo po", "铅": "qian yan",
    "番": "fan pan", "尉": "wei yu", "莘": "xin shen", "浒": "hu xu", "蚌": "bang beng",
    "柏": "bai bo", "峙": "zhi shi", "荥": "xing ying", "朴": "pu piao", "薄": "bo bao",
}  # fmt: skip
"""Characters of more than one sound that stand in names of firms, places and people."""

Spelling = tuple[str, ...]
"""The ways one character is spelt, the likeliest first."""


def spelt(units: Iterable[str], *, person: bool) -> tuple[Spelling, ...]:
    """Return how each Han character among ``units`` is spelt, in their order."""
    return spelt_han("".join(unit for unit in units if is_han(unit)), person=person)


@lru_cache(maxsize=1 << 12)
def spelt_han(han: str, *, person: bool) -> tuple[Spelling, ...]:
    """Return how each character of a text of nothing but Han characters is spelt."""
    if not han:
        return ()
    if not person:
        found = [ways for phrase in _phrases(han) for ways in _said(phrase)]
        if han[0] in _FAMILY:
            found[0] = tuple(dict.fromkeys((*found[0], *_FAMILY[han[0]].split())))
        return tuple(found)
    two = _FAMILY_OF_TWO.get(han[:2]) if len(han) > 2 else None
    first = [(syllable,) for syllable in two.split()] if two else [_family(han[0])]
    return (*first, *map(_alone, han[len(first) :]))


@cache
def _family(char: str) -> Spelling:
    return tuple(dict.fromkeys((*_FAMILY.get(char, "").split(), *_alone(char))))


@cache
def _alone(char: str) -> Spelling:
    return _said(char)[0]


def _ways(char: str, likeliest: str) -> Spelling:
    others = _OTHERWISE.get(char)
    if others is None and "v" not in likeliest:
        return (likeliest,)
    ways = (likeliest, *(others or "").split(), likeliest.replace("v", "u"))
    return tuple(dict.fromkeys(ways))


def _phrases(han: str) -> list[str]:
    """Cut a text into the longest phrases that are read in a way of their own."""
    known = phrases()
    found, at = [], 0
    while at < len(han):
        end, reach = at + 1, at + 2
        while reach <= len(han) and known.begin(han[at:reach]):
            if han[at:reach] in known:
                end = reach
            reach += 1
        found.append(han[at:end])
        at = end
    return found


@lru_cache(maxsize=1 << 15)
def _said(phrase: str) -> tuple[Spelling, ...]:
    found = said(phrase)
    each = found if len(found) == len(phrase) else [said(char)[0] for char in phrase]
    return tuple(map(_ways, phrase, each))
