"""Pairs that may be one: chosen by 1 and 2, made one by Enter, told apart by X."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.desktop.pages import Route
from kamdesk.domain.people.model import Channel
from kamdesk.workspace import Workspace

from .conftest import Here


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        [li] = desk.people.ask.named("李敏")
        base = desk.people.ask.get(li)
        seen = desk.storage.position()
        desk.people.change(replace(base, focus="成本"), base=base, seen=seen)
        twin = replace(desk.people.new("李敏", base.account), focus="现金流", birthday="5-1")
        desk.people.add(twin, ways=(desk.people.way(twin, Channel.MOBILE, "13912345678"),))
        other = desk.accounts.new("澜川精密轴承股份有限公司")
        desk.accounts.add(other)
        moved = desk.people.new("李 敏", other.id)
        desk.people.add(moved, ways=(desk.people.way(moved, Channel.MOBILE, "13912345678"),))

    return more


def page_of(here: Here, tab: str) -> Any:
    page = here.go(Route("duplicates", None, tab))
    here.qtbot.waitUntil(lambda: bool(page.list.every) and not page.panel.isHidden(), timeout=8000)
    here.answered()
    return page


def li_mins(here: Here) -> list[bytes]:
    desk = here.desk()
    found = desk.people.ask.named("李敏", here.account.id)
    desk.close()
    return found


def choose(here: Here, page: Any, *, apart: bool) -> None:
    pair = next(one for one in page.list.every if one.apart is apart)
    page.list.choose(pair.id)
    here.answered()


def test_two_people_are_made_one_with_the_values_chosen(here: Here) -> None:
    page = page_of(here, "people")
    choose(here, page, apart=False)
    cells = [choice.cell for choice in page.panel.choices]
    assert cells == ["focus"]
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_2)
    assert page.panel.choices[0].stands == 1
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    here.qtbot.keyClick(page.panel.choices[0], Qt.Key.Key_Return)
    assert here.told() == "李敏 is one record now."
    [left] = li_mins(here)
    desk = here.desk()
    person = desk.people.ask.get(left)
    assert (person.focus, person.birthday) == ("现金流", "5-1")
    desk.close()
    here.window.actions_here["undo"].trigger()
    here.qtbot.waitUntil(lambda: len(li_mins(here)) == 2, timeout=8000)


def test_one_human_at_two_customers_stays_two_records(here: Here) -> None:
    page = page_of(here, "people")
    choose(here, page, apart=True)
    assert page.panel.choices == []
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    here.qtbot.keyClick(page.panel.merge, Qt.Key.Key_Return)
    assert here.told().endswith("is one person at two customers.")


def test_what_is_not_the_same_is_not_asked_again(here: Here) -> None:
    page = page_of(here, "accounts")
    assert [pair.why.plain for pair in page.list.every] == [
        "Their names differ only in the form of the firm."
    ]
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_X)
    assert here.told() == "They are two: not asked again."
    here.answered()
    page._look()
    here.answered()
    assert page.list.every == []


def test_a_customer_goes_into_the_other_and_its_old_page_leads_there(here: Here) -> None:
    page = page_of(here, "accounts")
    gone = page.list.current.second
    page.panel._merge()
    here.told()
    here.answered()
    account: Any = here.go(Route("account", gone))
    here.qtbot.waitUntil(lambda: account.content is not None, timeout=8000)
    assert account.content.file.account.id == here.account.id
