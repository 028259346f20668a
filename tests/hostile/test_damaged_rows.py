"""Rows of this device that are not what was written are left aside; nothing ends over them."""

import json
from typing import Any

import pytest

from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.pin import Pin, keep_pin, kept_pin
from kamdesk.workspace import Workspace

PIN = Pin(bytes(16), b"\7" * 32)


@pytest.mark.parametrize(
    "value", [None, b"", b"x", bytes(47), bytes(49), b"\xff" * 100_000, "4071", 7, 10**12, 0.5]
)
def test_what_is_no_pin_is_as_none(desk: Workspace, value: Any) -> None:
    keep_pin(desk.storage, PIN)
    assert kept_pin(desk.storage) == PIN
    with desk.storage.transaction():
        desk.storage.connection.execute("UPDATE state SET value = ? WHERE key = 'pin'", (value,))
    assert kept_pin(desk.storage) is None


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[1]", "null", "7", '{"name": 7}', '{"name": null}', '{"name": ["x"]}', "NaN",
        b"\xff", 5, "[" * 100_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_draft_hides_no_other_draft(desk: Workspace, content: Any) -> None:
    drafts = Drafts(desk.storage)
    drafts.keep("accounts.new", {"name": "澜川"})
    with desk.storage.transaction():
        desk.storage.connection.execute(
            "INSERT INTO drafts VALUES ('visits.new', 'yesterday', ?)", (content,)
        )
    assert [draft.place for draft in drafts.every()] == ["accounts.new"]
    assert drafts.at("visits.new") is None
    drafts.keep("visits.new", {"topic": "评审"})
    assert len(drafts.every()) == 2


@pytest.mark.parametrize(
    "written",
    [
        "", "\t\t", "class\tis", "nowhere\tis\tx", "class\tsings\tx", "\n" * 5_000,
        "last_met\twithin\tmany", "last_met\tnot_for\t" + "9" * 5_000, "x" * 100_000,
        "\n".join(["city\tholds\tx"] * 3_000),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_filter_with_odd_conditions_filters_or_does_not(desk: Workspace, written: str) -> None:
    from kamdesk.dossier.customer_list import customer_list

    desk.filters.keep("核心", "accounts", (Condition(field="class", test=Test.KNOWN),))
    with desk.storage.transaction():
        desk.storage.connection.execute(
            "UPDATE saved_filters SET conditions = ?, name = NULL, place = NULL", (written,)
        )
    (saved,) = desk.filters.ask.of_list("accounts")
    assert saved.name == ""
    assert customer_list(desk.storage).lines == []
    with desk.storage.transaction():  # as it was, for the check of the whole file
        desk.storage.connection.execute(
            "UPDATE saved_filters SET conditions = ?, name = ?, place = ?",
            ("class\tknown\t", "核心", 1),
        )


def test_a_field_of_a_thousand_choices_is_a_field(desk: Workspace) -> None:
    choices = tuple(f"{n}<b>\u202e" for n in range(1_000))
    field = desk.own_fields.new("<img src=x>\u202e&Save", Of.ACCOUNT, Sort.CHOICE)
    from dataclasses import replace

    desk.own_fields.add(replace(field, choices=choices))
    (kept,) = desk.own_fields.ask.fields(Of.ACCOUNT)
    assert kept.choices == choices
    account = desk.accounts.new("甲")
    desk.accounts.add(account)
    desk.own_fields.write(account.id, kept, choices[999])
    assert desk.own_fields.ask.of_record(account.id) == {kept.id: choices[999]}


def test_drafts_written_by_us_are_read_as_they_were(desk: Workspace) -> None:
    """The control of the judge: what is hostile text, but ours, comes back whole."""
    drafts = Drafts(desk.storage)
    content = {"name": "<b>\u202e" + "长" * 100_000, "note": json.dumps([1])}
    drafts.keep("x", content)
    assert drafts.every()[0].content == content
