"""Every CSV of the world: codes, separators, line ends, quotes, and rows that are no rows."""

import codecs
import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken
from kamdesk.transfer.found import About, RawRow, Remark
from kamdesk.transfer.limits import Limits
from kamdesk.transfer.readers.delimited import read_delimited

TABLE = "客户名称,城市\n甲公司,上海\n乙公司,北京\n"
CELLS = [["客户名称", "城市"], ["甲公司", "上海"], ["乙公司", "北京"]]


def read(data: bytes | str, **wishes: object) -> tuple[About, list[RawRow]]:
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_delimited(io.BytesIO(raw), **wishes))  # type: ignore[arg-type]
    assert isinstance(found[0], About)
    return found[0], [one for one in found if isinstance(one, RawRow)]


def cells(data: bytes | str, **wishes: object) -> list[list[str]]:
    return [row.cells for row in read(data, **wishes)[1]]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8"),
        (TABLE.encode("gb18030"), "gb18030"),
        (TABLE.encode("gbk"), "gb18030"),
        (TABLE.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-32"), "utf-32-le"),
    ],
)
def test_the_code_is_found(data: bytes, name: str) -> None:
    about, rows = read(data)
    assert about.encoding == name
    assert [row.cells for row in rows] == CELLS


def test_rare_characters_of_names_are_read_from_gb18030() -> None:
    text = "姓名,公司\n" + "".join(
        f"{name},某某有限公司\n" for name in ("朱镕基", "陶喆", "李堃", "𠮷田")
    )
    assert [row[0] for row in cells(text.encode("gb18030"))[1:]] == [
        "朱镕基",
        "陶喆",
        "李堃",
        "𠮷田",
    ]


def test_western_text_is_not_taken_for_chinese() -> None:
    text = "Name;Straße;Größe\n" + "Müller & Söhne;Königstraße 5;über 100 Beschäftigte\n" * 20
    about, rows = read(text.encode("cp1252"))
    assert about.encoding != "gb18030"
    assert rows[1].cells[0] == "Müller & Söhne"


def test_a_code_named_by_hand_goes_first_and_an_unknown_one_is_refused() -> None:
    assert cells("é;1\né;2\n".encode("latin-1"), encoding="latin_1") == [["é", "1"], ["é", "2"]]
    with pytest.raises(RuleBroken, match="not a code for text"):
        read("a", encoding="rot13")


def test_rows_in_another_code_are_refused_by_number_not_mangled() -> None:
    head, tail = "客户名称,城市\n甲公司,上海\n", "乙公司,北京\n"
    _, mixed = read(head.encode() + tail.encode("gbk"))
    assert [(row.number, row.refused is None) for row in mixed] == [
        (1, True),
        (2, True),
        (3, False),
    ]
    many = "".join(f"第{n}公司,广州\n" for n in range(20))
    about, other = read((head + many).encode("gbk") + tail.encode())
    assert about.encoding == "gb18030"
    assert [row.number for row in other if row.refused] == [23]
    assert other[-1].refused is not None
    assert "another code" in other[-1].refused.plain


def test_a_file_cut_off_within_a_character_loses_its_last_row_only() -> None:
    _, rows = read(TABLE.encode()[:-2])
    assert [row.refused is None for row in rows] == [True, True, False]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "^", "`"])
def test_any_separator_is_found(separator: str) -> None:
    text = TABLE.replace(",", separator)
    about, rows = read(text)
    assert about.separator == separator
    assert [row.cells for row in rows] == CELLS


def test_a_single_column_stays_one_even_with_some_commas_in_it() -> None:
    text = "Name\nAcme, Inc.\n" + "Beta\n" * 9
    assert read(text)[0].separator == ""
    assert cells(text)[1] == ["Acme, Inc."]


