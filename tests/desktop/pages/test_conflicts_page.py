"""What waits for the user: taken by 1, 2, 3, written by E, sent by Ctrl+Enter, undone by Ctrl+Z."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.hostile_cells import TRICKS
from support.hostile_sinks import alive, shown

from kamdesk.desktop.conflicts.field_row import FieldRow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.exchange import write_apart
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    return write_apart


def page_of(here: Here) -> Any:
    page = here.go(Route("conflicts"))
    here.qtbot.waitUntil(lambda: page.view is not None, timeout=8000)
    here.answered()
    return page


def person(here: Here) -> Any:
    desk = here.desk()
    account = desk.accounts.ask.everything()[0]
    found = next(one for one in desk.people.ask.everybody() if one.account == account.id)
    desk.close()
    return found


def waiting(here: Here) -> list[tuple[str, str]]:
    desk = here.desk()
    found = [(one.kind, one.cell) for one in conflicts(desk.storage)]
    desk.close()
    return found


def to_the_person(here: Here, page: Any) -> None:
    while page.view.record.kind != "person":
        here.press(Qt.Key.Key_Down, ALT)


def test_each_value_says_who_wrote_it_when_and_in_what(here: Here) -> None:
    page = page_of(here)
    assert [row.record.kind for row in page.list.rows] == ["person", "account", "visit"]
    assert page.view.record.named.called == "陈立新"
    department, focus = page.view.record.fields
    assert [value.words for value in (*department.sides, department.before)] == [
        "生产部",
        "生产与物流部",
        "–",
    ]
    assert [value.who for value in focus.sides] == ["林晓彤", "吴启明"]
    assert [value.source.plain for value in focus.sides] == ["Change person"] * 2
    assert page.view.record.kept == 1
    assert page.content.alone.fields == 2


def test_one_and_two_take_a_side_each_and_ctrl_enter_sends_both(here: Here) -> None:
    page = page_of(here)
    here.press("1")
    here.press("2")
    assert [row.choice for row in page.view.rows] == ["0", "1"]
    here.press(Qt.Key.Key_Return, CTRL)
    assert here.told() == "陈立新: 2 fields are decided and go to everybody."
    assert (person(here).department, person(here).focus) == ("生产部", "设备稼动率")
    assert ("person", "focus") not in waiting(here)
    here.qtbot.waitUntil(lambda: page.view.record.kind == "account", timeout=8000)
    here.press("Z", CTRL)
    here.answered()
    assert (person(here).department, person(here).focus) == ("生产与物流部", "设备稼动率")


def test_shift_one_takes_all_mine_and_three_what_stood_before(here: Here) -> None:
    page = page_of(here)
    here.press("1", SHIFT)
    assert [row.choice for row in page.view.rows] == ["0", "0"]
    page.view.rows[0].setFocus()
    here.press("3")
    here.press(Qt.Key.Key_Return, CTRL)
    here.told()
    assert (person(here).department, person(here).focus) == ("", "现金流与交期")


def test_nothing_decided_is_nothing_sent(here: Here) -> None:
    page = page_of(here)
    assert not page.actions_here["conflicts.finish"].enabled
    here.press(Qt.Key.Key_Return, CTRL)
    assert ("person", "focus") in waiting(here)


def test_what_is_left_undecided_waits_on(here: Here) -> None:
    page = page_of(here)
    here.press("2")
    here.press(Qt.Key.Key_Return, CTRL)
    here.told()
    here.qtbot.waitUntil(lambda: len(page.view.rows) == 1, timeout=8000)
    assert waiting(here)[-1] != ("person", "department")
    assert ("person", "focus") in waiting(here)
    assert page.view.record.kind == "person"


def test_both_texts_stand_one_behind_the_other_to_be_written_on(here: Here) -> None:
    page = page_of(here)
    here.press(Qt.Key.Key_Down, ALT)
    (row,) = page.view.rows
    assert row.choice == "own"
    here.press("e")
    assert row.own.editor.hasFocus()
    here.qtbot.keyClicks(row.own.editor, "OK")
    here.press(Qt.Key.Key_Return, CTRL)
    here.told()
    desk = here.desk()
    assert desk.accounts.ask.everything()[0].note == (
        "先过财务口径，再谈价格。由财务副总与李敏单独对一次口径。给 10 % 让利换取本季签约。"
        "保留现场走查。OK"
    )
    desk.close()


def test_what_is_written_comes_back_after_leaving_the_record(here: Here) -> None:
    page = page_of(here)
    here.press(Qt.Key.Key_Down, ALT)
    here.press("e")
    here.qtbot.keyClicks(page.view.rows[0].own.editor, "and more")
    here.press(Qt.Key.Key_Escape)
    assert page.view.rows[0].hasFocus()
    here.press(Qt.Key.Key_Up, ALT)
    here.press(Qt.Key.Key_Down, ALT)
    here.answered()
    assert page.view.rows[0].own.editor.toPlainText().endswith("and more")


@pytest.mark.parametrize(("key", "visits"), [("1", 2), ("2", 1)])
def test_deleted_there_and_written_here_is_kept_or_deleted(
    here: Here, key: str, visits: int
) -> None:
    page = page_of(here)
    here.press(Qt.Key.Key_Down, ALT)
    here.press(Qt.Key.Key_Down, ALT)
    (row,) = page.view.rows
    assert [value.words for value in row.field.sides] == ["Keep it", "Delete it"]
    assert row.field.sides[0].source == "Objective: 报价按三年总成本比较"
    here.press("3")
    assert row.choice == ""
    here.press(key)
    here.press(Qt.Key.Key_Return, CTRL)
    here.told()
    desk = here.desk()
    assert len(desk.visits.ask.whole(here.account.id)) == visits
    desk.close()


def test_a_click_chooses_and_the_list_goes_to_another_record(here: Here) -> None:
    page = page_of(here)
    card = page.view.rows[1].cards["1"]
    here.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert page.view.rows[1].choice == "1"
    assert "设备稼动率" in page.view.rows[1].accessibleName()
    here.qtbot.mouseClick(page.list.rows[2], Qt.MouseButton.LeftButton)
    here.answered()
    assert page.view.record.kind == "visit"


def test_history_of_the_record_is_one_key_away(here: Here) -> None:
    page_of(here)
    here.press("H", ALT)
    assert here.window.page is not None
    assert here.window.page.route.page == "history"


def test_what_comes_meanwhile_leaves_the_choices_of_other_values(here: Here) -> None:
    page = page_of(here)
    here.press("2")
    page.reload()
    here.answered()
    assert page.view.rows[0].choice == "1"


def tricky(desk: Workspace) -> None:
    long = "甲" * 3000
    write_apart(
        desk,
        (TRICKS[:60], "a. ", "b. ", "c.", TRICKS, f"<b>{long}</b>", TRICKS, long, "x", "y", long),
    )


@pytest.mark.parametrize("fill", [tricky])
def test_markup_and_turned_text_stand_as_plain_words(here: Here, fill: object) -> None:
    page = page_of(here)
    said = shown(page)
    for _ in range(2):
        assert alive(page) == []
        here.press(Qt.Key.Key_Down, ALT)
        said += shown(page)
    assert "<img src=" in said


def test_when_all_is_decided_the_page_keeps_the_focus_not_undoing(here: Here) -> None:
    page = page_of(here)
    for _ in range(3):
        here.press("1", SHIFT)
        here.press(Qt.Key.Key_Return, CTRL)
        here.answered()
    assert waiting(here) == []
    assert here.window.focusWidget() is page


def test_undo_puts_back_what_was_shown_and_the_other_value_is_in_the_history(here: Here) -> None:
    page = page_of(here)
    to_the_person(here, page)
    before = person(here)
    assert (before.department, before.focus) == ("生产与物流部", "设备稼动率")
    here.press("1", SHIFT)
    here.press(Qt.Key.Key_Return, CTRL)
    assert (person(here).department, person(here).focus) == ("生产部", "现金流与交期")
    here.press(Qt.Key.Key_Z, CTRL)
    here.answered()
    after = person(here)
    assert (after.department, after.focus) == (before.department, before.focus)
    assert [kind for kind, _ in waiting(here)] == ["account", "visit"]  # it is not asked again

    here.go(Route("history", after.id))
    here.answered()
    rows = here.window.page.table_here.list  # type: ignore[union-attr]
    lost = next(row for row in rows.lines if row.after == "现金流与交期")
    rows.choose(lost.id)
    rows.view.setFocus()
    here.press("R")
    here.answered()
    assert person(here).focus == "现金流与交期"


def test_where_nothing_waits_the_keys_lead_to_the_exchange(here: Here) -> None:
    page = page_of(here)
    assert [key for key, _ in page.keys] == ["1", "2", "3", "E"]
    while page.view is not None:
        here.press("1", SHIFT)
        here.press(Qt.Key.Key_Return, CTRL)
        here.answered()
    assert [key for key, _ in page.keys] == ["X"]
    here.press("x")
    assert here.window.page.title.plain == "Exchange"


def test_a_long_value_sets_the_whole_field_small(here: Here) -> None:
    page = page_of(here)
    department, focus = page.view.record.fields
    long = focus._replace(before=focus.before._replace(words="w" * 41))

    def sizes(field: Any) -> set[int]:
        row = FieldRow(field, page.content.today, lambda _: None)
        here.qtbot.addWidget(row)
        return {
            label.font().pixelSize()
            for card in row.cards.values()
            for label in card.findChildren(PlainLabel)[:1]
        }

    assert (sizes(department), sizes(long)) == ({15}, {13})
