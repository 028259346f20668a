"""Words the customer must never read: kept off every paper and screen that they may see."""

import re

_WORDS = (
    "内线",
    "反对者",
    "搞定",
    "攻克",
    "攻坚",
    "公关",
    "关键人",
    "决策链",
    "影响力",
    "立场",
    "个人诉求",
    "底价",
    "毛利",
    "竞争对手",
    "友商",
    "流失",
    "减量",
    "挖潜",
    "分级",
    "级客户",
    "战略级",
    "健康度",
    "屏蔽",
    "客情",
)
_ENGLISH = (
    "coach",
    "opponent",
    "key person",
    "key people",
    "decision chain",
    "influence score",
    "stance",
    "personal need",
    "floor price",
    "margin",
    "competitor",
    "churn",
    "tier",
    "health",
)
FORBIDDEN = re.compile(
    "|".join(map(re.escape, _WORDS))
    + r"|\b(?:"
    + "|".join(re.escape(word) for word in _ENGLISH)
    + r")s?\b",
    re.IGNORECASE,
)
"""The list of ``field_book.md`` 2.3; a word for a class of customers counts in any form."""


def is_neutral(text: str) -> bool:
    """True when a text holds none of those words."""
    return not FORBIDDEN.search(text)