def test_the_separator_excel_announces_is_believed_and_its_line_still_counts() -> None:
    about, rows = read("sep=;\r\na,b;c\r\n1;2\r\n")
    assert about.separator == ";"
    assert [(row.number, row.cells) for row in rows] == [(2, ["a,b", "c"]), (3, ["1", "2"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_and_any_mixture_is_read(end: str) -> None:
    assert cells(TABLE.replace("\n", end)) == CELLS
    assert cells("a,b\r1,2\r\n3,4\n5,6") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_quotes_hold_separators_lines_and_quotes() -> None:
    assert cells('a,b\n"x, y","he said ""no""\r\nand left"\n') == [
        ["a", "b"],
        ["x, y", 'he said "no"\r\nand left'],
    ]
    assert cells('a, "b, c"\n1, "2, 3"\n') == [["a", "b, c"], ["1", "2, 3"]]


def test_a_quote_never_closed_costs_its_own_row_not_the_rest() -> None:
    _, rows = read('a,b\n1,"open\n2,x\n3,y\n')
    assert [(row.number, row.refused is None) for row in rows] == [
        (1, True), (2, False), (3, True), (4, True),
    ]  # fmt: skip
    assert rows[1].cells == ['1,"open']
    assert rows[2].cells == ["2", "x"]


def test_a_file_full_of_open_quotes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamdesk.transfer.readers.delimited._MOST_LINES_A_ROW", 2)
    assert len(read('1,"x\ny,y\ny,y\ny,y\n' * 100)[1]) == 400
    with pytest.raises(RuleBroken, match="More than 100 quotes"):
        read('1,"x\ny,y\ny,y\ny,y\n' * 101)


def test_longer_and_shorter_and_empty_rows_keep_their_numbers() -> None:
    _, rows = read("a,b,c\n1\n\n,,\n1,2,3,4\n")
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["a", "b", "c"]),
        (2, ["1"]),
        (5, ["1", "2", "3", "4"]),
    ]


def test_empty_columns_behind_are_dropped_and_order_marks_within_the_file_too() -> None:
    assert cells("a,b,,,\n\ufeff1,2,,,\n") == [["a", "b"], ["1", "2"]]


def test_a_nul_stays_in_its_cell_to_be_refused_there() -> None:
    assert cells("名称,城市\n甲,上海\n乙,北\0京\n")[2] == ["乙", "北\0京"]


def test_cells_too_long_are_cut_and_told() -> None:
    found = list(read_delimited(io.BytesIO(b"a,b\n1," + b"x" * 60 + b"\n"), limits=Limits(cell=50)))
    assert isinstance(found[2], RawRow)
    assert len(found[2].cells[1]) == 50
    assert isinstance(found[-1], Remark)
    assert "1 cell was longer" in found[-1].said.plain


def test_too_many_rows_refuse_the_file_and_too_many_columns_the_row() -> None:
    with pytest.raises(RuleBroken, match="more than 5 rows"):
        read("a\n" * 20, limits=Limits(rows=5))
    _, rows = read("a,b\n1,2,3,4\n", limits=Limits(columns=3))
    assert rows[1].refused is not None
    assert "4 columns" in rows[1].refused.plain


def test_the_mark_before_formulas_is_taken_off() -> None:
    assert cells("a,b\n'=1+1,'+86 138\n'tis,x\n")[1:] == [["=1+1", "+86 138"], ["'tis", "x"]]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08",
        b"BEGIN:VCALENDAR\r\n",
        b"<html><table>",
    ],
)
def test_what_is_no_table_is_told_from_its_first_bytes(data: bytes) -> None:
    from kamdesk.transfer.child import find

    with pytest.raises(RuleBroken):
        list(find(io.BytesIO(data), {}))


@given(st.binary(max_size=400))
@example(b'"')
@example(b"\xff\xfe")
@example(b"\x00\x00\x00")
@example(b"sep=\x00\n")
@example(b'"\r"\n"\xff')
@example(b"\xfe\xff\xd8\x00")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = list(read_delimited(io.BytesIO(data)))
    except RuleBroken:
        return
    numbers = [one.number for one in found if isinstance(one, RawRow)]
    assert numbers == sorted(set(numbers))


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=8)


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [["first", "second", "third", "fourth"], *rows]
    )
    try:
        back = cells(out.getvalue(), encoding="utf-8", separator=",")[1:]
    except RuleBroken as told:
        pytest.fail(told.said.plain)
    expected = []
    for row in rows:
        while row and not row[-1]:
            row = row[:-1]
        if row:
            expected.append(row)
    from kamdesk.transfer.neutral import bare

    assert back == [[bare(cell) for cell in row] for row in expected]
