"""Influence flow, against the closed form of Friedkin and Johnsen in exact fractions."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from support.networks import a_body, a_network, a_person, a_tie, networks, nr

from kamdesk.core.ids import Id
from kamdesk.domain.chain.flow import Flow, flow, moved_by, open_to
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network


@given(networks())
def test_leverage_is_the_closed_form(net: Network) -> None:
    found = flow(net)
    assert found is not None
    exact = closed_form(net, found.decider)
    assert {who: found.leverage.get(who, 0.0) for who in exact} == pytest.approx(exact, abs=1e-9)


@given(networks(contrary=False))
def test_leverage_sums_to_one_without_contrary_influence(net: Network) -> None:
    found = flow(net)
    assert found is not None
    assert sum(found.leverage.values()) == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in found.through.values())


@given(networks())
def test_leverage_never_sums_to_more_than_one(net: Network) -> None:
    found = flow(net)
    assert found is not None
    assert sum(map(abs, found.leverage.values())) <= 1 + 1e-9


@given(networks(most=6))
def test_the_strongest_paths_are_the_strongest_of_all(net: Network) -> None:
    found = flow(net)
    assert found is not None
    every = sorted((abs(w) for w in all_paths(net, found).values()), reverse=True)
    ours = [path.share * found.others for path in found.paths]
    assert ours == pytest.approx(every[: len(ours)], abs=1e-9)
    assert len(ours) == min(3, len(every))
    assert all(path.nodes[-1] == found.decider for path in found.paths)


def test_a_word_through_one_man() -> None:
    net = a_network(
        a_person(0, Role.DECIDER, stance=0),
        a_person(1, stance=0),
        a_person(2, stance=2),
        ties=[a_tie(2, 1, 3), a_tie(1, 0, 2)],
    )
    found = flow(net)
    assert found.leverage == pytest.approx({nr(0): 0.2, nr(1): 0.8 * 0.2, nr(2): 0.8 * 0.8})
    assert found.others == pytest.approx(0.8)
    assert found.through[nr(1)] == pytest.approx(1.0)
    assert found.through[nr(2)] == pytest.approx(0.8)
    first, second = found.paths
    assert (first.nodes, first.share) == ((nr(2), nr(1), nr(0)), pytest.approx(0.8))
    assert (second.nodes, second.share) == ((nr(1), nr(0)), pytest.approx(0.2))


def test_a_contrary_word_turns_round() -> None:
    net = a_network(a_person(0, Role.DECIDER), a_person(1), ties=[a_tie(1, 0, 1, negative=True)])
    assert flow(net).leverage[nr(1)] == pytest.approx(-0.65)
    assert flow(net).paths[0].contrary


def test_a_body_is_moved_by_its_chair_and_members() -> None:
    net = a_network(a_body(9, Role.DECIDER, chair=0, members=(0, 1)), a_person(0), a_person(1))
    assert flow(net).leverage == pytest.approx({nr(0): 2 / 3, nr(1): 1 / 3, nr(9): 0.0})


def test_without_a_decider_there_is_no_flow() -> None:
    assert flow(a_network(a_person(0))) is None


def test_a_decider_nobody_moves_keeps_his_mind() -> None:
    found = flow(a_network(a_person(0, Role.DECIDER), a_person(1)))
    assert (found.leverage, found.paths, found.through) == ({nr(0): 1.0}, (), {})


def shares(net: Network) -> dict[Id, dict[Id, Fraction]]:
    """W, exactly."""
    graph = moved_by(net)
    return {
        i: {j: Fraction(w) / sum(abs(Fraction(v)) for v in row.values()) for j, w in row.items()}
        for i, row in graph.items()
    }


def openness(net: Network) -> dict[Id, Fraction]:
    moved = moved_by(net)
    return {
        who: Fraction(value).limit_denominator(100) if moved.get(who) else Fraction(0)
        for who, value in open_to(net).items()
    }


def closed_form(net: Network, decider: Id) -> dict[Id, float]:
    """The decider's row of (I − LW)⁻¹ (I − L): y (I − LW) = e, by Gauss in fractions."""
    ids, w, openly = [n.id for n in net.nodes], shares(net), openness(net)
    rows = [
        [
            Fraction(i == j) - openly[ids[i]] * w.get(ids[i], {}).get(ids[j], Fraction(0))
            for i in range(len(ids))
        ]
        + [Fraction(ids[j] == decider)]
        for j in range(len(ids))
    ]
    for k in range(len(ids)):
        pivot = next(r for r in range(k, len(ids)) if rows[r][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for r in range(len(ids)):
            if r != k and rows[r][k]:
                factor = rows[r][k]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[k], strict=True)]
    return {who: float(rows[k][-1] * (1 - openly[who])) for k, who in enumerate(ids)}


def all_paths(net: Network, found: Flow) -> dict[tuple[Id, ...], float]:
    w, openly = shares(net), openness(net)
    others = [node.id for node in net.nodes if node.id != found.decider]
    paths = {}
    for length in range(1, len(others) + 1):
        for way in permutations(others, length):
            whole = (*way, found.decider)
            weight = 1 - openly[way[0]]
            for source, target in pairwise(whole):
                weight *= openly[target] * w.get(target, {}).get(source, 0)
            if weight:
                paths[whole] = float(weight)
    return paths
