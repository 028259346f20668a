"""Names of actions: kept as said, sent without a customer's words, and never trusted from afar."""

import json
from datetime import date

import pytest

from kamdesk.core.wording import Text
from kamdesk.storage.naming import name_columns, name_from_afar, name_to_send, read_name

NAMES = [
    Text("Close visit"),
    Text("Import {n} person", "Import {n} people", n=3),
    Text("Undo: {name}", name=Text("Meet {who}", who="李敏")),
    Text("Add {kinds}", kinds=(Text("visit"), Text("{n} note", "{n} notes", n=2))),
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.source)
def test_a_name_is_kept_as_it_was_said(name: Text) -> None:
    assert read_name(*name_columns(name)) == name


def test_other_values_are_kept_as_texts() -> None:
    kept = read_name(*name_columns(Text("On {day}", day=date(2026, 3, 1))))
    assert kept.plain == "On 2026-03-01"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (NAMES[0], "Close visit"),
        (NAMES[1], "Import 3 people"),
        (NAMES[2], "Undo: Meet …"),
        (NAMES[3], "Add visit, 2 notes"),
    ],
)
def test_a_customers_words_do_not_leave(name: Text, said: str) -> None:
    sent = name_to_send(name)
    assert "李敏" not in sent
    assert name_from_afar(sent).plain == said


def sent(source: object, plural: object = None, **values: object) -> str:
    return json.dumps({"source": source, "plural": plural, "values": values})


@pytest.mark.parametrize(
    "strange",
    [
        "",
        "x",
        "[]",
        "{}",
        "1",
        "[" * 100_000,
        sent(""),
        sent(1),
        sent("a", 1),
        sent("{"),
        sent("{missing}"),
        sent("{n.__class__}", n=1),
        sent("{n[0]}", n=1),
        sent("{n:>999999999}", n=1),
        sent("{n!r}", n=1),
        sent("{}", n=1),
        sent("{a}", a={"source": "{b}", "plural": None, "values": {}}),
        sent("{a}", a=[{"source": "{b:9}", "plural": None, "values": {"b": 1}}]),
        json.dumps({"source": "a", "plural": None, "values": 1}),
    ],
)
def test_what_cannot_be_said_is_a_change(strange: str) -> None:
    assert name_from_afar(strange) == Text("Change")
