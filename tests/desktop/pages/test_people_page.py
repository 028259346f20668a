"""The list of people: said in order, found by pinyin, opened, added; long lists page by page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.desktop.pages import Route
from kamdesk.desktop.people import page as people_page
from kamdesk.workspace import Workspace

from .conftest import Here

HOSTILE = "<b>粗</b>\u202e反"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        other = desk.accounts.new("瑞坪矿业有限公司")
        desk.accounts.add(replace(other, short_name="瑞坪矿业"))
        for name in ("欧阳若琳", "Min Li", "白思萍", HOSTILE):
            desk.people.add(desk.people.new(name, other.id), title="主任")
        hidden = desk.people.new("不应出现", other.id)
        desk.people.add(hidden)
        desk.people.restrict(hidden.id, "不愿再被联系")

    return more


def names(here: Here) -> list[str]:
    page: Any = here.window.page
    return [entry.name for entry in page.list.lines]


def press(here: Here, key: Qt.Key | str) -> None:
    page: Any = here.window.page
    here.qtbot.keyClick(page.list.view, key)
    here.answered()


def test_people_are_in_the_order_in_which_they_are_said(here: Here) -> None:
    page = here.go(Route("people"))
    said = [name for name in names(here) if name != HOSTILE]
    assert said == ["白思萍", "陈立新", "李敏", "Min Li", "欧阳若琳"]
    assert "不应出现" not in names(here)
    assert page._head.remark.text() == "6 people"
    shown = {page.list.shown("Full name", row) for row in range(6)}
    assert "<b>粗</b>‹RLO›反" in shown


def test_somebody_is_found_by_pinyin_and_opened(here: Here) -> None:
    page = here.go(Route("people"))
    press(here, Qt.Key.Key_Slash)
    here.qtbot.keyClicks(page.list._find, "ouyang")
    assert names(here) == ["欧阳若琳"]
    page.list._find.clear()
    here.qtbot.keyClicks(page.list._find, "clx")
    assert names(here) == ["陈立新"]
    here.qtbot.keyClick(page.list._find, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page.route.page == "person"
    assert here.window.page.content.person.name == "陈立新"


def test_a_person_is_added_with_post_customer_and_number(here: Here) -> None:
    page = here.go(Route("people"))
    press(here, Qt.Key.Key_A)
    form = page.panel
    form.name.insert("诸葛明")
    assert form._named._help.text() == "Family name 诸葛, given name 明"
    here.qtbot.keyClick(form.name, Qt.Key.Key_Tab)
    here.qtbot.keyClicks(form.account, "lanchuan")
    here.qtbot.waitUntil(lambda: bool(form.account._offered), timeout=8000)
    here.qtbot.keyClick(form.account, Qt.Key.Key_Tab)
    assert form.account.text().startswith("澜川")
    form.title.insert("副总经理")
    here.qtbot.keyClicks(form.mobile, "13912345678")
    form.boss.insert("陈立新")
    here.qtbot.keyClick(form.boss, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: here.window.page is not page, timeout=8000)
    here.answered()
    seen = here.window.page.content
    assert (seen.person.name, seen.person.family_name) == ("诸葛明", "诸葛")
    assert seen.account_name == "澜川"
    assert [way.value for way in seen.ways] == ["13912345678"]
    assert (seen.post.post.title, seen.post.boss) == ("副总经理", "陈立新")


def test_what_is_not_known_is_refused_at_its_field_and_the_text_stays(here: Here) -> None:
    page = here.go(Route("people"))
    page.begin_add()
    form = page.panel
    form.step.wanted.emit()
    rows = form.step.form.rows
    here.qtbot.waitUntil(lambda: bool(rows["name"].refusal), timeout=8000)
    form.name.insert("王五")
    form.account.insert("没有这一家")
    form.step.wanted.emit()
    here.qtbot.waitUntil(lambda: bool(rows["account"].refusal), timeout=8000)
    assert form.account.text() == "没有这一家"
    assert form.name.text() == "王五"


def test_a_half_filled_form_is_a_draft(here: Here) -> None:
    page = here.go(Route("people"))
    page.begin_add()
    page.panel.name.insert("半个")
    here.qtbot.keyClick(page.panel.name, Qt.Key.Key_Escape)
    here.answered()
    here.go(Route("accounts"))
    page = here.go(Route("people", None, "new"))
    here.qtbot.waitUntil(lambda: page.panel is not None and page.panel.name.text() == "半个")


def test_a_long_list_comes_page_by_page_and_is_searched_in_the_file(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_page, "WHOLE", 3)
    monkeypatch.setattr(people_page, "PAGE", 4)
    page = here.go(Route("people"))
    here.qtbot.waitUntil(lambda: len(names(here)) == 4, timeout=8000)
    assert "the first 4 of 6 people" in page._head.remark.text()
    page._scrolled(page.list.view.verticalScrollBar().maximum())
    here.answered()
    assert len(names(here)) == 6
    press(here, Qt.Key.Key_Slash)
    here.qtbot.keyClicks(page.list._find, "minli")
    here.qtbot.waitUntil(lambda: names(here) == ["Min Li"], timeout=8000)
    here.qtbot.keyClick(page.list._find, Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: len(names(here)) == 4, timeout=8000)


def test_a_person_is_added_from_the_customer(here: Here) -> None:
    page = here.go(Route("account", here.account.id, "people"))
    here.qtbot.keyClick(page.people.list.view, Qt.Key.Key_A)
    form = page.people.form
    form.name.insert("周海燕")
    here.qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert here.told().startswith("Added.")
    here.qtbot.waitUntil(lambda: page.people.list.current.name == "周海燕", timeout=8000)
    here.qtbot.keyClick(page.people.list.view, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page.content.account_name == "澜川"
