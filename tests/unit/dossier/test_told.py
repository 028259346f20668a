"""A changed value in words: names, choices and money as people read them."""

from kamdesk.core.ids import Id
from kamdesk.core.wording import say
from kamdesk.dossier.told import field_words, value_words


def told(kind: str, cell: str, value: object) -> str:
    return value_words(
        kind, cell, value, called=lambda _record: "林晓彤", said=lambda text: say(text, "en")
    )


def test_choices_are_said_in_words() -> None:
    assert told("account", "class_by_hand", "high_potential") == "high potential"
    assert told("account", "organisation", "local_soe") == "local state-owned"
    assert told("visit", "atmosphere", "flat") == "polite, nothing moved"
    assert told("promise", "state", ("kept", "2026-03-12")) == "promise kept · 2026-03-12"


def test_money_ids_moments_and_nothing() -> None:
    assert told("account", "annual_revenue", (502_500_000_000, "CNY")) == "5,025,000,000.00 CNY"
    assert told("account", "owner", Id(bytes(16))) == "林晓彤"
    assert told("visit", "time", ("2026-03-12T06:00:00.000Z Asia/Shanghai", 60)) == (
        "2026-03-12 14:00 · 60"
    )
    assert told("account", "stock", (True, "600519.SH")) == "✓ · 600519.SH"
    assert (told("visit", "said", None), told("account", "stock", (False, ""))) == ("", "")


def test_a_field_nobody_named_is_called_by_its_own_name() -> None:
    assert say(field_words("person", "address"), "en") == "form of address"
    assert field_words("visit", "something_new") == "something new"


def test_what_a_value_stands_on_is_said_behind_it() -> None:
    focus = told("person", "focus", ("ROI", "2026-03-04", "赵磊", "their_words"))
    assert focus == "ROI · as of 2026-03-04 · 赵磊 · their words"
    money = (120_000_00, "CNY", "2025-12-31", None, "document")
    said = told("account", "annual_revenue", money)
    assert said == "120,000.00 CNY · as of 2025-12-31 · a document"
