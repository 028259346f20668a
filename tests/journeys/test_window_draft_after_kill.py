"""A window killed while one types: the next one puts the text back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]

TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.program import Program
from kamdesk.desktop.pages import Route
from kamdesk.settings import MachineSettings, Remembered

folder, text = Path(sys.argv[1]), sys.argv[2]
app = Application(MachineSettings(folder / "config"), Remembered(None), ["kamdesk"])
program = Program(app, folder / "work", "four quiet rivers run")
program.keys = keyring({})
program.show_desk(folder / "work")
while app.window.page is None or program.bench.busy:
    QTest.qWait(20)
page = app.window.page
if text == "read":  # it is offered by itself
    while not app.window.notices.words:
        QTest.qWait(20)
    print(app.window.notices.words, flush=True)
    app.window.actions_here["go_on"].trigger()
    page = app.window.page
else:
    app.window.go(Route("accounts"))
    page = app.window.page
    page.actions_here["accounts.new"].trigger()
while program.bench.busy:
    QTest.qWait(20)
QTest.qWait(50)
if text == "read":
    print("READ", page._form.name.text(), page._form.draft.line.words.text(), flush=True)
    program.let_go()
    program.end()
else:
    page._form.name.setText(text)
    while not (program.bench.busy or page._form.draft._kept.get("name")):
        QTest.qWait(20)
    while program.bench.busy:  # half a second after the last key it is kept
        QTest.qWait(20)
    print("TYPED", flush=True)
    QTest.qWait(60_000)
"""


def started(folder: Path, text: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", TYPING, str(folder), text],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from kamdesk.storage.creating import create
    from kamdesk.storage.keys import KeyRing, Nowhere

    create(tmp_path / "work", "four quiet rivers run", keys=KeyRing(Nowhere()))
    return tmp_path


def test_what_was_typed_half_a_second_before_the_kill_is_put_back(folder: Path) -> None:
    typing = started(folder, "瑞坪矿业")
    assert typing.stdout is not None
    line = typing.stdout.readline()
    assert line == "TYPED\n", line + typing.stdout.read()
    typing.send_signal(signal.SIGKILL)
    typing.communicate(timeout=20)
    said, _ = started(folder, "read").communicate(timeout=60)
    offered, read = said.splitlines()
    assert offered == "Something you were writing is not saved yet."
    assert read.startswith("READ 瑞坪矿业 You were writing this: today "), said
    assert (folder / "work" / "kamdesk.db").read_bytes().find("瑞坪矿业".encode()) < 0
