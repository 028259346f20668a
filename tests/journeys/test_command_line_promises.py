"""Promises by the command line: noted, listed, settled, reminded of, undone."""

from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with a promise of either side."""
    kamdesk = CommandLine(tmp_path).made(a_territory)
    kamdesk.do("promise", "add", "KA-001", "ours: 双语 ROI 模型 by 2026-03-01")
    kamdesk.do("promise", "add", "KA-002", "theirs: 名单 下周三 @王芳", "--remind", "2026-03-17")
    return kamdesk


def test_ours_overdue_are_listed_first_with_all_there_is_to_know(kamdesk: CommandLine) -> None:
    ours, theirs = kamdesk.ask("promises")
    assert (ours["words"], ours["side"], ours["outcome"], ours["overdue"]) == (
        "双语 ROI 模型", "ours", "overdue", True,
    )  # fmt: skip
    assert (theirs["due"], theirs["remind"], theirs["owner"]) == (
        "2026-03-18", "2026-03-17", "王芳",
    )  # fmt: skip
    assert [one["words"] for one in kamdesk.ask("promises", "--side", "theirs")] == ["名单"]
    assert [one["words"] for one in kamdesk.ask("promises", "--overdue")] == ["双语 ROI 模型"]
    assert [one["words"] for one in kamdesk.ask("promises", "--account", "KA-002")] == ["名单"]
    assert "11 days late" in kamdesk.do("promises").out


def test_one_is_settled_opened_again_and_undone(kamdesk: CommandLine) -> None:
    kept = kamdesk.ask("promise", "keep", "ROI")
    assert kept["state"] == "kept"
    assert [one["words"] for one in kamdesk.ask("promises")] == ["名单"]
    assert kamdesk.ask("promises", "--settled")[-1]["outcome"] == "kept late"
    assert "0 of 1 kept on time" in kamdesk.do("promises", "--account", "KA-001").out
    assert kamdesk.ask("promise", "open", kept["id"][-10:])["state"] == "open"
    assert kamdesk.ask("promise", "break", "ROI")["state"] == "broken"
    kamdesk.do("undo")
    assert kamdesk.ask("promise", "drop", "ROI")["state"] == "dropped"
    assert kamdesk.ask("promises", "--state", "dropped")[0]["words"] == "双语 ROI 模型"


def test_a_reminder_is_set_and_taken_away(kamdesk: CommandLine) -> None:
    assert kamdesk.ask("promise", "remind", "ROI", "--on", "2026-03-20")["remind"] == "2026-03-20"
    assert kamdesk.ask("promise", "remind", "名单")["remind"] is None


def test_what_cannot_be_is_refused_in_words(kamdesk: CommandLine) -> None:
    kamdesk.do("promise", "add", "KA-002", "ours: 德语 ROI 模型")
    assert "fits 2 promises" in kamdesk.refused("promise", "keep", "ROI 模型")
    assert "No promise says" in kamdesk.refused("promise", "drop", "别的")
    assert "whose promise it is" in kamdesk.refused("promise", "add", "KA-001", "给方案")
