"""Ways in: against networkx and every possible way; the chances and reasons of each step."""

from dataclasses import replace
from itertools import pairwise, permutations
from math import exp, log, prod

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.networks import LIN, a_body, a_network, a_person, a_tie, knows, networks, nr

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.chain.acquaintance import doors, our_doors
from kamdesk.domain.chain.best_paths import cost, surest
from kamdesk.domain.chain.bonds import BOND_WORDS, PRIVATE, Bond
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.way_in import no_way, ways_in

graphs = st.dictionaries(
    st.integers(0, 7), st.dictionaries(st.integers(0, 7), st.floats(0.05, 1.0), max_size=5)
)


@given(graphs)
def test_surest_ways_are_those_of_networkx(graph: dict[int, dict[int, float]]) -> None:
    theirs = nx.DiGraph()
    theirs.add_nodes_from(range(8))
    for a, row in graph.items():
        theirs.add_weighted_edges_from((a, b, -log(chance)) for b, chance in row.items() if a != b)
    try:
        ways = nx.shortest_simple_paths(theirs, 0, 7, weight="weight")
        wanted = [nx.path_weight(theirs, way, "weight") for way, _ in zip(ways, range(5))]  # noqa: B905
    except nx.NetworkXNoPath:
        wanted = []
    found = surest(graph, 0, 7, most=5)
    assert [cost(graph, way) for way in found] == pytest.approx(wanted)
    assert len(set(found)) == len(found)


@given(networks(most=6))
def test_ways_in_are_the_best_of_every_possible_way(net: Network) -> None:
    ours, theirs = our_doors(net), doors(net)
    every = []
    for n in range(len(net.people)):
        for rest in permutations([p.id for p in net.people if p.id != nr(0)], n):
            way = (*rest, nr(0))
            if all(b in theirs.get(a, {}) for a, b in pairwise(way)):
                after = prod(theirs[a][b].chance for a, b in pairwise(way))
                every += [row[way[0]].chance * after for row in ours.values() if way[0] in row]
    wanted = sorted(every, reverse=True)[:3]
    assert [way.success for way in ways_in(net, nr(0))] == pytest.approx(wanted)


def test_each_step_says_what_it_rests_on_and_why_to_go_up() -> None:
    net = a_network(
        a_person(0, Role.DECIDER),
        a_person(1, Role.USER, stance=1, boss=0),
        a_person(2, stance=0),
        ties=[a_tie(2, 1, 3)],
        covers=[knows(2, 4, met=90)],
    )
    (way,) = ways_in(net, nr(0))
    assert [(step.source, step.target) for step in way.steps] == [
        (LIN.id, nr(2)),
        (nr(2), nr(1)),
        (nr(1), nr(0)),
    ]
    assert [step.why.plain for step in way.steps] == [
        "Lin – P2: helps inside, met 90 days ago",
        "P1 listens to P2",
        "P1 reports to P0",
    ]
    assert way.steps[-1].reason.plain == (
        "Reason to meet: long-term value, what it brings in three years, on one page"
    )
    assert way.steps[0].reason.plain == "Reason to meet: ask what P2 must deliver this year"
    assert [step.success for step in way.steps] == pytest.approx([0.8 / 2 * 0.85, 0.65 * 0.85, 0.5])
    assert way.success == pytest.approx(prod(step.success for step in way.steps))


def chance(*ties, stance=None) -> float:
    """With what chance person 1, who stands so, opens the door of person 0."""
    net = a_network(a_person(0), a_person(1, stance=stance), ties=ties, covers=[knows(1, 5)])
    (way,) = ways_in(net, nr(0), most=1)
    return way.steps[-1].success


def test_conflicts_and_people_against_us_lower_a_chance() -> None:
    plain = chance(a_tie(1, 0, 2), stance=1)
    assert plain == 0.5
    assert chance(a_tie(1, 0, 3), stance=1) == 0.65
    assert chance(a_tie(1, 0, 2), stance=-2) == pytest.approx(plain / 4)
    odds = a_tie(1, 0, kind=TieKind.CONFLICT)
    assert chance(a_tie(0, 1, 3), odds, stance=1) == pytest.approx(0.35 / 2)
    assert chance(a_tie(1, 0, 2, negative=True), stance=1) == pytest.approx(plain / 2)
    assert chance(a_tie(0, 1, kind=TieKind.CLOSE), stance=2) == 0.65


def test_being_at_odds_alone_opens_no_door() -> None:
    net = a_network(
        a_person(0),
        a_person(1),
        ties=[a_tie(1, 0, kind=TieKind.CONFLICT)],
        covers=[knows(1, 5)],
    )
    assert ways_in(net, nr(0)) == ()
    assert "Nobody we know is tied to P0" in no_way(net, nr(0)).plain
    assert "Nobody here is known to us yet" in no_way(a_network(a_person(0)), nr(0)).plain
    assert no_way(net, nr(1)) is None


def test_somebody_met_whose_relationship_nobody_judged_knows_us() -> None:
    (way,) = ways_in(a_network(a_person(0, met=90)), nr(0))
    assert way.steps[0].source is None
    assert way.success == pytest.approx(0.2 / 2 * 0.85)
    assert way.steps[0].why.plain == "P0 was met 90 days ago; how well we know them is not noted"


def test_a_relationship_judged_as_none_is_no_way_even_after_a_meeting() -> None:
    assert ways_in(a_network(a_person(0, met=5), covers=[knows(0, 0)]), nr(0)) == ()


def test_a_body_is_reached_through_those_who_sit_in_it() -> None:
    body = a_body(9, Role.DECIDER, chair=0, members=(1,))
    net = a_network(body, a_person(0, stance=1), a_person(1, stance=1), covers=[knows(1, 5)])
    (way,) = ways_in(net, nr(9))
    assert [step.why.plain for step in way.steps][-1] == "P1 sits in B9"
    assert way.success == pytest.approx(exp(log(0.5)))


def test_a_relationship_without_a_name_is_its_owners_and_no_second_way() -> None:
    owned = replace(a_person(0), owner=LIN.id)
    unnamed = replace(knows(0, 4), colleague=None)
    (way,) = ways_in(a_network(owned, covers=[unnamed, knows(0, 3)]), nr(0))
    assert way.steps[0].source == LIN.id
    assert way.success == pytest.approx(0.8 * 0.85)
    (way,) = ways_in(a_network(a_person(0), covers=[unnamed, knows(0, 3)]), nr(0))
    assert way.steps[0].source == LIN.id
    (way,) = ways_in(a_network(a_person(0), covers=[unnamed]), nr(0))
    assert way.steps[0].source is None


@pytest.mark.parametrize("bond", Bond)
def test_what_joins_two_is_said_of_a_way_unless_it_is_private(bond: Bond) -> None:
    close = replace(a_tie(1, 0, kind=TieKind.CLOSE), bond=bond).checked()
    net = a_network(a_person(0), a_person(1), ties=[close], covers=[knows(1, 5)])
    why = ways_in(net, nr(0))[0].steps[-1].why.plain
    assert (why == "P1 and P0 are close") is (bond in PRIVATE)
    assert BOND_WORDS[bond].plain
    with pytest.raises(RuleBroken, match="two who are close"):
        replace(close, kind=TieKind.CONFLICT).checked()
