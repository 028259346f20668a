"""The canvas' pure rules: walking by arrows, snapping, keys typed, sieves, parts of large maps."""

from datetime import date

import pytest

from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text, say
from kamdesk.desktop.chain.narrowing import Narrowing
from kamdesk.desktop.chain.options import Option, Typed
from kamdesk.desktop.chain.sieve import fitting, meshes
from kamdesk.desktop.chain.snapping import GRID, Spot, snapped
from kamdesk.desktop.chain.walking import Way, step
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import Standing
from kamdesk.figures.chain import Card, ChainMap, Tie
from kamdesk.figures.layout.parts import MOST_TIES
from kamdesk.figures.layout.tree import Place

PLACES = {
    "boss": Place(100, 0, 80, 30),
    "one": Place(0, 80, 80, 30),
    "two": Place(100, 80, 80, 30),
    "three": Place(200, 80, 80, 30),
    "leaf": Place(100, 160, 80, 30),
    "aside": Place(400, 80, 80, 30),
}
BOSSES = {"one": "boss", "two": "boss", "three": "boss", "leaf": "two"}
CONTENT = ChainMap(
    cards=tuple(Card(id=one, name=one, reports_to=BOSSES.get(one)) for one in PLACES),
    ties=(Tie(id="t", source="one", target="leaf"),),
)


@pytest.mark.parametrize(
    ("here", "way", "there"),
    [
        (None, Way.DOWN, "boss"),
        ("boss", Way.DOWN, "one"),
        ("one", Way.RIGHT, "two"),
        ("two", Way.LEFT, "one"),
        ("two", Way.UP, "boss"),
        ("two", Way.DOWN, "leaf"),
        ("leaf", Way.UP, "two"),
        ("three", Way.RIGHT, "aside"),
        ("one", Way.LEFT, None),
        ("gone", Way.UP, "boss"),
    ],
)
def test_arrows_walk_the_lines(here: str | None, way: Way, there: str | None) -> None:
    assert step(CONTENT, PLACES, here, way, ties=False) == there


def test_reports_in_columns_are_walked_column_by_column() -> None:
    places = {
        "boss": Place(100, 0, 80, 30),
        "one": Place(0, 120, 80, 30),
        "two": Place(200, 60, 80, 30),
        "three": Place(200, 160, 80, 30),
    }
    here, walked = "boss", []
    for way in (Way.DOWN, Way.RIGHT, Way.RIGHT, Way.LEFT, Way.LEFT):
        here = step(CONTENT, places, here, way, ties=False) or ""
        walked.append(here)
    assert walked == ["one", "two", "three", "two", "one"]


def test_by_influence_arrows_go_along_ties_first() -> None:
    assert step(CONTENT, PLACES, "one", Way.DOWN, ties=True) == "leaf"
    assert step(CONTENT, PLACES, "one", Way.RIGHT, ties=True) == "leaf"
    assert step(CONTENT, PLACES, "two", Way.UP, ties=True) == "boss"


def test_every_card_is_reached_by_arrows() -> None:
    reached, waiting = {"boss"}, ["boss"]
    while waiting:
        here = waiting.pop()
        for way in Way:
            there = step(CONTENT, PLACES, here, way, ties=False)
            if there is not None and there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(PLACES)


def test_a_dragged_card_snaps_to_others_before_the_grid() -> None:
    assert snapped(Spot(101, 53), []).at == Spot(13 * GRID, 7 * GRID)
    found = snapped(Spot(101, 53), [Spot(103, 300), Spot(96, 50)])
    assert found.at == Spot(103, 50)
    assert (found.upright, found.level) == (103, 50)
    assert snapped(Spot(101, 53), [Spot(120, 70)]).upright is None


def test_keys_are_typed_one_after_the_other() -> None:
    options = [Option(keys, Text("neutral"), keys) for keys in ("-2", "-1", "0", "1", "2", "?")]

    def typed(keys: str) -> list[object]:
        taking = Typed(options)
        return [found.value for key in keys if (found := taking.take(key))]

    assert typed("-2") == ["-2"]
    assert typed("2") == ["2"]
    assert typed("+1") == ["1"]
    assert typed("\u22121") == ["-1"]
    assert typed("x0") == ["0"]
    assert typed("--1") == ["-1"]
    assert typed("？") == ["?"]


def a_node(n: int, **fields: object) -> Node:
    values: dict[str, object] = {"id": Id(bytes([n] * 16)), "name": f"N{n}"}
    return Node(**(values | fields))  # type: ignore[arg-type]  # by name


NET = Network(
    day=date(2026, 3, 12),
    account=AccountId(Id(bytes(16))),
    nodes=(
        a_node(
            1, stands=Standing(stance=-1, influence=5, roles=(Role.DECIDER,)), department="Works"
        ),
        a_node(2, last_met=date(2026, 3, 1), stands=Standing(stance=1)),
        a_node(3, kind=NodeKind.GHOST, wanted=(Role.BUYER,)),
    ),
)


def test_a_sieve_keeps_who_fits_everything() -> None:
    def kept(*keys: str) -> list[int]:
        return sorted(one[0] for one in fitting(NET, frozenset(keys)) or ())

    assert fitting(NET, frozenset()) is None
    assert kept("unmet") == [1]
    assert kept("for") == [2]
    assert kept("empty") == [3]
    assert kept("role:buyer") == [3]
    assert kept("in:Works", "against", "strong", "deciding") == [1]
    assert kept("unmet", "for") == []
    assert [mesh.key for mesh in meshes(NET)][-3:] == ["role:decider", "role:buyer", "in:Works"]


def test_a_large_map_is_folded_until_it_is_opened() -> None:
    ids = [bytes([n] * 16).hex() for n in range(100)]
    cards = tuple(
        Card(id=one, name=one, reports_to=ids[(n - 1) // 9] if n else None)
        for n, one in enumerate(ids)
    )
    whole = ChainMap(cards=cards)
    drawn = Narrowing().of(whole)
    assert len(drawn.cards) <= 60
    heads = [card for card in drawn.cards if card.flag]
    assert sum(int(say(card.flag, "en")[1:].split()[0]) for card in heads) == 100 - len(drawn.cards)
    assert len(Narrowing(open=True).of(whole).cards) == 100
    unfolded = Narrowing(turned=frozenset({heads[0].id})).of(whole)
    assert len(unfolded.cards) > len(drawn.cards)
    near = Narrowing(near=ids[50]).of(whole)
    assert ids[50] in {card.id for card in near.cards}
    assert near.left_out == 100 - len(near.cards)


def test_of_too_many_ties_the_heaviest_are_drawn() -> None:
    ids = [bytes([n] * 16).hex() for n in range(20)]
    ties = tuple(
        Tie(id=f"{one}-{other}", source=one, target=other, weight=3 if one == ids[7] else 1)
        for one in ids
        for other in ids
        if one != other
    )
    whole = ChainMap(cards=tuple(Card(id=one, name=one) for one in ids), ties=ties)
    drawn = Narrowing().of(whole).ties
    assert len(drawn) == MOST_TIES
    assert sum(tie.weight == 3 for tie in drawn) == 19
