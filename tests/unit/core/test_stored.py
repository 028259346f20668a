"""Stored values read without trust: what means nothing here is otherwise, never an error."""

import pytest

from kamdesk.core.clock import Instant, read_day
from kamdesk.core.stored import read_number, read_word, read_words
from kamdesk.domain.chain.model import Role
from kamdesk.domain.visits.model import VisitKind


@pytest.mark.parametrize("stored", [None, "", "hologram", " visit", "VISIT"])
def test_a_word_unknown_here_is_otherwise(stored: str | None) -> None:
    assert read_word(VisitKind, stored, VisitKind.VISIT) is VisitKind.VISIT
    assert read_word(VisitKind, stored, None) is None
    assert read_word(VisitKind, "call", None) is VisitKind.CALL


def test_of_words_the_known_ones_are_read() -> None:
    assert read_words(Role, "buyer shaman  user") == (Role.BUYER, Role.USER)
    assert read_words(Role, None) == ()


def test_a_number_out_of_its_scale_is_otherwise() -> None:
    found = [read_number(range(1, 4), value, 2) for value in (None, 0, 1, 3, 4, -1, 2**63 - 1)]
    assert found == [2, 2, 1, 3, 2, 2, 2]


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "",
        "soon",
        "2026-13-45T00:00:00.000Z UTC",
        "0001-01-01T00:00:00.000Z UTC",
        "9999-12-31T23:59:59.999Z Asia/Shanghai",
        "1969-12-31T23:59:59.999Z UTC",
    ],
)
def test_what_is_no_moment_is_none(stored: str | None) -> None:
    assert Instant.read(stored) is None


def test_a_moment_in_an_unknown_zone_is_read_in_utc() -> None:
    found = Instant.read("2026-03-12T06:00:00.000Z Nowhere/Land")
    assert found == Instant.read("2026-03-12T06:00:00.000Z UTC")
    assert found
    assert found.local.hour == 6


def test_what_is_no_day_is_none() -> None:
    assert [read_day(text) for text in (None, "", "2026-13-45", "tomorrow")] == [None] * 4
