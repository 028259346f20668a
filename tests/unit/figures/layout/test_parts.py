"""Parts of a large map."""

import pytest
from support.organisations import an_organisation

from kamdesk.figures.chain import Card, ChainMap, Tie
from kamdesk.figures.layout.parts import around, branches_to_fold, fold, heaviest_ties


def card(id_: str, boss: str | None = None, **more) -> Card:
    return Card(id=id_, name=id_, reports_to=boss, **more)


def ids(content: ChainMap) -> set[str]:
    return {card.id for card in content.cards}


FIRM = ChainMap(
    cards=(
        card("head"),
        card("chief", "head"),
        card("engineer", "chief"),
        card("fitter", "engineer"),
        card("buyer", "head"),
        card("clerk", "buyer"),
        card("adviser"),
    ),
    ties=(
        Tie(id="1", source="adviser", target="fitter", weight=2),
        Tie(id="2", source="clerk", target="engineer"),
        Tie(id="3", source="clerk", target="fitter", weight=3),
    ),
    way_in=("clerk", "fitter", "engineer", "head"),
)


def test_around_a_card_are_its_neighbours_and_all_its_bosses():
    near = around(FIRM, "fitter", steps=1)
    assert ids(near) == {"fitter", "engineer", "adviser", "clerk", "chief", "head"}
    assert near.left_out == 1
    assert {tie.id for tie in near.ties} == {"1", "2", "3"}
    assert ids(around(FIRM, "fitter", steps=3)) == ids(FIRM)
    assert around(FIRM, "nobody") == FIRM


def test_a_loop_of_bosses_ends():
    loop = ChainMap(cards=(card("a", "b"), card("b", "a"), card("c", "a")))
    assert ids(around(loop, "c", steps=1)) == {"a", "c"}
    assert fold(loop, {"a"}).folded == {"a": 2}


def test_a_folded_branch_is_counted_and_its_ties_go_to_its_head():
    part = fold(FIRM, {"chief"})
    assert ids(part.content) == {"head", "chief", "buyer", "clerk", "adviser"}
    assert part.folded == {"chief": 2}
    ends = {(tie.source, tie.target): tie.weight for tie in part.content.ties}
    assert ends == {("adviser", "chief"): 2, ("clerk", "chief"): 3}
    assert part.content.way_in == ("clerk", "chief", "head")


def test_the_higher_of_two_folded_heads_counts_all():
    part = fold(FIRM, {"chief", "engineer"})
    assert part.folded == {"chief": 2}


def test_to_fold_a_leaf_changes_nothing():
    part = fold(FIRM, {"clerk"})
    assert (part.content.cards, part.folded) == (FIRM.cards, {})


@pytest.mark.parametrize("people", [61, 90, 200])
def test_a_large_map_is_folded_to_what_one_can_look_at(people):
    content = an_organisation(people, seed=people)
    part = fold(content, branches_to_fold(content))
    assert len(part.content.cards) <= 60
    assert len(part.content.cards) + sum(part.folded.values()) == people


def test_a_small_map_stays_open_and_deciders_in_sight():
    assert branches_to_fold(FIRM) == frozenset()
    seen = ChainMap(cards=(*FIRM.cards, card("veto", "chief", decides=True)))
    assert "veto" in ids(fold(seen, branches_to_fold(seen, most=6)).content)


def test_branches_without_a_decider_anywhere_below_fold_before_those_with_one():
    tall = [card("top"), *(card(f"{n}", "top" if n == 0 else f"{n - 1}") for n in range(9))]
    wide = [card(f"w{n}", "top") for n in range(9)]
    content = ChainMap(cards=(*tall, *wide, card("veto", "8", decides=True)))
    part = fold(content, branches_to_fold(content, most=15))
    assert "veto" not in ids(part.content)
    assert len(part.content.cards) == 15
    content = ChainMap(cards=(*content.cards, *(card(f"x{n}", "w0") for n in range(9))))
    part = fold(content, branches_to_fold(content, most=20))
    assert part.folded == {"w0": 9}


def test_an_endless_line_of_bosses_is_folded_from_below():
    content = ChainMap(cards=tuple(card(f"{n}", f"{n - 1}" if n else None) for n in range(3000)))
    heads = branches_to_fold(content)
    assert heads == {"59"}
    assert len(fold(content, heads).content.cards) == 60


def test_the_heaviest_ties_stay_in_their_order():
    assert [tie.id for tie in heaviest_ties(FIRM, 2).ties] == ["1", "3"]
