"""Opportunities by the command line: added, listed, changed, won and undone."""

from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with one opportunity."""
    kamdesk = CommandLine(tmp_path).made(a_territory)
    kamdesk.do(
        "opportunity", "add", "KA-001", "二号线状态监测", "--amount", "180万", "--expected",
        "2026-06-30", "--step", "6",
    )  # fmt: skip
    return kamdesk


def test_what_is_added_is_listed(kamdesk: CommandLine) -> None:
    kamdesk.do("opportunity", "add", "KA-002", "备件框架", "--amount", "USD 250,000")
    first, second = kamdesk.ask("opportunities")
    assert first["name"] == "二号线状态监测"
    assert first["amount"] == {"minor": 180_000_000, "currency": "CNY"}
    assert (first["step"], first["expected"], first["state"]) == (6, "2026-06-30", "open")
    assert second["amount"] == {"minor": 25_000_000, "currency": "USD"}
    assert second["expected"] is None
    assert [one["name"] for one in kamdesk.ask("opportunities", "--account", "KA-002")] == [
        "备件框架"
    ]
    assert [one["name"] for one in kamdesk.ask("opportunities", "--text", "状态")] == [
        "二号线状态监测"
    ]
    assert "6 meet key persons one to one" in kamdesk.do("opportunities").out


def test_one_is_changed_won_opened_again_and_undone(kamdesk: CommandLine) -> None:
    changed = kamdesk.ask("opportunity", "change", "二号线", "--step", "7", "--amount", "2M")
    assert (changed["step"], changed["expected"]) == (7, "2026-06-30")
    assert changed["amount"]["minor"] == 200_000_000
    assert kamdesk.ask("opportunity", "won", "二号线")["state"] == "won"
    assert kamdesk.ask("opportunities") == []
    assert kamdesk.ask("opportunities", "--state", "won")[0]["name"] == "二号线状态监测"
    assert kamdesk.ask("opportunity", "open", changed["id"][-10:])["state"] == "open"
    assert kamdesk.ask("opportunity", "lost", "二号线", "--on", "2026-03-12")["state"] == "lost"
    kamdesk.do("undo")
    assert kamdesk.ask("opportunities")[0]["state"] == "open"


def test_what_cannot_be_is_refused_in_words(kamdesk: CommandLine) -> None:
    kamdesk.do("opportunity", "add", "KA-002", "三号线状态监测")
    assert "fits 2" in kamdesk.refused("opportunity", "won", "状态监测")
    assert "No opportunity" in kamdesk.refused("opportunity", "lost", "别的")
    assert "write 1.8M" in kamdesk.refused("opportunity", "change", "二号线", "--amount", "很多")
    assert "before it began" in kamdesk.refused(
        "opportunity", "won", "二号线", "--on", "2026-01-01"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_exported_comes_in_again_unchanged(
    kamdesk: CommandLine, tmp_path: Path, language: str
) -> None:
    kamdesk.do("opportunity", "add", "KA-002", "备件框架", "--note", "等预算")
    kamdesk.do("opportunity", "lost", "备件框架")
    out = tmp_path / "deals.csv"
    kamdesk.do("--lang", language, "export", out, "--what", "opportunities")
    done = kamdesk.ask("import", out)
    assert (done["rows"], done["same"], done["left_over"]) == (2, 2, [])
