"""The window on a small real workspace: a writer and a reader on their threads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.desks import KEY, MORNING, SALT, a_desk, untruths

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.desktop.application import Application
from kamdesk.desktop.kinds import kinds
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.taking_back import give_undo_keys
from kamdesk.desktop.workbench import Workbench
from kamdesk.domain.accounts.model import Account, AccountClass
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.settings import Remembered
from kamdesk.storage.database import connect
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)


@dataclass
class Here:
    """The window, and what the customer in it is."""

    window: MainWindow[Any]
    bench: Workbench[Workspace]
    qtbot: QtBot
    folder: Path
    account: Account
    visit: bytes
    crashes: list[str] = field(default_factory=list)

    def go(self, route: Route) -> Any:
        """Go to a page and wait for its answers."""
        self.window.go(route)
        self.answered()
        return self.window.page

    def answered(self) -> None:
        """Wait until all is answered."""
        late = monotonic() + 8
        while self.bench.busy and monotonic() < late:
            self.qtbot.wait(1)  # waitUntil looks every ten milliseconds: hundreds in each test
        assert not self.bench.busy, "no answer for eight seconds"
        QApplication.processEvents()

    def told(self) -> str:
        """Return what the notices bar says, once it says something."""
        self.qtbot.waitUntil(lambda: bool(self.window.notices.words), timeout=8000)
        return self.window.notices.words

    def press(self, key: Qt.Key | str, *held: Qt.KeyboardModifier) -> None:
        """Press a key where the focus is, and wait for what it does."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window.page, key, *held)
        self.answered()

    def save(self) -> None:
        """Press what saves a form."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def desk(self) -> Workspace:
        """Return a desk to look with."""
        return _opened(self.folder, True)


def _opened(folder: Path, readonly: bool) -> Workspace:
    connection = connect(folder / "kamdesk.db", KEY, SALT, readonly=readonly)
    clock = StoppedClock(MORNING)
    return Workspace(connection, folder=folder, clock=clock, readonly=readonly)


def _a_customer(desk: Workspace) -> tuple[Account, bytes]:
    account = replace(
        desk.accounts.new("澜川精密轴承有限公司"),
        short_name="澜川",
        city="无锡",
        number="KA-0173",
        class_by_hand=AccountClass.CORE,
    )
    desk.accounts.add(account)
    chen, li = desk.people.new("陈立新", account.id), desk.people.new("李敏", account.id)
    desk.people.add(chen, title="总经理")
    desk.people.add(li, title="财务总监")
    chain = desk.chain.open_map(account.id)
    for person, role, stance in ((chen, Role.DECIDER, "0"), (li, Role.APPROVER, "-1")):
        desk.chain.seat(chain, person.id, label=person.name)
        desk.chain.judge(
            desk.chain.reading(chain, person.id, What.ROLES, role.value, on=DAY),
            desk.chain.reading(chain, person.id, What.STANCE, stance, on=DAY),
        )
    held = replace(
        desk.visits.new(account.id, Instant.at(date(2026, 2, 18), 10)),
        topic="技术交流会",
        state=VisitState.HELD,
    )
    desk.visits.plan(held, Attendee.at(held, chen.id, Side.THEIRS))
    ahead = replace(
        desk.visits.new(account.id, Instant.at(DAY, 14)), objective="请陈总点名项目负责人"
    )
    desk.visits.plan(ahead, Attendee.at(ahead, chen.id, Side.THEIRS))
    promise = desk.promises.new(account.id, PromiseSide.OURS, "双语 ROI 模型")
    desk.promises.make(replace(promise, due=date(2026, 3, 10)))
    return account, ahead.id


Furnished = tuple[dict[str, bytes], Account, bytes]
_FURNISHED: dict[object, Furnished] = {}


def _furnished(fill: Callable[[Workspace], object] | None) -> Furnished:
    """The files of a workspace with one customer and what else fills it; customer, visit ahead.

    Made once for each ``fill`` that depends on nothing but its own words.
    """
    code = getattr(fill, "__code__", None)
    bound = any(getattr(fill, f"__{what}__", None) for what in ("closure", "defaults", "self"))
    again = fill is None or (code is not None and not bound)
    if again and code in _FURNISHED:
        return _FURNISHED[code]
    with TemporaryDirectory() as folder:
        desk = a_desk(Path(folder))
        account, visit = _a_customer(desk)
        if fill is not None:
            fill(desk)
        desk.close()
        files = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in Path(folder).rglob("*")
            if path.is_file()
        }
    if again:
        _FURNISHED[code] = files, account, visit
    return files, account, visit


@pytest.fixture
def fill() -> Callable[[Workspace], object] | None:
    """What else lies in the workspace; tests override it."""
    return None


@pytest.fixture
def here(
    application: Application,
    qtbot: QtBot,
    tmp_path: Path,
    fill: Callable[[Workspace], object] | None,
) -> Iterator[Here]:
    """The window on one customer, on its list of customers."""
    files, account, visit = _furnished(fill)
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    bench: Workbench[Workspace] = Workbench(
        lambda readonly: _opened(tmp_path, readonly),
        position=lambda desk: desk.storage.position(),
    )
    pages = kinds(application, tmp_path)
    window = MainWindow(bench, pages, Remembered(None), searches=True)
    give_undo_keys(window, bench)
    application.window = window
    made = Here(window, bench, qtbot, tmp_path, account, visit)
    bench.crashed.connect(made.crashes.append)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.go(Route("accounts"))
    yield made
    window.close()
    bench.close()
    application.window = None
    assert made.crashes == []
    checked = _opened(tmp_path, False)
    assert untruths(checked) == []
    checked.close()
