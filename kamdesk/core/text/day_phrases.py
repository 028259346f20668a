"""The phrases that name a day, each with how it is read: plain dates, weeks, ends of periods."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.text import day_reading as say

Read = Callable[[re.Match[str], Day], Day | None]


class Strength(Enum):
    """How surely a phrase means a day: ``WEAK`` ones (Q2, 5月, 3/4) may be anything else."""

    WEAK = 0
    PLAIN = 1


class Phrase(NamedTuple):
    """A pattern, how what it found is read, how sure that is."""

    pattern: re.Pattern[str]
    read: Read
    strength: Strength


_N = r"(?:(?<!\d)\d{1,3}|(?<![百千零])[一二两三四五六七八九十半]{1,3})"
_STEP = r"(?P<step>下下个?|下个?|本|这个?)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_WORD = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
)
_COUNT = r"(?:\d{1,3}|" + "|".join(say.COUNTS) + ")"
_WORK = r"(?:working|business|work)\s+days?"

DEMANDS: Final = frozenset(
    ["by", "before", "until", "till", "due", "latest", "截止", "截止到", "最迟", "最晚", "不晚于"]
) | {"due by", "due on", "no later than"}
"""Words before a day that set it as a term."""
BEFORE: Final = re.compile(
    r"(?:\b(?:due\s+by|due\s+on|no\s+later\s+than|by|before|until|till|due|on)\s+"
    r"|(?:截止到?|最迟|最晚|不晚于|在|于|到)\s?)\Z",
    re.IGNORECASE,
)
AFTER: Final = re.compile(r"\s?(?:之前|以前|为止|前|截止)")


def _phrases(strength: Strength, *pairs: tuple[str, Read]) -> list[Phrase]:
    return [Phrase(re.compile(p, re.IGNORECASE), read, strength) for p, read in pairs]


_CHINESE_UNITS = r"(?P<unit>天|日|周|个?星期|个?礼拜|个月|个?工作日|个?季度|年)"
_ENGLISH_UNITS = rf"(?P<unit>{_WORK}|days?|weeks?|months?|years?|quarters?|fortnights?)"
_NO_UNIT = r"(?![\d./:%-]|\s?(?:万|亿|元|倍|吨|[个周天月年台套份家人次]|[a-z]))"

PHRASES: Final = (
    *_phrases(
        Strength.PLAIN,
        (r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?[日号]?", say.whole),
        (r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)", say.german),
        (
            rf"(?P<y>今年|明年|后年)?\s?(?<![\d.])(?P<m>{_N})\s?月\s?(?P<d>{_N})"
            r"(?:\s?[日号]|(?!\s?[\d个份台套家人次天万元%点项条张页位本]))",
            say.month_day,
        ),
        (rf"{_STEP}月\s?(?P<d>{_N})\s?[日号]", say.of_month),
        (
            r"(?<![每各近])(?P<m>(?<!\d)\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?\s?"
            r"(?P<part>底|末|初|中旬|中|上旬|下旬|内)",
            say.chinese_month,
        ),
        (
            rf"(?<![每一二两三四五六七八九十\d]){_STEP}?个?(?:周|星期|礼拜)"
            r"\s?(?P<day>[一二三四五六日天末])",
            say.chinese_weekday,
        ),
        (r"大后天|后天|[今明][天日晚早]|明儿|后日|昨[天日晚]|前天", say.near),
        (rf"(?P<n>{_N})\s?{_CHINESE_UNITS}\s?(?:之内|以内|内|之后|以后|后)(?!天)", say.after),
        (
            r"(?<![每各近半\d一二两三四五六七八九十])"
            r"(?P<step>下下个?|下个?|本|这个?|今|明)?年?(?P<period>周|星期|礼拜|月|季度|季|年)"
            r"(?P<part>底|末|内|初|中旬|中|上旬|下旬)(?!期)",
            say.chinese_period,
        ),
        (
            r"(?P<step>下下个?|下个?)(?P<period>周|星期|礼拜|月|季度)(?P<part>)(?![报刊度一二三四五六日天末])",
            say.chinese_period,
        ),
        (r"(?P<next>明年)?(?P<half>[上下])半年", say.half_year),
        (r"(?P<feast>元旦|五一|劳动节|国庆)节?(?:之前|前)", say.before_holiday),
        (r"\bday\s+after\s+tomorrow\b|\b(?:today|tonight|tomorrow|yesterday|eod|cob)\b", say.near),
        (
            rf"\b(?:in|within)\s+(?:the\s+next\s+)?(?P<n>{_COUNT})\s+(?:of\s+)?{_ENGLISH_UNITS}\b",
            say.after,
        ),
        (rf"\b(?P<n>{_COUNT})\s+{_ENGLISH_UNITS}\s+from\s+(?:now|today)\b", say.after),
        (
            r"\b(?P<part>end|middle|beginning|start|mid|early|late)(?:[-\s]of)?"
            rf"(?:[-\s](?:the|this))?[-\s](?P<next>next\s+)?(?:(?P<m>{_MONTH})"
            r"|(?P<period>week|month|quarter|year))\b",
            say.english_part,
        ),
        (r"\beo(?P<p>[wmqy])\b", say.short_end),
        (r"\bnext\s+(?P<period>week|month|quarter)\b", say.next_period),
        (rf"\b(?P<lead>next|this|coming)\s+(?P<day>{_DAY_WORD})\b", say.weekday),
        (r"\b(?P<lead>)(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", say.weekday),
        (
            rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?"
            r"(?:,?\s+(?P<y>\d{4})\b)?",
            say.english_day,
        ),
        (
            rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{{4}})\b)?",
            say.english_day,
        ),
        (rf"\b(?:in|during|by|until|before)\s+(?P<m>{_MONTH})\b", say.in_named_month),
        (r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?!\d)", say.day_first),
    ),
    *_phrases(
        Strength.WEAK,
        (rf"(?<![月\d第])(?P<d>{_N})\s?[号日](?=\Z|[\s前之以@，,。给交发])", say.day_of_month),
        (rf"\b(?P<lead>)(?P<day>{_DAY_WORD})\b", say.weekday),
        (r"\b(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)\b", say.day_of_month),
        (
            r"(?<![每各近\d])(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?(?P<part>)"
            r"(?![\d一二三四五六七八九十])",
            say.chinese_month,
        ),
        (
            r"(?:(?<!\d)(?P<y>\d{4}|今年|明年)\s?年?\s?)?(?:\bQ(?P<q>[1-4])(?!\d)"
            r"|第?(?P<z>[一二三四1-4])季度?)[末底]?",
            say.quarter,
        ),
        (r"\b(?P<next>next\s)?H(?P<half>[12])\b", say.half_year),
        (
            r"(?P<step>本|这个?)(?P<period>周|星期|月|季度)(?P<part>)(?![报刊一二三四五六日天末])",
            say.chinese_period,
        ),
        (rf"(?<![\d./-])(\d{{1,2}})/(\d{{1,2}}){_NO_UNIT}", say.either),
        (rf"(?<![\d./-])(\d{{1,2}})-(\d{{1,2}}){_NO_UNIT}", say.either),
        (rf"(?<![\d./¥$€v-])(\d{{1,2}})\.(\d{{1,2}}){_NO_UNIT}", say.either),
        (r"(?<!\S)\+(\d{1,3})(?!\S)", say.on),
    ),
)
"""The phrases, those that say most first: what one has read no later one reads again."""
