"""The page of a decision chain: pointed at, dragged, narrowed, written on; refused, words stay."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kamdesk.core.ids import Id
from kamdesk.desktop.chain.page import ChainPage
from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.model import TieKind
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.dossier.chain_view import read_chain
from kamdesk.workspace import Workspace

from .conftest import Here

DOWN, ENTER, ESC = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        account = desk.accounts.ask.by_name("澜川精密轴承有限公司")[0]
        desk.people.add(desk.people.new("王强", account), title="设备主管")

    return more


@pytest.fixture
def page(here: Here) -> ChainPage:
    """The page of the customer's map: Chen decides, Li approves and doubts."""
    made: ChainPage = here.go(Route("chain", here.account.id))
    here.qtbot.waitUntil(lambda: len(made.canvas.cards) == 2, timeout=8000)
    here.answered()
    return made


def keys(here: Here, *pressed: Qt.Key | str, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    for key in pressed:
        target = QApplication.focusWidget()
        if isinstance(key, Qt.Key):
            QTest.keyClick(target, key, held)
        elif not key.isascii():
            assert isinstance(target, QLineEdit)
            target.insert(key)  # an input method's words
        else:
            QTest.keyClicks(target, key, held)
        here.answered()


def net_of(here: Here) -> Network:
    desk = here.desk()
    return read_chain(desk.storage.reader, here.account.id, at=desk.clock.now())


def one(here: Here, name: str) -> Any:
    return next(node for node in net_of(here).nodes if node.name == name)


def go_to(page: ChainPage, name: str) -> bytes:
    net = page.net
    assert net is not None
    found = next(node.id for node in net.nodes if node.name == name)
    page.canvas.come_to(found)
    return found


def middle(page: ChainPage, card: bytes) -> QPoint:
    return page.canvas.mapFromScene(page.canvas.box_of(card).center())


def press(page: ChainPage, at: QPoint, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, held, at)


def drag(page: ChainPage, start: QPoint, by: QPoint) -> None:
    port = page.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for share in (1, 2, 3):
        QTest.mouseMove(port, start + by * share / 3)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + by)


def test_a_screen_reader_hears_the_card_one_walks_to(here: Here, page: ChainPage) -> None:
    keys(here, DOWN)
    go_to(page, "李敏")
    assert page.canvas.accessibleDescription() == (
        "李敏, 财务总监, approver, doubtful −1, influence not known, relationship not known,"
        " not met"
    )


def test_firm_stances_ask_for_evidence_and_keep_the_words(here: Here, page: ChainPage) -> None:
    go_to(page, "李敏")
    keys(here, "s", "-", "2")
    assert page.strip.field is not None
    keys(here, ENTER)
    assert "needs evidence" in page.strip.refusal.text()
    assert one(here, "李敏").stands.stance == -1
    keys(here, "said no twice", ENTER)
    chain = net_of(here).map
    assert chain is not None
    told = [
        (reading.value, reading.note)
        for reading in here.desk().chain.ask.readings(chain.id, until=date.max)
    ]
    assert ("-2", "said no twice") in told
    assert not page.strip.isVisible()
    assert not page.strip.isVisible()


def test_esc_leaves_a_question_and_nothing_is_written(here: Here, page: ChainPage) -> None:
    go_to(page, "李敏")
    keys(here, "s")
    assert page.strip.isVisible()
    keys(here, ESC, "i", ESC)
    assert not page.strip.isVisible()
    assert one(here, "李敏").stands.stance == -1
    assert here.window.page is page


def test_keys_act_on_all_that_are_chosen(here: Here, page: ChainPage) -> None:
    keys(here, Qt.Key.Key_A, held=CONTROL)
    keys(here, "i", "4")
    assert {node.stands.influence for node in net_of(here).nodes} == {4}


def test_a_card_is_dragged_saved_and_put_back_by_undo(here: Here, page: ChainPage) -> None:
    li = go_to(page, "李敏")
    here.qtbot.wait(250)  # nothing glides any more
    before = page.canvas.box_of(li).center()
    drag(page, middle(page, li), QPoint(90, 60))
    here.answered()
    seat = one(here, "李敏").seat
    assert seat.x is not None
    assert page.canvas.box_of(li).center().x() > before.x() + 40
    keys(here, Qt.Key.Key_Z, held=CONTROL)
    assert one(here, "李敏").seat.x is None
    here.qtbot.waitUntil(lambda: page.canvas.box_of(li).center() == before)


def test_several_are_chosen_by_shift_and_dragged_as_one_action(here: Here, page: ChainPage) -> None:
    chen, li = go_to(page, "陈立新"), go_to(page, "李敏")
    press(page, middle(page, chen), SHIFT)
    press(page, middle(page, li), SHIFT)
    assert page.canvas.chosen_ones == {chen, li}
    drag(page, middle(page, li), QPoint(-80, 70))
    here.answered()
    assert all(node.seat.x is not None for node in net_of(here).nodes)
    keys(here, Qt.Key.Key_Z, held=CONTROL)
    assert all(node.seat.x is None for node in net_of(here).nodes)


