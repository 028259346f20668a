"""Around the map: past days read only, play, what if that saves nothing, two maps side by side."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.tables import living

from kamdesk.desktop.chain.compare import differences
from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.standing import What
from kamdesk.domain.chain.what_if import LeaveMove
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

FIRST, SECOND = date(2026, 1, 20), date(2026, 3, 4)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        [chen] = desk.people.ask.named("陈立新")
        account = desk.people.ask.get(chen).account
        assert account is not None
        [chain] = desk.chain.ask.maps(account)
        wang = desk.people.new("王强", account)
        desk.people.add(wang, title="设备主管")
        desk.chain.seat(chain, wang.id)
        for day, stance in ((FIRST, "-1"), (SECOND, "1")):
            desk.chain.judge(desk.chain.reading(chain, wang.id, What.STANCE, stance, on=day))
        desk.chain.judge(desk.chain.reading(chain, chen, What.INFLUENCE, "5", on=SECOND))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    page = here.go(Route("chain", here.account.id))
    here.qtbot.waitUntil(lambda: bool(page.canvas.cards), timeout=8000)
    here.answered()
    page.canvas.setFocus()
    return page


def press(here: Here, page: Any, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    here.qtbot.keyClick(page.canvas, key, held)
    here.answered()


def stance(page: Any, name: str) -> int | None:
    found = next(node for node in page.net.people if node.name == name)
    return found.stands.stance


def on_day(here: Here, page: Any, day: date) -> None:
    here.qtbot.waitUntil(lambda: page.net.day == day, timeout=8000)
    here.answered()


def test_the_slider_goes_from_change_to_change_and_the_past_is_read_only(
    here: Here, page: Any
) -> None:
    around = page.surroundings
    assert [tick.day for tick in around.slider.track.ticks] == [FIRST, SECOND, DAY]
    press(here, page, Qt.Key.Key_BracketLeft, SHIFT)
    on_day(here, page, SECOND)
    press(here, page, Qt.Key.Key_BracketLeft)
    on_day(here, page, SECOND - timedelta(days=1))
    assert stance(page, "王强") == -1
    assert around.past.isVisible()
    page.canvas.come_to(next(n.id for n in page.net.people if n.name == "王强"))
    assert not around.panel.person.edit.isVisible()
    assert not any(sign.isEnabled() for sign in around.panel.person.stance.signs)
    press(here, page, Qt.Key.Key_E)
    assert around.panel.forms.step is None
    press(here, page, Qt.Key.Key_Escape)
    on_day(here, page, DAY)
    assert not around.past.isVisible()
    assert stance(page, "王强") == 1


def test_what_moved_lately_is_said_and_listed(here: Here, page: Any) -> None:
    slider, panel = page.surroundings.slider, page.surroundings.panel
    assert slider.summary.text() == "6 changes since 12 Feb"
    press(here, page, Qt.Key.Key_U)
    assert panel.changes.isVisible()
    press(here, page, Qt.Key.Key_Escape)
    assert not panel.changes.isVisible()


def test_it_plays_from_change_to_change_until_today(here: Here, page: Any) -> None:
    player = page.surroundings.player
    page.show_day(FIRST)
    on_day(here, page, FIRST)
    seen: list[date] = []
    player.came.connect(seen.append)
    press(here, page, Qt.Key.Key_Space)
    assert player.plays
    while player.plays:
        player.step()
    assert seen == [SECOND, DAY]
    on_day(here, page, DAY)


def test_what_if_shows_before_and_after_and_saves_nothing(here: Here, page: Any) -> None:
    desk = here.desk()
    before = living(desk)
    desk.close()
    panel = page.surroundings.panel
    press(here, page, Qt.Key.Key_H)
    assert page.surroundings.supposing.isVisible()
    was = panel.what_if.outcome.before
    press(here, page, Qt.Key.Key_1)
    assert len(panel.what_if.moves) == 1
    assert panel.what_if.outcome.after.low >= was.low
    page.canvas.come_to(next(n.id for n in page.net.people if n.name == "王强"))
    press(here, page, Qt.Key.Key_S)
    here.qtbot.keyClicks(page.canvas, "0")
    here.answered()
    assert stance(page, "王强") == 0
    press(here, page, Qt.Key.Key_X)
    assert isinstance(panel.what_if.moves[-1], LeaveMove)
    assert "王强" not in [node.name for node in page.net.people]
    press(here, page, Qt.Key.Key_Escape)
    assert panel.what_if is None
    assert stance(page, "王强") == 1
    desk = here.desk()
    assert living(desk) == before
    desk.close()


def test_two_days_stand_side_by_side_with_what_differs(here: Here, page: Any) -> None:
    comparison = page.surroundings.comparison
    press(here, page, Qt.Key.Key_C)
    here.qtbot.waitUntil(lambda: comparison.compared is not None, timeout=8000)
    assert not page.canvas.isVisible()
    found = comparison.compared.differences
    assert "王强: doubtful −1 → supporter +1" in [one.said.plain for one in found]
    comparison.first.day.setText("next year")
    comparison.first.day.editingFinished.emit()
    assert comparison.first.refusal.text().startswith("“next year” is no day")
    here.qtbot.keyClick(comparison.second.view, Qt.Key.Key_Escape)
    here.answered()
    assert page.canvas.isVisible()


def test_a_map_does_not_differ_from_itself(page: Any) -> None:
    assert differences(page.net, page.net) == ()
