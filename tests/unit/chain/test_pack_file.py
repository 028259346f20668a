"""Packs of rules come from others: what does not fit is refused in plain words."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.networks import a_network, a_person

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import say
from kamdesk.domain.chain.analysis import analysed
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.pack_file import LARGEST, MOST_RULES, read_pack, write_pack
from kamdesk.domain.chain.packs import SHIPPED, shared_rules, shipped


def rule(**more: Any) -> dict[str, Any]:
    return {
        "id": "unseen",
        "about": "person",
        "title": {"en": "Not seen"},
        "when": [["days_unseen", "at least", "$days"]],
        "settings": {"days": 30},
        "said": {"en": "{who}: {days_unseen} days"},
        "advice": {"en": "See {who}."},
        **more,
    }


def pack(*rules: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"id": "mine", "title": "Mine", "rules": list(rules), **more}).encode()


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as trouble:
        read_pack(content, shared=shared_rules)
    assert trouble.value.field == "file"
    return trouble.value.said.plain


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_written_is_the_pack_read(name: str) -> None:
    there = shipped(name)
    assert read_pack(write_pack(there).encode()) == there
    for one in there.rules:
        assert set(one.title) == set(one.said) == set(one.advice) == {"en", "zh"}
    for part in there.parts:
        assert set(part.title) == {"en", "zh"}


def test_a_pack_builds_on_the_shared_rules_and_changes_them() -> None:
    content = b"""
        id = "mine"
        title = "Mine"
        builds_on = "gaps"
        [change.supporter_unseen]
        days = 30
        [change.vacant]
        on = false
    """
    read = read_pack(content, shared=shared_rules)
    assert read.rule("supporter_unseen").settings == {"days": 30}
    assert not read.rule("vacant").on
    assert len(read.rules) == len(shared_rules("gaps"))


def test_a_sentence_in_one_language_is_read_in_both() -> None:
    read = read_pack(pack(rule()))
    assert say(read.called, "zh") == "Mine"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xff\xfe", "no TOML or JSON"),
        (b"[" * 50_000, "no TOML or JSON"),
        (b'{"a":' * 20_000, "no TOML or JSON"),
        (b'id = "x"\ntitle = "X"\n', "holds no rules"),
        (b"x" * (LARGEST + 1), "at most 200 kB"),
        (b"[]", "no"),
        (pack(rule(), rule()), "stands there twice"),
        (pack(*(rule(id=f"r{n}") for n in range(MOST_RULES + 1))), "at most 80"),
        (pack(rule(id="Drop table")), "small letters"),
        (pack(rule(about="universe")), "cannot be “universe”"),
        (pack(rule(when=[["__class__", "is", 1]])), "nothing is known as “__class__”"),
        (pack(rule(when=[["met", "eval", "1"]])), "no test “eval”"),
        (pack(rule(when=[["met", "is", {}]])), "a number is wanted"),
        (pack(rule(weight=float("nan"))), "a number is wanted"),
        (pack(rule(weight=10**400)), "a number from 0 to 10"),
        (pack(rule(when=[["days_unseen", "at least", "$hours"]])), "no setting “hours”"),
        (pack(rule(when=[["days_unseen", "at least", "many"]])), "wants a number"),
        (pack(rule(when=[])), "1 to 8 conditions"),
        (pack(rule(when=[["met", "is", True]] * 9)), "1 to 8 conditions"),
        (pack(rule(when="met")), "1 to 8 conditions"),
        (pack(rule(said={"en": "{who.__class__}"})), "cannot name"),
        (pack(rule(said={"en": "{0}"})), "cannot name"),
        (pack(rule(said={"en": "{who!r}"})), "cannot name"),
        (pack(rule(said={"en": "{stance:>99999999}"})), "cannot name"),
        (pack(rule(said={"en": "{secret}"})), "cannot name “secret”"),
        (pack(rule(said={"en": "x" * 401})), "1 to 400 characters"),
        (pack(rule(said={"fr": "bonjour"})), "en, zh or both"),
        (pack(rule(weight=11)), "from 0 to 10"),
        (pack(rule(weight=True)), "a number is wanted"),
        (pack(rule(settings={"days": 0})), "from 1 to 3650"),
        (pack(rule(settings={"weeks": 4})), "no setting “weeks”"),
        (pack(rule(on="yes")), "true or false"),
        (pack(rule(), change={"gone": {"on": False}}), "no such rule"),
        (pack(rule(), builds_on="elsewhere"), "builds on “elsewhere”"),
        (pack(rule(), parts=[{"id": "p", "title": "P", "when": []}]), "1 to 8 conditions"),
        (pack(rule(), parts={"id": "p"}), "list of at most 16"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(content: bytes, word: str) -> None:
    assert word in refused(content)


def test_infinite_numbers_are_refused() -> None:
    assert "a number is wanted" in refused(pack(rule(weight=float("nan"))))
    assert "a number is wanted" in refused(pack(rule(weight=float("inf"))))


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["{who}", "$days", "$", "role", "has", "at least", "is", "person", "map"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["en", "zh", "id", "when"]), st.text(max_size=4), max_size=2),
)


def places(tree: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a tree of lists and entries."""
    if way:
        yield way
    for key in (
        tree if isinstance(tree, dict) else range(len(tree) if isinstance(tree, list) else 0)
    ):
        yield from places(tree[key], (*way, key))


OF_A_ROLE = rule(id="role", about="part", when=[["missing", "is", 1]], said="{who}", settings={})
PART = {"id": "p", "title": "P", "when": [["role", "has", "user"]]}
SMALL = json.loads(pack(rule(), OF_A_ROLE, parts=[PART]))
PLACES = list(places(SMALL))
NET = a_network(a_person(0, Role.DECIDER, met=5), a_person(1, Role.APPROVER, stance=-1))


@given(st.sampled_from(PLACES), LEAVES)
@settings(max_examples=400, deadline=None)
def test_a_pack_with_anything_anywhere_is_read_or_refused_and_judges(
    way: tuple[Any, ...], leaf: Any
) -> None:
    spoilt = json.loads(json.dumps(SMALL))
    at = spoilt
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = leaf
    with suppress(RuleBroken):
        read = read_pack(json.dumps(spoilt).encode(), shared=shared_rules)
        for finding in analysed(NET, pack=read).findings:
            for language in ("en", "zh"):
                assert say(finding.said, language)
                assert say(finding.advice, language)
