"""Days, amounts and labels as papers say them."""

from datetime import date
from gettext import NullTranslations

import pytest

from kamdesk.core import wording
from kamdesk.core.clock import Instant
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.papers.voice import Voice

CHINESE = {"Thu": "周四", "red lines": "红线"}


class Few(NullTranslations):
    """A catalogue of a few words."""

    def gettext(self, message: str) -> str:
        return CHINESE.get(message, message)


@pytest.fixture(autouse=True)
def _words():
    with wording.catalogues(lambda _language: Few()):
        yield


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        (Money(264_000_000), "¥2,640 k", "264 万元"),
        (Money(1_234_500), "¥12.3 k", "1.2 万元"),
        (Money(95_000), "¥950", "950 元"),
        (Money(-180_000_000), "−¥1,800 k", "−180 万元"),
        (Money(123_456_789_000), "¥1.2 bn", "12.3 亿元"),
        (Money(5_000, "JPY"), "JP¥5,000", "JP¥5,000"),
        (Money(250_000, "CHF"), "CHF 2,500", "CHF 2,500"),
    ],
)
def test_an_amount_is_counted_as_its_reader_counts(amount, english, chinese):
    assert Voice("en").money(amount) == english
    assert Voice("zh").money(amount) == chinese


def test_a_day_has_its_weekday():
    assert Voice("en").day(date(2026, 3, 12)) == "2026-03-12 (Thu)"
    assert Voice("zh").day(date(2026, 3, 12)) == "2026-03-12（周四）"


def test_a_visit_has_from_and_to():
    start = Instant.at(date(2026, 3, 12), 14)
    assert Voice("en").when(start, 90) == "2026-03-12 (Thu) 14:00–15:30"
    assert Voice("both").when(start, 0) == "2026-03-12（周四）14:00"


def test_a_day_long_ago_keeps_its_year():
    today = date(2026, 3, 12)
    assert Voice("en").short_day(date(2026, 2, 18), near=today) == "02-18"
    assert Voice("en").short_day(date(2025, 2, 18), near=today) == "2025-02-18"


def test_a_label_has_a_second_language_where_the_paper_has_two():
    label = Text("red lines")
    assert Voice("en").label(label) == ("Red lines", "")
    assert Voice("zh").label(label) == ("红线", "")
    assert Voice("both").label(label) == ("红线", "RED LINES")


def test_lists_are_joined_as_each_language_does():
    assert Voice("en").joined(("a", "", "b")) == "a, b"
    assert Voice("zh").clauses(("甲", "乙")) == "甲；乙"
    assert Voice("en").aside("x") == " (x)"
    assert Voice("zh").aside("") == ""
