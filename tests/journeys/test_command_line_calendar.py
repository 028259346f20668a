"""Calendars from the command line: in, looked at, brought up to date, forgotten; ours out."""

from datetime import date
from pathlib import Path

import pytest
from support.commands import CommandLine

from kamdesk.core.clock import Instant
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.transfer.calendar.reader import read_calendar
from kamdesk.workspace import Workspace

EVENT = "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:{day}T010000Z\nEND:VEVENT\n"


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A home without a workspace yet."""
    return CommandLine(tmp_path)


def _file(kamdesk: CommandLine, *uids: str, name: str = "own.ics") -> Path:
    body = "".join(EVENT.format(uid=uid, day="20260320") for uid in uids)
    path = kamdesk.home / name
    path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Work\n{body}END:VCALENDAR\n")
    return path


def test_a_calendar_comes_in_is_listed_updated_and_forgotten(kamdesk: CommandLine) -> None:
    kamdesk.made()
    file = _file(kamdesk, "a", "b")
    looked = kamdesk.do("calendar", "import", file, "--dry-run").lines
    assert looked[0] == "Work: new 2, changed 0, unchanged 0, gone 0, not to be taken 0."
    assert looked[-1] == "Nothing was written: this was only a look."
    assert kamdesk.ask("calendar", "list") == []
    assert "No calendar has been imported." in kamdesk.do("calendar", "list").out
    kamdesk.do("calendar", "import", file)
    (one,) = kamdesk.ask("calendar", "list")
    assert (one["name"], one["file"], one["appointments"]) == ("Work", "own.ics", 2)
    told = kamdesk.ask("calendar", "import", _file(kamdesk, "b", "c"))
    assert {key: told[key] for key in ("new", "changed", "same", "gone", "refused")} == {
        "new": 1, "changed": 0, "same": 1, "gone": 1, "refused": [],
    }  # fmt: skip
    kamdesk.do("calendar", "import", file, "--name", "Private")
    assert len(kamdesk.ask("calendar", "list")) == 2
    assert "“Nobody’s”. There are: Private, Work." in kamdesk.refused(
        "calendar", "forget", "Nobody’s"
    )
    assert "Forgotten: Work, 2 appointments." in kamdesk.do("calendar", "forget", "work").out
    assert [one["name"] for one in kamdesk.ask("calendar", "list")] == ["Private"]
    kamdesk.do("undo")
    assert len(kamdesk.ask("calendar", "list")) == 2


def test_what_cannot_be_taken_is_told_with_its_reason(kamdesk: CommandLine) -> None:
    kamdesk.made()
    file = _file(kamdesk, "a")
    odd = "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:soon\nEND:VEVENT\n" * 23
    file.write_text(file.read_text().replace("END:VCALENDAR", odd + "END:VCALENDAR"))
    told = kamdesk.do("calendar", "import", file).lines
    assert told[0].endswith("not to be taken 23.")
    assert told[1].strip() == "appointment 2: Its beginning cannot be read."
    assert told[-1].strip() == "and 3 more"
    nothing = kamdesk.home / "list.ics"
    nothing.write_text("name,phone\n")
    refused = kamdesk.refused("calendar", "import", nothing)
    assert refused == "“list.ics” cannot be imported: It is no calendar file."


def _talks(desk: Workspace) -> None:
    account = desk.accounts.new("Firm")
    desk.accounts.add(account)
    desk.visits.plan(desk.visits.new(account.id, Instant.at(date(2026, 3, 20), 10)))
    desk.promises.make(desk.promises.new(account.id, PromiseSide.OURS, "Call"))


def test_visits_and_promises_go_out(kamdesk: CommandLine) -> None:
    kamdesk.made(_talks)
    out = kamdesk.home / "out.ics"
    assert kamdesk.ask("calendar", "export", out)["entries"] == 2
    assert kamdesk.ask("export", out, "--account", "Firm")["entries"] == 2
    assert kamdesk.ask("export", out, "--what", "promises")["entries"] == 1
    assert kamdesk.ask("calendar", "export", out, "--what", "visits")["entries"] == 1
    with out.open("rb") as file:
        (entry,) = read_calendar(
            file, home="UTC", first=date(2026, 3, 1), last=date(2026, 4, 1)
        ).entries
    assert entry.title == "Firm visit"
    kamdesk.given["LC_ALL"] = "zh_CN.UTF-8"
    kamdesk.do("calendar", "export", out, "--what", "visits")
    assert "SUMMARY:Firm 拜访" in out.read_text("utf-8")
    kamdesk.given["LC_ALL"] = "C"
    for words, odd in (
        (("export", kamdesk.home / "a.csv", "--what", "visits"), "OUT.csv, --what visits"),
        (("export", out, "--what", "people"), "OUT.ics, --what people"),
        (("calendar", "export", kamdesk.home / "a.txt"), "ends in .ics"),
    ):
        done = kamdesk.run(*words)
        assert done.status == 2
        assert odd in done.err
    nothing = kamdesk.refused("calendar", "export", out, "--from", "2027-05-01", "--what", "visits")
    assert nothing.startswith("There is nothing to write from 2027-05-01 to ")
