"""Ids are UUIDv7, grow strictly, and links have ids made of their ends."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Ids, linked_id, read_id

NOON = Instant.at(date(2026, 3, 12), 12)


def test_an_id_is_a_uuid_of_version_seven_that_tells_its_time() -> None:
    made = uuid.UUID(bytes=Ids(StoppedClock(NOON)).new())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == NOON.ms


@given(some.lists(some.integers(min_value=-5, max_value=5), min_size=2, max_size=60))
def test_ids_grow_though_the_clock_goes_back(steps: list[int]) -> None:
    clock = StoppedClock(NOON)
    maker = Ids(clock)
    made = []
    for minutes in steps:
        clock.move(minutes=minutes)
        made.append(maker.new())
    assert made == sorted(set(made))


def test_ids_with_the_same_chance_are_the_same() -> None:
    one, other = (Ids(StoppedClock(NOON), lambda bits: 5).new() for _ in range(2))
    assert one == other


def test_the_id_of_a_link_follows_from_its_ends_in_order() -> None:
    assert linked_id("attendee", b"a", b"b") == linked_id("attendee", b"a", b"b")
    assert linked_id("attendee", b"a", b"b") != linked_id("attendee", b"b", b"a")
    assert linked_id("attendee", b"a", b"b") != linked_id("known_as", b"a", b"b")


def test_ids_are_read_from_hex() -> None:
    made = Ids(StoppedClock(NOON)).new()
    assert read_id(made.hex()) == made


@pytest.mark.parametrize("text", ["", "xyz", "00", "0" * 33])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        read_id(text)
