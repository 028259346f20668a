"""A window killed in the midst of a debrief: the next one has every answer and the half line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]

DEBRIEFING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.program import Program
from kamdesk.settings import MachineSettings, Remembered

folder, what = Path(sys.argv[1]), sys.argv[2]
app = Application(MachineSettings(folder / "config"), Remembered(None), ["kamdesk"])
program = Program(app, folder / "work", "four quiet rivers run")
program.keys = keyring({})
program.show_desk(folder / "work")
def until(condition):
    while not condition() or program.bench.busy:
        QTest.qWait(20)
until(lambda: app.window.page is not None)
if what == "read":
    until(lambda: app.window.notices.words)
    app.window.actions_here["go_on"].trigger()
else:
    app.window.actions_here["log_visit"].trigger()
    until(lambda: getattr(app.window.page, "start", None) is not None)
    app.window.page.start.chosen.emit(app.window.page.start._first)
until(lambda: getattr(app.window.page, "talk", None) is not None)
QTest.qWait(100)
until(lambda: True)
page = app.window.page
if what == "read":
    told = page.talk.answers
    print("READ", page.talk.at.value, told.outcome, told.ours[0].words, told.ours[0].day,
          page.open.field.text(), sep="|", flush=True)
    program.let_go()
    program.end()
else:
    for line in ("", "partly: no name yet", "send the model 2099-03-18"):
        page.open.field.setText(line)
        QTest.keyClick(page.open.field, Qt.Key.Key_Return)
    page.open.field.setText("half a li")
    QTest.qWait(50)
    until(lambda: page.draft._kept.get("line") == "half a li")
    print("TYPED", flush=True)
    QTest.qWait(60_000)
"""


def started(folder: Path, what: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", DEBRIEFING, str(folder), what],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from kamdesk.storage.keys import KeyRing, Nowhere
    from kamdesk.workspace import create_workspace

    desk, _ = create_workspace(
        tmp_path / "work", "four quiet rivers run", me="林晓彤", keys=KeyRing(Nowhere())
    )
    account = desk.accounts.new("瑞坪矿业")
    desk.accounts.add(account)
    desk.visits.plan(desk.visits.new(account.id, desk.clock.now().plus(minutes=-90)))
    desk.close()
    return tmp_path


def test_every_answer_is_there_after_a_kill(folder: Path) -> None:
    typing = started(folder, "type")
    assert typing.stdout is not None
    line = typing.stdout.readline()
    assert line == "TYPED\n", line + typing.stdout.read()
    typing.send_signal(signal.SIGKILL)
    typing.communicate(timeout=20)
    said, _ = started(folder, "read").communicate(timeout=60)
    assert said == "READ|ours|no name yet|send the model|2099-03-18|half a li\n"
    assert (folder / "work" / "kamdesk.db").read_bytes().find(b"send the model") < 0
