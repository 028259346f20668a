"""Keys that act wherever one is: a paper of what one looks at, pages the rail does not show."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from kamdesk.core.wording import Text, say
from kamdesk.desktop import files
from kamdesk.desktop.finding.commands import commands_of
from kamdesk.desktop.lists import give_export_key
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.key import give_paper_key

from .conftest import Here


def press(here: Here, keys: str) -> Route:
    """Press a key in the window; return the page it leads to."""
    key = QKeySequence(keys)[0]
    here.qtbot.keyClick(here.window, key.key(), key.keyboardModifiers())
    here.answered()
    assert here.window.page is not None
    return here.window.page.route


def test_ctrl_p_shows_the_brief_of_the_customer_and_of_the_visit(here: Here) -> None:
    give_paper_key(here.window)
    of_customer = Route("brief", here.account.id, "account")
    here.go(Route("account", here.account.id))
    assert press(here, "Ctrl+P") == of_customer
    page = here.go(Route("accounts"))
    page.list.view.setFocus()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Home)
    assert press(here, "Ctrl+P") == of_customer
    here.go(Route("visit", here.visit))
    assert press(here, "Ctrl+P") == Route("brief", here.visit, "visit")


@pytest.mark.parametrize(
    ("shown", "paper"),
    [
        ("day:2026-05-04", Route("daypack", None, "2026-05-04")),
        ("week:2026-05-04", Route("paper", None, "week:2026-05-04")),
        ("month:2026-05-04", Route("paper", None, "month:2026-05-04")),
    ],
)
def test_ctrl_p_shows_the_paper_of_the_calendar(here: Here, shown: str, paper: Route) -> None:
    give_paper_key(here.window)
    here.go(Route("visits", None, shown))
    assert press(here, "Ctrl+P") == paper


def test_ctrl_p_says_what_has_a_paper_where_nothing_has_one(here: Here) -> None:
    give_paper_key(here.window)
    here.go(Route("settings"))
    assert press(here, "Ctrl+P") == Route("settings")
    assert here.told().startswith("There is no paper of this. Choose a customer or a visit")
    here.go(Route("accounts"))
    assert here.window.notices.words == ""


def test_ctrl_e_exports_the_list_one_looks_at(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_export_key(here.window)
    asked: list[str] = []

    def named(_parent: object, _title: Text, name: str, *_kinds: object) -> Path:
        asked.append(name)
        return tmp_path / f"{len(asked)}.csv"

    monkeypatch.setattr(files, "ask_where_to", named)
    for place, name, word in (
        (Route("account", here.account.id, "people"), "People", "李敏"),
        (Route("account", here.account.id, "visits"), "Visits", "技术交流会"),
        (Route("history", here.account.id), "History", "KA-0173"),
        (Route("accounts"), "Customers", "澜川"),
    ):
        here.go(place)
        press(here, "Ctrl+E")
        assert asked[-1] == name
        assert word in (tmp_path / f"{len(asked)}.csv").read_text("utf-8-sig")
    here.go(Route("settings"))
    press(here, "Ctrl+E")
    assert len(asked) == 4
    assert here.told().startswith("Nothing in a list here to export.")


@pytest.mark.parametrize(
    ("page", "keys", "chinese"),
    [
        ("duplicates", "Ctrl+Shift+D", "重复"),
        ("daypack", "Ctrl+Shift+P", "拜访包"),
        ("review", "Ctrl+Shift+K", "保存"),
        ("own_fields", "Ctrl+Shift+F", "字段"),
    ],
)
def test_pages_off_the_rail_have_a_key_and_a_command(
    here: Here, qtbot: QtBot, page: str, keys: str, chinese: str
) -> None:
    (command,) = [one for one in commands_of(here.window) if one.id == f"page.{page}"]
    assert command.keys == keys
    assert chinese in say(command.name, "zh")
    assert press(here, keys).page == page
