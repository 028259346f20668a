"""A record as the sum of its ops: values, links, life, in whatever order they came."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.fold import RecordOp, Verb, fold


def op(
    verb: Verb = Verb.SET,
    *,
    dev: int = 1,
    order: int = 1,
    ctx: int = 0,
    seq: int | None = None,
    wall: int = 0,
    **cells: object,
) -> RecordOp:
    return RecordOp(dev, order, ctx, wall, seq, verb, cells)


@st.composite
def records(draw: st.DrawFn) -> list[RecordOp]:
    """All ops of one record: three devices, two fields, one set, deletes and restores."""
    ops = []
    for place in range(1, draw(st.integers(1, 10)) + 1):
        verb = draw(st.sampled_from([v for v in Verb if v is not Verb.ERASE]))
        cells: dict[str, object] = {}
        if verb in (Verb.SET, Verb.RESOLVE):
            cells = draw(
                st.dictionaries(
                    st.sampled_from(["name", "time"]),
                    st.sampled_from([None, "a", "b", ("a", 1)]),
                )
            )
        elif verb in (Verb.LINK, Verb.UNLINK):
            cells = {"tags": draw(st.lists(st.sampled_from(["x", "y"]), max_size=2))}
        ops.append(
            RecordOp(
                dev=draw(st.integers(1, 3)),
                order=place,
                ctx=draw(st.integers(0, place - 1)),
                wall=draw(st.integers(0, 2)),
                seq=place if draw(st.booleans()) else None,
                verb=verb,
                cells=cells,
            )
        )
    return ops


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_ops_does_not_matter(ops: Sequence[RecordOp], chance: object) -> None:
    shuffled = list(ops)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(ops)


@given(records())
def test_only_what_never_stood_alone_is_contested(ops: Sequence[RecordOp]) -> None:
    folded = fold(ops)
    assert folded.contested <= folded.values.keys() | {LIFE}
    assert not (folded.gone and LIFE in folded.contested)


def test_no_ops_make_an_empty_record() -> None:
    assert fold([]).values == {}


def test_different_fields_written_apart_are_both_kept() -> None:
    folded = fold([op(name="a", seq=1), op(dev=2, time="b", seq=2)])
    assert (folded.values, folded.contested) == ({"name": "a", "time": "b"}, set())


def test_the_same_field_written_apart_shows_the_later_and_is_contested() -> None:
    folded = fold([op(name="a", wall=2, seq=1), op(dev=2, name="b", wall=1, seq=2)])
    assert (folded.values, folded.contested) == ({"name": "a"}, {"name"})


def test_the_same_value_written_apart_is_one() -> None:
    assert fold([op(name="a", seq=1), op(dev=2, name="a", seq=2)]).contested == set()


def test_resolving_covers_both() -> None:
    apart = [op(name="a", seq=1), op(dev=2, name="b", seq=2)]
    folded = fold([*apart, op(Verb.RESOLVE, dev=3, ctx=2, name="b", seq=3)])
    assert (folded.values, folded.contested) == ({"name": "b"}, set())


def test_a_group_does_not_part() -> None:
    apart = [op(time=("9:00", 60), wall=1, seq=1), op(dev=2, time=("9:30", 30), wall=2, seq=2)]
    assert fold(apart).values == {"time": ("9:30", 30)}


def test_a_link_added_stands_against_a_remove_that_had_not_seen_it() -> None:
    first = op(Verb.LINK, tags=["x"], seq=1)
    removed = op(Verb.UNLINK, dev=2, ctx=1, tags=["x"], seq=2)
    again = op(Verb.LINK, dev=3, ctx=1, tags=["x"], seq=3)
    assert fold([first, removed]).links == {}
    assert fold([first, removed, again]).links == {"tags": {"x"}}


def test_links_are_judged_target_by_target() -> None:
    ops = [op(Verb.LINK, tags=["x", "y"], seq=1), op(Verb.UNLINK, dev=2, ctx=1, tags=["y"], seq=2)]
    assert fold(ops).links == {"tags": {"x"}}


def test_a_delete_that_saw_everything_hides_the_record() -> None:
    folded = fold([op(name="a", seq=1), op(Verb.DELETE, dev=2, ctx=1, seq=2)])
    assert (folded.gone, folded.contested) == (True, set())


def test_a_delete_that_had_not_seen_an_edit_leaves_the_record_and_marks_it() -> None:
    ops = [
        op(name="a", seq=1),
        op(dev=2, ctx=1, name="b", seq=2),
        op(Verb.DELETE, dev=3, ctx=1, seq=3),
    ]
    assert (fold(ops).gone, fold(ops).contested) == (False, {LIFE})
    assert fold([*ops, op(Verb.DELETE, dev=1, order=2, ctx=3, seq=4)]).gone
    restored = fold([*ops, op(Verb.RESTORE, dev=1, order=2, ctx=3, seq=4)])
    assert (restored.gone, restored.contested) == (False, set())


def test_deleted_twice_is_deleted() -> None:
    ops = [op(name="a", seq=1), *(op(Verb.DELETE, dev=d, ctx=1, seq=d) for d in (2, 3))]
    assert fold(ops).gone


def test_a_restore_stands_against_a_delete_that_had_not_seen_it() -> None:
    ops = [
        op(name="a", seq=1),
        op(Verb.DELETE, dev=1, order=2, seq=2),
        op(Verb.RESTORE, dev=2, ctx=2, seq=3),
        op(Verb.DELETE, dev=3, ctx=2, seq=4),
    ]
    assert not fold(ops).gone


def test_what_a_newer_program_does_to_a_record_is_passed_over() -> None:
    newer = RecordOp(2, 1, 1, 0, 2, 99, {"name": "b"})
    assert fold([op(name="a", seq=1), newer]).values == {"name": "a"}
