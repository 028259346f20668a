"""Importing in the window, by keys: rows and why, columns, answers, a report, and the way back."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from kamdesk.core.clock import Instant
from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Verdict

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = {letter: Qt.Key(ord(letter)) for letter in "CRFGXN0123"}


def put(here: Here, name: str, text: str) -> Path:
    path = here.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def opened(here: Here, path: Path) -> Any:
    page = here.go(Route("import", os.fsencode(path)))
    here.qtbot.waitUntil(lambda: "Reading" not in page._summary.text(), timeout=20_000)
    here.answered()
    return page


def press(here: Here, page: Any, *letters: str) -> None:
    for letter in letters:
        here.qtbot.keyClick(page.panes()[0].focusProxy() or page, KEYS[letter])
        here.answered()


def said(part: Any) -> list[str]:
    return [label.text() for label in part.findChildren(PlainLabel) if not label.isHidden()]


def happens(page: Any) -> list[str]:
    return [page.list.shown("What happens", row) for row in range(page.list.model.rowCount())]


PEOPLE = (
    "姓名,职务,公司,手机,星座\n"
    "李敏,首席财务官,澜川精密轴承有限公司,13800138000,天秤\n"
    ",文员,澜川精密轴承有限公司,,\n"
    "Lixin Chen,,,,\n"
)


def test_each_row_says_what_happens_and_unfolds_field_by_field(here: Here) -> None:
    page = opened(here, put(here, "people.csv", PEOPLE))
    assert happens(page) == ["To be updated", "Rejected", "New"]
    assert page.rows.filters is not None
    page.list.choose(2)
    assert "财务总监 → 首席财务官" in said(page.of_row)
    assert "天秤 (not taken)" in said(page.of_row)
    page.list.choose(3)
    assert "The row has no name." in said(page.of_row)


def test_counts_are_filters_and_f_walks_through_them(here: Here) -> None:
    page = opened(here, put(here, "people.csv", PEOPLE))
    seen = []
    for _ in range(5):
        press(here, page, "F")
        seen.append([row.id for row in page.list.lines])
    assert seen == [[4], [3], [4], [2], [2, 3, 4]]


def test_a_name_in_pinyin_is_answered_by_a_key_and_asked_again_by_0(here: Here) -> None:
    page = opened(here, put(here, "people.csv", PEOPLE))
    page.list.choose(4)
    assert "“陈立新”: In pinyin it is the same name." in said(page.of_row)
    press(here, page, "1")
    assert happens(page)[2] == "Unchanged"
    page.list.choose(4)
    assert "You said that it is this one." in said(page.of_row)
    press(here, page, "0")
    assert happens(page)[2] == "New"
    press(here, page, "N")
    assert "You said that it is new." in said(page.of_row)


def test_a_column_is_sent_elsewhere_and_left_out_by_keys(here: Here) -> None:
    page = opened(here, put(here, "odd.csv", "客户名称,说的\n芦汀纺织,常熟\n"))
    press(here, page, "C")
    assert page.columns.isVisible()
    page.columns.list.choose(2)
    page.of_column.field.setFocus()
    page.of_column.field.choose("city")
    here.answered()
    assert page._judged.mapping.column_of("city").heading == "说的"
    assert here.window.focusWidget() is page.of_column.field
    page.columns.list.view.setFocus()
    press(here, page, "R")
    page.list.choose(2)
    assert "常熟" in said(page.of_row)
    press(here, page, "C")
    page.columns.list.choose(2)
    press(here, page, "X")
    assert page._judged.mapping.column_of("city") is None
    assert page._remarks.text() == ""
    here.qtbot.keyClick(page.columns.list.view, Qt.Key.Key_Return)
    assert page.of_column.field.view().isVisible()
    page.of_column.field.hidePopup()


def test_a_file_nobody_can_map_opens_at_its_columns_with_the_reason(here: Here) -> None:
    page = opened(here, put(here, "odd.csv", "谁,哪里\n芦汀纺织,常熟\n"))
    assert "None of its columns is known" in page._summary.text()
    assert page.columns.isVisible()
    assert not page.actions_here["import.take"].enabled
    page.columns.list.choose(1)
    page.of_column.field.choose("name")
    here.answered()
    assert page._summary.text() == "1 new"
    assert page.actions_here["import.take"].enabled


def test_what_was_chosen_survives_going_away(here: Here) -> None:
    path = put(here, "people.csv", PEOPLE)
    page = opened(here, path)
    page.list.choose(4)
    press(here, page, "N", "C")
    page.columns.list.choose(5)
    page.of_column.field.choose("note")
    here.answered()
    here.window._pages.pop(page.route)
    page.close_page()
    again = opened(here, path)
    assert again is not page
    assert again._remarks.text() == "What you chose about this file before was put back."
    assert again._judged.mapping.column_of("note").heading == "星座"
    assert again._judged.shown.judgements[2].why.plain == "You said that it is new."


def test_the_mapping_is_remembered_told_and_forgotten(here: Here) -> None:
    page = opened(here, put(here, "first.csv", "谁,哪里\n芦汀纺织,常熟\n"))
    page.columns.list.choose(1)
    page.of_column.field.choose("name")
    here.answered()
    here.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    here.answered()
    assert here.window.page.route == Route("accounts")
    page = opened(here, put(here, "second.csv", "谁,哪里\n沐禾乳业,湖州\n"))
    assert page._remarks.text().startswith("Mapped as on 12 Mar.")
    press(here, page, "G")
    assert "None of its columns is known" in page._summary.text() or page.columns.isVisible()
    assert here.desk().list_mappings.of(page._judged.table.headings.fingerprint) is None


def test_the_report_names_what_to_mend_saves_it_and_undoes(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(here, put(here, "people.csv", PEOPLE))
    here.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert here.told() == "people.csv: 1 new, 1 updated."
    here.answered()
    assert said(page.report)[:1] == ["2 rows are taken in."]
    assert "row 3: The row has no name." in said(page.report)
    mended = here.folder / "mend.csv"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: mended)
    here.qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    here.answered()
    assert mended.read_text("utf-8-sig").splitlines()[1].endswith("3,The row has no name.")
    here.qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    here.answered()
    here.qtbot.waitUntil(lambda: page.rows.isVisible(), timeout=8000)
    here.answered()
    assert happens(page) == ["To be updated", "Rejected", "New"]


def test_stopped_on_the_way_nothing_is_taken(here: Here) -> None:
    rows = "".join(f"公司{n},无锡\n" for n in range(900))
    page = opened(here, put(here, "many.csv", "客户名称,城市\n" + rows))
    before = here.desk().accounts.ask.count()
    here.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    job = here.bench.running
    assert job is not None
    job.cancel()
    here.answered()
    assert here.desk().accounts.ask.count() == before
    assert here.told() == "Stopped. Nothing was changed."
    assert page.actions_here["import.take"].enabled


def test_old_visits_come_in_and_an_unknown_customer_is_made_for_all_its_rows(here: Here) -> None:
    text = (
        "客户名称,拜访日期,主题,关键人,拜访内容\n"
        "澜川精密轴承有限公司,2024-11-05 14:30,样件试验,李敏,谈了交期\n"
        "芦汀纺织,2024-12-01,初访,王总,介绍\n"
        "芦汀纺织,2024-12-20,再访,王总,报价\n"
    )
    page = opened(here, put(here, "visits.csv", text))
    assert page._judged.mapping.kind is ImportKind.VISITS
    assert happens(page) == ["New", "Conflict", "Conflict"]
    page.list.choose(3)
    page.of_row.such.setChecked(True)
    press(here, page, "N")
    assert happens(page) == ["New", "New", "New"]
    here.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    here.answered()
    desk = here.desk()
    made = desk.accounts.ask.by_name("芦汀纺织")[0]
    assert [one.topic for one in desk.visits.ask.whole(made)] == ["再访", "初访"]
    assert [one.name for one in desk.people.ask.of_account(made)] == ["王总"]


def test_a_sheet_a_code_and_a_separator_can_be_chosen(here: Here) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "封面"
    book.active.append(["客户名称"])
    book.active.append(["甲厂"])
    book.create_sheet("客户").append(["客户名称"])
    book["客户"].append(["乙厂"])
    book.save(here.folder / "book.xlsx")
    page = opened(here, here.folder / "book.xlsx")
    assert [row.name for row in page.list.lines] == ["甲厂"]
    page.columns.read_as.emit(1, "", "")
    here.answered()
    assert [row.name for row in page.list.lines] == ["乙厂"]
    odd = put(here, "odd.csv", "客户名称;城市\n甲,厂;无锡\n")
    page = opened(here, odd)
    page.columns.read_as.emit(None, "utf-8", ",")
    here.answered()
    assert page._judged.table.about.separator == ","


def test_address_cards_come_in_as_people(here: Here) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:王芳\nORG:澜川精密轴承有限公司\nTITLE:采购\nEND:VCARD\n"
    page = opened(here, put(here, "phone.vcf", card))
    assert happens(page) == ["New"]
    assert not page.actions_here["import.columns"].enabled
    here.qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    here.answered()
    assert here.window.page.route == Route("people")


def test_a_file_is_dropped_or_chosen_where_an_import_begins(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(here, "people.csv", PEOPLE)
    page = here.go(Route("import"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.place.dropEvent(event)
    here.qtbot.waitUntil(lambda: here.window.page is not page)
    assert here.window.page.route == Route("import", os.fsencode(path))
    here.answered()
    page = here.go(Route("import"))
    monkeypatch.setattr(files, "ask_for_file", lambda *_: path)
    here.qtbot.keyClick(page, Qt.Key.Key_O, CTRL)
    here.answered()
    assert here.window.page.route == Route("import", os.fsencode(path))


def test_everything_goes_out_as_a_bundle_and_a_bundle_is_looked_at(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = here.go(Route("import"))
    target = here.folder / "all.zip"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    here.qtbot.keyClick(page, Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert here.told().startswith("all.zip holds the whole workspace")
    here.answered()
    page = here.go(Route("import", os.fsencode(target)))
    here.qtbot.waitUntil(lambda: "Reading" not in page._summary.text(), timeout=20_000)
    assert "unchanged" in page._summary.text()
    assert not page.actions_here["import.take"].enabled


@pytest.fixture
def fill() -> Callable[[Any], object]:
    def filled(desk: Any) -> None:
        account = desk.accounts.ask.by_name("澜川精密轴承有限公司")[0]
        desk.visits.plan(desk.visits.new(account, Instant.at(date(2026, 1, 5), 9)))

    return filled


def test_what_changes_elsewhere_meanwhile_is_judged_anew(here: Here) -> None:
    page = opened(here, put(here, "new.csv", "客户名称\n芦汀纺织\n"))
    assert page._judged.shown.judgements[0].verdict is Verdict.NEW
    here.bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new("芦汀纺织")))
    here.answered()
    here.qtbot.waitUntil(lambda: happens(page) == ["Unchanged"], timeout=8000)
