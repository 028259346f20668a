"""From a file to a yes or no: read, mapped, judged, reported, and the rejected rows to mend."""

import csv
import json
from pathlib import Path

import pytest

from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.ids import Id
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Verdict
from kamdesk.transfer.known import Known, KnownRecords
from kamdesk.transfer.preview import Preview, preview, read_table
from kamdesk.transfer.report import write_rejected

FILE = """客户名称,城市,员工人数,颜色
甲公司,上海,500,蓝
,北京,3,
乙公司,广州,许多,
甲公司,上海,500,
"""


def previewed(folder: Path, text: str = FILE, *records: Known, **wishes: object) -> Preview:
    path = folder / "customers.csv"
    path.write_text(text, encoding="utf-8")
    return preview(read_table(path), known=lambda _: KnownRecords(records), **wishes)  # type: ignore[arg-type]


def test_the_report_has_the_shape_of_the_command_line(tmp_path: Path) -> None:
    report = previewed(tmp_path).report.as_json("en")
    assert json.loads(json.dumps(report)) == {
        "rows": 4, "new": 2, "updated": 0, "same": 1, "conflicts": 0,
        "rejected": [{"row": 3, "field": "name", "reason": "The row has no name."}],
        "in_conflict": [],
        "warnings": [{"row": 4, "field": "employees", "reason": "“许多” is not a number."}],
        "left_over": ["颜色"],
        "remarks": [],
    }  # fmt: skip


def test_the_rejected_rows_are_a_file_to_mend_that_imports_again(tmp_path: Path) -> None:
    seen = previewed(tmp_path)
    target = tmp_path / "rejected.csv"
    write_rejected(
        target, headings=seen.table.headings.names, cells=seen.cells, report=seen.report,
        language="en",
    )  # fmt: skip
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["客户名称", "城市", "员工人数", "颜色", "Row", "Reason"],
        ["", "北京", "3", "", "3", "The row has no name."],
    ]
    target.write_text(target.read_text("utf-8").replace(",北京", "丙公司,北京"), "utf-8")
    again = preview(read_table(target), known=lambda _: KnownRecords())
    assert (again.report.new, again.report.rejected) == (1, ())


def test_known_customers_are_met_and_people_find_theirs_by_key(tmp_path: Path) -> None:
    record = Known(name="甲公司", id=Id(bytes(16)), values={"city": "苏州"})
    seen = previewed(tmp_path, FILE, record)
    assert [one.verdict for one in seen.judgements][:2] == [Verdict.UPDATE, Verdict.REJECTED]
    people = "Id,AccountId,Name,Phone\n" + "\n".join(
        f"{person},{account},{name},010-1234567"
        for person, account, name in (
            ("003bm00000zapthAAA", "001bm00001ZL8U9AAL", "Rose"),
            ("003bm00000zaptiAAA", "001bm00001ZL8UAAA1", "Sean"),
        )
    )
    key = ("salesforce", "001bm00001ZL8U9AAL")
    accounts = KnownRecords([Known(name="Edge", id=Id(bytes(16)), keys=frozenset({key}))])
    seen = previewed(tmp_path, people, accounts=lambda: accounts)
    assert seen.mapping.kind is ImportKind.PEOPLE
    assert [one.candidate.given().get("account") for one in seen.judgements] == ["Edge", None]
    assert [one.field for one in seen.report.warnings] == ["account_key"]


def test_a_file_without_rows_or_names_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="holds no rows"):
        previewed(tmp_path, "客户名称,城市\n")
    with pytest.raises(RuleBroken, match="No column holds the name"):
        previewed(tmp_path, "行业,电话\n银行,010-1234567\n")


def test_the_other_sheets_are_named(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "客户"
    for row in (["名称"], ["甲"]):
        book.active.append(row)
    book.create_sheet("联系人").append(["x"])
    book.save(tmp_path / "book.xlsx")
    table = read_table(tmp_path / "book.xlsx")
    assert [one.plain for one in table.remarks] == [
        "The sheet “客户” was read; there are also: 联系人."
    ]


def test_judging_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        previewed(tmp_path, stopped=lambda: True)
