"""Guesses what a table holds and where its columns go, from its headings and its first cells."""

from collections import Counter
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.amounts import Unreadable
from kamdesk.transfer.content import (
    SALESFORCE,
    TICKER,
    is_credit_code,
    is_email,
    is_phone,
    is_salesforce_id,
    is_web_address,
    ticker,
)
from kamdesk.transfer.days import days_come_first
from kamdesk.transfer.fields import ImportKind, Reads
from kamdesk.transfer.mapping import Column, Mapping, gave_way
from kamdesk.transfer.table import Headings, column_name
from kamdesk.transfer.values import is_nothing, read_value
from kamdesk.transfer.vocabulary import HEADINGS, plain_heading, unit_in

Columns = Sequence[Sequence[str]]
"""The first cells of each column, from above."""

_ENOUGH: Final = 0.5
_PARTS_OF_A_DAY: Final = frozenset({"birth day", "birth month", "birth year"})
"""Outlook and Thunderbird cut a birthday into three columns: none of them is a day."""
_TELLING: Final = MappingProxyType(
    {
        ImportKind.ACCOUNTS: {
            "credit_code": 4, "employees": 3, "annual_revenue": 3, "stock_code": 3, "website": 1,
            "industry": 2, "group_parent": 2, "kind_of_organisation": 2, "short_name": 2,
            "listed": 1, "province": 1, "city": 1, "region": 1, "address": 1, "number": 1,
        },
        ImportKind.PEOPLE: {
            "family_name": 4, "given_name": 4, "post": 2, "mobile": 3, "wechat": 3,
            "birthday": 3, "honorific": 2, "form_of_address": 2, "department": 2, "email": 2,
            "account_key": 1, "account": 1,
        },
        ImportKind.VISITS: {
            "day": 2, "said": 3, "next_step": 3, "people": 2, "topic": 2, "objective": 3,
            "outcome": 3, "colleagues": 3, "our_promises": 3, "their_promises": 3, "kind": 1,
        },
        ImportKind.OPPORTUNITIES: {
            "step": 3, "amount": 3, "expected": 3, "deal_state": 1, "settled_on": 2, "account": 1,
        },
    }
)  # fmt: skip
_NAMES_A_KIND: Final = MappingProxyType(
    {
        ImportKind.ACCOUNTS: {
            "account", "account name", "company", "company name", "customer name",
            "客户名称", "公司名称", "企业名称", "单位名称",
        },
        ImportKind.PEOPLE: {"姓名", "联系人", "联系人姓名", "关键人", "客户姓名"},
        ImportKind.VISITS: {
            "拜访日期", "拜访时间", "拜访内容", "拜访记录", "跟进内容", "跟进记录", "会议纪要",
            "visit date", "meeting date", "visited on",
        },
        ImportKind.OPPORTUNITIES: {
            "商机名称", "商机", "机会名称", "销售机会", "opportunity", "opportunity name", "deal",
            "deal name",
        },
    }
)  # fmt: skip
_OF_PEOPLE: Final = frozenset({"003", "00Q"})
_SALESFORCE_WORDS: Final = MappingProxyType(
    {
        "00T": Text("tasks"), "00U": Text("events"),
        "500": Text("cases"), "701": Text("campaigns"), "00v": Text("campaign members"),
        "07k": Text("relations between customers and people"), "005": Text("colleagues"),
        "008": Text("steps of opportunities"),
    }
)  # fmt: skip


class KindGuess(NamedTuple):
    """What the rows are, how sure from 0 to 1, and why."""

    kind: ImportKind | None
    certainty: float
    why: Text


class _Bid(NamedTuple):
    """One column's claim to a field."""

    certainty: float
    place: int
    field: str
    why: Text


