"""The customer in the room: every page, title, finding and print without a private word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.canaries import WORDLESS
from support.commands import CHEAP
from support.said import said

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Id
from kamdesk.core.privacy import IN_THE_ROOM
from kamdesk.core.text.neutral import FORBIDDEN
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.desktop.room.asking import Asking
from kamdesk.desktop.room.finder import RoomFinder
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.model import Channel, Way
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Fact, Firmness, Side
from kamdesk.domain.visits.store import FACT
from kamdesk.storage.creating import create
from kamdesk.storage.exchange import join
from kamdesk.storage.pin import keep_pin, new_pin
from kamdesk.workspace import Workspace, open_workspace

from .test_program import opened

SECRET = "four quiet rivers run"
DAY = date(2026, 3, 12)
OTHER = "青鸾湾合金"
WORD = "Kestrelwick{}planted"
"""What is planted: a number tells the cell."""


def _customer(desk: Workspace, name: str) -> bytes:
    """Make a customer with one of everything; return its id."""
    account = replace(desk.accounts.new(name), short_name=name[:4])
    desk.accounts.add(account)
    chen, li = desk.people.new("陈立新", account.id), desk.people.new("李敏", account.id)
    phone = Way(
        id=desk.storage.new_id(), account=account.id, person=li.id,
        channel=Channel.PHONE, value="0510-0000 3508",
    )  # fmt: skip
    mobile = replace(phone, id=desk.storage.new_id(), channel=Channel.MOBILE, value="13900001111")
    desk.people.add(chen, title="总经理")
    desk.people.add(li, title="财务总监", ways=(phone, mobile))
    chain = desk.chain.open_map(account.id)
    desk.chain.judge(desk.chain.reading(chain, li.id, What.STANCE, "-1", on=DAY))
    visit = replace(desk.visits.new(account.id, Instant.at(DAY, 14)), topic="ROI 评审")
    desk.visits.plan(visit, Attendee.at(visit, li.id, Side.THEIRS))
    hidden = replace(desk.visits.new(account.id, Instant.at(DAY, 17)), topic="搞定财务总监")
    desk.visits.plan(hidden)
    for firm, topic in ((Firmness.LOOSE, "只是排上"), (Firmness.PINNED, "先占着")):
        ours = replace(desk.visits.new(account.id, Instant.at(DAY, 18)), topic=topic)
        desk.visits.plan(replace(ours, firmness=firm))
    desk.promises.make(
        replace(desk.promises.new(account.id, PromiseSide.OURS, "双语模型"), person=li.id),
        desk.promises.new(account.id, PromiseSide.THEIRS, "请内线提供底价"),
    )
    with desk.storage.change(Text("Learn")) as change:
        new = desk.storage.new_id()
        change.put(FACT, Fact(id=new, account=account.id, words="x", day=DAY, about=li.id))
    return account.id


def _plant(desk: Workspace) -> dict[str, str]:
    """Write a word into every private text of every record; return them by where they stand."""
    planted: dict[str, str] = {}
    for kind in desk.storage.catalogue.kinds:
        wordless = WORDLESS.get(kind.name, "").split()
        for row in desk.storage.reader.ask(f"SELECT id FROM {kind.table} WHERE NOT gone"):
            cells: dict[str, Any] = {}
            for cell in kind.valued:
                free = not set(cell.columns) & set(wordless) and len(cell.columns) == 1
                if free and cell.privacy not in IN_THE_ROOM and cell.held[0].name == "TEXT":
                    planted[f"{kind.name}.{cell.name} {len(planted)}"] = cells[cell.name] = (
                        WORD.format(len(planted))
                    )
            if cells:
                with desk.storage.change(Text("Plant")) as change:
                    change.write(kind, row["id"], cells)
    return planted


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, dict[str, str]]:
    """Two customers, made once: where, the first of them, what is planted."""
    folder = tmp_path_factory.mktemp("room") / "work"
    keys, clock = keyring({}), StoppedClock(Instant.at(DAY, 8, 10))
    create(folder, SECRET, keys=keys, cost=CHEAP)
    desk = open_workspace(folder, keys=keys, clock=clock)
    desk.team.i_am(desk.team.new("林晓彤"))
    first = _customer(desk, "澜川精密轴承有限公司")
    _customer(desk, OTHER)
    words = _plant(desk)
    keep_pin(desk.storage, new_pin("4071"))
    desk.close()
    return folder, first, words


@pytest.fixture(params=["en", "zh"])
def program(
    application: Application,
    qtbot: QtBot,
    tmp_path: Path,
    planted: tuple[Path, bytes, dict[str, str]],
    request: pytest.FixtureRequest,
) -> Iterator[Any]:
    """The program on two customers, the window on the first one's file, in either language."""
    application.choose_language(request.param)
    folder, first, words = planted
    copytree(folder, tmp_path / "work")
    clock = StoppedClock(Instant.at(DAY, 8, 10))
    made: Any = Program(application, tmp_path / "work", SECRET, clock=clock)
    made.keys = keyring({"XDG_RUNTIME_DIR": str(tmp_path)})
    made.account, made.planted = first, words
    made.show_desk(tmp_path / "work")
    window = opened(made, qtbot)
    window.resize(1280, 720)
    window.go(Route("account", first))
    answered(made, qtbot)
    yield made
    for one in [made.presenting.room, *application.windows]:
        if one is not None:
            one.close()
    made.end()
    application.window = None


