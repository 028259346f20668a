"""Which column goes where: guessed from headings and cells, chosen by hand, kept as TOML."""

import pytest

from kamdesk.assets import install_words
from kamdesk.cli import export_rows
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import LANGUAGES, say
from kamdesk.transfer.fields import FIELDS, ImportKind
from kamdesk.transfer.guess import guess_kind, guess_mapping
from kamdesk.transfer.map_file import fitted, read_map, write_map
from kamdesk.transfer.mapping import Mapping
from kamdesk.transfer.table import Headings
from kamdesk.transfer.vocabulary import HEADINGS, plain_heading, unit_in

ACCOUNTS, PEOPLE = ImportKind.ACCOUNTS, ImportKind.PEOPLE


def guessed(names: str, *cells: list[str], kind: ImportKind | None = None, row: int = 1) -> Mapping:
    headings = Headings(row, tuple(names.split("|")))
    return guess_mapping(headings, cells or [[] for _ in headings.names], kind)


def fields(mapping: Mapping) -> dict[str, str]:
    return {one.heading: one.field for one in mapping.columns if one.field}


def test_plain_chinese_headings_of_customers() -> None:
    names = (
        "客户名称|简称|统一社会信用代码|行业|地区|省份|城市|地址|网址|电话|员工人数|年营业收入|单位性质"
        "|是否上市|股票代码|所属集团|客户经理|标签|客户等级|客户编号|曾用名|币种"
    )
    mapping = guessed(names)
    assert mapping.kind is ACCOUNTS
    assert list(fields(mapping).values()) == [
        "name", "short_name", "credit_code", "industry", "region", "province", "city", "address",
        "website", "phone", "employees", "annual_revenue", "kind_of_organisation", "listed",
        "stock_code", "group_parent", "owner", "tags", "class_by_hand", "number", "other_names",
        "currency",
    ]  # fmt: skip
    assert all(one.certainty > 0.9 for one in mapping.columns)


def test_plain_chinese_headings_of_people() -> None:
    names = "姓名|职务|部门|手机|电话|邮箱|微信|生日|称呼|称谓|公司名称|关注点|备注"
    mapping = guessed(names)
    assert mapping.kind is PEOPLE
    assert list(fields(mapping).values()) == [
        "name", "post", "department", "mobile", "phone", "email", "wechat", "birthday",
        "form_of_address", "honorific", "account", "focus", "note",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["客户名称", "名称", "单位", "公司名称", "企业名称", "Account Name"]
)
def test_the_name_of_a_customer_has_many_headings(heading: str) -> None:
    assert fields(guessed(f"{heading}|行业"))[heading] == "name"


def test_a_register_of_companies() -> None:
    names = (
        "序号|企业名称|登记状态|法定代表人|注册资本|成立日期|统一社会信用代码|企业注册地址|所属省份"
        "|所属城市|有效手机号|更多电话|邮箱|企业类型|纳税人识别号|参保人数|官网|国标行业门类|曾用名"
    )
    said = fields(guessed(names))
    assert said["企业名称"] == "name"
    assert said["统一社会信用代码"] == "credit_code"
    assert said["企业注册地址"] == "address"
    assert said["有效手机号"] == "phone"
    assert said["参保人数"] == "employees"
    assert "注册资本" not in said
    assert "序号" not in said


def test_outlook_and_google_contacts() -> None:
    outlook = guessed(
        "First Name|Last Name|Company|Department|Job Title|Business Phone|Mobile Phone"
        "|Birthday|E-mail Address|Notes"
    )
    assert outlook.kind is PEOPLE
    assert list(fields(outlook).values()) == [
        "given_name", "family_name", "account", "department", "post", "phone", "mobile",
        "birthday", "email", "note",
    ]  # fmt: skip
    google = guessed(
        "Name|Given Name|Family Name|E-mail 1 - Value|Phone 1 - Value|Organization 1 - Name"
        "|Organization 1 - Title"
    )
    assert list(fields(google).values()) == [
        "name", "given_name", "family_name", "email", "phone", "account", "post",
    ]  # fmt: skip


