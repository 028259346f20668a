"""How far a chain leans to us: by hand, and what must hold on any chain."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.networks import a_body, a_network, a_person, networks, nr

from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.power import weights
from kamdesk.domain.chain.support import Term, leaning, support

DECIDER, APPROVER, USER = Role.DECIDER, Role.APPROVER, Role.USER


def test_a_score_is_weighted_by_role_and_influence() -> None:
    net = a_network(
        a_person(0, DECIDER, stance=1, influence=5),
        a_person(1, APPROVER, stance=-1, influence=4),
        a_person(2, USER, stance=2, influence=1),
    )
    found = support(net)
    assert weights(net) == {nr(0): 15, nr(1): 8, nr(2): 1}
    assert found.score == pytest.approx(50 + 50 * (15 * 1 - 8 * 1 + 1 * 2) / (2 * 24))
    assert (found.low, found.high) == (found.score, found.score)
    assert found.minus == (Term(nr(1), pytest.approx(-25 * 8 / 24)),)
    assert found.step[nr(0)] == pytest.approx(25 * 15 / 24)
    assert nr(2) not in found.step, "who is a champion cannot come nearer"
    assert (found.known, found.assumed, found.capped_by) == (1.0, None, None)


def test_too_little_known_gives_a_range_and_whom_to_ask() -> None:
    net = a_network(
        a_person(0, DECIDER, influence=5), a_person(1, stance=2), a_person(2, influence=None)
    )
    found = support(net)
    assert found.score is None
    assert found.known == pytest.approx(3 / 21)
    assert (found.low, found.high) == (pytest.approx(50 - 50 * 15 / 21), 100)
    assert found.ask_first == (nr(0), nr(2))
    assert found.why_not is not None
    assert found.why_not.plain == "Only 14 % of the power has a stance that is known and fresh."
    assert found.assumed is not None
    assert found.assumed.plain == "The influence of 1 person is not judged; it counts as 3."


def test_an_old_stance_is_not_known_and_sooner_so_while_an_opportunity_is_open() -> None:
    net = a_network(a_person(0, stance=2, judged=120))
    assert support(net).score == 100
    assert support(replace(net, in_play=True)).score is None


@pytest.mark.parametrize(("stance", "cap"), [(-1, 50.0), (-2, 30.0)])
@pytest.mark.parametrize("roles", [(DECIDER,), ()])
def test_a_decider_or_veto_holder_against_caps_the_score(stance, cap, roles) -> None:
    against = a_person(0, *roles, stance=stance, influence=1, veto=not roles)
    friends = [a_person(n, APPROVER, stance=2, influence=5) for n in (1, 2, 3)]
    found = support(a_network(against, *friends))
    assert (found.score, found.capped_by) == (cap, nr(0))
    after = 50.0 if stance == -2 else leaning_after(against, friends)
    assert found.step[nr(0)] == pytest.approx(after - cap), "a step lifts the cap as well"


def leaning_after(against: Node, friends: list[Node]) -> float:
    better = replace(against, stands=replace(against.stands, stance=0))
    return leaning(a_network(better, *friends))


def test_a_body_counts_through_chair_and_members_and_unmet_is_not_judged() -> None:
    body = a_body(9, DECIDER, chair=0, members=(1,))
    unmet = a_network(body, a_person(0, stance=1), a_person(1, stance=1))
    assert weights(unmet) == {nr(0): 9, nr(1): 9}
    assert support(unmet).score is None
    assert support(unmet).why_not.plain == "Nobody of B9, which decides, has been met."
    met = a_network(body, a_person(0, stance=1, met=30), a_person(1, stance=1))
    assert support(met).score == 75


def test_a_body_of_whom_nobody_is_on_the_map_is_unknown_power() -> None:
    net = a_network(a_body(9, APPROVER), a_person(0, stance=2))
    assert weights(net) == {nr(0): 3, nr(9): 6}
    assert support(net).known == pytest.approx(1 / 3)
    assert (support(net).low, support(net).high) == (pytest.approx(50 - 50 / 3), 100)


def test_an_empty_seat_that_must_be_filled_is_unknown_power() -> None:
    ghost = Node(id=nr(5), kind=NodeKind.GHOST, name="", wanted=(DECIDER,))
    net = a_network(ghost, a_person(0, stance=2, influence=3))
    assert support(net).known == pytest.approx(3 / 12)
    assert support(net).unknown == (nr(5),)
    assert support(net).ask_first == (), "nobody can be asked where an empty seat stands"


def test_movement_compares_the_same_people_and_names_newcomers() -> None:
    before = a_network(a_person(0, stance=0), a_person(1), a_person(3, stance=-2))
    after = a_network(a_person(0, stance=1), a_person(1, stance=2), a_person(3, stance=-2))
    found = support(after, before=before)
    assert found.movement == pytest.approx(25 / 2)
    assert found.newcomers == (nr(1),)
    assert support(after, before=a_network()).movement is None


def test_a_chain_of_nobody_is_not_judged() -> None:
    found = support(a_network())
    assert (found.score, found.known, found.minus, found.step) == (None, 0.0, (), {})


@given(networks())
def test_the_score_lies_in_its_range_and_each_step_helps(net: Network) -> None:
    found = support(net)
    assert 0 <= found.low <= found.high <= 100
    if found.score is not None:
        assert found.low - 1e-9 <= found.score <= found.high + 1e-9
    assert all(points >= -1e-9 for points in found.step.values())


@given(networks(), st.data())
def test_more_influence_moves_the_score_towards_that_persons_stance(net: Network, data) -> None:
    known = [n for n in net.people if n.stands.stance is not None and n.stands.influence != 5]
    assume(known)
    person = data.draw(st.sampled_from(known))
    louder = replace(person, stands=replace(person.stands, influence=5))
    more = replace(net, nodes=tuple(louder if n is person else n for n in net.nodes))
    # Without the caps, which are no matter of influence: nobody decides here.
    plain, heard = (without_deciders(one) for one in (net, more))
    theirs = 50 + 25 * person.stands.stance
    assert abs(leaning(heard) - theirs) <= abs(leaning(plain) - theirs) + 1e-9


def without_deciders(net: Network) -> Network:
    return replace(
        net,
        nodes=tuple(replace(node, stands=replace(node.stands, roles=())) for node in net.nodes),
    )
