"""Where the headings stand, what columns are called, what a row says by column."""

from kamdesk.transfer.found import RawRow
from kamdesk.transfer.table import Headings, find_headings, named


def rows(*cells: list[str]) -> list[RawRow]:
    return [RawRow(number, row) for number, row in enumerate(cells, 1)]


def test_headings_in_the_first_row_are_found() -> None:
    found = find_headings(rows(["名称", "城市"], ["甲", "上海"]))
    assert found == Headings(1, ("名称", "城市"))


def test_lines_above_the_headings_are_passed_over() -> None:
    found = find_headings(
        rows(
            ["客户清单（2025年）"],
            ["导出人：", "王伟"],
            ["公司名称", "统一社会信用代码", "省份", "电话"],
            ["甲公司", "91110000100000000X", "北京", "010-1234567"],
            ["乙公司", "91110000100000000X", "上海", "021-1234567"],
        )
    )
    assert found.row == 3
    assert found.names[0] == "公司名称"


def test_a_table_without_headings_gets_numbers_for_names() -> None:
    found = find_headings(rows(["John Doe", "john@doe.org"], ["Jane Doe", "jane@doe.org"]))
    assert found == Headings(0, ("#1", "#2"))


def test_doubled_and_empty_headings_become_names_of_their_own() -> None:
    found = find_headings(rows(["电话", "", "电话", "a\nb"], ["1", "2", "3", "4"]))
    assert found.names == ("电话", "#2", "电话 (2)", "a b")


def test_a_row_is_named_and_what_stands_beyond_is_kept() -> None:
    headings = Headings(1, ("a", "b"))
    assert named(RawRow(2, ["1", "2", "", "4"]), headings) == {"a": "1", "b": "2", "#4": "4"}
    assert named(RawRow(3, ["1"]), headings) == {"a": "1"}


def test_nothing_at_all_has_no_headings() -> None:
    assert find_headings([]) == Headings(0, ())


def test_the_fingerprint_is_that_of_the_columns_not_of_case_or_blanks() -> None:
    one, other = Headings(1, ("Account Name", "电话")), Headings(4, ("accountname", "电 话"))
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != Headings(1, ("电话", "Account Name")).fingerprint
