"""Values as people read them, in both languages."""

from collections.abc import Iterator
from datetime import date

import pytest

from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    looks.speak("en")
    yield
    looks.speak("en")


def test_days_have_their_year_only_when_it_is_another() -> None:
    today = date(2026, 3, 12)
    assert looks.day(date(2026, 3, 1), today=today) == "1 Mar"
    assert looks.day(date(2025, 12, 31), today=today) == "31 Dec 2025"
    looks.speak("zh")
    assert looks.day(date(2026, 3, 1), today=today) == "3 月 1 日"
    assert looks.day(date(2025, 12, 31), today=today) == "2025 年 12 月 31 日"
    assert looks.weekday(today) == "周四"


def test_what_is_not_known_is_a_dash_not_a_zero() -> None:
    assert looks.day(None) == looks.number(None) == looks.money(None) == looks.percent(None) == "–"


def test_minus_is_a_minus() -> None:
    assert looks.signed(-2) == "−2"
    assert looks.signed(0) == "0"
    assert looks.signed(3) == "+3"
    assert looks.number(-1234.5, 1) == "−1,234.5"


def test_money_is_short_unless_exact() -> None:
    assert looks.money(Money(260_000_000)) == "¥2,600 k"
    assert looks.money(Money(260_000_050), exact=True) == "¥2,600,000.50"
    assert looks.money(Money(999_900)) == "¥9,999"
    assert looks.money(Money(-150, "USD")) == "−$1.50"
    looks.speak("zh")
    assert looks.money(Money(260_000_000)) == "260 万元"
    assert looks.money(Money(260_000_000), exact=True) == "2,600,000 元"


def test_marks_that_turn_text_round_are_seen() -> None:
    assert looks.plain("invoice\u202efdp.exe") == "invoice‹RLO›fdp.exe"
    assert looks.said(Text("{name} is here", name="\u2066x")) == "‹LRI›x is here"


def test_long_text_is_cut() -> None:
    assert len(looks.plain("x" * 5_000)) == 2_000
    assert looks.plain("x" * 5_000).endswith("…")


def test_dots_stand_as_the_language_wants_them() -> None:
    assert looks.joined("a", "", "b") == "a · b"
    looks.speak("zh")
    assert looks.joined("a", "b") == "a·b"
