"""The window and the team's hub: the exchange that runs by itself, the lease, being shut out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.commands import CHEAP
from support.hub_joined import Team, a_hub, joined, joins
from support.invented import a_person, an_account

from kamdesk.core.clock import SystemClock
from kamdesk.desktop.application import Application
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.hub_steps import OutOfTeamStep, SignInStep
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.opening.steps import Doorway
from kamdesk.desktop.program import Program
from kamdesk.domain.accounts.model import Account
from kamdesk.hub import devices
from kamdesk.storage import backups
from kamdesk.storage import team as remembered
from kamdesk.storage.creating import create
from kamdesk.storage.exchange import unsent
from kamdesk.sync import tokens
from kamdesk.sync.wire.invitation import code
from kamdesk.workspace import Workspace, open_workspace

SECRET = "four quiet rivers run"
PATIENCE = 20_000


@pytest.fixture(autouse=True)
def _no_scatter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamdesk.sync.running.SCATTER", 0.0)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    with a_hub(tmp_path_factory.mktemp("hub"), SystemClock()) as team:
        yield team


@pytest.fixture
def program(application: Application, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """A program on a folder that holds no workspace yet, without the system's keyring."""
    made = Program(application, tmp_path / "work", SECRET, demo=tmp_path / "demo")
    made.keys = keyring({"XDG_RUNTIME_DIR": str(tmp_path)})
    yield made
    window = made.shown
    if window is not None:
        qtbot.addWidget(window)
        window.close()
    made.end()
    application.window = None


def a_member(
    program: Program, team: Team, login: str, then: Callable[[Workspace], object] = lambda _: None
) -> str:
    """Make the program's workspace, let it join and exchange once; return its token."""
    create(program.folder, SECRET, keys=keyring({}), cost=CHEAP)
    desk = open_workspace(program.folder, passphrase=lambda: SECRET, keys=keyring({}))
    desk.team.i_am(desk.team.new(login))
    a_person(desk, an_account(desk))
    member = joins(desk, team, login)
    member.round()
    token = tokens.kept(desk.storage)
    then(desk)
    member.close()
    return token


def seen(program: Program, kind: type, qtbot: QtBot) -> Any:
    """Wait until a window of a kind, or a door with a step of that kind, is shown."""

    def there() -> bool:
        shown = program.shown
        return isinstance(shown.step if isinstance(shown, Doorway) else shown, kind)

    qtbot.waitUntil(there, timeout=PATIENCE)
    return program.shown.step if isinstance(program.shown, Doorway) else program.shown


def said(step: Any) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in step.findChildren(QLabel))


def test_what_was_written_goes_out_by_itself(program: Program, team: Team, qtbot: QtBot) -> None:
    a_member(program, team, "writes", lambda desk: an_account(desk))
    program.show_desk(program.folder)
    seen(program, MainWindow, qtbot)
    left: list[int] = [1]

    def sent() -> bool:
        if program.bench is not None:
            program.bench.ask(None, lambda d: len(unsent(d.storage)), left.append, key="sent")
        return left[-1] == 0

    qtbot.waitUntil(sent, timeout=PATIENCE)


def test_what_a_colleague_writes_comes_in_by_itself(
    program: Program, team: Team, qtbot: QtBot, tmp_path: Path
) -> None:
    shared: list[Account] = []
    a_member(program, team, "reads", lambda desk: shared.extend(desk.accounts.ask.everything()))
    program.show_desk(program.folder)
    seen(program, MainWindow, qtbot)
    qtbot.waitUntil(lambda: program.bench is not None, timeout=PATIENCE)
    assert program.bench is not None
    came_in: set[Any] = set()
    program.bench.changed.connect(lambda changes: came_in.update(changes.of("person")))
    colleague = joined(tmp_path / "colleague", team, "colleague", [])
    team.grant("colleague", shared[0].id)
    colleague.round()
    person = a_person(colleague.workspace, shared[0], "赵敏")
    colleague.round()
    qtbot.waitUntil(lambda: person.id in came_in, timeout=PATIENCE)
    colleague.close()


def out_of_lease(desk: Workspace) -> None:
    desk.storage.remember(remembered.LEASED_UNTIL, 1)


