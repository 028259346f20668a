"""The main window: going, coming back, keys, refreshing what is seen, speaking another language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.qt_inline import InlineLane

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Crumb, Page, PageKind, Route
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered


class FakeDesk:
    """A desk that counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, what: str) -> str:
        self.asked.append(what)
        return what


class SamplePage(Page[FakeDesk]):
    """A page with a field and a list to walk to."""

    title = Text("Accounts")
    follows = ("account",)
    keys = (("J+K", Text("Move")),)

    def build(self) -> None:
        self.head(Text("Accounts"), "", Button(Text("Edit"), icon="pencil", keys="E"))
        self.field = LineEditor()
        self.field.setAccessibleName("Name")
        self.other = LineEditor()
        self.other.setAccessibleName("Note")
        self.add(self.field)
        self.add(self.other)
        self.answers: list[str] = []

    def panes(self) -> tuple[QWidget, ...]:
        return self.field, self.other

    def crumbs(self) -> tuple[Crumb, ...]:
        if self.route.record:
            return Crumb(Text("Accounts"), Route("accounts")), Crumb(self.route.record.decode())
        return (Crumb(Text("Accounts")),)

    def reload(self) -> None:
        self.ask(lambda desk: desk.ask(self.route.page), self.answers.append)


class Other(SamplePage):
    title = Text("People")
    follows = ("person",)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def bench(application: Application, desk: FakeDesk) -> Iterator[Workbench[FakeDesk]]:
    made: Workbench[FakeDesk] = Workbench(lambda readonly: desk, lane=InlineLane)
    yield made
    made.close()


