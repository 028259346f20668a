"""A table as an organisation chart: which column says what, or a list of pairs from → to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.chart.chart import MOST_ROWS, UNKEYED, Chart, ChartRow, Problem, Wrong, judged

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": (
        "post unique reference", "id", "no", "no.", "number", "employee id", "position id",
        "node", "编号", "工号", "序号", "岗位编号",
    ),
    "name": ("name", "full name", "employee", "person", "holder", "姓名", "名字", "人员"),
    "title": (
        "job title", "title", "post", "position", "role", "post title", "职务", "职位", "岗位",
        "职称",
    ),
    "department": (
        "unit", "department", "dept", "team", "organisation unit", "division", "部门", "科室",
        "单位", "所属部门",
    ),
    "above": (
        "reports to senior post", "reports to", "reports-to", "reportsto", "manager", "boss",
        "supervisor", "parent", "上级", "直属上级", "直接上级", "汇报对象", "汇报给", "领导",
        "上级领导", "上级岗位", "上级编号",
    ),
}  # fmt: skip
_FROM: Final = ("from", "source", "employee", "下级", "从", "reports", "who")
_TO: Final = ("to", "target", "boss", "manager", "上级", "到", "reports to")


class Columns(NamedTuple):
    """Which column of a table says what, by heading; empty where none does."""

    key: str = ""
    name: str = ""
    title: str = ""
    department: str = ""
    above: str = ""


def guessed(headings: Sequence[str]) -> Columns:
    """Return which column says what, by its heading in English or Chinese."""
    plain = {" ".join(heading.split()).casefold(): heading for heading in reversed(headings)}
    found = {
        field: next((plain[word] for word in words if word in plain), "")
        for field, words in _HEADINGS.items()
    }
    return Columns(**found)


def read_table(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    columns: Columns | None = None,
) -> Chart:
    """Return the chart in a table; ``rows`` are numbered by their lines.

    Two columns without names are pairs: the first reports to the second. Raises ``RuleBroken``
    where nothing says who reports to whom, and for more than 5,000 rows.
    """
    listed = list(rows)
    if len(listed) > MOST_ROWS:
        raise RuleBroken(Text("A chart has at most {n} rows.", n=MOST_ROWS))
    columns = columns or guessed(headings)
    if not columns.above or not (columns.name or columns.title):
        pairs = _pairs(headings)
        if pairs is None:
            raise RuleBroken(
                Text(
                    "No column says who reports to whom. A chart needs the columns name (or post)"
                    " and reports to; a list of pairs needs from and to."
                )
            )
        return _from_pairs(headings, pairs, listed)
    chart = [
        ChartRow(
            line=line,
            key=_cell(cells, columns.key) or _cell(cells, columns.name) or f"{UNKEYED}{line}",
            name=_cell(cells, columns.name),
            title=_cell(cells, columns.title),
            department=_cell(cells, columns.department),
            above=_cell(cells, columns.above),
        )
        for line, cells in listed
    ]
    return judged(chart)


def _cell(cells: Mapping[str, str], heading: str) -> str:
    return " ".join(cells.get(heading, "").split()) if heading else ""


def _pairs(headings: Sequence[str]) -> tuple[str, str] | None:
    plain = {" ".join(heading.split()).casefold(): heading for heading in headings}
    source = next((plain[word] for word in _FROM if word in plain), None)
    target = next((plain[word] for word in _TO if word in plain), None)
    if source and target and source != target:
        return source, target
    return (headings[0], headings[1]) if len(headings) == 2 and _bare(headings) else None


def _bare(headings: Sequence[str]) -> bool:
    """True where the table has no headings of its own."""
    return all(heading.startswith("#") for heading in headings)


def _from_pairs(
    headings: Sequence[str],
    pair: tuple[str, str],
    rows: Sequence[tuple[int, Mapping[str, str]]],
) -> Chart:
    """Return the chart of pairs: everybody named in one, under whom the first pair says."""
    source, target = pair
    found: dict[str, ChartRow] = {}
    problems = []
    for line, cells in rows:
        who, boss = _cell(cells, source), _cell(cells, target)
        if who and (who not in found or not found[who].above):
            found[who] = ChartRow(line, who, name=who, above=boss)
        elif who and boss and found[who].above != boss:
            said = Text(
                "{who} reports to {other} too; only the line to {boss} is taken",
                who=who,
                other=boss,
                boss=found[who].above,
            )
            problems.append(Problem(Wrong.TWO_BOSSES, (found[who].line, line), said))
        if boss and boss not in found:
            found[boss] = ChartRow(line, boss, name=boss)
    chart = judged(found.values())
    return replace(chart, problems=(*chart.problems, *problems))


def read_pairs(
    headings: Sequence[str], rows: Iterable[tuple[int, Mapping[str, str]]]
) -> list[tuple[str, str]]:
    """Return who is tied to whom in a list of pairs, each pair once, in order.

    Raises ``RuleBroken`` where there are no two columns for it, and for more than 5,000 rows.
    """
    listed = list(rows)
    if len(listed) > MOST_ROWS:
        raise RuleBroken(Text("A chart has at most {n} rows.", n=MOST_ROWS))
    pair = _pairs(headings)
    if pair is None:
        raise RuleBroken(Text("A list of ties needs the columns from and to."))
    found = [(_cell(cells, pair[0]), _cell(cells, pair[1])) for _, cells in listed]
    return list(dict.fromkeys(one for one in found if all(one) and one[0] != one[1]))
