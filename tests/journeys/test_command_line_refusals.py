"""What the command line refuses, and how: in one plain line, never with a traceback."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.commands import PASSPHRASE, CommandLine, a_territory

from kamdesk.cli import pick
from kamdesk.cli.program import COMMANDS, program
from kamdesk.cli.spoken import Group
from kamdesk.core.errors import RuleBroken
from kamdesk.transfer.writers.whole_file import whole_file
from kamdesk.workspace import Workspace

BUG = "Something is wrong in KamDesk itself"


@pytest.fixture
def kamdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return CommandLine(tmp_path).made(a_territory)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("frobnicate",), "no command “frobnicate”"),
        (("acounts",), "Did you mean accounts"),
        (("accounts", "--limti", "3"), "no option --limti"),
        (("accounts", "--limit", "many"), "--limit: “many” is no whole number"),
        (("accounts", "--class", "gold"), "“gold” is none of"),
        (("accounts", "surplus"), "surplus"),
        (("visits", "--from", "soon"), "--from: “soon” is no day"),
        (("visit", "plan", "KA-001", "--at", "noon"), "no day and time"),
        (("visit", "plan"), "ACCOUNT is missing"),
        (("visit", "plan", "KA-001", "--account", "KA-002"), "do not go together"),
        (("visit", "log", "KA-001", "--visit", "x"), "do not go together"),
        (("visit",), "Say what to do"),
        (("search",), "missing"),
        (("show",), "missing"),
        (("brief", "-o", "x.pdf"), "missing"),
        (("brief", "--account", "KA-001"), "--output is missing"),
        (("brief", "--account", "x", "--day", "today", "-o", "x.pdf"), "do not go together"),
        (("brief", "--day", "today", "-o", "x.pdf", "--for", "rival"), "none of"),
        (("export", "table.doc"), "ends in .csv, .xlsx, .vcf, .ics, .zip; “table.doc” does not"),
        (("brief", "--day", "today", "-o", "customers.csv"), "“customers.csv” does not"),
        (("brief", "--day", "today", "-o", "a.pdf", "--table-page", "b.txt"), "“b.txt” does not"),
        (("brief", "--day", "today", "-o", "a.pdf", "--table-page", "./a.pdf"), "go together"),
        (("import", "a.csv", "--report", "a.csv"), "“a.csv” does not"),
        (("import", "a.csv", "--rejected", "./a.csv"), "is the file being imported"),
        (("--demo", "accounts"), "do not go together"),
        (("import", "a.csv", "b.csv", "--rejected", "r.csv"), "one file only"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_way_to_the_help(
    kamdesk: CommandLine, words: tuple[str, ...], said: str
) -> None:
    done = kamdesk.run(*words)
    assert (done.status, done.out) == (2, "")
    first, second = done.err.splitlines()
    assert said in first
    assert second.startswith("How it is written: kamdesk")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nobody of this name"), "Nothing is known as “nobody of this name”"),
        (("show", "\x1b[2J"), "\\x1b[2J"),
        (("people", "--account", "不存在"), "Nothing is known"),
        (("visit", "plan", "KA-001", "--with", "Nobody"), "neither in this customer's file"),
        (("visit", "plan", "KA-001", "--site", "北门"), "not one of the customer's sites"),
        (("visit", "log", "KA-001", "--close"), "Agree a next step"),
        (("visit", "log", "KA-001", "--promise", "send it"), "begin with “ours:”"),
        (("visit", "log", "KA-001", "--at", "tomorrow 9:00"), "has not been held"),
        (("history", "0" * 32), "Nothing is known"),
        (("undo", "--redo"), "nothing to do again"),
        (("import", "missing.csv"), "There is no file"),
        (("import", "."), "folder"),
        (("brief", "--account", "KA-001", "-o", "."), "folder"),
        (("brief", "--visit", "x", "-o", "x.pdf"), "Nothing is known"),
        (("accounts", "--workspace", "/nowhere/at/all"), "There is no workspace in"),
        (("accounts", "--workspace", "a\x00b"), "no path"),
        (("init", "."), "name"),
    ],
)
def test_a_refusal_is_one_plain_line(
    kamdesk: CommandLine, words: tuple[str, ...], said: str
) -> None:
    if words[0] == "init":
        words = ("init", str(kamdesk.workspace))
        said = "already holds a workspace"
    assert said in kamdesk.refused(*words)


def test_without_a_key_it_says_what_to_do(kamdesk: CommandLine) -> None:
    kamdesk.given["KAMDESK_PASSPHRASE"] = ""
    assert "set KAMDESK_PASSPHRASE" in kamdesk.refused("accounts")
    kamdesk.given["KAMDESK_PASSPHRASE"] = "not the one"
    assert "does not open this workspace" in kamdesk.refused("accounts")


def test_a_short_passphrase_makes_no_workspace(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path, given={"KAMDESK_PASSPHRASE": "short"})
    assert "at least 8 characters" in kamdesk.refused("init", kamdesk.workspace)
    assert not kamdesk.workspace.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_the_passphrase_is_asked_and_not_shown(kamdesk: CommandLine) -> None:
    import pty

    kamdesk.given["KAMDESK_PASSPHRASE"] = ""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kamdesk", "accounts", "--json"],
        env={**kamdesk.kept(), **kamdesk.environment()},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as child:
        os.close(theirs)
        shown = b""
        while b"Passphrase or recovery code:" not in shown:
            shown += os.read(ours, 1000)
        os.write(ours, PASSPHRASE.encode() + b"\n")
        listed = child.communicate(timeout=60)[0]
    while True:
        try:
            more = os.read(ours, 1000)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert child.returncode == 0
    assert "华东电网有限公司".encode() in listed
    assert PASSPHRASE.encode() not in shown + listed


def _raising(error: BaseException) -> Callable[..., Any]:
    def broken(*_: object, **__: object) -> None:
        raise error

    return broken


def test_a_bug_leaves_one_line_and_a_note_without_words(
    kamdesk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pick, "pick", _raising(RuntimeError("华东电网 floor price 91")))
    said = kamdesk.refused("show", "KA-001")
    assert said.startswith(f"{BUG} (RuntimeError)")
    (note,) = kamdesk.home.rglob("crash-*.txt")
    written = note.read_text("utf-8")
    assert "command show" in written
    assert "kamdesk/cli/show.py" in written
    assert "91" not in written.replace(":91 ", "")
    assert "华东" not in written
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_a_stop_by_the_user_is_quiet(kamdesk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pick, "pick", _raising(KeyboardInterrupt()))
    done = kamdesk.run("show", "KA-001")
    assert (done.status, done.out, done.err.strip()) == (130, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.2])
def test_a_stop_while_starting_is_quiet_too(kamdesk: CommandLine, seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kamdesk", "accounts"],
        env={**kamdesk.kept(), **kamdesk.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as child:
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=60)[1]
    assert child.returncode in (0, 130, -signal.SIGINT)
    assert said in (b"", b"\n")


def test_a_system_that_refuses_is_said_in_a_line(
    kamdesk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pick, "pick", _raising(OSError(5, "Input/output error")))
    assert kamdesk.refused("show", "KA-001") == "The system refused: Input/output error."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_said(kamdesk: CommandLine) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kamdesk", "accounts"],
            env={**kamdesk.kept(), **kamdesk.environment()},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_names_cannot_steer_the_terminal(kamdesk: CommandLine) -> None:
    def fill(desk: Workspace) -> None:
        name = "evil\u202ename \u200f\x9b2J"
        desk.accounts.add(replace(desk.accounts.new(name), number="KA-9"))

    desk = kamdesk.desk()
    fill(desk)
    desk.close()
    for words in (("accounts",), ("show", "KA-9"), ("search", "evil"), ("history", "KA-9")):
        shown = kamdesk.do(*words).out
        assert "evil‹U+202E›name" in shown
        assert not set("\u202e\u200f\x9b\x1b") & set(shown)


def test_help_and_refusals_are_said_in_chinese_too(kamdesk: CommandLine) -> None:
    from kamdesk.core.wording import Text, say

    kamdesk.given["LC_ALL"] = "zh_CN.UTF-8"
    for words in (("accounts", "--lang", "zh", "--help"), ("accounts", "--help")):
        assert say(Text("List customers."), "zh") in kamdesk.do(*words).out
    expected = say(Text("There is nothing to do again."), "zh")
    assert kamdesk.refused("undo", "--redo") == expected
    assert kamdesk.refused("undo", "--redo", "--lang", "en") == "There is nothing to do again."


def _calls_of(name: str) -> list[tuple[str, ...]]:
    """How a command is called: by its name, or a group by each of its own."""
    found = program.get_command(click.Context(program), name)
    return [(name, one) for one in found.commands] if isinstance(found, Group) else [(name,)]


CALLS_OF = {name: _calls_of(name) for name in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_takes_the_standing_options(
    kamdesk: CommandLine, command: str
) -> None:
    words = CALLS_OF[command][0]
    shown = kamdesk.do(*words, "--help").out
    for option in ("--workspace", "--json"):
        assert option in shown


ODD = st.one_of(
    st.sampled_from(
        [
            *COMMANDS, "plan", "log", "--json", "--account", "--visit", "--at", "--with", "--day",
            "--from", "--to", "--limit", "--lang", "--person", "--state", "--said", "--fact",
            "--promise", "--next-step", "--close", "--as", "--what", "--map", "--dry-run",
            "--redo", "--help", "--text", "--overdue", "--sheet", "--tick", "--for", "--as-of",
            "KA-001", "KA-002", "王", "李敏", "today", "+3", "2026-03-12", "2026-03-12 10:00", "zh",
            "both", "core", "0" * 32, "ffff", "1", "0", "-1", "9" * 30, "", " ", "-", "--", "~",
            "~nobody", ".", "..", "a.csv", "*", "%s", "{n}", "\\", "\x00", "\x1b[2J", "\u202e",
            "\ud800", "\udcff", "''; DROP TABLE accounts; --", "ours: x by 2026-03-20 @我",
        ]
    ),
    st.text(st.characters(codec=None, blacklist_characters="/\\"), max_size=12),
)  # fmt: skip
DERIVES_FOR_SECONDS = {("key", "code"), ("key", "renew")}
CALLS = [
    call
    for name, calls in CALLS_OF.items()
    for call in calls
    if name not in ("init", "demo") and call not in DERIVES_FOR_SECONDS
]


def _command(call: tuple[str, ...]) -> click.Command:
    ctx = click.Context(program)
    found: click.Command = program
    for name in call:
        assert isinstance(found, click.Group)
        found = found.get_command(ctx, name) or found
    return found


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A command with some of its own options, and anything at all as their values."""
    call = draw(st.sampled_from(CALLS))
    options = [one for one in _command(call).params if isinstance(one, click.Option)]
    words = [*call]
    for one in draw(st.lists(st.sampled_from(options), max_size=4)):
        words += [one.opts[0]] if one.is_flag else [one.opts[0], draw(ODD)]
    return words + draw(st.lists(ODD, max_size=2))


