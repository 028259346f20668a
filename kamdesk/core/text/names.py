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
_LETTERS_TEXT = """
    bai cai cao chen cheng cui dai deng ding dong du duan fan fang feng fu gao gong gu guo han
    hao he hou hu huang jia jiang jin kang kong lai li liang liao lin liu lu luo lv ma mao meng
    mo pan peng qian qin qiu ren shao shen shi song su sun tan tang tao tian wan wang wei wen wu
    xia xiao xie xiong xu xue yan yang yao ye yin yu yuan zeng zhang zhao zheng zhong zhou zhu
    zou ouyang shangguan sima situ zhuge
"""
_IN_LETTERS = frozenset(_LETTERS_TEXT.split())
_SYLLABLES = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouvü]{1,3}(?:ng|n|r)?){1,2}")
_AFTER = re.compile(
    r"(.{2,}?)\s+((?:董事长|总经理|副?[总局处科部厅院校所站行区市县镇会]长?|总监|总工|经理|主任|书记|教授"
    r"|博士|老师|工程师|工|董|先生|女士|小姐|主席|主管|秘书长?|厂长|组长|班长|队长))"
)
_BEFORE = re.compile(r"(Mrs|Mr|Ms|Miss|Dr|Prof|Mme|M|Herr|Frau)\.?\s+(\S.*)")


def is_chinese(name: str) -> bool:
    """True when a name is written in Chinese characters."""
    return bool(_HAN.match(name.strip()))


def family_name(name: str) -> str:
    """Return the family name: the first one or two characters in Chinese, else the last word.

    A Chinese name in letters keeps the order it has: Cai Shuying, Shuying Cai. A single word is
    returned as it is. Nothing is certain here: files carry the user's own split.
    """
    plain = name.strip()
    if is_chinese(plain):
        return plain[:2] if plain[:2] in _TWO and len(plain) > 2 else plain[:1]
    words = plain.split()
    if len(words) == 2 and _said_in_letters(*(word.casefold() for word in words)):
        return words[0]
    return words[-1] if words else ""


def _said_in_letters(first: str, last: str) -> bool:
    """True for a Chinese name in letters that begins with the family name: Cai Shuying."""
    return first in _IN_LETTERS and last not in _IN_LETTERS and bool(_SYLLABLES.fullmatch(last))


def given_name(name: str) -> str:
    """Return what is left of a name without its family name."""
    plain, family = name.strip(), family_name(name)
    if is_chinese(plain) or plain.split()[:1] == [family] != plain.split():
        return plain[len(family) :].strip()
    return plain.removesuffix(family).strip()


def parted(typed: str) -> tuple[str, str]:
    """Return a name as typed without its honorific, and that: 陈立新 总, Ms Li Min.

    The honorific is empty where none is told apart by a blank.
    """
    plain = " ".join(typed.split())
    if is_chinese(plain) and (after := _AFTER.fullmatch(plain)):
        return after[1], after[2]
    if before := _BEFORE.fullmatch(plain):
        return before[2], before[1]
    return plain, ""


def form_of_address(family: str, honorific: str) -> str:
    """Return what one says to the face: 陈总, Ms Li; empty where family name or honorific lacks.

    A Chinese honorific stands after the family name, any other before it.
    """
    if not (family and honorific):
        return ""
    return f"{family}{honorific}" if is_chinese(honorific) else f"{honorific} {family}"
