"""The week by the command line: shown, proposed, written, undone, on paper."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from support.commands import CommandLine, a_territory
from support.week_day import a_customer, a_visit_at, at_home, on

from kamdesk.core.spot import Spot
from kamdesk.workspace import Workspace

WEEK = "2026-W12"


def _plan(desk: Workspace) -> None:
    a_territory(desk)
    at_home(desk)
    grid = desk.accounts.ask.by_number("KA-001")[0]
    a_visit_at(desk, desk.accounts.ask.get(grid), on(1, 9), topic="技术交流")
    for n in range(3):
        a_customer(desk, f"到期{n}", seen_days_ago=40 + n, spot=Spot(31.3, 120.6 + n / 20))
    a_customer(desk, "找不到", seen_days_ago=40, spot=None)
    days = desk.working_days
    days.add(replace(days.new(date(2026, 3, 20), desk.team.me), words="休假"))


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with one visit agreed and three customers due."""
    return CommandLine(tmp_path).made(_plan)


def by_day(data) -> dict[str, list[str]]:
    return {
        day["date"][-2:]: [one["account"] for one in day["visits"]]
        for day in data["days"]
        if day["visits"]
    }


def test_a_week_is_shown_as_it_stands(kamdesk: CommandLine) -> None:
    data = kamdesk.ask("week", WEEK)
    assert (data["week"], data["first"], data["last"]) == (WEEK, "2026-03-16", "2026-03-22")
    assert by_day(data) == {"17": ["华东电网"]}
    visit = data["days"][1]["visits"][0]
    assert (visit["start"], visit["end"], visit["reason"]) == ("09:00", "10:00", "技术交流")
    assert [one["account"] for one in data["left_out"]] == ["到期2", "到期1", "到期0"]
    assert {one["cost_minutes"] for one in data["left_out"]} == {None}
    assert data["without_place"][0]["account"] == "找不到"
    said = kamdesk.do("week", "2026-03-18").out
    assert "Tue 2026-03-17" in said
    assert "09:00–10:00  华东电网 · 技术交流" in said
    assert "all day  Not available 休假" in said
    assert "Due and not planned:" in said


def test_a_proposal_says_who_when_why_and_leaves_the_week_alone(kamdesk: CommandLine) -> None:
    data = kamdesk.ask("week", WEEK, "--propose", "--seconds", "0")
    placed = [one for day in data["days"] for one in day["visits"]]
    assert {one["account"] for one in placed} == {"到期0", "到期1", "到期2", "华东电网"}
    due = next(one for one in placed if one["account"] == "到期2")
    assert due["reason"] == "12 days over"
    assert due["proposed"]
    assert (data["due"], data["placed"], data["left_out"]) == (4, 3, [])
    assert "28" not in by_day(data)
    said = kamdesk.do("week", WEEK, "--propose", "--seconds", "0").out
    assert "4 due · 3 placed · 0 left out" in said
    assert by_day(kamdesk.ask("week", WEEK)) == {"17": ["华东电网"]}


def test_a_proposal_is_written_and_undone(kamdesk: CommandLine) -> None:
    data = kamdesk.ask("week", WEEK, "--accept", "--seconds", "0")
    assert by_day(kamdesk.ask("week", WEEK)) == by_day(data)
    kamdesk.do("undo")
    assert by_day(kamdesk.ask("week", WEEK)) == {"17": ["华东电网"]}
    kamdesk.do("week", WEEK, "--accept", "--seconds", "0")
    assert "already as proposed" in kamdesk.refused("week", WEEK, "--accept", "--seconds", "0")


def test_a_week_and_a_month_come_on_paper(kamdesk: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "week.pdf"
    kamdesk.do("week", WEEK, "--propose", "--seconds", "0", "-o", out, "--lang", "both")
    said = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "WEEK PLAN" in said
    assert "到期2" in said
    made = kamdesk.ask("paper", "week", "--day", "2026-03-18", "-o", out)
    assert (made["kind"], made["week"]) == ("week", WEEK)
    assert kamdesk.ask("paper", "month", "-o", out)["month"] == "2026-03"
    assert kamdesk.run("paper", "week", "KA-001", "-o", out).status == 2


def test_a_night_away_is_weighed_near_a_place_of_the_week(kamdesk: CommandLine) -> None:
    data = kamdesk.ask("week", WEEK, "--overnight", "民生路", "--seconds", "0")
    assert data["overnight"]["pays"] is False
    assert "Nobody of this week is near “拉萨”" in kamdesk.refused(
        "week", WEEK, "--overnight", "拉萨", "--seconds", "0"
    )
    assert kamdesk.run("week", WEEK, "--overnight", "民生路", "--accept").status == 2


def test_what_is_no_week_is_refused_in_words(kamdesk: CommandLine) -> None:
    for words in ("2026-W54", "9999-W52", "0001-W01", "W12", "12", "nie"):
        done = kamdesk.run("week", words)
        assert done.status == 2
        assert "is no week: write 2026-W12" in done.err
    over = kamdesk.refused("week", "2026-W10", "--propose", "--seconds", "0")
    assert over == "Nothing of this week is left to be planned."
