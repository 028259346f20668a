"""A bug of ours: told on a page, without a customer's word; drafts are kept, one goes on."""

import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer

from kamdesk import logs
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import files
from kamdesk.desktop.application import Application
from kamdesk.desktop.bug_page import BugPage
from kamdesk.desktop.bugs import Bugs
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.transfer.writers import whole_file

from .conftest import Here

CANARY = "澜川的回扣 Zwiebelkuchen-4711"


@pytest.fixture
def restarted(
    here: Here, application: Application, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[str]:
    """Bugs of the window are told as in the program; the notes go to a folder of the test."""
    again: list[str] = []
    bugs = Bugs(application, lambda: again.append("restarted"))
    here.bench.crashed.disconnect()
    here.bench.crashed.connect(bugs.crashed_behind)
    monkeypatch.setattr(sys, "excepthook", bugs.crashed_here)
    monkeypatch.setattr(logs, "log_folder", lambda: tmp_path / "logs")
    return again


def stumble(*_: object) -> None:
    secret = CANARY  # a customer's word among the locals
    raise LookupError(f"cannot find {secret}")


def broken_in_a_slot(here: Here) -> BugPage:
    with here.qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, stumble)
        here.qtbot.waitUntil(lambda: bool(caught))
    sys.excepthook(*caught[0])
    assert isinstance(here.window.instead, BugPage)
    return here.window.instead


def words_of(page: BugPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel))


@pytest.mark.usefixtures("restarted")
def test_a_bug_in_a_slot_is_told_on_a_page_and_one_goes_on_writing(here: Here) -> None:
    page: Any = here.window.page
    page.actions_here["accounts.new"].trigger()
    here.qtbot.keyClicks(page._form.name, "Zwiebelkuchen")
    told = broken_in_a_slot(here)
    assert told.isVisible()
    assert "a mistake in the program" in words_of(told)
    here.answered()
    here.qtbot.keyClick(told, Qt.Key.Key_Escape)
    here.answered()
    assert here.window.instead is None
    again: Any = here.window.page
    assert again is not page
    here.qtbot.waitUntil(lambda: again._form.name.text() == "Zwiebelkuchen")
    again._form.draft.discard()
    here.answered()


@pytest.mark.usefixtures("restarted")
@pytest.mark.parametrize("where", ["question", "answer", "verb"])
def test_a_bug_behind_the_window_is_told_too(here: Here, where: str) -> None:
    if where == "verb":
        here.bench.do(None, stumble)  # type: ignore[arg-type]
    else:
        question, answer = (stumble, print) if where == "question" else (lambda _: 1, stumble)
        here.bench.ask(None, question, answer)
    here.qtbot.waitUntil(lambda: isinstance(here.window.instead, BugPage))
    here.answered()


@pytest.mark.usefixtures("restarted")
def test_the_report_is_saved_where_one_says_and_holds_no_word(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = here.window.page
    page.actions_here["accounts.new"].trigger()
    page._form.name.setText(CANARY)
    told = broken_in_a_slot(here)
    target = tmp_path / "report.txt"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    here.qtbot.keyClick(told, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    report = target.read_text("utf-8")
    assert "builtins.LookupError" in report
    assert "page accounts" in report
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    (note,) = (tmp_path / "logs").glob("crash-*.txt")
    for text in (report, note.read_text("utf-8"), words_of(told)):
        assert "Zwiebelkuchen" not in text
        assert "澜川" not in text
    assert str(target) in told.said.text()
    page._form.draft.discard()
    here.answered()


@pytest.mark.usefixtures("restarted")
def test_a_disk_that_refuses_the_report_is_said_there(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_target: Path) -> None:
        raise StorageTrouble(Text("The disk is full: nothing was saved."))

    told = broken_in_a_slot(here)
    monkeypatch.setattr(files, "ask_where_to", lambda *_: tmp_path / "report.txt")
    monkeypatch.setattr(whole_file, "whole_file", refuse)
    told.actions_here["bug.save"].trigger()
    assert told.said.text() == "The disk is full: nothing was saved."


@pytest.mark.usefixtures("restarted")
def test_a_bug_that_comes_of_a_bug_is_noted_but_told_once(here: Here, tmp_path: Path) -> None:
    told = broken_in_a_slot(here)
    assert broken_in_a_slot(here) is told
    assert len(list((tmp_path / "logs").glob("crash-*.txt"))) == 2


@pytest.mark.usefixtures("restarted")
def test_going_elsewhere_is_going_on(here: Here) -> None:
    broken_in_a_slot(here)
    here.qtbot.keyClick(here.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert here.window.instead is None
    assert here.window.page
    assert here.window.page.route.page == "settings"


def test_restart_ends_this_program(here: Here, restarted: list[str]) -> None:
    told = broken_in_a_slot(here)
    told.actions_here["bug.restart"].trigger()
    assert restarted == ["restarted"]
