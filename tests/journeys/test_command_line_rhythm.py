"""Tasks, absences, holidays and patterns by the command line."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory

from kamdesk.core.clock import Instant
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.workspace import Workspace


def signed(desk: Workspace) -> None:
    """Fill a workspace with a customer signed this month and a visit this week."""
    a_territory(desk)
    account = desk.accounts.ask.by_number("KA-001")[0]
    base = desk.accounts.ask.get(account)
    changed = replace(base, first_signed=date(2026, 3, 2), owner=desk.team.me)
    desk.accounts.change(changed, base=base, seen=desk.storage.position())
    visit = desk.visits.new(account, Instant.at(date(2026, 3, 13), 9))
    desk.visits.plan(visit, Attendee.at(visit, desk.team.me, Side.OURS))


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with that customer, on 2026-03-12."""
    return CommandLine(tmp_path).made(signed)


def test_tasks_are_listed_by_day_and_ticked(kamdesk: CommandLine) -> None:
    due = kamdesk.ask("tasks")
    assert [one["task"] for one in due] == [
        "thanks", "inner_handover", "weekly_sync", "kickoff", "contact_matrix",
    ]  # fmt: skip
    assert (due[0]["due"], due[0]["days_over"]) == ("2026-03-03", 9)
    assert kamdesk.do("tasks", "KA-001", "--done", "thanks").out.startswith("Said done: Thank")
    done = kamdesk.do("tasks", "KA-001", "--done", "kickoff", "--words", "纪要 2026-03-10")
    assert done.out.startswith("Done with evidence: Kickoff")
    assert [one["task"] for one in kamdesk.ask("tasks")] == [
        "inner_handover", "weekly_sync", "contact_matrix",
    ]  # fmt: skip
    assert kamdesk.run("tasks", "KA-001", "--done", "thanks").status == 1
    assert "onboarding" in kamdesk.do("show", "KA-001").out
    assert kamdesk.ask("show", "KA-001")["phase"]["shown"] == "onboarding"


def test_a_week_is_named_by_its_number_too(kamdesk: CommandLine) -> None:
    made = kamdesk.ask("pattern", "make", "Good week", "--week", "2026-W11")
    assert (made["name"], made["visits"]) == ("Good week", 1)
    laid = kamdesk.ask("pattern", "lay", "Good week", "--from", "2026-W14", "--try")
    assert [one["day"] for one in laid] == ["2026-04-03"]
    assert kamdesk.run("pattern", "make", "x", "--week", "2026-W60").status == 2


def test_a_phase_is_shown_set_by_hand_and_let_go(kamdesk: CommandLine) -> None:
    assert "missing: a kickoff visit" not in kamdesk.do("phase", "KA-001").out
    assert kamdesk.ask("phase", "KA-001")["shown"] == "onboarding"
    assert kamdesk.run("phase", "KA-001", "lost").status == 2
    assert kamdesk.run("phase", "KA-001", "gone", "--because", "x").status == 2
    assert kamdesk.run("phase", "KA-001", "lost", "--because", "x", "--auto").status == 2
    said = kamdesk.do("phase", "KA-001", "co-creation", "--because", "joint lab").out
    assert "co-creation" in said.splitlines()[0]
    assert "Set by hand: joint lab" in said
    assert kamdesk.ask("phase", "KA-001", "--auto")["by_hand"] is False


def test_absences_are_added_listed_and_deleted(kamdesk: CommandLine) -> None:
    added = kamdesk.ask("absence", "add", "2026-03-18", "2026-03-20", "--time", "9-12",
                        "--words", "培训")  # fmt: skip
    assert (added["first"], added["last"], added["time"]) == (
        "2026-03-18", "2026-03-20", "9:00-12:00",
    )  # fmt: skip
    kamdesk.do("absence", "add", "2026-05-08", "--everybody")
    said = kamdesk.do("absence", "list").out
    assert "the whole house" in said
    kamdesk.do("absence", "drop", added["id"])
    assert [one["first"] for one in kamdesk.ask("absence", "list")] == ["2026-05-08"]
    refused = kamdesk.run("absence", "add", "2026-05-08", "--time", "soon")
    assert (refused.status, "no time of a day" in refused.err) == (1, True)


def test_holidays_are_shown_taken_in_and_dropped(kamdesk: CommandLine, tmp_path: Path) -> None:
    first = kamdesk.ask("holidays", "list")[0]
    assert (first["first"], first["last"], first["off"]) == ("2026-01-01", "2026-01-03", True)
    assert "only weekends" in kamdesk.do("holidays", "list", "--year", "2027").out
    rows = [f"2027-02-{day:02d},休,春节" for day in range(5, 13)]
    (tmp_path / "2027.csv").write_text("\n".join([*rows, "2027-02-20,班,春节"]), "utf-8")
    taken = kamdesk.do("holidays", "take", str(tmp_path / "2027.csv"))
    assert taken.out == "2027: 8 days off, 1 make-up days\n"
    assert len(kamdesk.ask("holidays", "list", "--year", "2027")) == 2
    kamdesk.do("holidays", "drop", "2027")
    assert kamdesk.ask("holidays", "list", "--year", "2027") == []


def test_a_pattern_is_made_tried_laid_out_and_deleted(kamdesk: CommandLine) -> None:
    made = kamdesk.ask("pattern", "make", "周五", "--every", "1")
    assert (made["weeks"], made["visits"]) == (1, 1)
    tried = kamdesk.ask("pattern", "lay", "周五", "--from", "2026-04-27", "--times", "2", "--try")
    assert [(one["day"], one["left_out"]) for one in tried] == [
        ("2026-05-01", "no working day: Labour Day"),
        ("2026-05-08", ""),
    ]
    before = len(kamdesk.ask("visits"))
    kamdesk.do("pattern", "lay", "周五", "--from", "2026-04-27", "--times", "2")
    assert len(kamdesk.ask("visits")) == before + 1
    kamdesk.do("undo")
    assert len(kamdesk.ask("visits")) == before
    kamdesk.do("pattern", "change", "周五", "--name", "隔周", "--every", "2")
    assert [(one["name"], one["weeks"]) for one in kamdesk.ask("pattern", "list")] == [("隔周", 2)]
    kamdesk.do("pattern", "drop", "隔周")
    assert kamdesk.ask("pattern", "list") == []
    assert kamdesk.run("pattern", "drop", "隔周").status == 1
