"""What becomes of each row: keys before codes before names, and never a guess that merges."""

from dataclasses import replace

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.transfer.alike import core_name, may_be_one, normal_name
from kamdesk.transfer.candidates import AccountCandidate, Candidate, PersonCandidate, Problem
from kamdesk.transfer.judge import Change, Judgement, Verdict, judge
from kamdesk.transfer.known import Known, KnownRecords

A, B = Id(bytes(15) + b"a"), Id(bytes(15) + b"b")
CODE, OTHER_CODE = "91440300100001", "91310000100002"


def an_account(row: int = 2, **fields: object) -> AccountCandidate:
    return AccountCandidate(**{"row": row, "name": "甲公司", **fields})  # type: ignore[arg-type]


def a_person(row: int = 2, **fields: object) -> PersonCandidate:
    return PersonCandidate(**{"row": row, "name": "王伟", **fields})  # type: ignore[arg-type]


def known(name: str = "甲公司", id: Id = A, *, keys: tuple[tuple[str, str], ...] = (),
          account_keys: tuple[tuple[str, str], ...] = (), **values: object) -> Known:  # fmt: skip
    return Known(
        name=name, id=id, keys=frozenset(keys), values={"name": name, **values},
        account_keys=frozenset(account_keys),
    )  # fmt: skip


def judged(candidate: Candidate, *records: Known) -> Judgement:
    (judgement,) = judge([candidate], KnownRecords(records))
    return judgement


def all_judged(*rows: Candidate, records: tuple[Known, ...] = ()) -> list[Judgement]:
    return list(judge(rows, KnownRecords(records)))


def test_an_unknown_account_is_new() -> None:
    assert judged(an_account()).verdict is Verdict.NEW


def test_the_same_name_in_another_width_and_case_is_the_same() -> None:
    found = judged(an_account(name="ＡＢＣ（中国） 公司"), known("abc(中国)公司"))
    assert (found.verdict, found.record, dict(found.changes)) == (Verdict.SAME, A, {})


def test_what_the_row_adds_or_says_anew_is_an_update() -> None:
    found = judged(
        an_account(city="上海", phone="+86 138 0013 8000", employees=5),
        known(city="北京", phone="13800138000"),
    )
    assert found.verdict is Verdict.UPDATE
    assert dict(found.changes) == {"city": Change("北京", "上海"), "employees": Change(None, 5)}


def test_what_the_row_does_not_say_stays() -> None:
    assert judged(an_account(), known(city="北京", employees=5)).verdict is Verdict.SAME


def test_lists_grow_and_never_shrink() -> None:
    found = judged(an_account(tags=("新",)), known(tags=("旧",)))
    assert found.changes["tags"] == Change(("旧",), ("旧", "新"))
    assert judged(an_account(tags=("旧",)), known(tags=("旧", "新"))).verdict is Verdict.SAME


def test_a_key_finds_its_record_under_any_name() -> None:
    found = judged(
        an_account(name="*ST甲", source="ticker", source_key="600001.SH"),
        known("甲股份", keys=(("ticker", "600001.SH"),)),
    )
    assert found.record == A
    assert dict(found.changes) == {"name": Change("甲股份", "*ST甲")}


def test_another_key_of_the_same_source_is_never_merged_by_name() -> None:
    row = an_account(source="ticker", source_key="600001.SH")
    found = judged(row, known(keys=(("ticker", "000001.SZ"),)))
    assert found.verdict is Verdict.NEW
    assert [one.record for one in found.perhaps] == [A]
    merged = judged(row, known(keys=(("salesforce", "x"),)))
    assert (merged.verdict, merged.record) == (Verdict.UPDATE, A)
    assert dict(merged.changes) == {}


def test_the_same_credit_code_merges_and_another_keeps_apart() -> None:
    assert judged(an_account(name="乙", credit_code=CODE), known(credit_code=CODE)).record == A
    apart = judged(an_account(credit_code=CODE), known(credit_code=OTHER_CODE))
    assert apart.verdict is Verdict.NEW
    assert apart.perhaps[0].record == A


def test_a_key_and_a_code_that_disagree_are_a_conflict() -> None:
    row = an_account(source="s", source_key="1", credit_code=CODE)
    first = judged(row, known(keys=(("s", "1"),)), known("乙", B, credit_code=CODE))
    assert first.verdict is Verdict.CONFLICT
    assert {one.record for one in first.perhaps} == {A, B}
    second = judged(row, known(keys=(("s", "1"),), credit_code=OTHER_CODE))
    assert second.verdict is Verdict.CONFLICT


def test_two_customers_of_one_name_are_a_conflict() -> None:
    found = judged(an_account(), known(), known(id=B))
    assert found.verdict is Verdict.CONFLICT
    assert "2 customers have its name" in found.why.plain


def test_numbers_of_a_list_do_not_overwrite_strangers() -> None:
    row = an_account(name="丙公司", source="list:ab", source_key="1")
    assert judged(row, known("丁公司", keys=(("list:ab", "1"),))).verdict is Verdict.CONFLICT
    renamed = replace(row, name="丁股份有限公司")
    assert judged(renamed, known("丁公司", keys=(("list:ab", "1"),))).verdict is Verdict.UPDATE