@pytest.fixture
def window(
    application: Application, bench: Workbench[FakeDesk], qtbot: QtBot
) -> MainWindow[FakeDesk]:
    kinds = [
        PageKind("accounts", Text("Accounts"), "building-2", SamplePage),
        PageKind("people", Text("People"), "users", Other),
        PageKind("account", Text("Account"), "building-2", SamplePage, place="none"),
        PageKind("settings", Text("Settings"), "settings", Other, place="foot", keys="Ctrl+,"),
    ]
    made = application.open_window(bench, kinds, start=Route("accounts"), searches=True)
    qtbot.addWidget(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def touched(kind: str) -> ChangeSet:
    return ChangeSet(frozenset({(kind, Id(b"1" * 16))}), 1)


def test_going_and_coming_back(window: MainWindow[FakeDesk]) -> None:
    first = window.page
    window.go(Route("people"))
    window.go(Route("account", b"Lanchuan"))
    assert window.windowTitle() == "Lanchuan – KamDesk"
    window.go_back()
    assert isinstance(window.page, Other)
    window.go_back()
    window.go_back()
    assert window.page is first
    window.go_forward()
    window.go(Route("settings"))
    assert not window.actions_here["forward"].enabled
    window.go(Route("nowhere"))
    assert window.page is not None
    assert window.page.route == Route("settings")


def test_alt_and_a_number_goes_to_a_page(window: MainWindow[FakeDesk], qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page, Other)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not isinstance(window.page, Other)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page is not None
    assert window.page.route == Route("settings")


def test_a_step_of_the_way_leads_there(window: MainWindow[FakeDesk], qtbot: QtBot) -> None:
    window.go(Route("account", b"Lanchuan"))
    step = next(b for b in window.top_bar.findChildren(Button) if b.words == "Accounts")
    step.click()
    assert window.page is not None
    assert window.page.route == Route("accounts")


def test_f6_walks_through_the_panes(window: MainWindow[FakeDesk], qtbot: QtBot) -> None:
    walked = []
    for _ in range(5):
        focus = QApplication.focusWidget()
        walked.append(focus.accessibleName() if focus else "")
        qtbot.keyClick(window, Qt.Key.Key_F6)
    assert walked == ["Name", "Note", "Search or run a command", "Accounts", "Name"]


def test_a_page_that_is_seen_follows_at_once_another_when_it_is_seen(
    window: MainWindow[FakeDesk], bench: Workbench[FakeDesk], desk: FakeDesk
) -> None:
    window.go(Route("people"))
    desk.asked.clear()
    bench.changed.emit(touched("account"))
    assert desk.asked == []
    bench.changed.emit(touched("person"))
    assert desk.asked == ["people"]
    window.go_back()
    assert desk.asked == ["people", "accounts"]
    window.go_forward()
    assert desk.asked == ["people", "accounts"]


def test_pages_long_left_are_closed(window: MainWindow[FakeDesk], qtbot: QtBot) -> None:
    first = window.page
    assert first is not None
    for n in range(9):
        window.go(Route("account", b"%d" % n))
    assert first.closed
    for _ in range(9):
        window.go_back()
    assert window.page is not None
    assert window.page is not first
    assert window.page.route == Route("accounts")


def test_refusals_and_jobs_are_said(
    window: MainWindow[FakeDesk], bench: Workbench[FakeDesk]
) -> None:
    bench.noticed.emit(RuleBroken(Text("Agree a next step.")))
    assert window.notices.words == "Agree a next step."
    bench.noticed.emit(StorageTrouble(Text("The disk is full.")))
    assert window.notices.words == "The disk is full."
    bench.job_changed.emit(Job(Text("Importing customers"), lambda job: None))
    assert window.status.words == ["Importing customers"]
    bench.job_changed.emit(None)
    assert window.status.words == []


def test_a_refusal_without_a_form_is_said_by_the_page(window: MainWindow[FakeDesk]) -> None:
    page = window.page
    assert page is not None

    def verb(desk: FakeDesk) -> ChangeSet:
        raise RuleBroken(Text("No."))

    page.do(verb)
    assert window.notices.words == "No."


def test_another_language_builds_the_page_anew(
    window: MainWindow[FakeDesk], application: Application
) -> None:
    window.go(Route("people"))
    window.count("people", 3)
    window.stand(Text("Everything saved"))
    before = window.page
    application.choose_language("zh")
    assert window.page is not before
    assert isinstance(window.page, Other)
    assert window.status.words
    window.go_back()
    assert isinstance(window.page, SamplePage)


def test_a_name_with_qts_sign_of_changes_stands_in_the_title_as_it_is(
    window: MainWindow[FakeDesk],
) -> None:
    handle = window.windowHandle()
    for name in ("A [*] B", "[*][*]", "[ * ]"):
        window.go(Route("account", name.encode()))
        assert handle.title() == f"{name} – KamDesk"
    window.setWindowTitle("A [*] B")  # the control: Qt takes it away
    assert handle.title() == "A  B"


def test_the_rail_shows_the_part_a_page_belongs_to(window: MainWindow[FakeDesk]) -> None:
    window.go(Route("settings"))
    window.go(Route("account", b"Lanchuan"))
    chosen = window.rail.chosen
    assert chosen is not None
    assert chosen.accessibleName() == "Accounts"


def test_a_cramped_window_shows_icons_alone(
    window: MainWindow[FakeDesk], application: Application
) -> None:
    window.resize(1280, 720)
    assert window.rail.width() == 176
    application.choose_text_size(200)
    assert window.rail.width() == 96
    item = window.rail.chosen
    assert item is not None
    assert item.toolTip().startswith("Accounts")


def test_the_window_comes_back_where_it_was(
    application: Application, bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    kept = Remembered(None)
    first: MainWindow[FakeDesk] = MainWindow(bench, [], kept)
    qtbot.addWidget(first)
    first.resize(700, 560)
    first.show()
    first.close()
    again: MainWindow[FakeDesk] = MainWindow(bench, [], kept)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (700, 560)
    kept.put("window.geometry", "no geometry at all")
    qtbot.addWidget(MainWindow(bench, [], kept))


def test_every_button_and_field_has_a_name(window: MainWindow[FakeDesk]) -> None:
    window.notices.say(Text("Visit logged."), way_out=(Text("Undo"), "", lambda: None))
    window.go(Route("account", b"x"))
    parts = [*window.findChildren(QAbstractButton), *window.findChildren(LineEditor)]
    assert len(parts) > 8
    assert [part for part in parts if not part.accessibleName()] == []
