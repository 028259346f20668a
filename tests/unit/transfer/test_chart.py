"""Organisation charts from tables, pairs and indented text: joined, and what is wrong is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import say
from kamdesk.transfer.chart.chart import MOST_ROWS, Chart, ChartRow, Wrong, judged
from kamdesk.transfer.chart.columns import guessed, read_table
from kamdesk.transfer.chart.indented import read_text


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = ("姓名", "职务", "上级")) -> Chart:
    return read_table(
        headings, [(n, dict(zip(headings, row, strict=True))) for n, row in enumerate(rows, 2)]
    )


def above(chart: Chart) -> dict[str, str]:
    """Return who reports to whom, by what rows are called."""
    called = {row.key: row.called for row in chart.rows}
    return {row.called: called.get(row.above, "") for row in chart.rows}


def test_names_join_a_chart() -> None:
    chart = table(("陈立新", "总经理", ""), ("李敏", "财务总监", "陈立新"))
    assert above(chart) == {"陈立新": "", "李敏": "陈立新"}
    assert chart.problems == ()


def test_a_boss_may_be_named_by_post() -> None:
    chart = table(("陈立新", "总经理", "-"), ("李敏", "财务总监", "总经理"))
    assert above(chart)["李敏"] == "陈立新"


def test_a_vacant_post_stays_and_is_said() -> None:
    chart = table(("空缺", "总经办主任", ""), ("黄珊", "助理", "总经办主任"))
    assert above(chart) == {"总经办主任": "", "黄珊": "总经办主任"}
    assert [problem.lines for problem in chart.of(Wrong.VACANT)] == [(2,)]


def test_a_circle_is_explained_and_cut_once() -> None:
    chart = table(("甲", "A", "丙"), ("乙", "B", "甲"), ("丙", "C", "乙"))
    (problem,) = chart.of(Wrong.LOOP)
    assert say(problem.said, "en") == (
        "They report in a circle: 甲 → 丙 → 乙 → 甲. The line of 甲 is left out"
    )
    assert above(chart) == {"甲": "", "乙": "甲", "丙": "乙"}


def test_who_reports_to_nobody_in_the_file_comes_to_the_top_and_is_named() -> None:
    chart = table(("甲", "A", "王总"))
    assert above(chart) == {"甲": ""}
    assert "王总" in say(chart.of(Wrong.NOWHERE)[0].said, "zh")


def test_a_number_that_stands_twice_keeps_both() -> None:
    chart = table(
        ("7", "甲", ""), ("7", "乙", ""), ("8", "丙", "7"), headings=("id", "name", "reports to")
    )
    assert above(chart) == {"甲": "", "乙": "", "丙": "甲"}
    assert chart.of(Wrong.TWICE)[0].lines == (2, 3)


def test_a_key_spelt_otherwise_is_found_and_said() -> None:
    chart = table(
        ("DFE-1", "甲", ""), ("DFE-2", "乙", "DfE-1"), headings=("id", "name", "reports to")
    )
    assert above(chart)["乙"] == "甲"
    assert len(chart.of(Wrong.SPELT)) == 1


def test_pairs_make_a_chart() -> None:
    assert above(table(("1", "7"), ("2", "7"), headings=("from", "to"))) == {
        "1": "7",
        "7": "",
        "2": "7",
    }


def test_a_table_without_bosses_is_refused_in_words() -> None:
    with pytest.raises(RuleBroken, match="reports to"):
        table(("甲", "A"), headings=("name", "phone"))


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(RuleBroken, match="at most"):
        read_text("甲\n" * (MOST_ROWS + 1))


def test_headings_are_known_in_both_languages() -> None:
    assert guessed(("Job Title", "Name", "Reports to Senior Post")).above == (
        "Reports to Senior Post"
    )
    assert guessed(("部门", "姓名", "直属上级")) == ("", "姓名", "", "部门", "直属上级")


INDENTED = """
陈立新 总经理
  李敏 财务总监
    周海燕（采购部经理）
  沈建国, 总工程师
    赵磊 - 二号线经理
Michael Tan  Asia-Pacific operations
\tShao Wen, Security
"""


def test_indented_text_makes_a_chart() -> None:
    chart = read_text(INDENTED)
    assert above(chart) == {
        "陈立新": "",
        "李敏": "陈立新",
        "周海燕": "李敏",
        "沈建国": "陈立新",
        "赵磊": "沈建国",
        "Michael Tan": "",
        "Shao Wen": "Michael Tan",
    }
    assert {row.name: row.title for row in chart.rows}["周海燕"] == "采购部经理"


@pytest.mark.parametrize(
    "words",
    [
        "甲\n└─ 乙\n   └─ 丙",
        "1 甲\n1.1 乙\n1.1.1 丙",
        "* 甲\n** 乙\n*** 丙",
        "甲\n\u3000乙\n\u3000\u3000丙",
    ],
)
def test_marks_of_lists_and_trees_count_as_setting_in(words: str) -> None:
    assert above(read_text(words)) == {"甲": "", "乙": "甲", "丙": "乙"}


rows = st.lists(
    st.builds(
        ChartRow,
        line=st.integers(1, 99),
        key=st.sampled_from("abcdef"),
        name=st.sampled_from(["", "甲", "乙", "vacant", "N/D"]),
        title=st.sampled_from(["", "A", "B"]),
        department=st.just(""),
        above=st.sampled_from(["", "a", "b", "c", "甲", "A", "zz", "XX"]),
    ),
    max_size=12,
)


@given(rows)
def test_whatever_comes_is_a_forest(found: list[ChartRow]) -> None:
    chart = judged(found)
    bosses = {row.key: row.above for row in chart.rows}
    assert len(bosses) == len(chart.rows)
    for key in bosses:
        way = [key]
        while bosses[way[-1]]:
            way.append(bosses[way[-1]])
            assert len(way) <= len(bosses)


@given(st.text(max_size=300))
def test_any_text_is_read(words: str) -> None:
    assert len(read_text(words).rows) <= len(words.splitlines())


def test_a_line_of_endless_marks_is_read_once_through() -> None:
    chart = read_text("陈立新 总经理\n" + "\t-" * 300_000 + "李敏 财务总监")
    assert [(row.name, row.above) for row in chart.rows] == [("陈立新", ""), ("李敏", "#1")]