@settings(max_examples=250)
@given(words=st.one_of(calls(), st.lists(ODD, max_size=6)))
def test_no_argument_whatever_brings_a_traceback(kamdesk: CommandLine, words: list[str]) -> None:
    done = kamdesk.run(*words)
    assert done.status in (0, 1, 2)
    assert BUG not in done.err, done.err
    assert "Traceback" not in done.err + done.out
    lines = len(done.err.splitlines())
    assert lines == (0, 1, 2)[done.status], done.err


def test_an_empty_workspace_is_not_the_usual_one(kamdesk: CommandLine) -> None:
    assert kamdesk.refused("accounts", "--workspace", "") == "That is no path: “”."
    assert kamdesk.refused("undo", "--workspace", "") == "That is no path: “”."


@pytest.mark.parametrize("name", ["kamdesk.db", "KEY.JSON", "kamdesk.db-wal", "lock"])
def test_nothing_is_written_over_a_workspace(kamdesk: CommandLine, name: str) -> None:
    target = kamdesk.workspace / name
    before = {path: path.read_bytes() for path in sorted(kamdesk.workspace.iterdir())}
    with pytest.raises(RuleBroken, match="is part of a workspace"), whole_file(target) as file:
        file.write(b"%PDF")
    for path, data in before.items():
        assert path.read_bytes() == data


def test_a_picture_may_lie_beside_a_workspace(kamdesk: CommandLine) -> None:
    with whole_file(kamdesk.workspace / "kamdesk.pdf") as file:
        file.write(b"%PDF")
    assert (kamdesk.workspace / "kamdesk.pdf").read_bytes() == b"%PDF"


def test_a_table_page_that_cannot_be_made_leaves_no_brief_behind(kamdesk: CommandLine) -> None:
    for words in (("--account", "KA-001", "--table-page", "t.pdf"),
                  ("--account", "KA-001", "--table-page", "nowhere/t.pdf")):  # fmt: skip
        kamdesk.refused("brief", *words, "-o", "b.pdf")
        kamdesk.do("visit", "plan", "KA-001", "--at", "tomorrow 9:00", "--with", "王建国")
        assert list(Path().iterdir()) == []