def guess_kind(headings: Headings, columns: Columns) -> KindGuess:
    """Return whether the rows are accounts, people or visits; None for something else."""
    prefix = _salesforce_prefix(headings, columns)
    if prefix == "001":
        return KindGuess(ImportKind.ACCOUNTS, 1.0, Text("Its ids are those of customers."))
    if prefix in _OF_PEOPLE:
        return KindGuess(ImportKind.PEOPLE, 1.0, Text("Its ids are those of people."))
    if prefix == "006":
        return KindGuess(ImportKind.OPPORTUNITIES, 1.0, Text("Its ids are those of opportunities."))
    if prefix:
        what = _SALESFORCE_WORDS.get(prefix, Text("other records"))
        return KindGuess(
            None, 1.0, Text("Its ids are those of {what}, which are not read yet.", what=what)
        )
    scores = {kind: _score(kind, headings, columns) for kind in ImportKind}
    accounts, people = scores[ImportKind.ACCOUNTS], scores[ImportKind.PEOPLE]
    visits = scores[ImportKind.VISITS]
    best = ImportKind.PEOPLE if people > accounts + 1 else ImportKind.ACCOUNTS
    if visits > max(accounts, people) + 1 and _are_visits(headings, columns):
        best = ImportKind.VISITS
    deals = scores[ImportKind.OPPORTUNITIES]
    if deals > max(accounts, people, visits) + 1 and _are_deals(headings, columns):
        best = ImportKind.OPPORTUNITIES
    if not any(scores.values()):
        return KindGuess(None, 0.0, _none_is_known(headings))
    first, second, *_ = sorted(scores.values(), reverse=True)
    return KindGuess(best, round((first - second) / first, 2), Text("Its headings say so."))


def _are_visits(headings: Headings, columns: Columns) -> bool:
    """True when a column holds the customer and one the day: without them nothing is a visit."""
    taken = _assigned(ImportKind.VISITS, headings, columns).values()
    found = {bid.field for bid in taken if bid.certainty >= _ENOUGH}
    return "day" in found and bool({"account", "account_key"} & found)


def _are_deals(headings: Headings, columns: Columns) -> bool:
    """True when columns hold name, customer, and how far or how much: else it is no deal."""
    taken = _assigned(ImportKind.OPPORTUNITIES, headings, columns).values()
    found = {bid.field for bid in taken if bid.certainty >= _ENOUGH}
    whose = {"account", "account_key"} & found
    return "name" in found and bool(whose) and bool({"step", "amount"} & found)


def _none_is_known(headings: Headings) -> Text:
    names = tuple(name for name in headings.names if name.strip())
    if not names or headings.row == 0:
        return Text("It has no headings. Say which column holds the name.")
    return Text(
        "None of its columns is known: {headings}. Say which one holds the name.",
        headings=names[:12],
    )


def guess_mapping(headings: Headings, columns: Columns, kind: ImportKind | None = None) -> Mapping:
    """Return the likeliest mapping. Raises ``RuleBroken`` when the kind cannot be told."""
    if kind is None:
        told = guess_kind(headings, columns)
        if told.kind is None:
            raise RuleBroken(told.why, field="kind")
        kind = told.kind
    taken = _assigned(kind, headings, columns)
    mapped = []
    for place, heading in enumerate(headings.names):
        bid = taken.get(place)
        cells = columns[place] if place < len(columns) else ()
        if bid is None:
            mapped.append(Column(heading=heading))
        elif bid.certainty < _ENOUGH:
            mapped.append(Column(heading=heading, certainty=bid.certainty, why=bid.why))
        else:
            mapped.append(
                Column(
                    heading=heading,
                    field=bid.field,
                    certainty=round(bid.certainty, 2),
                    why=bid.why,
                    unit=unit_in(heading),
                    day_first=bid.field in _DAYS and days_come_first(cells),
                )
            )
    key, source = _key(headings, columns, mapped)
    if kind is ImportKind.VISITS and not source:
        source = f"list:{headings.fingerprint}"  # their rows are known by what they say
    return Mapping(kind=kind, columns=tuple(mapped), source=source, key=key)


def _assigned(kind: ImportKind, headings: Headings, columns: Columns) -> dict[int, _Bid]:
    """Give each field to its best column; a column that lost one tries its next."""
    bids = sorted(
        (
            bid
            for place in range(len(headings.names))
            for bid in _bids(kind, place, headings.names[place], _sample(columns, place))
        ),
        key=lambda bid: (-bid.certainty, bid.place),
    )
    bids += _first_words(kind, headings, columns)
    taken: dict[int, _Bid] = {}
    holder: dict[str, str] = {}
    lost: dict[int, _Bid] = {}
    for bid in bids:
        if bid.place in taken:
            continue
        if bid.field in holder:
            why = gave_way(kind, bid.field, holder[bid.field])
            lost.setdefault(bid.place, _Bid(0.0, bid.place, bid.field, why))
            continue
        taken[bid.place] = bid
        if bid.certainty >= _ENOUGH:
            holder[bid.field] = headings.names[bid.place]
    return {**lost, **taken}


