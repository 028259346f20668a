"""While the window is open, commands of visits and the week read; what would write says why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.halves import a_whole_file

WHO = "澜川"
OPEN = "KamDesk is open; close it or do this in the window."
READING = (
    ("promises",), ("promises", "--account", WHO, "--settled"),
    ("due",), ("due", "--all", "--touch"), ("due", "agreements", WHO),
    ("tasks",), ("tasks", WHO, "--all"), ("phase", WHO),
    ("absence", "list"), ("holidays", "list"),
    ("pattern", "list"), ("pattern", "lay", "苏州一圈", "--from", "2026-05-11", "--try"),
    ("place", "list"), ("place", "ways"), ("place", "of", "昆山"), ("place", "home"),
    ("place", "way", WHO, WHO),
    ("calendar", "list"), ("calendar", "import", "own.ics", "--dry-run"),
    ("calendar", "export", "out.ics"),
    ("week", "2026-W12"), ("week", "2026-W12", "--propose", "--seconds", "0", "-o", "week.pdf"),
    ("paper", "month", "--day", "2026-03-12", "-o", "month.pdf"),
)  # fmt: skip
WRITING = (
    ("promise", "add", WHO, "ours: x"), ("promise", "keep", "x"), ("promise", "break", "x"),
    ("promise", "open", "x"), ("promise", "drop", "x"), ("promise", "remind", "x", "--on", "fri"),
    ("due", "agree", WHO, "--every", "30"), ("due", "end", WHO), ("due", "resume", WHO),
    ("due", "pause", WHO, "--until", "2026-12-31", "--because", "x"), ("due", "to-improve", "off"),
    ("tasks", WHO, "--done", "kickoff"), ("phase", WHO, "lost", "--because", "x"),
    ("phase", WHO, "--auto"),
    ("absence", "add", "2026-03-20"), ("absence", "drop", "2026-03-20"),
    ("holidays", "take", "own.ics"), ("holidays", "drop", "2027"),
    ("pattern", "make", "x"), ("pattern", "lay", "苏州一圈"), ("pattern", "drop", "苏州一圈"),
    ("pattern", "change", "苏州一圈", "--name", "x"),
    ("place", "set", WHO, "31.3,120.6"), ("place", "home", "31.3,120.6"),
    ("place", "way", WHO, WHO, "9"), ("place", "way", WHO, WHO, "--forget"),
    ("calendar", "import", "own.ics"), ("calendar", "forget", "办公室"),
    ("week", "2026-W12", "--propose", "--accept", "--seconds", "0"),
)  # fmt: skip


@pytest.fixture
def kamdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandLine]:
    """A workspace with a record of every kind that another program holds open for writing."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    event = "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20270101\nSUMMARY:休\nEND:VEVENT\n"
    (here / "own.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", "utf-8")
    made = CommandLine(tmp_path).made(lambda desk: a_whole_file(desk) and None)
    held = made.desk()
    yield made
    held.close()


def test_what_reads_reads_and_what_writes_says_why_not(kamdesk: CommandLine) -> None:
    for words in READING:
        kamdesk.do(*words)
    for words in WRITING:
        assert kamdesk.refused(*words) == OPEN, words