def test_the_form_of_the_firm_is_a_suggestion_not_a_merger() -> None:
    found = judged(an_account(name="甲有限责任公司"), known("甲有限公司"))
    assert found.verdict is Verdict.NEW
    assert found.perhaps[0].record == A
    by_phone = judged(an_account(name="戊", phone="021-5555 6666"), known(phone="02155556666"))
    assert by_phone.verdict is Verdict.NEW
    assert "same telephone" in by_phone.perhaps[0].why.plain


def test_a_former_name_finds_the_record_and_does_not_rename_it() -> None:
    found = judged(an_account(name="旧名"), known(other_names=("旧名",)))
    assert (found.verdict, found.record) == (Verdict.SAME, A)


def test_a_rejected_row_stays_rejected_with_its_reason() -> None:
    why = Text("The row has no name.")
    found = judged(an_account(name="", problems=(Problem(2, "name", why, True),)))
    assert (found.verdict, found.why) == (Verdict.REJECTED, why)


def test_a_row_that_repeats_an_earlier_one_changes_nothing() -> None:
    first, again, fills = all_judged(
        an_account(2, city="上海"), an_account(3, city="上海"), an_account(4, employees=5)
    )
    assert (first.verdict, again.verdict, fills.verdict) == (
        Verdict.NEW, Verdict.SAME, Verdict.UPDATE,
    )  # fmt: skip
    assert (again.same_row, fills.same_row) == (2, 2)


def test_a_row_that_contradicts_an_earlier_one_is_a_conflict() -> None:
    for records in ((), (known(),)):
        _, second = all_judged(
            an_account(2, city="上海"), an_account(3, city="北京"), records=records
        )
        assert second.verdict is Verdict.CONFLICT
        assert second.why.plain == "Row 2 says otherwise: City."


def test_judging_the_same_rows_again_changes_nothing() -> None:
    rows = [
        an_account(2, city="上海", source="list:x", source_key="1"),
        an_account(3, name="乙公司", phone="010-1234567"),
        an_account(4, employees=3),
    ]
    records = KnownRecords()
    list(judge(rows, records))
    again = [
        replace(records[place], id=Id(bytes([place]) * 16), row=None)
        for place in range(len(records))
    ]
    assert {one.verdict for one in judge(rows, KnownRecords(again))} == {Verdict.SAME}


def test_a_person_is_found_at_the_same_customer_only() -> None:
    at_a = known("王伟", account="甲公司")
    assert judged(a_person(account="甲公司"), at_a).record == A
    assert judged(a_person(account="乙公司"), at_a).verdict is Verdict.NEW
    assert judged(a_person(), at_a).verdict is Verdict.NEW
    assert judged(a_person(), known("王伟")).record == A


def test_a_person_is_found_by_the_key_of_the_customer() -> None:
    record = known("王伟", account="甲公司", account_keys=(("sf", "001"),))
    assert judged(a_person(source="sf", account_key="001"), record).record == A
    assert judged(a_person(source="sf", account_key="002"), record).verdict is Verdict.NEW


def test_the_same_mobile_speaks_where_the_customer_is_silent() -> None:
    record = known("王伟", account="甲公司", mobile="+86 13800138000")
    assert judged(a_person(mobile="138 0013 8000"), record).record == A
    other = judged(a_person(mobile="13900139000"), record)
    assert other.verdict is Verdict.NEW
    assert other.perhaps


def test_the_same_mobile_under_another_name_is_only_a_suggestion() -> None:
    found = judged(a_person(name="李娜", mobile="13800138000"), known("王伟", mobile="13800138000"))
    assert found.verdict is Verdict.NEW
    assert "same telephone" in found.perhaps[0].why.plain


def test_a_known_person_at_another_customer_is_a_conflict() -> None:
    found = judged(
        a_person(source="sf", source_key="003", account="乙公司"),
        known("王伟", keys=(("sf", "003"),), account="甲公司"),
    )
    assert found.verdict is Verdict.CONFLICT
    assert "change of employer" in found.why.plain


def test_names_are_compared_by_what_they_mean() -> None:
    assert normal_name("Acme  Inc.") == normal_name("ACME Inc.")
    assert normal_name("甲 公司") == "甲公司"
    assert core_name("甲股份有限公司") == core_name("甲集团有限责任公司") == "甲"
    assert core_name("Acme Holdings, Ltd.") == core_name("ACME") == "acme"
    assert core_name("有限公司") == "有限公司"
    assert may_be_one("北京甲科技有限公司", "甲科技")
    assert not may_be_one("甲", "乙")


def test_a_name_in_pinyin_is_worth_a_question_surname_first_or_last() -> None:
    def judged(known_name: str, name: str) -> Judgement:
        known = KnownRecords([Known(name=known_name, id=Id(bytes(16)))])
        return next(judge([PersonCandidate(row=2, name=name)], known))

    for known_name, name in (("陈立新", "Lixin Chen"), ("Chen Lixin", "陈立新")):
        judgement = judged(known_name, name)
        assert judgement.verdict is Verdict.NEW
        assert [one.why.plain for one in judgement.perhaps] == ["In pinyin it is the same name."]
    assert judged("陈立新", "Chen Lixi").perhaps == ()
    assert judged("陈立新", "陈立心").perhaps == ()
