"""Somebody changes jobs: found by pinyin, moved by the assistant, all of it taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.desks import MORNING
from support.hand import Hand
from support.tables import living

from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.model import Channel
from kamdesk.workspace import Workspace

MOVE, BACK = 10, 1
"""Keys and texts from today until she has her post there; and for taking it back."""

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def two_customers(desk: Workspace) -> None:
        old = replace(desk.accounts.new("澜川精密轴承有限公司"), short_name="澜川")
        new = replace(desk.accounts.new("瑞坪矿业有限公司"), short_name="瑞坪矿业")
        desk.accounts.add(old)
        desk.accounts.add(new)
        li = desk.people.new("李敏", old.id)
        ways = (
            desk.people.way(li, Channel.MOBILE, "13912345678"),
            desk.people.way(li, Channel.EMAIL, "li@lanchuan.example"),
        )
        desk.people.add(li, title="财务总监", ways=ways)
        chain = desk.chain.open_map(old.id)
        desk.chain.seat(chain, li.id, label=li.name)
        role = Role.APPROVER.value
        desk.chain.judge(desk.chain.reading(chain, li.id, What.ROLES, role, on=MORNING.day))

    return two_customers


def test_she_leaves_and_one_undo_brings_her_back(hand: Hand) -> None:
    before = hand.asked(living)
    hand.press("Ctrl+K")
    hand.type("limin")
    hand.press("Return")
    old = hand.at("person")
    hand.press("M")
    hand.until(lambda: len(old.step.ways) == 2)
    hand.type("2026-03-10")
    hand.press("Tab")
    hand.type("瑞坪")
    hand.press("Tab")
    hand.type("财务副总")
    hand.press("Ctrl+Return")
    hand.until(lambda: hand.at("person") is not old)
    new = hand.at("person").content
    assert (new.person.name, new.account_name) == ("李敏", "瑞坪矿业")
    assert new.post.post.title == "财务副总"
    assert [way.value for way in new.ways] == ["13912345678"]
    assert [one.id for one in new.same] == [old.person]
    assert hand.actions <= MOVE
    hand.press("Ctrl+Z")
    hand.until(lambda: hand.asked(living) == before)
    assert hand.actions <= MOVE + BACK
    hand.press("Alt+Left")
    back = hand.at("person")
    assert back.person == old.person
    assert back.content.post.post.title == "财务总监"
    assert len(back.content.ways) == 2