def _bids(kind: ImportKind, place: int, heading: str, cells: Sequence[str]) -> list[_Bid]:
    plain = plain_heading(heading)
    known = HEADINGS[kind]
    if plain in _PARTS_OF_A_DAY:
        return []
    bids = [
        _Bid(
            _tempered(1.0 - order * 0.005, field, cells), place, field, Text("Its heading says so.")
        )
        for field, order in known.get(plain, ()) or known.get(plain.replace(" ", ""), ())
    ]
    if not bids and not plain.isascii():
        bids = [
            _Bid(
                _tempered(0.6 + 0.01 * len(word), field, cells),
                place,
                field,
                Text("Its heading ends in “{word}”.", word=word),
            )
            for word, said in known.items()
            if len(word) >= 2 and not word.isascii() and plain.endswith(word)
            for field, _ in said
        ]
    return bids or _bids_by_content(kind, place, heading, cells)


def _bids_by_content(
    kind: ImportKind, place: int, heading: str, cells: Sequence[str]
) -> list[_Bid]:
    bids = []
    for field, what, fits in _RECOGNISED[kind]:
        if field == "phone" and heading != column_name(place):
            continue  # a postcode or an amount passes for a number one could dial
        share = _share(cells, fits)
        if len(cells) >= 2 and share >= 0.8:
            why = Text("Its cells look like {what}.", what=what)
            bids.append(_Bid(0.5 + share * 0.25, place, field, why))
    return bids[:1]


def _first_words(kind: ImportKind, headings: Headings, columns: Columns) -> list[_Bid]:
    """Take the first column of words for the name where there are no headings at all."""
    nameless = kind is ImportKind.VISITS or headings.row
    for place in range(0 if nameless else len(headings.names)):
        cells = _sample(columns, place)
        if cells and _share(cells, lambda cell: cell[:1].isalpha() and len(cell) <= 60) >= 0.8:
            return [_Bid(_ENOUGH, place, "name", Text("It is the first column of words."))]
    return []


def _tempered(certainty: float, field: str, cells: Sequence[str]) -> float:
    """Believe a heading less when its cells look otherwise."""
    fits = _EXPECTED.get(field)
    if fits is None or len(cells) < 5 or _share(cells, fits) >= 0.3:
        return certainty
    return certainty * 0.4


def _share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if fits(cell)) / len(cells) if cells else 0.0


def _is_readable(reads: Reads, cell: str) -> bool:
    try:
        read_value(reads, cell)
    except (Unreadable, RuleBroken):
        return False
    return True


def _sample(columns: Columns, place: int) -> list[str]:
    return [cell for cell in columns[place] if not is_nothing(cell)] if place < len(columns) else []


def _score(kind: ImportKind, headings: Headings, columns: Columns) -> float:
    taken = _assigned(kind, headings, columns)
    score = sum(
        _TELLING[kind].get(bid.field, 0.5) * bid.certainty
        for bid in taken.values()
        if bid.certainty >= _ENOUGH
    )
    plain = {plain_heading(name) for name in headings.names}
    return score + 3 * bool(plain & _NAMES_A_KIND[kind])


def _salesforce_prefix(headings: Headings, columns: Columns) -> str:
    """Return what kind of record the ``Id`` column names; empty when it is no Salesforce file."""
    for place, name in enumerate(headings.names):
        if plain_heading(name) == "id":
            ids = [cell for cell in _sample(columns, place) if is_salesforce_id(cell)]
            return Counter(cell[:3] for cell in ids).most_common(1)[0][0] if ids else ""
    return ""


