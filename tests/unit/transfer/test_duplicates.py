"""Pairs worth a question: enough of them, never those that are surely apart, and fast."""

import random

import pytest

from kamdesk.core.ids import Id
from kamdesk.transfer.duplicates import Pair, propose
from kamdesk.transfer.known import Known


def known(name: str, *, keys: tuple[tuple[str, str], ...] = (), **values: object) -> Known:
    return Known(name=name, id=Id(bytes(16)), keys=frozenset(keys), values=values)


def pairs(*records: Known) -> list[tuple[int, int]]:
    return [(pair.first, pair.second) for pair in propose(records)]


def test_the_reasons_for_a_question() -> None:
    records = (
        known("甲一科技有限公司", credit_code="X1"),
        known("完全不同的名称", credit_code="x1"),
        known("甲一科技股份有限公司"),
        known("上海市腾飞网络", phone="021-5555 6666"),
        known("飞腾软件", phone="(021) 55556666"),
        known("北京宏图有限公司"),
        known("北京鸿图有限公司"),
        known("Northern Lights Shipping Ltd"),
        known("Nothern Lights Shipping"),
    )
    said = {(pair.first, pair.second): pair.why.plain for pair in propose(records)}
    assert said[0, 1] == "They have the same credit code."
    assert said[0, 2] == "Their names differ only in the form of the firm."
    assert said[3, 4] == "They have the same telephone."
    assert said[5, 6] == "Their names sound the same."
    assert said[7, 8] == "Their names are alike."
    assert len(said) == 5


def test_what_a_code_or_a_key_tells_apart_is_not_asked() -> None:
    assert pairs(known("甲", credit_code="X1"), known("甲", credit_code="X2")) == []
    assert pairs(known("甲", keys=(("t", "1"),)), known("甲", keys=(("t", "2"),))) == []
    assert pairs(known("甲", keys=(("t", "1"),)), known("甲", keys=(("u", "2"),))) == [(0, 1)]


def test_numbered_neighbours_are_not_duplicates() -> None:
    assert pairs(known("北京第一机床厂"), known("北京第二机床厂")) == []
    assert pairs(known("Upsert Account #1"), known("Upsert Account #2")) == []


def test_two_people_of_one_name_at_two_customers_are_two_people() -> None:
    one, other = known("张伟", account="甲"), known("张伟", account="乙")
    assert pairs(one, other) == []
    moved = known("张伟", account="甲", mobile="13800138000")
    there = known("张伟", account="乙", mobile="13800138000")
    assert pairs(moved, there) == [(0, 1)]


def test_the_number_of_a_switchboard_says_nothing() -> None:
    names = ("红", "橙", "黄", "绿", "青", "蓝", "紫")
    assert pairs(*(known(name, phone="010-12345678") for name in names)) == []


def test_the_likeliest_comes_first() -> None:
    found = propose([known("甲公司"), known("甲集团"), known("乙", credit_code="1"),
                     known("丙", credit_code="1")])  # fmt: skip
    assert [pair.likeness for pair in found] == [1.0, 0.95]
    assert isinstance(found[0], Pair)


def test_the_work_grows_with_the_records_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rapidfuzz.distance import Indel

    compared = 0
    real = Indel.normalized_similarity

    class Counting:
        @staticmethod
        def normalized_similarity(*words: str, **options: float) -> float:
            nonlocal compared
            compared += 1
            return float(real(*words, **options))

    import rapidfuzz.distance

    monkeypatch.setattr(rapidfuzz.distance, "Indel", Counting)
    chance = random.Random(7)
    signs = "东方南北海山水天地人和平安康宁福禄寿喜"
    counts = []
    for size in (1_000, 4_000):
        compared = 0
        propose([known("深圳市" + "".join(chance.choices(signs, k=4))) for _ in range(size)])
        counts.append(compared)
    assert counts[1] < counts[0] * 6
