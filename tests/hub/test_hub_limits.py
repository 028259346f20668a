"""How often somebody may: bursts, refills, bounded memory; and who counts as one caller."""

from dataclasses import dataclass

import pytest

from kamdesk.hub.online.limits import Limit, place_of


@dataclass
class Hands:
    """A clock moved by hand."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def test_ten_at_once_then_one_a_minute() -> None:
    now = Hands()
    limit = Limit(at_once=10, every=60, now=now)
    assert [limit.took("a") for _ in range(10)] == [0] * 10
    assert limit.took("a") == 60
    assert limit.wait("a") == 60
    now.at += 59
    assert limit.took("a") == 1
    now.at += 1
    assert [limit.took("a"), limit.took("a")] == [0, 60]
    now.at += 600
    assert [limit.took("a") for _ in range(11)] == [0] * 10 + [60]


def test_a_refused_try_costs_nothing_more() -> None:
    now = Hands()
    limit = Limit(at_once=1, every=60, now=now)
    assert [limit.took("a") for _ in range(5)] == [0, 60, 60, 60, 60]
    now.at += 60
    assert limit.took("a") == 0


def test_callers_do_not_share() -> None:
    limit = Limit(at_once=1, every=60, now=Hands())
    assert [limit.took(who) for who in ("a", "b", "a")] == [0, 0, 60]


def test_memory_is_bounded_and_the_quiet_are_forgotten_first() -> None:
    limit = Limit(at_once=1, every=60, now=Hands(), most=100)
    for n in range(1000):
        limit.took(str(n))
    assert limit.wait("0") == 0
    assert limit.wait("999") == 60
    assert len(limit._full_at) == 100


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("x" * 500, "x" * 64),
    ],
)
def test_a_network_of_ipv6_is_one_caller(address: str, place: str) -> None:
    assert place_of(address) == place
