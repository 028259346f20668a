"""What stands, kept up op by op, is what ``core.heads`` finds over all at once; sums are exact."""

import random

from kamdesk.core.heads import Op, heads
from kamdesk.core.wire_op import Verb
from kamdesk.sync.wire.chains import START, Link, chained
from kamdesk.sync.wire.checks import Checksum, cell_sum, of_record
from kamdesk.sync.wire.standing import ERASED, LIFE, Heads, Placed, advance, places, standing


def test_kept_up_or_all_at_once_the_same_stands() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        log: list[Placed] = []
        orders: dict[int, int] = {}
        ops = []
        for seq in range(1, chance.randrange(2, 20)):
            dev, ctx = chance.randrange(1, 4), chance.randrange(seq)
            orders[dev] = orders.get(dev, 0) + 1
            log.append(Placed(seq, dev, ctx, Verb.SET, {"said": 1}))
            ops.append(Op(dev, orders[dev], ctx, 0, seq, seq))
        wanted = [op.value for op in heads(ops)]
        kept: Heads = {}
        for op in log:
            advance(kept, op)
        assert places(kept["=said"]) == wanted
        chance.shuffle(log)
        assert standing(log) == {"=said": wanted}


def test_links_stand_by_target_from_file_and_wire_alike() -> None:
    wire = [{"b": "AQI="}, "word"]
    by_file = standing([Placed(1, 1, 0, Verb.LINK, {"met": (b"\x01\x02", "word")})])
    by_wire = standing([Placed(1, 1, 0, Verb.LINK, {"met": wire})])
    assert by_file == by_wire == {"+met:AQI=": [1], "+met:word": [1]}


def test_life_erasure_and_what_is_unknown() -> None:
    ops = [
        Placed(1, 1, 0, Verb.SET, {"said": "x"}),
        Placed(2, 1, 1, Verb.DELETE, {}),
        Placed(3, 2, 1, Verb.RESTORE, {}),
        Placed(4, 2, 3, 99, {"odd": 1}),
    ]
    assert standing(ops) == {"=said": [1], LIFE: [2, 3]}
    erased = [*ops, Placed(5, 1, 4, Verb.ERASE, {}), Placed(6, 2, 5, Verb.SET, {"said": "y"})]
    assert standing(erased) == {ERASED: []}


def test_sums_add_up_and_take_away() -> None:
    one = of_record("visit", "00" * 16, {"=said": [1], "=day": [1, 4]})
    other = of_record("visit", "11" * 16, {"=said": [2]})
    assert one.plus(other).minus(one) == other
    assert one.plus(other).cells == 3
    assert Checksum().minus(one).plus(one) == Checksum()
    assert len(one.word) == 32
    told = cell_sum("visit", "00" * 16, "=said", [1])
    for change in (("visi", "t" + "0" * 31, "=said", [1]), ("visit", "00" * 16, "=said", [2])):
        assert cell_sum(*change) != told


def test_a_chain_is_of_all_that_never_changes() -> None:
    links = [Link(n, 1000 + n, "visit", f"{n:032x}") for n in range(1, 4)]
    whole = chained(START, links)
    assert chained(chained(START, links[:2]), links[2:]) == whole
    for at, other in (("wall", 7), ("kind", "person"), ("record", "f" * 32), ("dseq", 9)):
        assert chained(START, [*links[:2], links[2]._replace(**{at: other})]) != whole
    assert len(whole) == 32
