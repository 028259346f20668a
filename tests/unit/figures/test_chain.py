"""Which people stay on a map, and what an organisation chart must not tell."""

from dataclasses import replace

from support.paper_contents import a_map

from kamdesk.figures.chain import Card, ChainMap, Tie, chosen, without_opinions


def many(count: int) -> ChainMap:
    return ChainMap(
        cards=tuple(
            Card(id=str(at), name=f"P{at}", influence=at % 5 + 1, reports_to=str(at - 1))
            for at in range(count)
        ),
        ties=(Tie(source="4", target="9"), Tie(source="0", target="9")),
    )


def test_sixteen_stay_and_the_rest_is_counted():
    shown = chosen(many(40))
    assert len(shown.cards) == 16
    assert shown.left_out == 24


def test_attendees_stay_first_then_deciders_the_way_in_and_influence():
    content = many(20)
    cards = list(content.cards)
    cards[0] = replace(cards[0], attends=True, influence=None)
    cards[5] = replace(cards[5], decides=True, influence=None)
    shown = chosen(replace(content, cards=tuple(cards), way_in=("10",)), most=4)
    assert [card.id for card in shown.cards] == ["0", "4", "5", "10"]


def test_who_stays_reports_to_the_nearest_boss_who_stays():
    shown = chosen(many(20), most=4)
    assert [(card.id, card.reports_to) for card in shown.cards] == [
        ("4", None),
        ("9", "4"),
        ("14", "9"),
        ("19", "14"),
    ]
    assert shown.ties == (Tie(source="4", target="9"),)


def test_a_loop_of_bosses_ends_the_search_for_the_nearest():
    cards = tuple(
        Card(id=str(at), name="", reports_to=str((at + 1) % 5), attends=at == 0) for at in range(5)
    )
    assert chosen(ChainMap(cards=cards), most=1).cards[0].reports_to is None


def test_few_cards_are_left_alone():
    assert chosen(a_map()) is not None
    assert chosen(a_map()) == a_map()


def test_without_opinions_nothing_says_what_we_think():
    shown = without_opinions(a_map())
    assert not shown.opinions
    assert not shown.ties
    assert not shown.way_in
    assert {(card.stance, card.influence, card.relation) for card in shown.cards} == {
        (None, None, None)
    }
