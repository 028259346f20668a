"""People's names: family name first where it is so, and how a name is said in each language."""

import re

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_TWO_TEXT = """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫
    万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台
    皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容
    仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘
    子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
    漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
    段干 百里 呼延 东郭 南门 羊舌 微生 左丘
    东门 西门 第五
"""
_TWO = frozenset(_TWO_TEXT.split())


def is_chinese(name: str) -> bool:
    """True when a name is written in Chinese characters."""
    return bool(_HAN.match(name.strip()))


def family_name(name: str) -> str:
    """Return the family name: the first one or two characters in Chinese, else the last word.

    A single word is returned as it is. Nothing is certain here: files carry the user's own split.
    """
    plain = name.strip()
    if is_chinese(plain):
        return plain[:2] if plain[:2] in _TWO and len(plain) > 2 else plain[:1]
    return plain.split()[-1] if plain else ""


def given_name(name: str) -> str:
    """Return what is left of a name without its family name."""
    plain, family = name.strip(), family_name(name)
    if is_chinese(plain):
        return plain[len(family) :]
    return plain.removesuffix(family).strip()
