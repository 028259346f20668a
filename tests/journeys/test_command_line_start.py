"""Starting without a command: the window, the demo territory, a machine without a screen."""

import stat
import sys
from pathlib import Path

import pypdfium2
import pytest
from support.commands import PASSPHRASE, CommandLine, a_territory

from kamdesk.cli.places import has_screen

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
SCREEN = {"DISPLAY": ":99", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


class Window:
    """Stands for the window: remembers what it was opened on."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path, str]] = []

    def __call__(self, workspace: Path, passphrase: str) -> int:
        """Open."""
        self.opened.append((workspace, passphrase))
        return 0


def test_without_a_command_the_window_opens_on_the_own_workspace(tmp_path: Path) -> None:
    window = Window()
    kamdesk = CommandLine(tmp_path, given=dict(SCREEN), open_window=window)
    kamdesk.do()
    kamdesk.do("--workspace", tmp_path / "other")
    assert window.opened == [
        (kamdesk.workspace, PASSPHRASE),
        (tmp_path / "other", PASSPHRASE),
    ]


@linux
def test_without_a_screen_it_says_what_works(tmp_path: Path) -> None:
    said = CommandLine(tmp_path, given=dict(NO_SCREEN)).refused()
    assert "There is no screen" in said
    assert "kamdesk --demo" in said


@linux
@pytest.mark.parametrize(
    ("given", "screen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_screen_is_told_by_the_environment(given: dict[str, str], screen: bool) -> None:
    assert has_screen(given) is screen


def test_the_demo_is_made_once_and_opened_by_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kamdesk.demo import making

    monkeypatch.setattr(making, "ACCOUNTS", 2)
    window = Window()
    kamdesk = CommandLine(tmp_path, given=dict(SCREEN), open_window=window)
    kamdesk.given["KAMDESK_PASSPHRASE"] = ""
    place = tmp_path / "demo"
    first = kamdesk.do("--demo", "--workspace", place).out
    assert "demo-territory" in first
    kamdesk.given["KAMDESK_PASSPHRASE"] = "of another workspace"
    again = kamdesk.do("--demo", "--workspace", place).out
    assert "Making" in first
    assert "Making" not in again
    assert window.opened == [(place, "demo-territory")] * 2


@linux
def test_without_a_screen_the_demo_makes_todays_papers(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path, given=dict(NO_SCREEN))
    kamdesk.given["KAMDESK_PASSPHRASE"] = ""
    done = kamdesk.program("--demo", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    import json

    made = json.loads(done.stdout)
    papers, picture = Path(made["briefs"]), Path(made["picture"])
    assert Path(made["workspace"]).is_relative_to(tmp_path)
    assert len(pypdfium2.PdfDocument(papers)) % 2 == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert {stat.S_IMODE(file.stat().st_mode) for file in (papers, picture)} == {0o600}
    said = kamdesk.program("--demo").stdout
    assert made["workspace"] in said
    assert "Making the demo territory" not in said


def test_the_same_seed_and_day_give_the_same_territory(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path)
    words = ("--accounts", "3", "--seed", "7", "--day", "2026-03-12", "--lang", "zh")
    lists = []
    for name in ("one", "two"):
        made = kamdesk.ask("demo", tmp_path / name, *words)
        assert (made["accounts"], made["day"]) == (3, "2026-03-12")
        kamdesk.given["KAMDESK_WORKSPACE"] = str(tmp_path / name)
        lists.append([kamdesk.ask(what) for what in ("accounts", "people", "visits", "promises")])
    assert lists[0] == lists[1]
    assert kamdesk.ask("check")["ok"] is True
    assert "already holds a workspace" in kamdesk.refused("demo", tmp_path / "two", *words)
    assert kamdesk.ask("check")["ok"] is True


def test_a_demo_that_was_stopped_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kamdesk.demo import making

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "fill", stop)
    assert CommandLine(tmp_path).run("demo", tmp_path / "demo").status == 130
    assert list((tmp_path / "demo").iterdir()) == []


def test_the_own_workspace_is_the_one_named_else_the_last_one_opened(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path, given={"KAMDESK_WORKSPACE": ""})
    assert "There is no workspace in" in kamdesk.refused("accounts")
    kamdesk.do("init", tmp_path / "mine", "--name", "林晓彤")
    assert kamdesk.ask("accounts") == []
    other = CommandLine(tmp_path / "else").made(a_territory)
    assert len(kamdesk.ask("accounts", "--workspace", other.workspace)) == 2
    assert len(kamdesk.ask("--workspace", other.workspace, "accounts")) == 2


def test_undo_takes_back_neither_ones_own_name_nor_the_invented_territory(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path)
    kamdesk.do("init", kamdesk.workspace, "--name", "林晓彤")
    assert kamdesk.refused("undo") == "There is nothing to undo."
    territory = tmp_path / "demo"
    kamdesk.do("demo", territory, "--accounts", 2)
    assert kamdesk.refused("undo", "--workspace", territory) == "There is nothing to undo."
    (first, *_) = kamdesk.ask("accounts", "--workspace", territory)
    planned = ("visit", "plan", first["id"], "--at", "tomorrow 9:00", "--workspace", territory)
    kamdesk.run(*planned)
    assert "Plan visit" in kamdesk.do("undo", "--workspace", territory).out
    assert kamdesk.refused("undo", "--workspace", territory) == "There is nothing to undo."
