"""Workbooks: which sheet, how cells read as text, and which zips are no honest workbooks."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from kamdesk.core.errors import RuleBroken
from kamdesk.transfer.found import About, RawRow, Remark
from kamdesk.transfer.limits import Limits
from kamdesk.transfer.readers.workbook import read_workbook, text_of


def saved(book: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    return file


def a_book(*rows: list[object], sheet: str = "客户") -> io.BytesIO:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return saved(book)


def read(file: io.BytesIO, **wishes: object) -> tuple[About, list[RawRow], list[Remark]]:
    found = list(read_workbook(file, **wishes))  # type: ignore[arg-type]
    assert isinstance(found[0], About)
    rows = [one for one in found if isinstance(one, RawRow)]
    return found[0], rows, [one for one in found if isinstance(one, Remark)]


def refusal(file: io.BytesIO, **wishes: object) -> str:
    with pytest.raises(RuleBroken) as told:
        read(file, **wishes)
    return told.value.said.plain


def test_cells_read_as_a_person_would_type_them() -> None:
    file = a_book(
        ["姓名", "手机", "生日", "见面", "份额", "是否", "时间"],
        ["王伟", 13800138000, date(1980, 3, 8), datetime(2024, 5, 6, 14, 30), 0.1 + 0.2, True,
         time(9, 30)],
    )  # fmt: skip
    assert read(file)[1][1].cells == [
        "王伟", "13800138000", "1980-03-08", "2024-05-06 14:30:00", "0.3", "TRUE", "09:30:00",
    ]  # fmt: skip


def test_numbers_keep_no_point_they_never_had() -> None:
    assert [text_of(one) for one in (1.0, -2.0, 1e15, 1.5, 1e22, 7)] == [
        "1", "-2", "1000000000000000", "1.5", "1e+22", "7",
    ]  # fmt: skip


def test_the_days_of_1904_are_read_right() -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2021, 1, 1)])
    assert read(saved(book))[1][0].cells == ["2021-01-01"]


def test_the_first_sheet_with_anything_in_it_is_read_and_the_others_named() -> None:
    book = Workbook()
    book.active.title = "空"
    book.create_sheet("客户").append(["甲"])
    book.create_sheet("联系人").append(["乙"])
    book.create_sheet("藏").sheet_state = "hidden"
    about, rows, _ = read(saved(book))
    assert (about.sheet, about.sheets) == ("客户", ("空", "客户", "联系人"))
    assert rows[0].cells == ["甲"]
    assert read(saved(book), sheet=2)[1][0].cells == ["乙"]
    assert "no sheet number 4" in refusal(saved(book), sheet=3)


def test_an_empty_workbook_is_refused() -> None:
    assert "No visible sheet" in refusal(saved(Workbook()))


def test_merged_cells_stand_in_each_of_their_rows() -> None:
    book = Workbook()
    for row in (["集团", "公司"], ["北方集团", "甲"], [None, "乙"], [None, "丙"], [None, "丁"]):
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    _, rows, remarks = read(saved(book))
    assert [row.cells for row in rows[1:]] == [
        ["北方集团", "甲"], ["北方集团", "乙"], ["北方集团", "丙"], ["", "丁"],
    ]  # fmt: skip
    assert "Merged cells" in remarks[0].said.plain


def test_rows_are_numbered_as_excel_numbers_them() -> None:
    book = Workbook()
    book.active["B3"] = "名称"
    book.active["B6"] = "甲"
    assert [(row.number, row.cells) for row in read(saved(book))[1]] == [(3, ["名称"]), (6, ["甲"])]


def test_too_many_columns_and_cells_too_long_are_told() -> None:
    assert "5 columns" in refusal(a_book([1, 2, 3, 4, 5]), limits=Limits(columns=4))
    _, rows, remarks = read(a_book(["x" * 60, "y"]), limits=Limits(cell=50))
    assert [len(cell) for cell in rows[0].cells] == [50, 1]
    assert "1 cell was longer" in remarks[0].said.plain
    assert "more than 2 rows" in refusal(a_book(["a"], ["b"], ["c"], ["d"]), limits=Limits(rows=2))


def a_zip(**entries: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, data in entries.items():
            archive.writestr(name, data)
    return file


def test_dishonest_zips_are_refused_before_anything_is_read() -> None:
    assert "more than 100 times" in refusal(a_zip(bomb=bytes(5 << 20)))
    assert "MB is the most" in refusal(a_zip(big=bytes(100)), limits=Limits(inflated=50))
    many = a_zip(**{f"n{n}": b"" for n in range(20)})
    assert "21 parts; 10 is the most" in refusal(many, limits=Limits(entries=10))
    no_book = io.BytesIO()
    with zipfile.ZipFile(no_book, "w") as archive:
        archive.writestr("photo.txt", "x")
    assert "no Excel workbook" in refusal(no_book)
    assert "damaged" in refusal(io.BytesIO(b"PK\x03\x04" + bytes(100)))
    assert "damaged" in refusal(a_zip(nothing=b"x"))


def test_a_zip_that_lies_about_its_size_is_found_out() -> None:
    import os

    honest = a_zip(part=os.urandom(200_000)).getvalue()
    lying = honest.replace((200_000).to_bytes(4, "little"), (20).to_bytes(4, "little"))
    assert lying != honest
    assert "more than it says" in refusal(io.BytesIO(lying))


def test_parts_that_overlap_are_refused() -> None:
    file = a_zip(first=b"x" * 50, second=b"y" * 50)
    raw = file.getvalue()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        first, second = archive.getinfo("first"), archive.getinfo("second")
    at = raw.rindex(b"second") - 46 + 42
    assert raw[at : at + 4] == second.header_offset.to_bytes(4, "little")
    doubled = raw[:at] + first.header_offset.to_bytes(4, "little") + raw[at + 4 :]
    assert "overlap" in refusal(io.BytesIO(doubled))


def test_an_encrypted_part_is_told() -> None:
    raw = bytearray(a_zip(part=b"x" * 50).getvalue())
    at = raw.rindex(b"part") - 46 + 8
    raw[at] |= 1
    assert "encrypted" in refusal(io.BytesIO(bytes(raw)))
