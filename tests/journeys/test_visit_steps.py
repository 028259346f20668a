"""A visit's way on the command line: planned, moved, others seated, dropped, held and closed."""

from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with two customers and their people."""
    return CommandLine(tmp_path).made(a_territory)


def test_a_visit_goes_its_way(kamdesk: CommandLine) -> None:
    ask = kamdesk.ask
    planned = ask("visit", "plan", "KA-001", "--at", "2026-03-13 09:00", "--with", "李敏")["id"]
    other = ask("visit", "plan", "KA-002", "--at", "2026-03-13 15:30")["id"]
    moved = ask("visit", "move", planned, "--at", "2026-03-13 15:00", "--minutes", "90")
    assert (moved["start"], moved["minutes"]) == ("2026-03-13T15:00:00+08:00", 90)
    assert moved["clashes"] == [other]
    (clash,) = [line for line in kamdesk.do("visit", "move", other, "--minutes", "30").lines
                if line.startswith("Clashes")]  # fmt: skip
    assert clash.startswith("Clashes with 华东")
    assert ask("visit", "drop", other)["state"] == "dropped"
    assert ask("visit", "again", other)["state"] == "planned"
    changed = ask("visit", "change", planned, "--objective", "定试点范围", "--kind", "video")
    assert changed["state"] == "planned"
    assert ask("visits", "--account", "KA-001")[0]["objective"] == "定试点范围"
    before = len(changed["attendees"])
    assert len(ask("visit", "seat", planned, "--without", "李敏")["attendees"]) == before - 1
    assert ask("visit", "hold", planned)["state"] == "held"
    closed = ask("visit", "close", planned, "--next-step", "送试点方案")
    assert closed["state"] == "closed"


def test_it_is_not_closed_without_a_next_step_or_a_reason(kamdesk: CommandLine) -> None:
    planned = kamdesk.ask("visit", "plan", "KA-001", "--at", "2026-03-11 09:00")["id"]
    said = kamdesk.refused("visit", "close", planned)
    assert "Agree a next step, or say why there is none." in said
