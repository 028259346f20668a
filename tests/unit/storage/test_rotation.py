"""Which backups are kept: the rule alone, over invented dates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.storage import rotation
from kamdesk.storage.rotation import ANY_AGE, OLDEST, Room, surplus

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
WIDE = Room(10**15)


@dataclass(frozen=True, eq=False)
class Made:
    at: datetime
    size: int = 1000
    daily: bool = True


def ago(*days: float, size: int = 1000) -> list[Made]:
    return [Made(NOON - timedelta(days=day), size) for day in days]


def kept(backups: list[Made], *, now: datetime = NOON, room: Room = WIDE) -> list[Made]:
    gone = surplus(backups, now=now, room=room)
    return [one for one in backups if one not in gone]


def ages(backups: list[Made]) -> list[int]:
    return sorted((NOON - one.at).days for one in backups)


backups = st.lists(
    st.builds(
        lambda minutes, size, daily: Made(NOON - timedelta(minutes=minutes), size, daily),
        st.integers(0, 80 * 1440),
        st.integers(1, 10**6),
        st.booleans(),
    ),
    max_size=40,
    unique_by=lambda one: one.at,
)
rooms = st.integers(0, 10**8).map(Room)


def test_after_a_month_of_days_there_are_three_days_three_weeks_and_the_month_before() -> None:
    # the 12th of March is a Thursday: the Sundays before are 4, 11 and 18 days ago, the end of
    # February is 12 days ago
    assert ages(kept(ago(*range(60)))) == [0, 1, 2, 4, 11, 12, 18]


def test_of_one_day_the_newest_is_kept() -> None:
    assert kept(today := ago(0, 0.1, 0.2)) == today[:1]


@given(backups, rooms)
def test_the_newest_is_always_kept(made: list[Made], room: Room) -> None:
    left = kept(made, room=room)
    assert max(made, key=lambda one: one.at) in left if made else left == []


@given(backups, rooms)
def test_only_the_newest_three_are_older_than_35_days_and_few_of_a_sort_are_kept(
    made: list[Made], room: Room
) -> None:
    left = sorted(kept(made, room=room), key=lambda one: one.at, reverse=True)
    assert all(NOON - one.at <= OLDEST for one in left[ANY_AGE:])
    assert sum(one.daily for one in left) <= 7
    assert sum(not one.daily for one in left) <= 9


@given(backups, rooms)
def test_they_stay_within_their_share_unless_the_newest_alone_is_too_big(
    made: list[Made], room: Room
) -> None:
    left = kept(made, room=room)
    assert len(left) <= 1 or sum(one.size for one in left) * 10 <= room.free


@given(backups, rooms)
def test_where_room_is_short_the_oldest_go_first(made: list[Made], room: Room) -> None:
    wide, short = kept(made), kept(made, room=room)
    assert set(short) <= set(wide)
    assert all(one.at > gone.at for one in short for gone in set(wide) - set(short))


@given(backups, rooms)
def test_what_is_kept_is_kept_again(made: list[Made], room: Room) -> None:
    left = kept(made, room=room)
    assert kept(left, room=room) == left


def test_the_days_do_not_push_out_what_was_made_before_an_import() -> None:
    before = Made(NOON - timedelta(hours=3), daily=False)
    assert kept([*ago(0, 0.1), before])[-1] is before


def test_what_was_made_by_hand_stays_when_another_is_made_the_same_day() -> None:
    made = [Made(NOON - timedelta(minutes=back), daily=False) for back in (0, 1, 60, 61)]
    assert kept(made) == made[:3]


def test_a_clock_that_runs_ahead_takes_no_more_than_three_days_to_be_seen() -> None:
    left, ahead = kept(ago(*range(10))), NOON + timedelta(days=400)
    for day in range(2):
        now = ahead + timedelta(days=day)
        left = kept([Made(now), *left], now=now)
    assert left[-1].at == NOON
    back = Made(NOON + timedelta(days=1))
    assert kept([back, *left], now=back.at)[0] is back


def test_what_was_stamped_with_a_time_to_come_counts_as_the_oldest() -> None:
    true, wrong = ago(0, 1, 2, 3), [Made(NOON + timedelta(days=400 + day)) for day in range(3)]
    assert kept([*wrong, *true[:1]], room=Room(0)) == true[:1]
    assert kept([*wrong[:1], *true[:1]]) == [*wrong[:1], *true[:1]]
    assert set(true[:3]) <= set(kept([*wrong, *true]))


def by_turns(minutes: list[int]) -> tuple[list[Made], list[Made]]:
    """What is left when each new backup is followed by tidying, and when it is done once."""
    now, every, left = NOON, list[Made](), list[Made]()
    for step in minutes:
        now += timedelta(minutes=step)
        every.append(Made(now, daily=step % 3 > 0))
        left = kept([*left, every[-1]], now=now)
    return left, kept(every, now=now)


@given(st.lists(st.integers(1, 4 * 1440), min_size=1, max_size=60))
def test_tidying_each_time_keeps_what_tidying_once_would(minutes: list[int]) -> None:
    """Nothing that a later day, week or month wants is removed before its time."""
    left, at_once = by_turns(minutes)
    assert left == at_once


def test_a_rule_that_wants_the_first_of_a_week_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: the first of this week is removed as a day, and missing as a week."""

    def firsts(newest_first: list[Made]) -> list[Made]:
        weeks = {one.at.isocalendar()[:2]: one for one in newest_first}
        stand = {*newest_first[:3], *list(weeks.values())[1:4]}
        return [one for one in newest_first if one in stand]

    monkeypatch.setattr(rotation, "_counted", firsts)
    left, at_once = by_turns([1440] * 20)
    assert left != at_once
