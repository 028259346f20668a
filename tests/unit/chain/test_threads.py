"""Single threads, against networkx: how many separate chains, who cuts them."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.networks import a_network, a_person, a_tie, knows, nr

from kamdesk.core.ids import Id
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.threads import effective_contacts, parted, threads

people = st.integers(1, 7).map(nr)
graphs = st.dictionaries(people, st.lists(people | st.just(nr(0)), max_size=4), max_size=7)


@given(graphs, st.frozensets(people, max_size=4))
def test_separate_chains_and_cut_are_those_of_networkx(
    graph: dict[Id, list[Id]], starts: frozenset[Id]
) -> None:
    count, cut = parted(graph, starts, nr(0))
    net = nx.DiGraph((a, b) for a, row in graph.items() for b in row if a != b)
    net.add_edges_from(("us", start) for start in starts)
    net.add_nodes_from(("us", nr(0)))
    theirs = nx.minimum_node_cut(net, "us", nr(0)) if nx.has_path(net, "us", nr(0)) else set()
    assert count == len(theirs) == len(cut)
    net.remove_nodes_from(cut)
    assert not nx.has_path(net, "us", nr(0))


def test_one_man_between_us_and_the_decider() -> None:
    net = a_network(
        a_person(0, Role.DECIDER),
        a_person(1),
        a_person(2),
        a_person(3),
        ties=[a_tie(1, 0), a_tie(2, 1), a_tie(3, 1)],
        covers=[knows(2, 4), knows(3, 3)],
    )
    found = threads(net)
    assert (found.count, found.cut, found.single) == (1, (nr(1),), True)


def test_our_own_relationship_with_the_decider_is_a_thread() -> None:
    alone = a_network(a_person(0, Role.DECIDER), covers=[knows(0, 5)])
    assert (threads(alone).count, threads(alone).cut) == (1, ())
    two = a_network(
        a_person(0, Role.DECIDER),
        a_person(1),
        ties=[a_tie(1, 0)],
        covers=[knows(0, 5), knows(1, 3)],
    )
    assert (threads(two).count, threads(two).cut, threads(two).single) == (2, (nr(1),), False)


def test_a_cold_relationship_holds_nothing() -> None:
    net = a_network(a_person(0, Role.DECIDER), covers=[knows(0, 2, met=200)])
    assert threads(net).count == 0


def test_contacts_count_by_how_evenly_they_are_spread() -> None:
    net = a_network(a_person(0), a_person(1), contacts={0: 3, 1: 1})
    assert effective_contacts(net) == pytest.approx(16 / 10)
    assert threads(net).effective == pytest.approx(1.6)
    assert (threads(net).count, threads(net).single) == (None, None), "nobody is known to decide"
    assert effective_contacts(a_network(a_person(0))) is None
