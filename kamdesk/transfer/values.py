"""A cell's text becomes a typed value, or says why it cannot."""

import re
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.text.clean import clean, one_line
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.credit_code import credit_code_is_right
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.domain.opportunities.model import STEPS, OpportunityState
from kamdesk.domain.people.model import Basis
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.transfer.amounts import Unreadable, lower_end, read_currency, read_whole
from kamdesk.transfer.content import is_email, is_phone, ticker
from kamdesk.transfer.days import read_any_day, read_birthday, read_moment, read_time
from kamdesk.transfer.fields import Reads

_NOTHING: Final = frozenset(
    {
        "", "-", "--", "---", "—", "——", "–", "/", "\\", "N/A", "n/a", "#N/A", "NULL", "null",
        "None", "none", "NaN", "nan", "nil", "(null)", "<null>", "暂无", "无", "未知", "不详",
        "未填写", "（空）", "(空)", "暂未公开", "未公开", "#REF!", "#VALUE!", "#DIV/0!",
        "#NAME?", "#NULL!", "#NUM!",
    }
)  # fmt: skip
_YES: Final = frozenset(
    {
        "true", "t", "yes", "y", "1", "是", "有", "对", "√", "✓", "✔", "listed", "public",
        "上市", "已上市", "上市公司",
    }
)  # fmt: skip
_NO: Final = frozenset(
    {
        "false", "f", "no", "n", "0", "否", "没有", "×", "✗", "✘", "unlisted", "private",
        "未上市", "非上市", "非上市公司",
    }
)  # fmt: skip
_OUR_LIST = re.compile(r"[;\n]+")
"""What parts a list as we write it ourselves: nothing else does where a semicolon stands."""
_LIST = re.compile(
    r"[；、|\n]+|[,，](?!\s*(?:co|corp|inc|llc|lp|ltd|limited|plc)\b)", re.IGNORECASE
)
"""What parts the lists of others; “Bearings Co., Ltd.” stays one name."""

_MAILS = re.compile(r"[\s;；,，、/|]+")

_ORGANISATIONS: Final = (
    (Organisation.CENTRAL_SOE, "央企|中央企业|central_soe|centralsoe|centralstate-owned"),
    (Organisation.LOCAL_SOE, "地方国企|省属国企|市属国企|local_soe|localsoe|localstate-owned"),
    (Organisation.PRIVATE, "民营|民营企业|民企|私营|私营企业|private"),
    (Organisation.FOREIGN, "外资|外资企业|外商独资|外企|foreign|foreign-owned|wfoe"),
    (Organisation.JOINT_VENTURE, "合资|合资企业|中外合资|joint_venture|jointventure|jv"),
    (Organisation.GOVERNMENT, "政府|政府机关|机关|行政机关|government"),
    (Organisation.PUBLIC_INSTITUTION, "事业单位|public_institution|publicinstitution"),
    (Organisation.MILITARY, "军工|军队|军队军工|部队|military|militaryanddefence"),
    (Organisation.ASSOCIATION, "协会|社会团体|社团|association"),
    (Organisation.OTHER, "其他|其它|其他单位|other|otherorganisation"),
)
_CLASSES: Final = (
    (AccountClass.CORE, "核心|核心价值|核心客户|core"),
    (AccountClass.HIGH_POTENTIAL, "高潜力|高潜|high_potential|highpotential"),
    (AccountClass.MAINTAIN, "维持|维持型|maintain"),
    (AccountClass.TO_IMPROVE, "待优化|to_improve|toimprove"),
)