def test_after_the_lease_one_signs_in_and_goes_on(
    program: Program, team: Team, qtbot: QtBot
) -> None:
    a_member(program, team, "absent", out_of_lease)
    program.show_desk(program.folder)
    step: SignInStep = seen(program, SignInStep, qtbot)
    assert "what you wrote is kept" in said(step)
    assert step.onward is not None
    qtbot.mouseClick(step.onward, Qt.MouseButton.LeftButton)
    seen(program, MainWindow, qtbot)

    def exchanges() -> bool:
        found = exchanging_of(program.bench) if program.bench is not None else None
        return found is not None and found.standing.on

    qtbot.waitUntil(exchanges, timeout=PATIENCE)


def test_without_the_hub_it_stays_locked_and_says_why(
    program: Program, team: Team, qtbot: QtBot
) -> None:
    def nowhere(desk: Workspace) -> None:
        out_of_lease(desk)
        desk.storage.remember(remembered.HUB_URL, "https://127.0.0.1:9")

    a_member(program, team, "offline", nowhere)
    program.show_desk(program.folder)
    step: SignInStep = seen(program, SignInStep, qtbot)
    assert step.onward is not None
    qtbot.mouseClick(step.onward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be reached" in said(step), timeout=PATIENCE)
    assert step.onward.isEnabled()


@pytest.mark.parametrize("absent", [False, True])
def test_a_lost_laptop_says_what_went(
    absent: bool, program: Program, team: Team, qtbot: QtBot
) -> None:
    def then(desk: Workspace) -> None:
        desk.backups.make(backups.Why.BY_HAND)
        if absent:
            out_of_lease(desk)

    token = a_member(program, team, f"lost{absent}", then)
    assert len(backups.found(program.folder)) == 1
    with team.hub.turn(team.tenant) as now:
        device = devices.known(now.connection, token)
        assert device is not None
        assert devices.revoke(now, device.device)
    program.show_desk(program.folder)
    if absent:
        door: SignInStep = seen(program, SignInStep, qtbot)
        assert door.onward is not None
        qtbot.mouseClick(door.onward, Qt.MouseButton.LeftButton)
        step = seen(program, OutOfTeamStep, qtbot)
    else:
        window: MainWindow[Any] = seen(program, MainWindow, qtbot)
        qtbot.waitUntil(lambda: isinstance(window.instead, OutOfTeamStep), timeout=PATIENCE)
        step = window.instead
        qtbot.waitUntil(lambda: window.focusWidget() is step.onward, timeout=PATIENCE)
    assert "1 customer was removed." in said(step)
    assert step.onward is not None
    qtbot.mouseClick(step.onward, Qt.MouseButton.LeftButton)
    window = seen(program, MainWindow, qtbot)
    qtbot.waitUntil(lambda: window.instead is None and window.page is not None, timeout=PATIENCE)
    counted: list[int] = []
    assert program.bench is not None
    program.bench.ask(None, lambda d: len(d.accounts.ask.everything()), counted.append)
    qtbot.waitUntil(lambda: counted == [0], timeout=PATIENCE)
    assert backups.found(program.folder) == []


def test_whom_the_hub_does_not_know_any_more_a_new_invitation_lets_in(
    program: Program, team: Team, qtbot: QtBot
) -> None:
    def without_token(desk: Workspace) -> None:
        out_of_lease(desk)
        desk.storage.remember(tokens.TOKEN, "0" * 43)

    a_member(program, team, "forgotten", without_token)
    program.show_desk(program.folder)
    step: SignInStep = seen(program, SignInStep, qtbot)
    assert step.form.isHidden()
    assert step.onward is not None
    qtbot.mouseClick(step.onward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not step.form.isHidden(), timeout=PATIENCE)
    qtbot.keyClicks(step.invitation, "nothing of the kind")
    qtbot.keyClick(step.invitation, Qt.Key.Key_Return)
    refusal = "This is no invitation to a hub. Paste the whole link or code you were given."
    qtbot.waitUntil(lambda: step.form.rows["invitation"].refusal == refusal, timeout=PATIENCE)
    step.invitation.setText(code(team.invitation("forgotten", new=False)))
    qtbot.keyClick(step.invitation, Qt.Key.Key_Return)
    seen(program, MainWindow, qtbot)
