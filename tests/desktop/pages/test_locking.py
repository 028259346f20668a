"""Locking: file closed, key and words forgotten, drafts put back where one was."""

import fcntl
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from support.commands import CHEAP
from support.held_words import strings_with, widgets_with

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening import locking
from kamdesk.desktop.opening.forgetting import forget_words
from kamdesk.desktop.opening.key_in_hand import KeyInHand
from kamdesk.desktop.opening.signs import LockSigns
from kamdesk.desktop.opening.steps import Doorway, UnlockStep
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.shown_papers import put_shown
from kamdesk.desktop.program import Program
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing
from kamdesk.workspace import open_workspace

from .test_program import opened, seen

SECRET = "four quiet rivers run"
PARTS = ("瑞坪", "机密", "矿业")


def planted() -> str:
    """Return the word looked for; put together here, so that the test itself does not hold it."""
    return "".join(PARTS)


def _fill(folder: Path, keys: KeyInHand) -> None:
    desk = open_workspace(folder, keys=keys)
    desk.team.i_am(desk.team.new("林晓彤"))
    account = replace(desk.accounts.new(planted()), short_name=PARTS[0], number="KA-1")
    desk.accounts.add(account)
    desk.people.add(desk.people.new("陈立新", account.id), title="总经理")
    desk.close()


@pytest.fixture
def program(application: Application, qtbot: QtBot, tmp_path: Path, ring: Any) -> Iterator[Program]:
    """The program on a workspace with one customer; the keyring keeps its key."""
    keys = KeyInHand(KeyRing(ring))
    folder = tmp_path / "work"
    made = Program(application, folder, demo=tmp_path / "demo")
    made.keys = keys
    made.recovery = create(folder, SECRET, keys=keys, cost=CHEAP).recovery_code  # type: ignore[attr-defined]
    _fill(folder, keys)
    made.show_desk(folder)
    yield made
    made.let_go()
    if isinstance(made.shown, Doorway):
        made.shown.close()
        made.shown.deleteLater()
    made.end()
    forget_words()  # nothing of this window is found by the next test


def lock(program: Program, qtbot: QtBot) -> UnlockStep:
    """Lock, wait until all is closed, return the page that asks."""
    program.locking.lock()
    qtbot.waitUntil(lambda: program.bench is None, timeout=10_000)
    door = program.shown
    assert isinstance(door, Doorway)
    assert isinstance(door.step, UnlockStep)
    return door.step


def unlock(program: Program, step: UnlockStep, qtbot: QtBot, secret: str = SECRET) -> Any:
    step.passphrase.setText(secret)
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    return opened(program, qtbot)


