"""Names and promises typed on the command line become records, or are refused in words."""

from dataclasses import replace
from datetime import date

import pytest
from support.commands import a_territory

from kamdesk.cli.seats import promise_of, seats
from kamdesk.core.errors import RuleBroken
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Side, Visit
from kamdesk.workspace import Workspace


@pytest.fixture
def planned(desk: Workspace) -> Visit:
    a_territory(desk)
    (account,) = desk.accounts.ask.by_number("KA-001")
    return desk.visits.new(account, desk.clock.now())


def test_names_are_theirs_or_ours_and_i_am_there(desk: Workspace, planned: Visit) -> None:
    sitting = seats(desk, planned, ("王建国", "陈浩"), me=True)
    assert [seat.side for seat in sitting] == [Side.THEIRS, Side.OURS, Side.OURS]
    assert sitting[-1].who == desk.team.me


def test_a_part_of_a_name_will_do_and_nobody_sits_twice(desk: Workspace, planned: Visit) -> None:
    assert len(seats(desk, planned, ("建国", "王建国"), me=False)) == 1


def test_what_one_says_to_the_face_names_a_person(desk: Workspace, planned: Visit) -> None:
    (wang,) = desk.people.ask.named("王建国")
    before = desk.people.ask.get(wang)
    desk.people.change(
        replace(before, form_of_address="王主任"), base=before, seen=desk.storage.position()
    )
    assert [seat.who for seat in seats(desk, planned, ("王主任",), me=False)] == [wang]


@pytest.mark.parametrize("name", ["王芳", "Nobody", "", "  "])
def test_a_stranger_to_this_customer_is_refused(desk: Workspace, planned: Visit, name: str) -> None:
    with pytest.raises(RuleBroken, match="neither in this customer's file"):
        seats(desk, planned, (name,), me=True)


def test_a_part_that_fits_two_names_both(desk: Workspace, planned: Visit) -> None:
    desk.people.add(desk.people.new("王建设", planned.account))
    with pytest.raises(RuleBroken, match="王建国, 王建设"):
        seats(desk, planned, ("王建",), me=True)


@pytest.mark.parametrize(
    ("text", "side", "words", "due"),
    [
        ("ours: send the offer by 2026-03-20", PromiseSide.OURS, "send the offer", 20),
        ("theirs: 确认名单 截止 2026-03-21 @王建国", PromiseSide.THEIRS, "确认名单", 21),
        ("我方：发报价 by +3", PromiseSide.OURS, "发报价", 15),
        ("they: stand by me", PromiseSide.THEIRS, "stand by me", None),
        ("我方：发报价 by 下周三 @陈浩", PromiseSide.OURS, "发报价", 18),
        ("ours: send it by next Wed", PromiseSide.OURS, "send it", 18),
        ("ours: send it by monday", PromiseSide.OURS, "send it", 16),
        ("我方：发样品 截止2026年3月20日", PromiseSide.OURS, "发样品", 20),
        ("theirs: 下周三 给停机记录", PromiseSide.THEIRS, "给停机记录", 18),
        ("ours: 给方案 3月20日 @陈浩", PromiseSide.OURS, "给方案", 20),
        ("我方：五天内 发报价", PromiseSide.OURS, "发报价", 17),
        ("theirs: 12月停机记录", PromiseSide.THEIRS, "12月停机记录", None),
        ("ours: by hand", PromiseSide.OURS, "by hand", None),
    ],
)
def test_a_promise_is_read(
    desk: Workspace, planned: Visit, text: str, side: PromiseSide, words: str, due: int | None
) -> None:
    made = promise_of(desk, planned, text)
    assert (made.side, made.words, made.due) == (side, words, due and date(2026, 3, due))
    assert (made.visit, made.account) == (planned.id, planned.account)


def test_our_promise_without_a_name_is_mine(desk: Workspace, planned: Visit) -> None:
    assert promise_of(desk, planned, "ours: x").colleague == desk.team.me
    assert promise_of(desk, planned, "ours: x @陈浩").colleague == desk.team.ask.named("陈浩")


@pytest.mark.parametrize("text", ["", "send it", "mine: send it", "ours send it"])
def test_a_promise_that_is_nobodys_is_refused(desk: Workspace, planned: Visit, text: str) -> None:
    with pytest.raises(RuleBroken, match="begin with “ours:” or “theirs:”"):
        promise_of(desk, planned, text)


@pytest.mark.parametrize("text", ["ours: x by 2026-02-31", "theirs: x by 99"])
def test_a_day_that_is_none_is_refused(desk: Workspace, planned: Visit, text: str) -> None:
    with pytest.raises(RuleBroken, match="is no day"):
        promise_of(desk, planned, text)
