"""The first run: from the language to a workspace, refusals at their field."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot
from support.qt_inline import InlineLane

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.first_run.flow import Beginning, FirstRun
from kamdesk.desktop.first_run.steps import CodeStep, KeyStep, LanguageStep, PlaceStep, ReadyStep
from kamdesk.desktop.first_run.strength import bits_of, strength
from kamdesk.desktop.first_run.verbs import FirstRunVerbs
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.workbench import Workbench

SECRET = "four quiet rivers run"


class FakeVerbs:
    """Makes nothing, refuses what is too short."""

    def __init__(self) -> None:
        self.made: list[tuple[Path, str, str]] = []

    def usual_folder(self) -> Path:
        return Path("/home/me/KamDesk")

    def create(self, folder: Path, passphrase: str, name: str) -> str:
        if len(passphrase) < 8:
            raise RuleBroken(Text("Too short."), field="passphrase")
        if folder == Path("/full"):
            raise StorageTrouble(Text("The disk is full."))
        self.made.append((folder, passphrase, name))
        return "CODE-1234"

    def open(self, folder: Path, passphrase: str) -> None:
        if passphrase != SECRET:
            raise RuleBroken(Text("That does not open it."), field="passphrase")


@pytest.fixture
def verbs() -> FakeVerbs:
    return FakeVerbs()


@pytest.fixture
def flow(application: Application, qtbot: QtBot, verbs: FakeVerbs) -> FirstRun:
    bench: Workbench[FirstRunVerbs] = Workbench(lambda readonly: verbs, lane=InlineLane)
    made = FirstRun(bench)
    made.language_chosen.connect(application.choose_language)
    application.appearance.remeasured.connect(made.rebuild)
    qtbot.addWidget(made)
    made.show()
    return made


def key_step(flow: FirstRun) -> KeyStep:
    assert isinstance(flow.step, KeyStep)
    return flow.step


def test_a_new_workspace_from_beginning_to_end(
    flow: FirstRun, verbs: FakeVerbs, qtbot: QtBot
) -> None:
    assert isinstance(flow.step, LanguageStep)
    flow.step.rows["en"].click()
    assert isinstance(flow.step, PlaceStep)
    flow.step.new.click()
    step = key_step(flow)
    assert step.folder.text() == str(Path("/home/me/KamDesk"))
    step.name.setText(" 林晓彤 ")
    step.passphrase.setText(SECRET)
    step.again.setText(SECRET)
    qtbot.keyClick(step.again, Qt.Key.Key_Return)
    assert verbs.made == [(Path("/home/me/KamDesk"), SECRET, "林晓彤")]
    code = flow.step
    assert isinstance(code, CodeStep)
    assert code.onward is not None
    assert not code.onward.isEnabled()
    code.kept.click()
    code.onward.click()
    assert isinstance(flow.step, ReadyStep)
    with qtbot.waitSignal(flow.finished) as finished:
        flow.step.rows["demo"].click()
    assert finished.args == [
        Beginning(folder=Path("/home/me/KamDesk"), passphrase=SECRET, new=True, what="demo")
    ]


@pytest.mark.parametrize(
    ("folder", "name", "first", "again", "field"),
    [
        ("", "Lin", SECRET, SECRET, "folder"),
        ("/x", "", SECRET, SECRET, "name"),
        ("/x", "Lin", "", "", "passphrase"),
        ("/x", "Lin", SECRET, SECRET + "s", "again"),
        ("/x", "Lin", "short", "short", "passphrase"),
    ],
)
def test_refusals_stand_at_their_field(
    flow: FirstRun, folder: str, name: str, first: str, again: str, field: str
) -> None:
    flow.show_key(True)
    step = key_step(flow)
    step.folder.setText(folder)
    step.name.setText(name)
    step.passphrase.setText(first)
    step.again.setText(again)
    step.went_on.emit()
    assert flow.step is step
    assert step.isEnabled()
    assert [row for row in step.form.rows.values() if row.refusal] == [step.form.rows[field]]


def test_trouble_with_the_disk_is_said_below_the_fields(flow: FirstRun) -> None:
    flow.show_key(True)
    step = key_step(flow)
    step.folder.setText("/full")
    step.name.setText("Lin")
    step.passphrase.setText(SECRET)
    step.again.setText(SECRET)
    step.went_on.emit()
    assert step.form.refusal == "The disk is full."


def test_an_old_workspace_opens_with_its_passphrase(flow: FirstRun, qtbot: QtBot) -> None:
    flow.show_key(False)
    step = key_step(flow)
    step.passphrase.setText("wrong")
    step.went_on.emit()
    assert step.form.rows["passphrase"].refusal == "That does not open it."
    step.passphrase.setText(SECRET)
    with qtbot.waitSignal(flow.finished) as finished:
        step.went_on.emit()
    assert finished.args[0].new is False


def test_another_language_is_spoken_from_the_next_step_on(flow: FirstRun) -> None:
    assert isinstance(flow.step, LanguageStep)
    flow.step.rows["zh"].click()
    assert isinstance(flow.step, PlaceStep)


def test_esc_goes_back(flow: FirstRun, qtbot: QtBot) -> None:
    flow.show_place()
    flow.activateWindow()
    qtbot.waitUntil(flow.isActiveWindow)
    qtbot.keyClick(flow, Qt.Key.Key_Escape)
    assert isinstance(flow.step, LanguageStep)


def test_passphrases_are_hidden_until_shown(flow: FirstRun) -> None:
    flow.show_key(True)
    step = key_step(flow)
    assert step.passphrase.echoMode() == step.passphrase.EchoMode.Password
    (shown,) = (box for box in step.findChildren(TickBox) if box.text() == "Show the passphrase")
    shown.click()
    assert step.again.echoMode() == step.passphrase.EchoMode.Normal
    assert step.passphrase.echoMode() == step.passphrase.EchoMode.Normal


def test_every_button_has_a_name(flow: FirstRun) -> None:
    for show in (flow.show_language, flow.show_place, flow.show_ready):
        show()
        for button in flow.step.findChildren(QAbstractButton):
            assert button.accessibleName(), button
    flow.show_key(True)
    for button in flow.step.findChildren(QAbstractButton):
        assert button.accessibleName(), button


def test_strength_grows_with_length_not_with_repetition() -> None:
    steps = [strength(secret)[0] for secret in ("", "password", "four quiet rive", SECRET)]
    assert steps == sorted(steps)
    assert steps[-1] == 3
    assert bits_of("aaaaaaaaaaaaaaaaaaaaaaaa") < 36
    assert bits_of("1234567890") < 36
    assert strength("四条静静的河流过平原")[0] == 3


def test_a_key_chooses_the_folder(
    flow: FirstRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow.show_key(True)
    step = key_step(flow)
    assert step.folder.accessibleName() == "Folder"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "elsewhere")
    qtbot.keyClick(step.name, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert step.folder.text() == "elsewhere"
