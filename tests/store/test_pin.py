"""The PIN: gives the key back in the same session, three tries long, and never by itself."""

from pathlib import Path

import pytest
from support.desks import a_desk

from kamdesk.core.errors import RuleBroken
from kamdesk.storage import pin as pins
from kamdesk.storage.pin import Sealed, keep_pin, kept_pin, new_pin

KEY = "5a" * 32


@pytest.mark.parametrize("digits", ["", "123", "123456789", "12a4", "１２３４", "12 34", " 1357"])
def test_a_pin_has_four_to_eight_digits(digits: str) -> None:
    with pytest.raises(RuleBroken, match="4 to 8 digits"):
        new_pin(digits)


@pytest.mark.parametrize("digits", ["0000", "1234", "9876", "7890", "3210"])
def test_what_anybody_tries_first_is_refused(digits: str) -> None:
    with pytest.raises(RuleBroken, match="Anybody"):
        new_pin(digits)


def test_kept_in_the_file_and_forgotten(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    assert kept_pin(desk.storage) is None
    keep_pin(desk.storage, pin := new_pin("4071"))
    assert kept_pin(desk.storage) == pin
    assert b"4071" not in pin.salt + pin.made
    keep_pin(desk.storage, None)
    assert kept_pin(desk.storage) is None
    desk.close()


def test_gives_the_key_back_until_tried_wrong_three_times() -> None:
    pin = new_pin("4071")
    sealed = Sealed(pin, KEY, until=pins.time.time() + 60)
    assert sealed.key("4072") is None
    assert sealed.key("4071") == KEY
    assert [sealed.key("0001"), sealed.key("0002")] == [None, None]
    assert not sealed.works
    assert sealed.key("4071") is None
    assert sealed._sealed == b""


def test_gives_nothing_back_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = Sealed(new_pin("4071"), KEY, until=pins.time.time() + pins.LASTS)
    late = pins.time.time() + pins.LASTS + 1
    monkeypatch.setattr(pins.time, "time", lambda: late)
    assert not sealed.works
    assert sealed.key("4071") is None
    assert sealed._sealed == b""
