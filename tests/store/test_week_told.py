"""A week told: the same things and the same sums, as it stands and as it is proposed."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.desks import a_desk
from support.week_day import a_customer, a_visit_at, at_home, on, the_week

from kamdesk.core.spot import Spot
from kamdesk.core.wording import say
from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.domain.visits.model import Firmness
from kamdesk.domain.week.model import Bond, LeftOut, Obstacle
from kamdesk.domain.week.planning import first
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_next import next_weeks
from kamdesk.dossier.week_told import PUT_BACK, driven_apart, left_out_said, told
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
MONDAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def town() -> Iterator[Workspace]:
    """Thirty accounts; read only."""
    with tempfile.TemporaryDirectory() as folder:
        clock = demo_clock(DAY)
        desk = a_desk(Path(folder), name="", clock=clock, ids=demo_ids(clock, 1))
        fill(desk, accounts=30, day=DAY)
        yield desk
        desk.close()


@pytest.mark.parametrize("week", range(-2, 8))
def test_every_sum_is_the_sum_of_what_is_shown(town: Workspace, week: int) -> None:
    monday = MONDAY + timedelta(days=7 * week)
    read = read_week(town.storage.reader, monday, me=town.team.me, now=town.clock.now())
    proposal = first(read.problem)
    stands, proposed = told(read), told(read, proposal)
    assert proposed.due == proposed.placed + len(proposed.left) + len(read.unplaced)
    assert stands.due == len(stands.left) + len(read.unplaced)
    assert (proposed.saved or 0) == max(0, (proposal.by_hand or 0) - proposal.drive)
    for one in (stands, proposed):
        drives = [line.drive for day in one.days for line in day.lines]
        assert one.drive == sum(drives) + sum(day.drive_back for day in one.days)
        for day in one.days:
            times = [line.begins for line in day.lines]
            assert times == sorted(times)
    # what is agreed stands in both at the same time; nothing stands twice
    agreed = {
        (line.item.key, day.day.day, line.begins)
        for day in stands.days
        for line in day.lines
        if line.item.bond is Bond.FIXED
    }
    placed = [
        (line.item.key, day.day.day, line.begins) for day in proposed.days for line in day.lines
    ]
    assert agreed <= set(placed)
    assert len(placed) == len({key for key, *_ in placed})


def test_the_running_week_counts_the_ways_of_days_that_are_over(town: Workspace) -> None:
    read = read_week(town.storage.reader, MONDAY, me=town.team.me, now=town.clock.now())
    over = {day.day.day: day.drive for day in told(read).days if day.day.at is None and day.drive}
    assert over
    assert driven_apart(read) == over


def test_who_is_left_out_is_told_a_later_week_where_one_was_looked_for(desk: Workspace) -> None:
    at_home(desk)
    far = a_customer(desk, "北方重工", spot=Spot(39.90, 116.40), seen_days_ago=40)
    read = the_week(desk)
    proposal = first(read.problem)
    (plain,) = told(read, proposal).left
    assert (plain.later, plain.later_words) == (None, "")
    (left,) = told(read, proposal, later=next_weeks(desk.storage.reader, read)).left
    assert left.item.key == far.id
    assert left.later is not None
    assert left.later.far
    (nowhere,) = told(read, proposal, later={}).left
    assert say(nowhere.later_words, "en") == "not within 8 weeks"


def test_what_the_user_put_back_is_said_to_be_put_back(desk: Workspace) -> None:
    at_home(desk)
    a_customer(desk, "到期", seen_days_ago=40)
    a_customer(desk, "放回", seen_days_ago=40)
    read = the_week(desk)
    out = next(item for item in read.due if item.name == "放回")
    stops = tuple(stop for stop in read.problem.stops if stop.key != out.key)
    week = told(read, first(replace(read.problem, stops=stops)))
    assert [(left.item.name, left.said) for left in week.left] == [("放回", PUT_BACK)]


def test_what_was_pinned_is_not_shown_as_proposed(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "到期", seen_days_ago=40)
    read = the_week(desk)
    proposal = first(read.problem)
    (line,) = (line for day in told(read, proposal).days for line in day.lines)
    assert line.is_proposed
    (line,) = (line for day in told(read, proposal, pins={account.id}).days for line in day.lines)
    assert (line.is_proposed, line.item.bond) == (False, Bond.PINNED)


def test_a_loose_visit_that_stays_is_no_news_one_that_moves_is(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "华东重工", of=None)
    a_visit_at(desk, account, on(1, 9), firmness=Firmness.LOOSE)
    read = the_week(desk)
    proposal = first(read.problem)
    (line,) = (line for day in told(read, proposal).days for line in day.lines)
    (stands,) = (line for day in told(read).days for line in day.lines)
    assert line.is_proposed == (line.begins != stands.begins or proposal.days[1].stops == ())
    assert not stands.is_proposed


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        (Obstacle.NO_WINDOW, "They receive at no time at which you are free"),
        (Obstacle.NO_ROOM, "No day has room left for it"),
        (Obstacle.NOT_WORTH, "The way is longer than it is worth"),
        (Obstacle.DISPLACED, "It would fit only in place of 华东重工"),
    ],
)
def test_each_obstacle_has_its_words(desk: Workspace, obstacle: Obstacle, words: str) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    read = the_week(desk)
    left = LeftOut(key=b"?", obstacle=obstacle, instead_of=(account.id,))
    assert left_out_said(read, left).plain == words


def test_who_receives_is_not_said_to_be_shut_where_all_is_agreed_or_it_is_too_far(
    desk: Workspace,
) -> None:
    at_home(desk)
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    left = LeftOut(key=account.id, obstacle=Obstacle.NO_WINDOW)
    assert left_out_said(the_week(desk), left).plain == "What already stands leaves no time for it"
    beijing = a_customer(desk, "北方重工", spot=Spot(39.90, 116.40), seen_days_ago=40)
    far = left_out_said(the_week(desk), replace(left, key=beijing.id)).plain
    assert far.startswith("Too far for one day: 1")
    assert far.endswith(" each way")