_BASES: Final = (
    (Basis.CONTRACT, "合同|订立或履行合同|contract|contract,orstepstowardsone"),
    (Basis.INTEREST, "正当利益|interest|legitimateinterest"),
    (Basis.CONSENT, "同意|本人同意|consent"),
    (Basis.PUBLIC, "公开信息|已合法公开|public|publicsource|madepublicbythemselvesorlawfully"),
    (Basis.DUTY, "法定义务|duty|legalduty"),
)
_VISIT_KINDS: Final = (
    (VisitKind.VISIT, "拜访|上门|上门拜访|面访|实地拜访|现场|走访|visit|meeting|onsite|inperson"),
    (VisitKind.CALL, "电话|电话拜访|电话沟通|微信|微信沟通|call|phone|phonecall|telephone|email"),
    (VisitKind.VIDEO, "视频|视频会议|线上|线上会议|腾讯会议|video|videomeeting|online|videocall"),
    (VisitKind.EVENT, "活动|展会|会议活动|宴请|培训|event|exhibition|dinner|training|seminar"),
)
_VISIT_STATES: Final = (
    (VisitState.PLANNED, "计划|计划中|已计划|未开始|待拜访|planned|open|notstarted|scheduled"),
    (VisitState.HELD, "已拜访|已进行|进行中|held|inprogress|tookplace"),
    (VisitState.CLOSED, "已完成|完成|已结束|已关闭|closed|completed|done|finished"),
    (VisitState.DROPPED, "取消|已取消|作废|dropped|cancelled|canceled|deferred"),
)
_DEAL_STATES: Final = (
    (OpportunityState.OPEN, "进行中|跟进中|未结束|open|inprogress|active|pending|ongoing"),
    (OpportunityState.WON, "赢单|成交|已成交|已签约|中标|won|closedwon|dealwon|win|signed"),
    (OpportunityState.LOST, "丢单|输单|失败|未中标|流单|lost|closedlost|deallost|loss|abandoned"),
)
_DEAL_STEPS: Final = (
    (1, "信息收集|线索|gatherinformation|prospecting|lead"),
    (2, "信息筛选|立项|screen|qualification|qualified"),
    (3, "方案制订|方案|designtheoffer|proposal|proposal/pricequote|solution"),
    (4, "品牌推介|introduceus|valueproposition|presentation"),
    (5, "挖掘需求|需求分析|digforneeds|needsanalysis|discovery"),
    (6, "关键人私约|关键人深度沟通|meetkeypersonsonetoone|id.decisionmakers|perceptionanalysis"),
    (7, "商务公关|商务攻坚|provevalue,holdoffrivals|招投标|evaluation|proofofconcept"),
    (8, "合作签署|签约|商务谈判|sign|negotiation|negotiation/review|contract"),
    (9, "销售服务|交付|serve|delivery|implementation"),
)
_STEP_NUMBER: Final = re.compile(r"(?:第|s|step|stage)?\s*([1-9])(?!\d)", re.IGNORECASE)


class Value(NamedTuple):
    """What a cell says. ``warning``: it is kept though it looks wrong. ``left``: the rest."""

    value: object
    warning: Text | None = None
    left: str = ""


def is_nothing(text: str) -> bool:
    """True for the many ways files say that there is nothing: ``-``, ``NULL``, ``暂无`` …"""
    return not text or text.strip() in _NOTHING


def read_value(reads: Reads, text: str, *, day_first: bool = False) -> Value:
    """Return the value ``text`` says. Raises ``Unreadable``, or ``RuleBroken`` for broken text."""
    if reads is Reads.BIRTHDAY:
        return Value(read_birthday(clean(text), day_first=day_first))
    if reads is Reads.MOMENT:
        return Value(read_moment(clean(text), day_first=day_first))
    if reads is Reads.TIME:
        return Value(read_time(clean(text)))
    if reads is Reads.DAY:
        return Value(read_any_day(clean(text), day_first=day_first).isoformat())
    if reads is Reads.LONG:
        return Value(clean(text))
    return _READERS[reads](one_line(text))


def _list(text: str) -> Value:
    parting = _OUR_LIST if ";" in text else _LIST
    parts = (part.strip() for part in parting.split(text))
    return Value(tuple(dict.fromkeys(part for part in parts if part)))