def test_maven_and_shares() -> None:
    maven = guessed(
        "account|sector|year_established|revenue|employees|office_location|subsidiary_of"
    )
    assert fields(maven) == {
        "account": "name", "sector": "industry", "revenue": "annual_revenue",
        "employees": "employees", "office_location": "region", "subsidiary_of": "group_parent",
    }  # fmt: skip
    shares = guessed(
        "ts_code|symbol|name|area|industry|list_date",
        ["000001.SZ", "600336.SH"], ["000001", "600336"], ["平安银行", "澳柯玛"],
        ["深圳", "山东"], ["银行", "家电"], ["1991-04-03", "2000-12-29"],
    )  # fmt: skip
    assert (shares.kind, shares.source, shares.key) == (ACCOUNTS, "ticker", "ts_code")
    assert fields(shares)["symbol"] == "stock_code"


def test_the_kind_is_told_by_salesforce_ids_first() -> None:
    for first, kind in (("001bm00001ZL8U9AAL", ACCOUNTS), ("003bm00000zapthAAA", PEOPLE)):
        told = guess_kind(Headings(1, ("Id", "Name")), [[first], ["X"]])
        assert (told.kind, told.certainty) == (kind, 1.0)
    told = guess_kind(Headings(1, ("Id", "Name")), [["006bm00000LKJNNAA5"], ["X"]])
    assert (told.kind, told.certainty) == (ImportKind.OPPORTUNITIES, 1.0)
    told = guess_kind(Headings(1, ("Id", "Name")), [["500bm00000LKJNNAA5"], ["X"]])
    assert told.kind is None
    assert "cases" in told.why.plain
    with pytest.raises(RuleBroken, match="None of its columns"):
        guessed("foo|bar")


def test_cells_tell_what_headings_do_not() -> None:
    mapping = guessed("Wer|Wohin", ["a@b.cn", "c@d.cn"], ["x", "y"], kind=PEOPLE)
    column = mapping.columns[0]
    assert (column.field, column.certainty) == ("email", 0.75)
    assert "e-mail addresses" in column.why.plain


def test_cells_that_contradict_their_heading_are_believed() -> None:
    prospects = ["Prospect", "Customer", "Vendor", "Prospect", "Partner"]
    mapping = guessed("Name|Classification", list("abcde"), prospects, kind=ACCOUNTS)
    assert mapping.columns[1].field is None
    assert mapping.columns[1].certainty < 0.5


def test_a_field_goes_to_one_column_and_the_others_say_who_has_it() -> None:
    mapping = guessed("公司名称|电话|联系电话", kind=ACCOUNTS)
    assert fields(mapping)["电话"] == "phone"
    assert mapping.columns[2].field is None
    assert "“电话” goes into the field Phone" in mapping.columns[2].why.plain


def test_a_table_without_headings_takes_its_first_words_for_the_name() -> None:
    mapping = guessed("#1|#2", ["John Doe", "Jane Doe"], ["j@d.org", "n@d.org"], row=0)
    assert fields(mapping) == {"#1": "name", "#2": "email"}


def test_keys_that_are_not_unique_are_no_keys() -> None:
    assert guessed("编号|名称", ["1", "1"], ["a", "b"], kind=ACCOUNTS).key == ""
    mapping = guessed("编号|名称", ["1", "2"], ["a", "b"], kind=ACCOUNTS)
    assert mapping.key == "编号"
    assert mapping.source.startswith("list:")


def test_headings_carry_units_and_are_compared_plainly() -> None:
    assert unit_in("营业收入（万元）") == "万元"
    assert plain_heading("营业收入（万元）") == "营业收入"
    assert plain_heading("*Annual_Revenue__c") == "annual revenue"
    assert plain_heading("BillingCity") == "billing city"
    assert guessed("名称|年营业收入(万元)").columns[1].unit == "万元"


def test_every_heading_of_the_vocabulary_leads_to_a_field_there_is() -> None:
    for kind, headings in HEADINGS.items():
        for heading, said in headings.items():
            assert heading == heading.casefold()
            assert {field for field, _ in said} <= FIELDS[kind].keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ImportKind)
