"""Lists: Qt's own model test, sorting, narrowing, keys, what is remembered."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.theme import Type
from kamdesk.desktop.when import days_at_widest, moment_words, moments_at_widest
from kamdesk.desktop.widgets.columns import Align, Column
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
    first._show_column(2, True)
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