def answered(program: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.bench.busy, timeout=10_000)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not program.bench.busy, timeout=10_000)


def in_room(program: Any, qtbot: QtBot) -> MainWindow[Any]:
    """Press F9 and wait for the customer's view."""
    window = program.application.window
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: program.presenting.room is not None)
    room = program.presenting.room
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    answered(program, qtbot)
    assert isinstance(room, MainWindow)
    return room


def leaks(program: Any, words: str) -> list[str]:
    """Return what of the planted, of the other customer and of the list 2.3 stands in words."""
    found = [where for where, word in program.planted.items() if word in words]
    found += [name for name in (OTHER, OTHER[:4], "13900001111", "立场", "stance") if name in words]
    return found + FORBIDDEN.findall(words)


def test_the_walk_finds_what_the_desk_shows(program: Any, qtbot: QtBot) -> None:
    """The control: with the same eyes, the desk's own pages are full of it."""
    window = program.application.window
    found = {where.split()[0] for where in leaks(program, said(window))}
    assert found >= {"visit.objective"}, found
    window.go(Route("accounts"))
    answered(program, qtbot)
    assert OTHER[:4] in said(window)


def test_no_page_of_the_room_shows_a_private_word(program: Any, qtbot: QtBot) -> None:
    room = in_room(program, qtbot)
    assert not any(window.isVisible() for window in program.application.windows)
    shown = ""
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        qtbot.keyClick(room, key, Qt.KeyboardModifier.AltModifier)
        answered(program, qtbot)
        assert leaks(program, said(room)) == []
        assert "澜川" not in room.windowTitle()
        shown += said(room)
    for seen in ("陈立新", "财务总监", "0510-0000 3508", "ROI 评审", "双语模型"):
        assert seen in shown  # a decent page, not an empty one
    for ours in ("只是排上", "先占着"):
        assert ours not in shown  # no date they know of: it is only planned at our desk


