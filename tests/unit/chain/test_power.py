"""Reach of a word, against networkx; who decides."""

import networkx as nx
import pytest
from hypothesis import given
from support.networks import a_body, a_network, a_person, a_tie, networks, nr

from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.power import guessed, influences, reach, weights, who_decides


@given(networks())
def test_reach_is_the_katz_power_of_networkx(net: Network) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(weights(net))
    for source, row in influences(net).items():
        for target, weight in row.items():
            # Theirs sums over those who point at a node, ours over those a node moves.
            graph.add_edge(target, source, weight=abs(weight))
    out = [d for _, d in graph.out_degree(weight="weight")]
    into = [d for _, d in graph.in_degree(weight="weight")]
    largest = max(out + into, default=0) or 1
    theirs = nx.katz_centrality(
        graph, alpha=0.5 / largest, beta=weights(net), normalized=False, tol=1e-12, weight="weight"
    )
    assert reach(net) == pytest.approx(theirs, abs=1e-6)


def test_nobody_tied_reaches_as_far_as_they_weigh() -> None:
    net = a_network(a_person(0, Role.DECIDER, influence=None), a_person(1, influence=1))
    assert reach(net) == {nr(0): 9, nr(1): 1}
    assert [node.id for node in guessed(net)] == [nr(0)]


def test_a_contrary_influence_reaches_as_well() -> None:
    people = a_person(0), a_person(1)
    assert reach(a_network(*people, ties=[a_tie(1, 0, 3, negative=True)]))[nr(1)] == 4.5


def test_the_strongest_person_decides_then_a_body() -> None:
    two = a_person(0, Role.DECIDER, influence=2), a_person(1, Role.DECIDER, influence=5)
    assert who_decides(a_network(*two, a_body(9))).id == nr(1)
    assert who_decides(a_network(a_person(0), a_body(9))).id == nr(9)
    assert who_decides(a_network(a_person(0), a_body(9, Role.USER))) is None
