"""Rows become typed candidates: cleaned, with warnings, rejections and what was left over."""

from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Organisation
from kamdesk.transfer.candidates import AccountCandidate, Candidate, PersonCandidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.found import RawRow
from kamdesk.transfer.guess import guess_mapping
from kamdesk.transfer.map_file import read_map
from kamdesk.transfer.rows import candidates
from kamdesk.transfer.table import Headings


def typed(
    names: str, *rows: str, kind: ImportKind = ImportKind.ACCOUNTS, mapping: str = ""
) -> list[Candidate]:
    headings = Headings(1, tuple(names.split("|")))
    raw = [RawRow(number, row.split("|")) for number, row in enumerate(rows, 2)]
    columns = [[row.cells[place] for row in raw if place < len(row.cells)]
               for place in range(len(headings.names))]  # fmt: skip
    chosen = read_map(mapping, headings) if mapping else guess_mapping(headings, columns, kind)
    return list(candidates(raw, headings, chosen))


def test_an_account_is_typed_field_by_field() -> None:
    (account,) = typed(
        "公司名称|员工人数|营业收入(万元)|单位性质|是否上市|标签|统一社会信用代码|城市",
        "  甲　公司 |3.5万|1,200|央企|是|重点；华东|91110000100000000X|-",
    )
    assert isinstance(account, AccountCandidate)
    assert account.given() == {
        "name": "甲 公司",
        "employees": 35_000,
        "annual_revenue": 1_200_000_000,
        "currency": "CNY",
        "kind_of_organisation": Organisation.CENTRAL_SOE,
        "listed": True,
        "tags": ("重点", "华东"),
        "credit_code": "91110000100000000X",
    }
    assert [(one.field, one.rejects) for one in account.problems] == [("credit_code", False)]


def test_money_without_a_currency_claims_none() -> None:
    (account,) = typed("Name|Annual Revenue", "Acme|139000000")
    assert account.given() == {"name": "Acme", "annual_revenue": 13_900_000_000}


def test_a_row_without_a_name_is_rejected_with_row_field_and_reason() -> None:
    (account,) = typed("公司名称|城市", "暂无|上海")
    assert [tuple(one) for one in account.rejected] == [
        (2, "name", Text("The row has no name."), True)
    ]


def test_text_that_is_no_text_rejects_its_row() -> None:
    (account,) = typed("公司名称|城市", "甲|北\0京")
    assert [(one.row, one.field) for one in account.rejected] == [(2, "city")]


def test_what_finds_no_field_or_cannot_be_read_is_left_over() -> None:
    (account,) = typed("公司名称|颜色|员工人数", "甲|蓝|许多|还有")
    assert account.leftovers == (("颜色", "蓝"), ("员工人数", "许多"), ("#4", "还有"))
    assert [one.field for one in account.problems] == ["employees"]
    assert not account.rejected


def test_a_row_refused_by_the_reader_is_rejected_with_its_reason() -> None:
    headings = Headings(1, ("名称",))
    mapping = guess_mapping(headings, [["甲"]], ImportKind.ACCOUNTS)
    said = Text("The quote that opens in this row is never closed.")
    (account,) = candidates([RawRow(2, ['"甲'], said)], headings, mapping)
    assert [(one.row, one.reason) for one in account.rejected] == [(2, said)]


def test_a_name_is_put_together_in_its_own_order() -> None:
    def named(family: str, given: str) -> str:
        return typed("姓|名|手机", f"{family}|{given}|13800138000", kind=ImportKind.PEOPLE)[0].name

    assert named("王", "伟") == "王伟"
    assert named("Doe", "John") == "John Doe"
    assert named("Doe", "") == "Doe"


def test_a_person_carries_the_key_of_the_customer() -> None:
    (person,) = typed(
        "Id|AccountId|Name|Phone", "003bm00000zapthAAA|001bm00001ZL8U9|Rose|(512) 757-6000",
        kind=ImportKind.PEOPLE,
    )  # fmt: skip
    assert isinstance(person, PersonCandidate)
    assert person.key == ("salesforce", "003bm00000zapthAAA")
    assert person.account_key == "001bm00001ZL8U9AAL"
    (lead,) = typed(
        "Id|Company|Name", "00Qbm00000Orxk5EAB|001bm00001ZL8U9AAL|Bertha", kind=ImportKind.PEOPLE
    )
    assert (lead.given().get("account"), lead.given()["account_key"]) == (
        None, "001bm00001ZL8U9AAL",
    )  # fmt: skip


def test_a_ticker_is_key_and_stock_code_at_once() -> None:
    (share, other) = typed("code|name", "600336|澳柯玛", "000001|平安银行")
    assert share.key == ("ticker", "600336.SH")
    assert share.given()["stock_code"] == "600336.SH"
    assert other.key == ("ticker", "000001.SZ")


def test_constants_stand_in_where_a_row_says_nothing() -> None:
    mapping = (
        'kind = "accounts"\nignore = ["x"]\n[columns]\n"n" = "name"\n"c" = "city"\n'
        '[values]\ncity = "上海"\ntags = "展会"\n'
    )
    first, second = typed("n|c|x", "甲|北京|1", "乙||2", mapping=mapping)
    assert (first.given()["city"], second.given()["city"]) == ("北京", "上海")
    assert second.given()["tags"] == ("展会",)
    assert first.leftovers == ()


def test_the_row_of_headings_and_those_above_are_not_rows() -> None:
    headings = Headings(3, ("名称",))
    mapping = guess_mapping(headings, [["甲"]], ImportKind.ACCOUNTS)
    raw = [RawRow(1, ["清单"]), RawRow(3, ["名称"]), RawRow(4, ["甲"])]
    assert [one.row for one in candidates(raw, headings, mapping)] == [4]
