"""What if: supposing equals doing, nothing else moves, the cheapest moves come first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.networks import a_body, a_network, a_person, a_tie, knows, networks, nr

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.chain.flow import flow
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.domain.chain.standing import Sureness
from kamdesk.domain.chain.support import support
from kamdesk.domain.chain.what_if import (
    LeaveMove,
    StanceMove,
    TieMove,
    cheapest,
    outcome,
    supposing,
)


@given(networks(), st.data())
def test_supposing_a_stance_equals_noting_it(net: Network, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(net.people) - 1))
    stance = data.draw(st.sampled_from((None, -2, -1, 0, 1, 2)))
    was = net.people[number].stands
    noted = a_person(number, *was.roles, stance=stance, influence=was.influence, judged=0)
    done = replace(net, nodes=tuple(noted if n.id == noted.id else n for n in net.nodes))
    supposed = supposing(net, [StanceMove(nr(number), stance)])
    assert support(supposed) == support(done)
    assert outcome(net, [StanceMove(nr(number), stance)]).after == support(done)


@given(networks())
def test_supposing_nothing_changes_nothing(net: Network) -> None:
    assert supposing(net, []) == net
    found = outcome(net, [])
    assert found.before == found.after
    assert found.low <= found.before.low + 1e-9
    assert found.high >= found.before.high - 1e-9


@given(networks())
def test_the_cheapest_moves_bring_what_they_say(net: Network) -> None:
    for cheap in cheapest(net):
        moved = outcome(net, [cheap.move])
        if moved.before.score is not None:
            assert moved.after.score - moved.before.score == pytest.approx(cheap.gain)


def test_an_old_stance_supposed_is_fresh() -> None:
    net = a_network(a_person(0, stance=-1, judged=400))
    assert support(net).score is None
    assert outcome(net, [StanceMove(nr(0), 2)]).after.score == 100


def test_a_tie_comes_changes_and_goes() -> None:
    net = a_network(a_person(0, Role.DECIDER), a_person(1), ties=[a_tie(1, 0, 1)])
    against = supposing(net, [TieMove(nr(1), nr(0), 3, negative=True)])
    assert flow(against).leverage[nr(1)] < 0
    assert supposing(net, [TieMove(nr(1), nr(0), 0)]).ties == ()
    both = supposing(net, [TieMove(nr(0), nr(1))])
    assert len({tie.id for tie in both.ties}) == 2
    with pytest.raises(RuleBroken):
        supposing(net, [TieMove(nr(1), nr(1))])


def test_who_leaves_leaves_an_empty_post_with_his_roles() -> None:
    net = a_network(
        a_body(9, chair=1, members=(0, 1)),
        a_person(0, Role.USER, stance=1, boss=1),
        a_person(1, Role.DECIDER, stance=2, influence=5),
        ties=[a_tie(1, 0)],
        covers=[knows(1, 4), knows(0, 2)],
        contacts={1: 2, 0: 1},
    )
    after = supposing(net, [LeaveMove(nr(1))])
    seat = after.by_id[nr(1)]
    assert (seat.kind, seat.wanted, seat.name) == (NodeKind.VACANT, (Role.DECIDER,), "")
    assert after.by_id[nr(0)].boss == nr(1)
    assert (after.by_id[nr(9)].chair, after.by_id[nr(9)].members) == (None, (nr(0),))
    assert (after.ties, [cover.node for cover in after.covers]) == ((), [nr(0)])
    assert dict(after.contacts) == {nr(0): 1}
    assert support(after).score is None, "nobody knows how the next one will stand"
    assert supposing(after, [LeaveMove(nr(1))]) == after


def test_the_range_takes_a_guess_one_step_off() -> None:
    net = a_network(a_person(0, stance=0, sureness=Sureness.LOW), a_person(1, stance=0))
    found = outcome(net, [])
    assert (found.low, found.before.score, found.high) == (37.5, 50.0, 62.5)


def test_whom_we_know_is_cheaper_than_whom_we_hardly_know() -> None:
    net = a_network(
        a_person(0, Role.DECIDER, stance=0),
        a_person(1, stance=0),
        a_person(2, stance=2),
        covers=[knows(1, 5)],
    )
    first, second = cheapest(net)
    assert (first.move, second.move) == (StanceMove(nr(1), 1), StanceMove(nr(0), 1))
    assert first.why.plain == "P1 from neutral to supporter: 5.0 points"
    assert (first.effort, second.effort) == (1.0, 20.0)