def test_tidy_up_gives_all_places_back(here: Here, page: ChainPage) -> None:
    li = go_to(page, "李敏")
    drag(page, middle(page, li), QPoint(90, 60))
    here.answered()
    keys(here, "t", held=SHIFT)
    assert one(here, "李敏").seat.x is None


def test_shift_draws_a_frame_around_cards(here: Here, page: ChainPage) -> None:
    port = page.canvas.viewport()
    corner = QPoint(port.width() - 4, port.height() - 4)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, SHIFT, corner)
    QTest.mouseMove(port, QPoint(60, 60))
    QTest.mouseMove(port, QPoint(4, 4))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, SHIFT, QPoint(4, 4))
    assert page.canvas.chosen_ones == page.canvas.cards


def test_somebody_of_the_file_is_not_made_twice(here: Here, page: ChainPage) -> None:
    go_to(page, "陈立新")
    keys(here, "n", "王强", ENTER, ESC)
    wang = one(here, "王强")
    assert net_of(here).by_id[wang.boss].name == "陈立新"
    assert wang.post == "设备主管"
    assert len(here.desk().people.ask.of_account(here.account.id)) == 3


def test_what_is_half_written_is_there_again(here: Here, page: ChainPage) -> None:
    go_to(page, "陈立新")
    keys(here, "n", "周海燕", ESC)
    assert page.canvas.hasFocus()
    keys(here, "n")
    assert page.building.card.name.text() == "周海燕"


def test_an_empty_seat_is_made_and_filled(here: Here, page: ChainPage) -> None:
    go_to(page, "陈立新")
    keys(here, "g", "7", ENTER)
    ghost = next(node for node in net_of(here).nodes if node.kind is not NodeKind.PERSON)
    page.canvas.come_to(ghost.id)
    keys(here, "a", "wq")
    keys(here, ENTER)
    assert {node.name for node in net_of(here).nodes} == {"陈立新", "李敏", "王强"}
    assert one(here, "王强").stands.roles


def test_a_tie_is_pressed_and_ended(here: Here, page: ChainPage) -> None:
    go_to(page, "李敏")
    keys(here, "t", "chen", ENTER, "i", "-", "3", "old grudge", ENTER)
    (tie,) = net_of(here).ties
    assert (tie.kind, tie.strength, tie.negative) == (TieKind.INFLUENCES, 3, True)
    assert tie.note == "old grudge"
    page.canvas.chosen.emit(tie.id)
    keys(here, Qt.Key.Key_Delete, "2")
    assert net_of(here).ties == ()


def test_a_loop_of_bosses_is_refused_in_words(here: Here, page: ChainPage) -> None:
    go_to(page, "李敏")
    keys(here, "b", "chen", ENTER)
    assert net_of(here).by_id[one(here, "李敏").boss].name == "陈立新"
    go_to(page, "陈立新")
    keys(here, "b", "limin", ENTER)
    assert "李敏" in here.told()
    assert one(here, "陈立新").boss is None


def test_who_is_taken_off_comes_back_by_undo(here: Here, page: ChainPage) -> None:
    go_to(page, "李敏")
    keys(here, Qt.Key.Key_Delete, "1")
    assert "李敏" in here.told()
    assert len(net_of(here).nodes) == 1
    keys(here, Qt.Key.Key_Z, held=CONTROL)
    assert len(net_of(here).nodes) == 2


def test_a_group_is_put_around_those_chosen(here: Here, page: ChainPage) -> None:
    keys(here, Qt.Key.Key_A, held=CONTROL)
    keys(here, "g", held=SHIFT)
    keys(here, "Headquarters", ENTER)
    assert [group.name for group in net_of(here).groups] == ["Headquarters"]
    assert all(node.group for node in net_of(here).nodes)


def test_a_body_gets_its_members(here: Here, page: ChainPage) -> None:
    keys(here, Qt.Key.Key_A, held=CONTROL)
    keys(here, "d", "投资委员会", ENTER)
    body = next(node for node in net_of(here).nodes if node.kind is NodeKind.BODY)
    assert body.name == "投资委员会"
    assert len(body.members) == 2


def test_secret_bodies_are_refused_at_the_line(here: Here, page: ChainPage) -> None:
    keys(here, DOWN, "d", "评标委员会", ENTER)
    assert "secret by law" in page.strip.refusal.text()
    assert page.strip.field is not None
    assert page.strip.field.text() == "评标委员会"


def test_a_filter_fades_the_others_and_stands_as_a_chip(here: Here, page: ChainPage) -> None:
    page.looking.look_for(["against"])
    li = go_to(page, "李敏")
    faded = {card for card in page.canvas.cards if page.canvas.opacity_of(card) < 1}
    assert faded == page.canvas.cards - {li}
    assert page.looking.chips.isVisible()
    page.looking.look_for([])
    assert not page.looking.chips.isVisible()