def _key(headings: Headings, columns: Columns, mapped: list[Column]) -> tuple[str, str]:
    """Return the column with the foreign key and the name of the world it comes from."""
    chosen = next((place for place, one in enumerate(mapped) if one.field == "source_key"), None)
    if chosen is None:
        chosen = next(
            (place for place, one in enumerate(mapped) if one.field == "stock_code"), None
        )
        if chosen is None or _share(_sample(columns, chosen), ticker) < 0.8:
            return "", ""
    cells = _sample(columns, chosen)
    if len(set(cells)) < len(cells):
        return "", ""
    if _share(cells, is_salesforce_id) >= 0.8:
        source = SALESFORCE
    elif _share(cells, ticker) >= 0.8:
        source = TICKER
    else:
        source = f"list:{headings.fingerprint}"
    return headings.names[chosen], source


_DAYS: Final = (
    "birthday", "collected_on", "told_on", "keep_until", "day", "next_step_by", "promised_by",
    "expected", "settled_on", "since", "first_signed",
)  # fmt: skip
_EXPECTED: Final[dict[str, Callable[[str], object]]] = {
    "email": lambda cell: "@" in cell,
    "credit_code": lambda cell: len(cell.strip()) in (15, 18),
    "website": lambda cell: "." in cell,
    "phone": lambda cell: any(sign.isdigit() for sign in cell),
    "mobile": lambda cell: any(sign.isdigit() for sign in cell),
    "employees": lambda cell: any(sign.isdigit() for sign in cell),
    "annual_revenue": lambda cell: any(sign.isdigit() for sign in cell),
    "birthday": lambda cell: any(sign.isdigit() for sign in cell),
    "collected_on": lambda cell: any(sign.isdigit() for sign in cell),
    "told_on": lambda cell: any(sign.isdigit() for sign in cell),
    "keep_until": lambda cell: any(sign.isdigit() for sign in cell),
    "day": lambda cell: any(sign.isdigit() for sign in cell),
    "amount": lambda cell: any(sign.isdigit() for sign in cell),
    "expected": lambda cell: any(sign.isdigit() for sign in cell),
    "settled_on": lambda cell: any(sign.isdigit() for sign in cell),
    "since": lambda cell: any(sign.isdigit() for sign in cell),
    "first_signed": lambda cell: _is_readable(Reads.DAY, cell),
    "deal_state": lambda cell: _is_readable(Reads.DEAL_STATE, cell),
    "step": lambda cell: _is_readable(Reads.DEAL_STEP, cell),
    "time": lambda cell: _is_readable(Reads.TIME, cell),
    "minutes": lambda cell: any(sign.isdigit() for sign in cell),
    "next_step_by": lambda cell: _is_readable(Reads.DAY, cell),
    "promised_by": lambda cell: _is_readable(Reads.DAY, cell),
    "kind": lambda cell: _is_readable(Reads.VISIT_KIND, cell),
    "state": lambda cell: _is_readable(Reads.VISIT_STATE, cell),
    "basis": lambda cell: _is_readable(Reads.BASIS, cell),
    "stock_code": lambda cell: len(cell.strip()) <= 15,
    "class_by_hand": lambda cell: _is_readable(Reads.CLASS, cell),
    "kind_of_organisation": lambda cell: _is_readable(Reads.ORGANISATION, cell),
    "listed": lambda cell: _is_readable(Reads.YES_NO, cell),
    "currency": lambda cell: _is_readable(Reads.CURRENCY, cell),
}
_KEYS: Final = (
    ("source_key", Text("Salesforce ids"), is_salesforce_id),
    ("source_key", Text("tickers of shares"), lambda cell: "." in cell and ticker(cell)),
)
_RECOGNISED: Final[
    MappingProxyType[ImportKind, tuple[tuple[str, Text, Callable[[str], object]], ...]]
] = MappingProxyType(
    {
        ImportKind.ACCOUNTS: (
            ("credit_code", Text("credit codes"), is_credit_code),
            *_KEYS,
            ("phone", Text("telephone numbers"), is_phone),
            ("website", Text("web addresses"), is_web_address),
        ),
        ImportKind.PEOPLE: (
            ("email", Text("e-mail addresses"), is_email),
            *_KEYS,
            ("phone", Text("telephone numbers"), is_phone),
        ),
        ImportKind.VISITS: (),
        ImportKind.OPPORTUNITIES: (),
    }
)
