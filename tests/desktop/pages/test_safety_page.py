"""The safety page on a real workspace: backups, restore, what opens it, the keeper, damage."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from support.commands import CHEAP

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import clipboard
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import KeyInHand
from kamdesk.desktop.opening.steps import DamagedStep, Doorway, RefusedStep, RescuedStep
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.desktop.safety.keeper import Keeper
from kamdesk.desktop.safety.steps import NewCodeStep, PassphraseStep, RestoreStep
from kamdesk.desktop.widgets.buttons import Kind
from kamdesk.storage import key_file
from kamdesk.storage.backups import Why, found
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing
from kamdesk.workspace import open_workspace

from .test_program import opened, seen

SECRET = "four quiet rivers run"


@pytest.fixture
def program(application: Application, qtbot: QtBot, tmp_path: Path, ring: Any) -> Iterator[Program]:
    """The program on a workspace with one customer and one backup."""
    keys = KeyInHand(KeyRing(ring))
    folder = tmp_path / "work"
    made = Program(application, folder, SECRET, demo=tmp_path / "demo")
    made.keys = keys
    create(folder, SECRET, keys=keys, cost=CHEAP)
    desk = open_workspace(folder, keys=keys)
    desk.accounts.add(replace(desk.accounts.new("瑞坪矿业有限公司"), number="KA-1"))
    desk.backups.make(Why.BY_HAND)
    desk.accounts.add(desk.accounts.new("沐禾乳业股份有限公司"))
    desk.close()
    yield made
    made.let_go()
    if made.shown is not None and not isinstance(made.shown, MainWindow):
        made.shown.close()
        made.shown.deleteLater()
    made.end()


def at_safety(program: Program, qtbot: QtBot) -> Any:
    program.show_desk(program.folder)
    window = opened(program, qtbot)
    window.go(Route("safety"))
    page: Any = window.page
    answered(program, qtbot)
    return page


def answered(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.bench is not None and not program.bench.busy, timeout=20_000)
    QApplication.processEvents()


def told(program: Program, qtbot: QtBot) -> str:
    window: Any = program.application.window
    qtbot.waitUntil(lambda: bool(window.notices.words), timeout=20_000)
    return str(window.notices.words)


def test_a_backup_is_made_listed_and_copied_elsewhere(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_safety(program, qtbot)
    assert [row.behind for row in page.list.every] == [1]
    for _ in range(2):  # pressed twice it is one
        page.actions_here["safety.backup"].trigger()
    assert told(program, qtbot) == "The backup was made, opened and counted."
    answered(program, qtbot)
    qtbot.waitUntil(lambda: [row.behind for row in page.list.every] == [0, 1], timeout=8000)
    assert page.actions_here["safety.backup"].enabled
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    page.actions_here["safety.copy"].trigger()
    answered(program, qtbot)
    assert sorted(path.suffix for path in elsewhere.iterdir()) == [".db", ".json"]


def test_the_page_is_there_before_it_is_known_who_is_kept_too_long(
    program: Program, qtbot: QtBot
) -> None:
    program.show_desk(program.folder)
    window = opened(program, qtbot)
    window.go(Route("safety"))
    page: Any = window.page
    assert page._late.text() == "Looking through the file …"
    answered(program, qtbot)
    assert page._late.text() == "Nobody is kept too long."


def test_a_backup_can_be_stopped_and_leaves_nothing(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamdesk.storage.backup._PAGES_A_STEP", 1)
    page = at_safety(program, qtbot)
    bench = program.bench
    assert bench is not None
    shares: list[float] = []

    def stop(job: Any) -> None:
        if job is not None and job.share:
            shares.append(job.share)
            job.cancel()

    bench.job_changed.connect(stop)
    before = sorted(path.name for path in (program.folder / "backups").iterdir())
    page.actions_here["safety.backup"].trigger()
    assert told(program, qtbot) == "Stopped. Nothing was changed."
    assert 0 < shares[0] < 1
    assert sorted(path.name for path in (program.folder / "backups").iterdir()) == before


def test_a_backup_is_restored_after_a_question_and_the_desk_opens_again(
    program: Program, qtbot: QtBot
) -> None:
    page = at_safety(program, qtbot)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    step = page.step
    assert isinstance(step, RestoreStep)
    assert step.do is not None
    assert step.do.kind is Kind.DANGER
    before = program.bench
    step.wanted.emit()
    qtbot.waitUntil(lambda: program.bench not in (None, before), timeout=20_000)
    window = opened(program, qtbot)
    assert window.page is not None
    assert window.page.route.page == "safety"
    window.go(Route("accounts"))
    answered(program, qtbot)
    customers: Any = window.page
    assert [line.name for line in customers.list.every] == ["瑞坪矿业有限公司"]
    assert list(program.folder.glob("aside-*"))


def test_a_restore_that_fails_leaves_what_was_there(program: Program, qtbot: QtBot) -> None:
    page = at_safety(program, qtbot)
    row = page.list.every[0]
    with row.path.open("r+b") as file:
        file.seek(5000)
        file.write(os.urandom(64))
    page._confirm(row.path, row)
    page.step.wanted.emit()
    door: Doorway = seen(program, Doorway, qtbot)
    qtbot.waitUntil(
        lambda: isinstance(getattr(program.shown, "step", None), RefusedStep), timeout=20_000
    )
    door = program.shown  # type: ignore[assignment]
    step: Any = door.step
    assert step.question.text() == "The backup was not restored"
    step.went_on.emit()
    opened(program, qtbot)
    customers: Any = program.application.window.page  # type: ignore[union-attr]
    answered(program, qtbot)
    assert len(customers.list.every) == 2


def test_the_passphrase_is_changed(program: Program, qtbot: QtBot) -> None:
    page = at_safety(program, qtbot)
    page.actions_here["safety.passphrase"].trigger()
    step = page.step
    assert isinstance(step, PassphraseStep)
    step.secret.setText("not this one")
    step.new.setText("another long passphrase")
    step.again.setText("another long passphras")
    step.wanted.emit()
    assert step.form.rows["again"].refusal == "The two passphrases differ."
    step.again.setText("another long passphrase")
    step.wanted.emit()
    qtbot.waitUntil(lambda: bool(step.form.rows["secret"].refusal), timeout=20_000)
    step.secret.setText(SECRET)
    step.wanted.emit()
    assert told(program, qtbot) == "From now on the new passphrase counts."
    assert key_file.read(program.folder).unlocked(SECRET) is None
    assert key_file.read(program.folder).unlocked("another long passphrase")


@pytest.mark.parametrize("renew", [False, True])
def test_a_new_code_counts_once_it_is_kept(program: Program, qtbot: QtBot, *, renew: bool) -> None:
    page = at_safety(program, qtbot)
    before = key_file.read(program.folder)
    page.actions_here["safety.renew" if renew else "safety.code"].trigger()
    step = page.step
    assert isinstance(step, NewCodeStep)
    step.secret.setText(SECRET)
    step.wanted.emit()
    qtbot.waitUntil(lambda: step.shown is not None, timeout=20_000)
    assert step.shown is not None
    assert step.do is not None
    assert not step.do.isEnabled()
    code = step._code
    qtbot.keyClick(step.shown.kept, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == code
    step.shown.kept.setChecked(True)
    bench = program.bench
    step.do.click()
    if renew:
        qtbot.waitUntil(lambda: program.bench not in (None, bench), timeout=30_000)
        opened(program, qtbot)
    else:
        assert told(program, qtbot) == "From now on the new recovery code counts."
    after = key_file.read(program.folder)
    assert after.unlocked(code)
    assert (after.check != before.check) is renew
    assert after.unlocked(SECRET)


def test_the_keeper_makes_the_days_backup_and_looks_once_a_week(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in found(program.folder):
        one.path.unlink()
        one.key_path.unlink()
    page = at_safety(program, qtbot)
    window: Any = program.application.window
    keeper = window.findChild(Keeper)
    keeper.look()
    answered(program, qtbot)
    qtbot.waitUntil(lambda: page._seen is not None and bool(found(program.folder)), timeout=20_000)
    assert [one.why for one in found(program.folder)] == [Why.DAILY]
    desk = open_workspace(program.folder, keys=program.keys, readonly=True)
    qtbot.waitUntil(lambda: desk.soundness.last() is not None, timeout=20_000)
    desk.close()
    assert window.notices.words == ""  # nothing is wrong: nothing is said
    keeper.look()
    answered(program, qtbot)
    assert len(found(program.folder)) == 1

    def broken(_: object) -> None:
        raise StorageTrouble(Text("The disk did not read the file."))

    monkeypatch.setattr("kamdesk.storage.soundness.Soundness.look", broken)
    monkeypatch.setattr("kamdesk.storage.soundness.Soundness.due", lambda *_: True)
    keeper.look()
    assert told(program, qtbot) == "The disk did not read the file."


def test_a_damaged_file_offers_the_newest_backup_and_keeps_the_file(
    program: Program, qtbot: QtBot
) -> None:
    database = program.folder / "kamdesk.db"
    hurt = bytearray(database.read_bytes())
    hurt[9000:9100] = os.urandom(100)
    database.write_bytes(hurt)
    program.show_desk(program.folder)
    seen(program, Doorway, qtbot)
    qtbot.waitUntil(lambda: isinstance(getattr(program.shown, "step", None), DamagedStep))
    step = program.shown.step  # type: ignore[union-attr]
    assert isinstance(step, DamagedStep)
    assert database.read_bytes() == bytes(hurt)
    step.rows[0].click()
    opened(program, qtbot)
    aside = next(program.folder.glob("aside-*"))
    assert (aside / "kamdesk.db").read_bytes() == bytes(hurt)


def test_what_can_be_read_of_a_damaged_file_is_rescued_beside_it(
    program: Program, qtbot: QtBot
) -> None:
    database = program.folder / "kamdesk.db"
    hurt = bytearray(database.read_bytes())
    hurt[-4000:-3900] = os.urandom(100)
    database.write_bytes(hurt)
    program.show_desk(program.folder)
    door: Doorway = seen(program, Doorway, qtbot)
    qtbot.waitUntil(lambda: isinstance(getattr(program.shown, "step", None), DamagedStep))
    door = program.shown  # type: ignore[assignment]
    door.step.rescue.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(
        lambda: isinstance(getattr(program.shown, "step", None), RescuedStep), timeout=20_000
    )
    door = program.shown  # type: ignore[assignment]
    door.step.went_on.emit()
    window = opened(program, qtbot)
    page: Any = window.page
    answered(program, qtbot)
    assert "瑞坪矿业有限公司" in [line.name for line in page.list.every]
    assert database.read_bytes() == bytes(hurt)


def test_the_clipboard_forgets_a_secret_and_nothing_else(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "FOR", 30)
    board = QApplication.clipboard()
    clipboard.copy_secret("KD4F-92QX")
    assert board.text() == "KD4F-92QX"
    qtbot.waitUntil(lambda: board.text() == "", timeout=3000)
    clipboard.copy_secret("KD4F-92QX")
    board.setText("somebody's telephone number")
    qtbot.wait(80)
    assert board.text() == "somebody's telephone number"
    monkeypatch.setattr(clipboard, "FOR", 30_000)
    clipboard.copy_secret("KD4F-92QX")
    clipboard.clear_now()
    assert board.text() == ""


def test_a_passphrase_copied_out_of_its_field_is_forgotten_too(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kamdesk.desktop.widgets.editors import LineEditor

    monkeypatch.setattr(clipboard, "FOR", 30)
    field = LineEditor(SECRET, secret=True)
    qtbot.addWidget(field)
    field.setEchoMode(LineEditor.EchoMode.Normal)
    field.selectAll()
    field.copy()
    assert QApplication.clipboard().text() == SECRET
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "", timeout=3000)
