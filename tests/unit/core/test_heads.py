"""Which values stand: the quick rule equals the plain one, whatever order ops come in."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.heads import Op, contested, heads, seen, shown


def op(
    value: object = "x",
    *,
    dev: int = 1,
    order: int = 1,
    ctx: int = 0,
    wall: int = 0,
    seq: int | None = None,
) -> Op[object]:
    return Op(dev, order, ctx, wall, seq, value)


def plain_heads(ops: Sequence[Op[object]]) -> list[Op[object]]:
    """The definition: what no other op has seen."""
    return [mine for mine in ops if not any(seen(other, mine) for other in ops if other != mine)]


@st.composite
def logs(draw: st.DrawFn) -> list[Op[object]]:
    """Ops of one cell as a device may hold them: some have no place in the common log yet."""
    picks = draw(
        st.lists(
            st.tuples(
                st.integers(1, 4), st.integers(0, 12), st.integers(0, 3), st.booleans(), st.text()
            ),
            max_size=12,
        )
    )
    places = draw(st.permutations(range(1, len(picks) + 1)))
    return [
        op(value, dev=dev, order=order, ctx=ctx, wall=wall, seq=place if known else None)
        for order, (place, (dev, ctx, wall, known, value)) in enumerate(
            zip(places, picks, strict=True)
        )
    ]


@given(logs())
def test_the_linear_rule_is_the_plain_one(ops: list[Op[object]]) -> None:
    assert heads(ops) == plain_heads(ops)


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_in_which_ops_arrive_does_not_matter(
    ops: list[Op[object]], chance: object
) -> None:
    shuffled = list(ops)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(heads(shuffled)) == sorted(heads(ops))
    if stand := heads(ops):
        assert shown(heads(shuffled)) == shown(stand)
        assert contested(heads(shuffled)) == contested(stand)


@st.composite
def histories(draw: st.DrawFn) -> list[Op[object]]:
    """A whole log of one cell as a hub numbers it: nobody saw what was not there yet."""
    numbers = draw(st.lists(st.integers(1, 3), min_size=1, max_size=12))
    return [
        op(place, dev=dev, order=place, ctx=draw(st.integers(0, place - 1)), seq=place)
        for place, dev in enumerate(numbers, 1)
    ]


@given(histories())
def test_something_always_stands(ops: list[Op[object]]) -> None:
    assert heads(ops)


@given(histories())
def test_nothing_is_lost_in_silence(ops: list[Op[object]]) -> None:
    stand = heads(ops)
    for each in ops:
        assert each in stand or any(seen(other, each) for other in ops)


@given(histories())
def test_who_saw_everything_settles_it(ops: list[Op[object]]) -> None:
    last = op("settled", dev=9, order=1, ctx=len(ops), seq=len(ops) + 1)
    assert heads([*ops, last]) == [last]


def test_a_device_sees_its_own_ops_whatever_the_log_says() -> None:
    first, second = op(order=1, seq=7), op(order=2, ctx=0)
    assert heads([second, first]) == [second]


def test_two_that_did_not_see_each_other_both_stand() -> None:
    mine, theirs = op("a", dev=1, seq=1), op("b", dev=2, seq=2)
    assert heads([mine, theirs]) == [mine, theirs]
    assert contested([mine, theirs])


def test_equal_values_are_no_conflict() -> None:
    assert not contested([op("a", dev=1), op("a", dev=2)])
    assert not contested([])


def test_a_clock_behind_does_not_lose_to_what_its_writer_had_seen() -> None:
    theirs = op("old", dev=1, wall=9_000, seq=1)
    mine = op("new", dev=2, wall=1, ctx=1, seq=2)
    assert shown(heads([theirs, mine])).value == "new"


def test_an_op_without_a_place_was_seen_by_nobody_else() -> None:
    mine, theirs = op("a", dev=1), op("b", dev=2, ctx=99, seq=1)
    assert heads([mine, theirs]) == [mine, theirs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (op("late", wall=2), op("early", wall=1, dev=2)),
        (op("late", dev=2), op("early", dev=1)),
        (op("late", order=2), op("early", order=1)),
    ],
)
def test_the_latest_by_wall_then_device_is_shown(one: Op[object], other: Op[object]) -> None:
    assert shown([one, other]).value == shown([other, one]).value == "late"