def _whole(text: str) -> Value:
    if low := lower_end(text):
        return Value(
            read_whole(low),
            Text("“{text}” is a range; its lower end was taken.", text=text[:40]),
            text,
        )
    return Value(read_whole(text))


def _yes_no(text: str) -> Value:
    plain = text.casefold()
    if plain in _YES or plain in _NO:
        return Value(plain in _YES)
    raise Unreadable(Text("“{text}” is neither yes nor no.", text=text[:40]))


def _phone(text: str) -> Value:
    parts = re.split(r"[;；,，、/]", text)
    if all(is_phone(part) for part in parts):
        return Value(text)
    return Value(text, Text("“{text}” does not look like a telephone number.", text=text[:40]))


def _email(text: str) -> Value:
    first, *others = [part for part in _MAILS.split(text.removeprefix("mailto:")) if part] or [""]
    if is_email(first):
        return Value(first, left=" ".join(others))
    return Value(text, Text("“{text}” does not look like an e-mail address.", text=text[:40]))


def _credit_code(text: str) -> Value:
    code = text.upper().replace(" ", "").replace("-", "")
    if credit_code_is_right(code):
        return Value(code)
    return Value(
        code,
        Text("The credit code {code} does not fit its check character.", code=code[:40]),
    )


def _choice(words: MappingProxyType[str, object], text: str) -> object:
    found = words.get(text.casefold().replace(" ", ""))
    if found is None:
        raise Unreadable(Text("“{text}” is none of the known words.", text=text[:40]))
    return found


def _deal_step(text: str) -> object:
    """Return the step a cell says by number or name; a state where it says how the deal ended."""
    if found := _STEP_NUMBER.match(text):
        return int(found[1]) if int(found[1]) in STEPS else None
    plain = text.casefold().replace(" ", "")
    return _DEAL_STATE_OF.get(plain) or _choice(_DEAL_STEP_OF, text)


def _by_word(words: Iterable[tuple[object, str]]) -> MappingProxyType[str, object]:
    return MappingProxyType(
        {said: kind for kind, all_said in words for said in all_said.split("|")}
    )


_ORGANISATION_OF: Final = _by_word(_ORGANISATIONS)
_CLASS_OF: Final = _by_word(_CLASSES)
_BASIS_OF: Final = _by_word(_BASES)
_VISIT_KIND_OF: Final = _by_word(_VISIT_KINDS)
_VISIT_STATE_OF: Final = _by_word(_VISIT_STATES)
_DEAL_STATE_OF: Final = _by_word(_DEAL_STATES)
_DEAL_STEP_OF: Final = _by_word(_DEAL_STEPS)

_READERS: Final[dict[Reads, Callable[[str], Value]]] = {
    Reads.LINE: Value,
    Reads.KEY: Value,
    Reads.LIST: _list,
    Reads.WHOLE: _whole,
    Reads.YES_NO: _yes_no,
    Reads.PHONE: _phone,
    Reads.EMAIL: _email,
    Reads.CREDIT_CODE: _credit_code,
    Reads.STOCK_CODE: lambda text: Value(ticker(text) or text),
    Reads.CURRENCY: lambda text: Value(read_currency(text)),
    Reads.ORGANISATION: lambda text: Value(_choice(_ORGANISATION_OF, text)),
    Reads.BASIS: lambda text: Value(_choice(_BASIS_OF, text)),
    Reads.VISIT_KIND: lambda text: Value(_choice(_VISIT_KIND_OF, text)),
    Reads.VISIT_STATE: lambda text: Value(_choice(_VISIT_STATE_OF, text)),
    Reads.DEAL_STATE: lambda text: Value(_choice(_DEAL_STATE_OF, text)),
    Reads.DEAL_STEP: lambda text: Value(_deal_step(text)),
    Reads.CLASS: lambda text: Value(_choice(_CLASS_OF, text)),
}
