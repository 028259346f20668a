"""Lists: Qt's own model test, sorting, narrowing, keys, what is remembered."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamdesk.core.clock import Instant
from kamdesk.core.privacy import Mode, Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.lists import write_seen
from kamdesk.desktop.theme import Type
from kamdesk.desktop.when import days_at_widest, moment_words, moments_at_widest
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.desktop.widgets.record_model import RecordModel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.record_view import PAD
from kamdesk.settings import Remembered


class Row(NamedTuple):
    id: bytes
    name: str
    pinyin: str
    amount: int | None


def a_row(n: int, name: str = "", amount: int | None = None) -> Row:
    return Row(n.to_bytes(16, "big"), name or f"row {n}", name or f"row {n}", amount)


COLUMNS = (
    Column[Row](
        Text("Name"),
        show=lambda row: row.name,
        sort_by=lambda row: row.pinyin,
        found=lambda row: row.pinyin,
        strong=True,
    ),
    Column[Row](
        Text("Amount"),
        show=lambda row: None if row.amount is None else looks.number(row.amount),
        sort_by=lambda row: row.amount,
        align=Align.RIGHT,
        width=120,
        key="amount",
    ),
    Column[Row](Text("Twice"), show=lambda row: str(row.id[-1] * 2), hidden=True),
)
ROWS = [
    a_row(1, "b", 20),
    a_row(2, "a", None),
    a_row(3, "c", 3),
    Row(b"4" * 16, "澜川", "lanchuan", 100),
]


@pytest.fixture
def table(application: Application, qtbot: QtBot) -> RecordTable[Row]:
    made: RecordTable[Row] = RecordTable(Text("Rows"), COLUMNS)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_lines(ROWS)
    made.show()
    qtbot.waitExposed(made)
    made.view.setFocus()
    return made


def names(table: RecordTable[Row]) -> list[str]:
    return [row.name for row in table.lines]


def test_qts_model_test_finds_nothing(qapp: object) -> None:
    model = RecordModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for rows in ([], ROWS, [a_row(n) for n in range(300)], ROWS[:1], []):
        model.show_lines(rows)
        model.sort(0)
        model.sort(1, Qt.SortOrder.DescendingOrder)
        model.narrow("1")
        model.keep(lambda row: row.amount is not None)
        model.narrow("")
        model.keep(None)
        model.sort(-1)
        model.merge([a_row(900), *rows[:1]], gone=frozenset({ROWS[1].id}))
    assert tester.model() is model


def test_what_is_not_known_sorts_last_both_ways(table: RecordTable[Row]) -> None:
    table.sort("amount")
    assert names(table) == ["c", "b", "澜川", "a"]
    table.sort("amount", descending=True)
    assert names(table) == ["澜川", "b", "c", "a"]
    assert table.shown("Amount", row=3) == "–"


def test_names_sort_by_their_key(table: RecordTable[Row]) -> None:
    table.sort("Name")
    assert names(table) == ["a", "b", "c", "澜川"]


def test_the_chosen_record_stays_chosen(table: RecordTable[Row]) -> None:
    assert table.choose(ROWS[0].id)
    table.sort("amount")
    assert table.current == ROWS[0]
    table.show_lines([ROWS[3], ROWS[0]._replace(amount=21)])
    assert table.current is not None
    assert table.current.amount == 21
    table.show_lines([ROWS[3]])
    assert table.current is None


def test_changed_lines_are_put_in_place(table: RecordTable[Row]) -> None:
    table.sort("amount")
    table.merge([ROWS[0]._replace(amount=1), a_row(9, "new", 50)], gone=frozenset({ROWS[2].id}))
    assert names(table) == ["b", "new", "澜川", "a"]


def test_j_k_arrows_and_enter(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.view.selectRow(0)
    qtbot.keyClicks(table.view, "jj")
    assert table.current == ROWS[2]
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClicks(table.view, "jjj")
    assert table.current == ROWS[3]
    qtbot.keyClicks(table.view, "k")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [ROWS[2]]


def test_home_and_end_lead_to_the_first_and_the_last_row(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    qtbot.keyClick(table.view, Qt.Key.Key_End)
    assert table.current == table.lines[-1]
    qtbot.keyClick(table.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert table.picked == table.lines
    qtbot.keyClick(table.view, Qt.Key.Key_Home)
    assert table.current == table.lines[0]


def test_typing_narrows_also_by_pinyin_and_esc_shows_all(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    qtbot.keyClicks(table.view, "l")
    field = table._find
    qtbot.waitUntil(lambda: field.isVisible())
    qtbot.keyClicks(field, "anch")
    assert field.text() == "lanch"
    assert names(table) == ["澜川"]
    with qtbot.waitSignal(table.opened):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "xyz")
    assert names(table) == []
    assert table._none.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(names(table)) == 4
    assert not field.isVisible()


def test_a_slash_opens_the_field_and_ctrl_keys_do_not(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    qtbot.keyClick(table.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert not table._find.isVisible()
    qtbot.keyClicks(table.view, "/")
    assert table._find.isVisible()
    assert table._find.text() == ""


def test_no_lines_at_all_teach(table: RecordTable[Row]) -> None:
    table.show_lines([])
    assert table._empty.isVisible()
    table.show_lines(ROWS)
    assert table.view.isVisible()


def test_a_click_on_the_header_sorts_and_once_more_turns(table: RecordTable[Row]) -> None:
    header = table.view.horizontalHeader()
    header.sectionClicked.emit(1)
    assert names(table)[0] == "c"
    header.sectionClicked.emit(1)
    assert names(table)[0] == "澜川"


def test_widths_order_and_hidden_columns_are_remembered(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = Remembered(tmp_path)
    first: RecordTable[Row] = RecordTable(Text("Rows"), COLUMNS, key="rows", remembered=kept)
    qtbot.addWidget(first)
    first.resize(600, 300)
    first.show()
    first.view.horizontalHeader().resizeSection(1, 177)
    first.sort("Name", descending=True)
    first.seen.show("Twice")
    kept.save()
    again: RecordTable[Row] = RecordTable(
        Text("Rows"), COLUMNS, key="rows", remembered=Remembered(tmp_path)
    )
    qtbot.addWidget(again)
    again.resize(600, 300)
    again.show()
    again.show_lines(ROWS)
    assert again.view.columnWidth(1) == 177
    assert names(again) == ["澜川", "c", "b", "a"]
    assert not again.view.isColumnHidden(2)


def test_columns_fill_the_width(table: RecordTable[Row]) -> None:
    wide = sum(table.view.columnWidth(n) for n in range(2))
    assert wide == table.view.viewport().width()
    assert table.view.columnWidth(1) == 120
    assert table.view.rowHeight(0) == 32


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("strong", [False, True])
def test_days_are_never_cut(
    application: Application, qtbot: QtBot, language: str, percent: int, strong: bool
) -> None:
    application.choose_language(language)
    application.choose_text_size(percent)
    now = Instant.at(date(2026, 3, 12), 8)
    every = [Instant.at(date(2025, 1, 1), 23, 59).plus(days=n) for n in range(365)]
    kept = Remembered(None)
    kept.put("table.rows.widths", {"When": 60, "Day": 60})
    columns = [
        Column[Row](Text("Name"), show=lambda row: row.name),
        Column[Row](Text("When"), show=lambda row: "", widest=moments_at_widest, strong=strong),
        Column[Row](Text("Day"), show=lambda row: "", widest=days_at_widest, strong=strong),
    ]
    made: RecordTable[Row] = RecordTable(Text("Rows"), columns, key="rows", remembered=kept)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    made.show_lines(ROWS)
    role = Type.STRONG if strong else Type.BODY
    for column, shown in (
        (1, [looks.said(moment_words(moment, now.day)) for moment in every]),
        (2, [looks.day(moment.day, today=now.day) for moment in every]),
    ):
        room = made.view.columnWidth(column) - 2 * theme.now().px(PAD)
        for words in shown:
            metrics = QFontMetricsF(theme.now().font_for(role, words))
            assert metrics.horizontalAdvance(words) <= room, words
    application.choose_text_size(100)


def test_two_line_rows_are_sixty_high(application: Application, qtbot: QtBot) -> None:
    made: RecordTable[Row] = RecordTable(
        Text("Rows"),
        [Column[Row](Text("Name"), show=lambda row: row.name, support=lambda row: row.pinyin)],
        two_lines=True,
    )
    qtbot.addWidget(made)
    made.show_lines(ROWS)
    made.show()
    assert made.view.rowHeight(0) == 60
    assert not made.grab().isNull()


def test_the_row_under_the_mouse_is_known(table: RecordTable[Row]) -> None:
    at = QPointF(40, 40)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        table.view.viewport().mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(table.view.viewport(), event)
    assert table.view.hovered == table.view.rowAt(QPoint(40, 40).y()) == 1


def test_cells_say_their_column_to_a_screen_reader(table: RecordTable[Row]) -> None:
    index = table.model.index(0, 1)
    assert table.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Amount: 20"
    assert table.view.accessibleName() == "Rows"


def test_sorting_again_makes_no_new_keys(qapp: object) -> None:
    asked: list[int] = []

    def key(row: Row) -> int | None:
        asked.append(1)
        return row.amount

    column = Column[Row](Text("Amount"), show=lambda row: str(row.amount), sort_by=key)
    model = RecordModel([column])
    model.show_lines([a_row(n, amount=-n) for n in range(2_000)])
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder) * 3:
        model.sort(0, order)
    assert len(asked) == 2_000


@pytest.mark.parametrize("high", [333, 400, 417])
def test_no_row_is_cut_in_half(table: RecordTable[Row], high: int) -> None:
    table.show_lines([a_row(n) for n in range(100)])
    table.resize(600, high)
    assert table.view.viewport().height() % 32 == 0
    table.look_for("row")
    QApplication.processEvents()
    assert table.view.viewport().height() % 32 == 0


def test_columns_are_chosen_moved_and_sorted_by_keys(table: RecordTable[Row], qtbot: QtBot) -> None:
    panel = table.choose_columns()
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert table.seen.is_seen("Name")  # the first one is always seen
    qtbot.keyClicks(panel.list, "jj")
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert [column.name for column in table.seen.seen] == ["Name", "amount", "Twice"]
    qtbot.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [column.name for column in table.seen.seen] == ["Name", "Twice", "amount"]
    qtbot.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [column.name for column in table.seen.seen] == ["Name", "Twice", "amount"]
    qtbot.keyClicks(panel.list, "j")
    qtbot.keyClicks(panel.list, "s")
    assert names(table)[0] == "c"
    qtbot.keyClicks(panel.list, "s")
    assert names(table)[0] == "澜川"
    assert not panel.grab().isNull()
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)


def test_the_order_of_columns_is_remembered_and_a_new_one_stands_as_declared(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = Remembered(tmp_path)
    first: RecordTable[Row] = RecordTable(Text("Rows"), COLUMNS, key="rows", remembered=kept)
    qtbot.addWidget(first)
    first.seen.show("Twice")
    first.seen.move("Twice", -1)
    more = (*COLUMNS, Column[Row](Text("New"), show=lambda row: "", hidden=True))
    again: RecordTable[Row] = RecordTable(Text("Rows"), more, key="rows", remembered=kept)
    qtbot.addWidget(again)
    assert [column.name for column in again.seen.seen] == ["Name", "Twice", "amount"]
    again.show_columns(COLUMNS)
    assert [column.name for column in again.seen.every] == ["Name", "Twice", "amount"]


def test_more_than_one_is_chosen_by_keys_and_stays_chosen(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    table.view.selectRow(0)
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.name for row in table.picked] == ["b", "a"]
    assert table._picked._words.text() == "2 of 4 chosen"
    table.show_lines(ROWS[::-1])
    assert {row.name for row in table.picked} == {"a", "b"}
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.picked) == 4
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert len(table.picked) == 3
    qtbot.keyClick(table.view, Qt.Key.Key_Escape)
    assert len(table.picked) == 1
    assert table._picked.isHidden()


BY_SIZE = Grouping[Row](
    key="size",
    title=Text("Size"),
    of=lambda row: None if row.amount is None else row.amount >= 20,
    words=lambda key: "not known" if key is None else "large" if key else "small",
    order=lambda key: not key,
    sums=lambda lines: Text("{n} row", "{n} rows", n=len(lines)),
)


def test_lines_are_grouped_counted_and_folded_by_keys(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    table.sort("Name")
    table.group_by(BY_SIZE)
    assert names(table) == ["b", "澜川", "c", "a"]
    said = [table.model.data(table.model.index(row, 0)) for row in range(table.model.rowCount())]
    assert said == ["large · 2 rows", "b", "澜川", "small · 1 row", "c", "not known · 1 row", "a"]
    table.choose(ROWS[3].id)
    qtbot.keyClick(table.view, Qt.Key.Key_Left)
    assert table.current is None
    assert table.model.rowCount() == 5
    assert len(table.lines) == 4
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert table.model.rowCount() == 7
    table.look_for("lan")
    assert table._finder._left.text() == "1 of 4"
    assert table.current == ROWS[3]
    assert not table.grab().isNull()
    table.group_by(None)
    assert table.model.rowCount() == 1


def test_a_name_too_long_for_its_column_is_drawn_in_two_lines(
    application: Application, qtbot: QtBot
) -> None:
    def ink(name: str) -> set[int]:
        made: RecordTable[Row] = RecordTable(Text("Rows"), COLUMNS[:1])
        qtbot.addWidget(made)
        made.resize(200, 200)
        made.show_lines([a_row(1, name)])
        made.show()
        picture = made.view.viewport().grab().toImage()
        page = theme.now().colour("page").rgb()
        return {
            y
            for y in range(2, 28)
            if any(picture.pixel(x, y) != page for x in range(8, picture.width()))
        }

    short, long = ink("Acme"), ink("Northern Precision Bearings and Drives")
    assert min(long) < min(short)
    assert max(long) > max(short)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_seen_is_written_without_what_must_not_be_seen(tmp_path: Path, ending: str) -> None:
    from zipfile import ZipFile

    private = Column[Row](Text("Note"), show=lambda row: "secret", privacy=Privacy.NOTE)
    amount = Column[Row](Text("Amount"), show=lambda row: "2.0 k", plain=lambda row: row.amount)
    path = tmp_path / f"rows{ending}"

    def written(mode: Mode) -> str:
        rows = [ROWS[0]._replace(name="=1+1")]
        columns = [COLUMNS[0], amount, private]
        assert write_seen(path, columns, rows, language="en", sheet=Text("Rows"), mode=mode) == 1
        if ending == ".csv":
            return path.read_text("utf-8-sig")
        return ZipFile(path).read("xl/worksheets/sheet1.xml").decode()

    ours = written(Mode.OURS)
    assert "secret" in ours
    assert "20" in ours
    assert "2.0 k" not in ours
    assert "\n=1+1" not in ours
    assert "<f>" not in ours
    assert "secret" not in written(Mode.ROOM)


def test_lines_that_come_after_the_focus_have_a_first_one(
    application: Application, qtbot: QtBot
) -> None:
    made: RecordTable[Row] = RecordTable(Text("Rows"), COLUMNS)
    qtbot.addWidget(made)
    made.show_lines([ROWS[0]])
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_lines([])
    made.view.setFocus()
    made.show_lines(ROWS)
    assert made.current == made.lines[0]
    made.show_lines([a_row(9), *ROWS])  # nobody chose it: the first one now is it
    assert made.current == made.lines[0] == a_row(9)
    qtbot.keyClick(made.view, Qt.Key.Key_J)
    chosen = made.current
    made.show_lines([a_row(8), a_row(7), *ROWS])
    assert made.current == chosen != made.lines[1]


def test_the_line_keys_act_on_is_seen_though_those_of_the_shortcut_are_still_held(
    table: RecordTable[Row], qtbot: QtBot
) -> None:
    held, window = Qt.KeyboardModifier.ControlModifier, table.window().windowHandle()
    table.show_lines([])
    QTest.keyPress(window, Qt.Key.Key_Control, held)
    try:
        qtbot.waitUntil(lambda: bool(QApplication.keyboardModifiers() & held))
        table.show_lines(ROWS)
        assert table.current is not None
        assert table.picked == [table.current]
        assert table.choose(ROWS[2].id)
        assert table.picked == [ROWS[2]]
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Control)