def open_files(folder: Path) -> list[str]:
    """Return the files of a folder this process has open."""
    every = [os.path.realpath(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")]
    return [path for path in every if path.startswith(str(folder.resolve()))]


def at_account(program: Program, qtbot: QtBot) -> Any:
    window = opened(program, qtbot)
    list_page: Any = window.page
    window.go(Route("account", list_page.list.every[0].id))
    page: Any = window.page
    qtbot.waitUntil(lambda: page.content is not None, timeout=8000)
    return page


def wait_for_paper(page: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.made is not None, timeout=20_000)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
def test_locked_nothing_is_open_and_no_word_of_a_customer_is_held(
    program: Program, qtbot: QtBot
) -> None:
    page = at_account(program, qtbot)
    page.tabs.choose("people")
    page._choose("people")
    page.go("brief", page.account, "account")
    window: Any = program.application.window
    wait_for_paper(window.page, qtbot)
    window.go(Route("account", page.account))
    window.search_wanted.emit()
    assert strings_with(planted()) != []  # the control: it is found while it is there
    assert widgets_with(planted()) != []
    assert open_files(program.folder) != []
    del page, window
    step = lock(program, qtbot)
    assert open_files(program.folder) == []
    assert widgets_with(planted()) == []
    assert strings_with(planted()) == []
    assert program.shown is not None
    assert program.shown.windowTitle() == "KamDesk"
    assert program.keys._held == {}
    with (program.folder / "lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # a command may write meanwhile
    unlock(program, step, qtbot)
    lock(program, qtbot)
    assert strings_with(planted()) == []


def test_unlocked_one_is_where_one_was_with_what_one_typed(program: Program, qtbot: QtBot) -> None:
    page = at_account(program, qtbot)
    page.particulars.fields["note"].begin()
    page.particulars.fields["note"].row.editor.setPlainText("周五前" + planted())
    record = page.account
    del page
    step = lock(program, qtbot)
    assert strings_with(planted()) == []
    window = unlock(program, step, qtbot)
    page = window.page
    assert page.here == Route("account", record, "particulars")
    field = page.particulars.fields["note"]
    qtbot.waitUntil(lambda: field.draft is not None and bool(field.draft.line.words.text()))
    assert field.row.editor.toPlainText() == "周五前" + planted()
    assert field.draft.line.words.text().startswith("You were writing this: ")


def test_the_recovery_code_opens_and_a_wrong_passphrase_does_not(
    program: Program, qtbot: QtBot
) -> None:
    opened(program, qtbot)
    step = lock(program, qtbot)
    step.passphrase.setText("not this one")
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    wrong = "That passphrase does not open this workspace."
    qtbot.waitUntil(lambda: step.form.rows["passphrase"].refusal == wrong, timeout=10_000)
    assert program.bench is None
    unlock(program, step, qtbot, program.recovery)  # type: ignore[attr-defined]


def test_a_running_job_ends_and_a_dialog_is_closed(program: Program, qtbot: QtBot) -> None:
    window = opened(program, qtbot)
    ended: list[str] = []

    def work(_desk: Any, job: Any) -> None:
        try:
            while True:
                job.step(1, 2)
        finally:
            ended.append("work")

    assert program.bench is not None
    program.bench.job(None, Text("Counting"), work)
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.finished.connect(lambda _: ended.append("dialog"))
    dialog.open()
    step = lock(program, qtbot)
    assert sorted(ended) == ["dialog", "work"]
    unlock(program, step, qtbot)


def test_a_disk_that_refuses_keeps_the_window_behind_the_door(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(program, qtbot)
    full = [True]

    def keep(*_: object) -> None:
        if full[0]:
            raise StorageTrouble(Text("The disk is full: nothing was saved."))

    monkeypatch.setattr("kamdesk.storage.drafts.Drafts.keep", keep)
    page: Any = window.page
    page.actions_here["accounts.new"].trigger()
    page._form.name.setText("芦汀纺织")
    program.locking.lock()
    qtbot.waitUntil(lambda: not program.locking._written.isActive(), timeout=8000)
    assert program.bench is not None
    assert not window.isVisible()
    door: Any = seen(program, Doorway, qtbot)
    door.step.passphrase.setText(SECRET)
    qtbot.keyClick(door.step.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(window.isVisible, timeout=10_000)
    assert page._form.name.text() == "芦汀纺织"
    full[0] = False
    program.bench.try_again()
    qtbot.waitUntil(lambda: not window.notices.words, timeout=8000)


def test_it_locks_when_idle_and_after_sleep_and_by_its_key(program: Program, qtbot: QtBot) -> None:
    window: MainWindow[Any] = opened(program, qtbot)
    qtbot.waitUntil(lambda: window.findChild(LockSigns) is not None)
    signs = window.findChild(LockSigns)
    assert signs is not None
    told: list[bool] = []
    signs.wanted.disconnect(program.locking.lock)
    signs.wanted.connect(lambda: told.append(True))
    signs.look()
    assert told == []
    signs.last -= 16 * 60
    signs.look()
    assert told == [True]
    signs.last += 16 * 60
    signs.looked = signs.looked[0] - 3600, signs.looked[1]  # an hour the timer did not stand for
    signs.look()
    assert told == [True, True]
    assert window.actions_here["lock"].keys == "Ctrl+L"
    window.actions_here["lock"].trigger()
    assert program.locking.locked
    qtbot.waitUntil(lambda: program.bench is None, timeout=10_000)


def test_papers_in_a_viewer_go_when_it_locks_or_at_the_next_try(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = put_shown(program.folder, b"%PDF a run that was cut off")
    opened(program, qtbot)
    qtbot.waitUntil(lambda: not left.exists(), timeout=8000)
    first, held = (put_shown(program.folder, b"%PDF " + PARTS[1].encode()) for _ in range(2))
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == held:
            raise PermissionError(path)  # a viewer has it open, on Windows
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    program.locking.lock()
    assert [path for path in (first, held) if path.exists()] == [held]  # at once
    qtbot.waitUntil(lambda: program.bench is None, timeout=10_000)
    assert held.exists()
    monkeypatch.setattr(Path, "unlink", real)
    program.let_go()
    assert not held.parent.exists()


@pytest.mark.parametrize("forgets", [True, False])
def test_control_a_memo_that_is_not_emptied_is_found(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, forgets: bool
) -> None:
    at_account(program, qtbot)
    if not forgets:
        monkeypatch.setattr(locking, "forget_words", lambda: None)
    step = lock(program, qtbot)
    assert bool(strings_with(planted())) is not forgets
    unlock(program, step, qtbot)
