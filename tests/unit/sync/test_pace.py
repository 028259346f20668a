"""The pace of the exchange: pauses grow and are scattered, the hub's word counts, wishes hurry."""

import pytest

from kamdesk.sync.pace import LEAST, SCATTER, SOON, Pace, Wake
from kamdesk.sync.post import Cause


def never() -> float:
    return 0.0


def always() -> float:
    return 1.0


def after_failures(cause: Cause, times: int) -> Pace:
    pace = Pace()
    for _ in range(times):
        pace = pace.refused(cause)
    return pace


def test_after_an_answer_the_next_poll_begins_at_once_but_not_in_a_spin() -> None:
    assert after_failures(Cause.OFFLINE, 5).answered().pause(never) == LEAST


@pytest.mark.parametrize("cause", list(Cause))
def test_every_pause_grows_up_to_a_bound(cause: Cause) -> None:
    pauses = [after_failures(cause, n).pause(always) for n in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1] == pauses[-2] <= 3600


def test_half_of_a_pause_is_left_to_chance() -> None:
    pace = after_failures(Cause.OFFLINE, 4)
    assert pace.pause(never) * 2 == pace.pause(always) == 24


def test_another_cause_begins_anew() -> None:
    pace = after_failures(Cause.OFFLINE, 9).refused(Cause.BUSY)
    assert pace.pause(always) == 5


def test_what_the_hub_said_is_never_undercut() -> None:
    pace = Pace().refused(Cause.BUSY, 120)
    assert pace.pause(never) == 120
    assert pace.pause(always) == 150
    for why in (Wake.WRITTEN, Wake.NETWORK):
        assert pace.woken(why, 119, never) == 119


def test_the_user_wish_is_done_at_once() -> None:
    assert Pace().refused(Cause.BUSY, 120).woken(Wake.ASKED, 119, always) == 0


def test_what_was_written_goes_out_soon_while_the_hub_answers() -> None:
    assert Pace().woken(Wake.WRITTEN, 20, always) == SOON
    assert after_failures(Cause.OFFLINE, 3).woken(Wake.WRITTEN, 10, always) == 10


def test_another_network_is_tried_each_desk_at_a_moment_of_its_own() -> None:
    pace = after_failures(Cause.OFFLINE, 10)
    assert pace.woken(Wake.NETWORK, 299, never) == 0
    assert pace.woken(Wake.NETWORK, 299, always) == SCATTER
    assert pace.woken(Wake.NETWORK, 1, always) == 1


def test_a_hub_that_holds_nothing_back_is_not_asked_in_a_spin() -> None:
    pace, pauses = Pace(), []
    for _ in range(8):
        pace = pace.answered(in_vain=True)
        pauses.append(pace.pause(never))
    assert pauses == [2, 4, 8, 16, 20, 20, 20, 20]
    assert pace.answered().pause(never) == LEAST
