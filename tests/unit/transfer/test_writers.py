"""Exports come back as they went out, calculate nothing, and appear whole or not at all."""

import errno
import os
import stat
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.transfer.found import RawRow
from kamdesk.transfer.neutral import bare, neutralised
from kamdesk.transfer.readers.delimited import read_delimited
from kamdesk.transfer.readers.workbook import read_workbook
from kamdesk.transfer.writers.delimited import write_delimited
from kamdesk.transfer.writers.plain_table import Value
from kamdesk.transfer.writers.whole_file import whole_file
from kamdesk.transfer.writers.workbook import LONGEST_CELL, column_letters, write_workbook

DANGEROUS = ["=1+1", "+86 138 0013 8000", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1",
             "－1", "＠x", "'=1", "''+1", "=cmd|' /C calc'!A0"]  # fmt: skip


def csv_back(path: Path) -> list[list[str]]:
    with path.open("rb") as file:
        found = list(read_delimited(file, encoding="utf-8", separator=","))
    return [one.cells for one in found if isinstance(one, RawRow)]


def xlsx_back(path: Path) -> list[list[str]]:
    with path.open("rb") as file:
        return [one.cells for one in read_workbook(file) if isinstance(one, RawRow)]


def csv_of(path: Path, *rows: list[Value]) -> Path:
    write_delimited(path, [Text("Name"), "b"], rows, language="en")
    return path


def xlsx_of(path: Path, *rows: list[Value]) -> Path:
    assert write_workbook(path, [Text("Name"), "b"], rows, language="en", sheet="x") == []
    return path


def test_csv_is_what_excel_opens_rightly(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "out.csv", ["甲", 1])
    assert path.read_bytes() == "\ufeffName,b\r\n甲,1\r\n".encode()


def test_no_cell_of_csv_begins_like_a_formula_unless_it_is_a_figure(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "out.csv", *([text, -5] for text in DANGEROUS))
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert all(row[0].startswith("'") for row in rows)
    assert all(row[1] == "-5" for row in rows)
    assert [row[0] for row in csv_back(path)[1:]] == DANGEROUS


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = xlsx_of(tmp_path / "out.xlsx", *([text, -5] for text in DANGEROUS))
    book = load_workbook(path)
    for row, text in zip(book.active.iter_rows(min_row=2), DANGEROUS, strict=True):
        assert row[0].data_type in ("s", "inlineStr")
        assert row[0].quotePrefix or not neutralised(text).startswith("'")
        assert (row[1].data_type, row[1].value) == ("n", -5)
    assert [row[0] for row in xlsx_back(path)[1:]] == DANGEROUS


def test_figures_days_and_marks_come_back_as_themselves(tmp_path: Path) -> None:
    row: list[Value] = [
        -5, 0.1, Decimal("12.50"), True, date(2024, 3, 8), datetime(2024, 3, 8, 14, 30), ("a", "b"),
        None, Text("Name"), 10**17, date(1890, 1, 2), float("nan"),
    ]  # fmt: skip
    said = ["-5", "0.1", "12.50", "TRUE", "2024-03-08", "2024-03-08 14:30:00", "a; b", "", "Name",
            "100000000000000000", "1890-01-02", "nan"]  # fmt: skip
    assert csv_back(csv_of(tmp_path / "out.csv", row))[1] == said
    said[2] = "12.5"
    assert xlsx_back(xlsx_of(tmp_path / "out.xlsx", row))[1] == said


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\ufffe\uffff"), max_size=12
) | st.sampled_from(DANGEROUS)


@given(st.lists(st.lists(ANY_TEXT, min_size=2, max_size=2), max_size=5))
@example([["", ""], ["_x0041_", "\x07"], [" a ", "a\r\nb"], ["\x1f", "\u2028"]])
def test_any_text_comes_back_from_csv(tmp_path: Path, rows: list[list[str]]) -> None:
    path = csv_of(tmp_path / "out.csv", *map(list, rows))
    back = [[*row, "", ""][:2] for row in csv_back(path)[1:]]
    assert back == [row for row in rows if any(row)]


@given(st.lists(st.lists(ANY_TEXT, min_size=2, max_size=2), max_size=4))
@example([["_x0041_", "\x07"], [" a ", "a\r\nb"], ["x", "\x1f"], ["<&>\"'", "]]>"]])
def test_any_text_comes_back_from_a_workbook(tmp_path: Path, rows: list[list[str]]) -> None:
    path = xlsx_of(tmp_path / "out.xlsx", *map(list, rows))
    back = [[*row, "", ""][:2] for row in xlsx_back(path)[1:]]
    assert back == [row for row in rows if any(row)]


@given(st.text(max_size=20) | st.sampled_from(DANGEROUS))
def test_the_mark_goes_on_and_off_without_a_trace(text: str) -> None:
    marked = neutralised(text)
    assert bare(marked) == text or marked == text == bare(text)
    assert not marked.startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_a_cell_too_long_for_excel_is_cut_and_told(tmp_path: Path) -> None:
    said = write_workbook(
        tmp_path / "o.xlsx",
        ["a"],
        [["x" * 40_000]],
        language="en",
        sheet="[客户]:*?/\\" + "长" * 40,
    )
    assert [one.plain for one in said] == ["1 cell was longer than Excel takes and was cut."]
    assert len(xlsx_back(tmp_path / "o.xlsx")[1][0]) == LONGEST_CELL


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    said = [column_letters(place) for place in (0, 25, 26, 51, 52, 701, 702, 16_383)]
    assert said == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]


def test_files_are_private_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = csv_of(tmp_path / "out.csv", ["甲", 1])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_in_the_target_s_place_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    target = tmp_path / "out.csv"
    target.symlink_to(victim)
    csv_of(target, ["甲", 1])
    assert victim.read_text() == "kept"
    assert not target.is_symlink()


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = csv_of(tmp_path / "out.csv", ["old", 1])
    before = target.read_bytes()

    def rows():  # type: ignore[no-untyped-def]
        yield ["new", 1]
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(StorageTrouble, match="The disk is full"):
        write_delimited(target, ["a"], rows(), language="en")
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (errno.ENOENT, RuleBroken, "There is no folder"),
        (errno.ENOSPC, StorageTrouble, "The disk is full"),
        (errno.EACCES, StorageTrouble, "You may not write"),
        (errno.EROFS, StorageTrouble, "You may not write"),
        (errno.ENAMETOOLONG, RuleBroken, "too long"),
        (errno.EIO, StorageTrouble, "cannot be written"),
    ],
)
def test_what_the_disk_refuses_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[Exception], said: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, "x")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(kind, match=said), whole_file(tmp_path / "out.csv"):
        pass


def test_a_missing_folder_and_a_folder_in_the_way_are_told(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="There is no folder"):
        csv_of(tmp_path / "gone" / "out.csv", ["甲", 1])
    with pytest.raises(RuleBroken, match="is a folder"):
        csv_of(tmp_path, ["甲", 1])
