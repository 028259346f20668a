"""What the overview of a customer says happened since one was there, and where each line leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.workspace import Workspace

from .conftest import Here


def _meanwhile(desk: Workspace) -> None:
    (account,) = desk.accounts.ask.by_number("KA-0173")
    li = next(one for one in desk.people.ask.of_account(account) if one.name == "李敏")
    mine = desk.visits.ask.whole(account)[-1]
    desk.visits.seat(Attendee.at(mine, desk.team.me, Side.OURS))
    for n in range(1, 8):
        fact = Fact(
            id=desk.storage.new_id(), account=account, words=f"消息{n}", day=date(2026, 3, n)
        )
        desk.visits.note(replace(fact, about=li.id))
    wu = desk.team.new("吴启明")
    desk.team.add(wu)
    talk = replace(desk.visits.new(account, Instant.at(date(2026, 3, 10), 9)), topic="方案交流")
    desk.visits.plan(talk, Attendee.at(talk, wu.id, Side.OURS))
    desk.visits.hold(talk.id, seen=desk.storage.position())
    base = desk.accounts.ask.get(account)
    desk.accounts.change(
        replace(base, employees=1200),
        base=base,
        seen=desk.storage.position(),
        bases={"employees": Basis(as_of=date(2026, 3, 11))},
    )


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    return _meanwhile


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("account", here.account.id))


def lines(page: Any) -> list[PressedLine]:
    """The lines that are shown, from above."""
    found = [one for one in page.overview.changes.findChildren(PressedLine) if one.isVisible()]
    return sorted(found, key=lambda line: line.y())


def test_eight_lines_newest_first_then_how_many_more(here: Here, page: Any) -> None:
    shown = lines(page)
    n = len(page.content.changes)
    assert n > 8
    assert len(shown) == 9
    assert shown[4].accessibleName() == "11 Mar · Noted: employees"
    assert shown[-1].accessibleName() == f"and {n - 8} more"
    here.qtbot.keyClick(shown[-1], Qt.Key.Key_Return)
    assert page.tabs.key == "history"


def test_lines_lead_to_a_field_a_visit_and_a_person(here: Here, page: Any) -> None:
    told = {line.accessibleName().split(" · ")[1]: line for line in lines(page)[:-1]}
    here.qtbot.keyClick(told["Noted: employees"], Qt.Key.Key_Return)
    assert page.tabs.key == "particulars"
    assert page.particulars.fields["employees"].editing
    page.go_to("overview")
    here.qtbot.keyClick(told["吴启明, visit: 方案交流"], Qt.Key.Key_Return)
    here.answered()
    visit: Any = here.window.page
    assert visit.route.page == "visit"
    assert visit.content.file.account.id == here.account.id
    again = here.go(Route("account", here.account.id))
    here.qtbot.mouseClick(lines(again)[1], Qt.MouseButton.LeftButton)
    here.answered()
    assert here.window.page is not None
    assert here.window.page.route.page == "person"
