"""Tabs of a customer without anything behind them are quiet, until there is something."""

from typing import Any

from PySide6.QtWidgets import QAbstractButton

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop.pages import Route
from kamdesk.workspace import Workspace

from .conftest import Here


def spoken(page: Any) -> list[str]:
    """What the tabs are called."""
    return [tab.accessibleName() for tab in page.tabs.findChildren(QAbstractButton)]


def test_a_tab_is_quiet_until_there_is_something_behind_it(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    assert spoken(page)[2:] == ["People", "Visits & promises", "Files none", "History"]
    made: list[bytes] = []

    def found(desk: Workspace) -> ChangeSet:
        account = desk.accounts.new("空白客户")
        made[:] = [account.id]
        return desk.accounts.add(account)

    here.bench.do(page, found)
    here.answered()
    bare = here.go(Route("account", made[0]))
    assert spoken(bare)[2:5] == ["People none", "Visits & promises none", "Files none"]
    wide = bare.tabs.sizeHint().width()

    def joined(desk: Workspace) -> ChangeSet:
        person = desk.people.new("王建", desk.accounts.ask.by_name("空白客户")[0])
        return desk.people.add(person)

    here.bench.do(bare, joined)
    here.answered()
    assert spoken(bare)[2] == "People"
    assert bare.tabs.sizeHint().width() < wide


def test_a_low_page_leaves_its_room_to_the_tab(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    page.resize(page.width(), 339)
    assert page._top._facts.isHidden()
    assert page._head.isVisible()
    page.resize(page.width(), 340)
    assert not page._top._facts.isHidden()