def test_the_headings_of_an_export_lead_back_to_their_fields(
    kind: ImportKind, language: str
) -> None:
    install_words()
    names = [name for name in FIELDS[kind] if name not in ("source_key", "account_key")]
    said = tuple(say(heading, language) for heading in export_rows.headings(kind))
    found = guess_mapping(Headings(1, said), [[] for _ in said])
    assert (found.kind, [one.field for one in found.columns]) == (kind, names)


def test_a_column_sent_elsewhere_by_hand_takes_the_field_over() -> None:
    mapping = guessed("公司名称|全称|电话", kind=ACCOUNTS).put("全称", "name")
    assert fields(mapping) == {"全称": "name", "电话": "phone"}
    assert mapping.put("全称", None).column_of("name") is None
    assert mapping.put("电话", "source_key").key == "电话"
    with pytest.raises(RuleBroken, match="no column"):
        mapping.put("foo", "name")
    with pytest.raises(RuleBroken, match="no field"):
        mapping.put("全称", "foo")


def test_a_mapping_without_a_name_is_refused() -> None:
    with pytest.raises(RuleBroken, match="No column holds the name"):
        guessed("行业|电话", kind=ACCOUNTS).checked()
    assert guessed("First Name|Phone", kind=PEOPLE).checked()


HEADS = Headings(1, ("公司名称", "营收(万元)", "编号", "生日", "旧"))
MAP = """kind = "accounts"
source = "erp"
key = "编号"
ignore = ["旧"]

[columns]
"公司名称" = "name"
"营收(万元)" = "annual_revenue"

[values]
currency = "CNY"
"""


def test_a_mapping_file_is_read_and_written_again() -> None:
    mapping = read_map(MAP, HEADS)
    assert (mapping.kind, mapping.source, mapping.key) == (ACCOUNTS, "erp", "编号")
    assert fields(mapping) == {"公司名称": "name", "营收(万元)": "annual_revenue"}
    assert dict(mapping.values) == {"currency": "CNY"}
    assert mapping.columns[1].unit == "万元"
    assert read_map(write_map(mapping), HEADS) == mapping


def test_any_heading_survives_the_mapping_file() -> None:
    odd = Headings(1, ('a "quoted" \\ name', "tab\there", "#2", "del\x7f", "="))
    text = 'kind = "people"\n[columns]\n"#2" = "name"\n'
    mapping = read_map(text, odd).put('a "quoted" \\ name', "post").put("del\x7f", "note")
    again = read_map(write_map(mapping), odd)
    assert fields(again) == fields(mapping)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = ", "line 1: This is not written as TOML"),
        (MAP + "x y", "line 12: This is not written as TOML"),
        ('kind = "ponies"\n', "line 1: Say kind"),
        ('[columns]\n"公司名称" = "name"\n', "Say kind"),
        (MAP.replace("ignore", "ignor"), "line 4: “ignor” is not known"),
        (MAP.replace('"name"', '"nam"'), "line 7: There is no field “nam”"),
        (MAP.replace('"公司名称"', '"公司"'), "line 7: The file has no column “公司”"),
        (MAP.replace('key = "编号"', "key = 3"), "line 3: “key” takes one text"),
        (MAP.replace('["旧"]', '"旧"'), "line 4: “ignore” takes a list"),
        (MAP.replace("annual_revenue", "name"), "Two columns go into the field “name”"),
        (MAP + 'employes = "3"\n', "line 12: There is no field “employes”"),
        (MAP.replace('"公司名称" = "name"\n', ""), "No column holds the name"),
        ('kind = "accounts"\ncolumns = 3\n', "line 2: “columns” is a section"),
    ],
)
def test_a_wrong_mapping_file_is_told_with_line_or_key(text: str, said: str) -> None:
    with pytest.raises(RuleBroken) as told:
        read_map(text, HEADS)
    assert said in told.value.said.plain


def test_a_remembered_mapping_fits_columns_in_another_order() -> None:
    mapping = read_map(MAP, HEADS)
    turned = fitted(mapping, Headings(1, ("编号", "公司名称", "新")))
    assert [one.field for one in turned.columns] == [None, "name", None]