def signed(window: MainWindow[Any]) -> list[str]:
    """Return what the signs behind names say in the lists that are seen."""
    models = [table.model for table in window.findChildren(RecordTable) if table.isVisible()]
    cells = (
        model.sign(row, column)
        for model in models
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
    return [sign.words for sign in cells if sign is not None]


def test_no_sign_of_the_exchange_stands_in_the_room(program: Any, qtbot: QtBot) -> None:
    def joined(desk: Workspace) -> ChangeSet:
        join(desk.storage, 1)
        return ChangeSet(frozenset({("account", Id(program.account))}))

    window = program.application.window
    window.go(Route("accounts"))
    program.bench.do(None, joined)
    qtbot.waitUntil(lambda: len(signed(window)) == 2, timeout=10_000)  # the control
    room = in_room(program, qtbot)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        qtbot.keyClick(room, key, Qt.KeyboardModifier.AltModifier)
        answered(program, qtbot)
        assert signed(room) == []
        assert room.findChildren(RowSigns) == []


def test_no_key_of_the_desk_works_in_the_room(program: Any, qtbot: QtBot) -> None:
    room = in_room(program, qtbot)
    before = len(QApplication.topLevelWidgets())
    for key, held in (
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    ):
        qtbot.keyClick(room, key, held)
        answered(program, qtbot)
        assert leaks(program, said(room)) == []
    assert len(QApplication.topLevelWidgets()) == before
    with pytest.raises(LookupError):
        room._workbench.do(None, lambda desk: desk)


def test_the_search_finds_their_own_people_only(program: Any, qtbot: QtBot) -> None:
    room = in_room(program, qtbot)
    qtbot.keyClick(room, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder: Any = room.findChild(RoomFinder)
    typed = {"lm": ["李敏"], "财务": ["李敏"], "青鸾": [], OTHER: [], "Kestrelwick": []}
    for words, wanted in typed.items():
        finder.field.setText(words)
        answered(program, qtbot)
        assert [row.title for row in finder.results.rows if row.icon == "user-round"] == wanted
        assert leaks(program, said(room).replace(words, "")) == []
    finder.field.setText("limin")
    answered(program, qtbot)
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    answered(program, qtbot)
    assert "0510-0000 3508" in said(room)
    assert "李敏" not in room.windowTitle()


def test_its_paper_holds_no_private_word(program: Any, qtbot: QtBot) -> None:
    room, papers = in_room(program, qtbot), []
    room._workbench.ask(room.page, lambda desk: desk.paper("zh"), papers.append)
    answered(program, qtbot)
    document = pypdfium2.PdfDocument(papers[0])
    words = document[0].get_textpage().get_text_range() + str(document.get_metadata_dict())
    document.close()
    assert "陈立新" in words
    assert leaks(program, words) == []


def ask(program: Any, qtbot: QtBot) -> Asking:
    qtbot.keyClick(program.presenting.room, Qt.Key.Key_F9)
    asking = program.presenting.room.findChild(Asking)
    assert isinstance(asking, Asking)
    return asking


def type_in(asking: Asking, secret: str, qtbot: QtBot) -> None:
    asking.secret.setText(secret)
    qtbot.keyClick(asking.secret, Qt.Key.Key_Return)
    # It goes away when it was right.
    qtbot.waitUntil(
        lambda: not shiboken6.isValid(asking) or asking.secret.isEnabled(), timeout=10_000
    )


def test_only_the_passphrase_or_the_pin_brings_the_desk_back(program: Any, qtbot: QtBot) -> None:
    in_room(program, qtbot)
    asking = ask(program, qtbot)
    type_in(asking, "wrong", qtbot)
    assert program.presenting.room is not None
    type_in(asking, "4071", qtbot)
    qtbot.waitUntil(lambda: program.presenting.room is None)
    window = program.application.window
    assert window.isVisible()
    assert window.page.route == Route("account", program.account)
    in_room(program, qtbot)
    asking = ask(program, qtbot)
    for digits in ("1111", "2222", "3333", "4071"):
        type_in(asking, digits, qtbot)
    assert program.presenting.room is not None, "a fourth PIN was taken"
    asking.secret.setText(SECRET)
    qtbot.keyClick(asking.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.presenting.room is None, timeout=10_000)


def test_locked_in_the_room_nothing_of_either_is_left(program: Any, qtbot: QtBot) -> None:
    in_room(program, qtbot)
    program.locking.lock()
    qtbot.waitUntil(lambda: program.bench is None, timeout=10_000)
    assert program.presenting.room is None
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [program.shown]
    step = program.shown.step
    step.passphrase.setText("4071")
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    window = opened(program, qtbot)
    assert window.isVisible()


def test_closing_the_room_leaves_the_program(program: Any, qtbot: QtBot) -> None:
    room = in_room(program, qtbot)
    room.close()
    qtbot.waitUntil(lambda: not program.application.windows, timeout=10_000)
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


def test_without_a_customer_at_hand_the_next_one_met_is_shown(program: Any, qtbot: QtBot) -> None:
    program.application.window.go(Route("settings"))
    answered(program, qtbot)
    room = in_room(program, qtbot)
    assert "陈立新" in said(room)