def test_the_past_is_read_only(here: Here, page: ChainPage) -> None:
    page.show_day(date(2026, 3, 1))
    here.answered()
    assert page.shown is not None
    assert page.shown.past
    page.show_day(None)
    here.answered()
    assert not page.shown.past


def test_who_comes_again_finds_the_map_of_today(here: Here, page: ChainPage) -> None:
    page.show_day(date(2026, 3, 1))
    here.answered()
    page.may_edit()
    assert "Go back to today" in here.told()
    here.qtbot.wait(1)
    here.go(Route("settings"))
    assert here.window.notices.words == ""
    again = here.go(page.route)
    here.answered()
    assert again is page
    assert not again.shown.past


def test_a_chart_is_taken_from_a_file_once(here: Here, page: ChainPage, tmp_path: Path) -> None:
    (tmp_path / "chart.csv").write_text(
        "Name,Post,Reports to\n陈立新,总经理,\n李敏,财务总监,陈立新\nGu Bin,Legal,李敏\n", "utf-8"
    )
    page.taking.read(tmp_path / "chart.csv")
    here.answered()
    assert "1 new person" in here.told()
    assert net_of(here).by_id[one(here, "Gu Bin").boss].name == "李敏"
    page.taking.read(tmp_path / "chart.csv")
    here.answered()
    assert "already" in here.told()
    assert len(net_of(here).nodes) == 3
    (tmp_path / "poem.csv").write_text("rose,violet\nred,blue\n", "utf-8")
    page.taking.read(tmp_path / "poem.csv")
    here.answered()
    assert "poem.csv" in here.told()


@pytest.mark.parametrize(
    ("name", "start"), [("map.svg", b"<?xml"), ("map.png", b"\x89PNG"), ("map.pdf", b"%PDF")]
)
def test_the_map_is_written_as_a_file(
    here: Here, page: ChainPage, tmp_path: Path, name: str, start: bytes
) -> None:
    page.exporting.write(tmp_path / name)
    here.answered()
    assert name in here.told()
    assert (tmp_path / name).read_bytes().startswith(start)


def test_where_nothing_can_be_written_it_says_so(
    here: Here, page: ChainPage, tmp_path: Path
) -> None:
    page.exporting.write(tmp_path / "nowhere" / "map.svg")
    here.answered()
    assert "could not be written" in here.told()


def test_influence_is_another_view_of_the_same_page(here: Here, page: ChainPage) -> None:
    page.bar.views.chosen.emit("influence")
    here.answered()
    assert here.window.page is page
    assert page.here.tab == "influence"


def test_a_list_pasted_in_becomes_a_map(here: Here) -> None:
    made: list[Id] = []

    def empty(desk: Workspace) -> Any:
        account = desk.accounts.new("Emptied Works")
        made.append(Id(account.id))
        return desk.accounts.add(account)

    here.bench.do(None, empty)
    here.answered()
    page = here.go(Route("chain", made[0]))
    assert page.start.isVisible()
    page.start.list.setPlainText(
        "Chen Lixin, General manager\n  Li Min, CFO\n    Zhou Haiyan, Buyer"
    )
    assert page.start.understood.text().startswith("3 people")
    page.start.list.setFocus()
    QTest.keyClick(page.start.list, Qt.Key.Key_Return, CONTROL)
    here.answered()
    here.qtbot.waitUntil(lambda: len(page.canvas.cards) == 3, timeout=8000)
    by_name = {node.name: node for node in page.net.nodes}
    assert by_name["Zhou Haiyan"].boss == by_name["Li Min"].id
    keys(here, Qt.Key.Key_Z, held=CONTROL)
    assert page.start.isVisible()


def test_a_map_is_seen_whole_first_and_as_one_left_it_again(here: Here, page: ChainPage) -> None:
    def whole() -> bool:
        seen = page.canvas.mapToScene(page.canvas.viewport().rect()).boundingRect()
        return bool(seen.contains(page.canvas.map_rect))

    assert whole()
    assert page.minimap.isHidden()
    page.canvas.zoom(1.25)
    larger = page.canvas.percent
    again: ChainPage = here.go(Route("chain", here.account.id, "organisation"))
    here.qtbot.waitUntil(lambda: len(again.canvas.cards) == 2, timeout=8000)
    assert again.canvas.percent == larger
    again.canvas.zoom(0)
    assert again.around.remembered.get("chain.zoom") == {}


def test_the_support_stands_on_the_canvas_whoever_is_chosen(here: Here, page: ChainPage) -> None:
    keys(here, DOWN)
    assert page.surroundings.panel.node is not None
    assert page.support.isVisible()
    assert "· 40 ·" in page.support.accessibleName()
    assert page.looking.tip.isHidden()
    keys(here, "S", held=SHIFT)
    assert page.surroundings.panel.node is None
