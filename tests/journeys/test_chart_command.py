"""``kamdesk chain import``: charts and ties from files come onto a customer's map, and back out."""

from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory

CHART = "姓名,职务,上级\n王建国,信息中心主任,\n赵磊,运维主管,王建国\n空缺,项目负责人,王建国\n"


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(a_territory)


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    file = tmp_path / "chart.csv"
    file.write_text(CHART, "utf-8")
    return file


def test_a_chart_comes_in_once_and_is_shown(kamdesk: CommandLine, chart: Path) -> None:
    said = kamdesk.ask("chain", "import", chart, "--account", "KA-001")
    assert (said["rows"], said["people"], said["posts"], said["seats"]) == (3, 1, 2, 3)
    assert [problem["wrong"] for problem in said["problems"]] == ["vacant"]
    again = kamdesk.ask("chain", "import", chart, "--account", "KA-001")
    assert (again["people"], again["posts"], again["lines"], again["seats"]) == (0, 0, 0, 0)
    people = kamdesk.ask("chain", "KA-001")["people"]
    by_name = {one["name"]: one for one in people}
    assert by_name["赵磊"]["reports_to"] == by_name["王建国"]["id"]


def test_a_dry_run_writes_nothing(kamdesk: CommandLine, chart: Path) -> None:
    said = kamdesk.ask("chain", "import", chart, "--account", "KA-001", "--dry-run")
    assert said["people"] == 1
    assert kamdesk.ask("chain", "KA-001")["people"] == []


def test_ties_need_a_map_and_known_names(kamdesk: CommandLine, chart: Path, tmp_path: Path) -> None:
    ties = tmp_path / "ties.csv"
    ties.write_text("from,to\n赵磊,王建国\n赵磊,李逵\n", "utf-8")
    words = ("chain", "import", ties, "--account", "KA-001", "--as", "influences")
    assert "import who reports to whom first" in kamdesk.refused(*words)
    kamdesk.do("chain", "import", chart, "--account", "KA-001")
    said = kamdesk.ask(*words)
    assert said["ties"] == 1
    assert "李逵" in said["problems"][0]["said"]
    kamdesk.do("undo")
    assert kamdesk.ask("chain", "KA-001")["ties"] == []


def test_what_is_no_chart_is_refused_in_one_line(kamdesk: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "phones.csv"
    file.write_text("姓名,电话\n甲,1\n", "utf-8")
    assert "reports to" in kamdesk.refused("chain", "import", file, "--account", "KA-001")
    missing = kamdesk.refused("chain", "import", tmp_path / "no.csv", "--account", "KA-001")
    assert "no.csv" in missing


def test_the_chain_of_a_customer_is_shown_by_its_name(kamdesk: CommandLine) -> None:
    assert "No decision chain" in kamdesk.do("chain", "KA-001").out
    assert kamdesk.run("chain").status == 2
