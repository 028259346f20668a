"""Krackhardt's 21 managers: their organisation with the friendships that are no reporting lines."""

import csv
from pathlib import Path
from unittest.mock import patch

import pytest
from support.organisations import bosses_of
from support.plans import crossings, on_each_other, through_cards

from kamdesk.figures.chain import Card, ChainMap, Tie, TieKind
from kamdesk.figures.layout import routes
from kamdesk.figures.layout.layered import layered
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import Sizes

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "6_org" / "krackhardt_hightech"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not beside the project"),
]


def pairs(name: str) -> list[tuple[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [(row["from"], row["to"]) for row in csv.DictReader(file)]


@pytest.fixture
def managers() -> ChainMap:
    boss = dict(pairs("ht_reports.csv"))
    friends = set(pairs("ht_friends.csv"))
    mutual = sorted(
        (one, other)
        for one, other in friends
        if int(one) < int(other)
        and (other, one) in friends
        and boss.get(one) != other
        and boss.get(other) != one
    )
    assert len(mutual) == 19
    with (DATA / "ht_people.csv").open(encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    return ChainMap(
        cards=tuple(Card(id=id_, name=id_, reports_to=boss.get(id_)) for id_ in ids),
        ties=tuple(
            Tie(id=f"{one}-{other}", source=one, target=other, kind=TieKind.CLOSE)
            for one, other in mutual
        ),
    )


def test_the_organisation_is_narrow_and_clear(managers):
    plan = organised(managers, Sizes(), width=640)
    assert plan.width <= 640
    assert crossings(plan, bosses_of(managers)) <= 10
    assert not on_each_other(plan, bosses_of(managers))
    assert not through_cards(plan, bosses_of(managers))


def test_without_lanes_lines_would_lie_on_each_other(managers):
    with patch.object(routes, "spread", lambda wires, *_rest: list(wires)):
        plan = organised(managers, Sizes(), width=640)
    assert len(on_each_other(plan, bosses_of(managers))) > 5


def test_advice_flows_up_to_whom_everybody_asks(managers):
    asked = pairs("ht_advice.csv")
    advice = ChainMap(
        cards=managers.cards,
        ties=tuple(Tie(id=f"{one} asks {other}", source=other, target=one) for one, other in asked),
    )
    plan = layered(advice, Sizes(), hierarchy=False)
    assert set(plan.places) == {card.id for card in managers.cards}
    assert len(plan.routes) == len(asked) == 190
    assert not through_cards(plan, {})
    often = sorted(plan.places, key=lambda id_: -sum(other == id_ for _one, other in asked))
    high = [plan.places[id_].y for id_ in often]
    assert sum(high[:7]) > sum(high[-7:])  # the asked are whom advice comes from: below
