"""Moves worth making: ranked by worth and lateness, one a customer, not all of one kind."""

import pytest

from kamdesk.core.ids import AccountId, Id
from kamdesk.dossier.moves import (
    Ground,
    Move,
    chain_worth,
    chosen,
    contact_worth,
    promise_worth,
    task_worth,
)


def move(account: int, ground: Ground, worth: float) -> Move:
    """Return a move at a customer."""
    who = AccountId(Id(bytes([account]) * 16))
    return Move(ground=ground, account=who, account_name=str(account), worth=worth)


def told(*moves: Move) -> list[tuple[str, Ground]]:
    """Return what was chosen."""
    return [(one.account_name, one.ground) for one in chosen(moves)]


def test_the_best_come_first_and_what_is_worth_nothing_not_at_all() -> None:
    assert told(
        move(1, Ground.CONTACT, 90), move(2, Ground.PROMISE, 100), move(3, Ground.TASK, 0)
    ) == [("2", Ground.PROMISE), ("1", Ground.CONTACT)]


def test_a_customer_is_named_once_with_its_best_move() -> None:
    assert told(
        move(1, Ground.CONTACT, 90), move(1, Ground.PROMISE, 100), move(2, Ground.CHAIN, 10)
    ) == [("1", Ground.PROMISE), ("2", Ground.CHAIN)]


def test_two_of_a_kind_leave_room_for_another_kind_and_fill_up_where_there_is_none() -> None:
    calls = [move(n, Ground.CONTACT, 100 - n) for n in range(1, 5)]
    assert [one for _, one in told(*calls, move(9, Ground.CHAIN, 5))] == [
        Ground.CONTACT, Ground.CONTACT, Ground.CHAIN,
    ]  # fmt: skip
    assert [one for one, _ in told(*calls)] == ["1", "2", "3"]


def test_the_order_does_not_hang_on_the_order_given() -> None:
    some = [move(n, Ground.CONTACT, 50) for n in range(1, 6)]
    assert told(*some) == told(*reversed(some))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (promise_worth(60, 1, visit_soon=False), promise_worth(60, 14, visit_soon=False)),
        (promise_worth(60, 9, visit_soon=False), promise_worth(60, 9, visit_soon=True)),
        (contact_worth(240, 30, 30, of_person=True), contact_worth(240, 30, 30, of_person=False)),
        (contact_worth(60, 9, 30, of_person=False), contact_worth(240, 9, 30, of_person=False)),
        (contact_worth(60, 9, 30, of_person=False), contact_worth(60, 9, 0, of_person=False)),
        (chain_worth(60, 3), chain_worth(60, 6)),
        (task_worth(60, 61), task_worth(60, 1)),
        (task_worth(60, 0), task_worth(60, 1)),
    ],
)
def test_what_is_later_or_weighs_more_is_worth_more(less: float, more: float) -> None:
    assert less < more


def test_lateness_has_a_ceiling() -> None:
    assert promise_worth(60, 14, visit_soon=False) == promise_worth(60, 900, visit_soon=False)
    assert contact_worth(60, 30, 30, of_person=False) == contact_worth(60, 900, 30, of_person=False)
