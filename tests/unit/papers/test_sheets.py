"""A map on several sheets: everybody once, the rest named with its sheet."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.core.wording import say
from kamdesk.figures.chain import Card, ChainMap, Tie
from kamdesk.papers.chain_map.sheets import ONE_SHEET, PART, sheets


def chart(count: int, per_boss: int = 4) -> ChainMap:
    cards = tuple(
        Card(
            id=f"{n:04x}",
            name=f"P{n}",
            reports_to=f"{(n - 1) // per_boss:04x}" if n else None,
            place=(1.0, 1.0),
        )
        for n in range(count)
    )
    return ChainMap(cards=cards, ties=(Tie(id="t", source="0001", target=f"{count - 1:04x}"),))


def test_sixty_stand_on_one_sheet():
    assert [len(sheet.chain.cards) for sheet in sheets(chart(ONE_SHEET))] == [ONE_SHEET]


def test_more_stand_on_several_and_each_says_where_the_rest_is():
    found = sheets(chart(150))
    assert len(found) > 3
    assert not found[0].heads
    assert all(len(sheet.chain.cards) <= PART for sheet in found)
    told = [say(card.more, "en") for card in found[0].chain.cards if card.more]
    assert told
    for sheet in found[1:]:
        repeated = [card for card in sheet.chain.cards if card.flag]
        assert [card.name for card in repeated] == list(sheet.heads)
        assert {say(card.flag, "en") for card in repeated} <= {
            f"from sheet {n}" for n in range(1, sheet.number)
        }


def test_what_is_said_to_be_on_a_sheet_is_there():
    found = sheets(chart(150))
    for sheet in found:
        for card in sheet.chain.cards:
            if card.more:
                count, _, _, _, number = say(card.more, "en").split()
                there = found[int(number) - 1]
                assert card.name in there.heads
                assert len(there.chain.cards) > int(count)


def test_a_tie_to_another_sheet_is_named_on_both():
    found = sheets(chart(150))
    away = [(sheet.number, one.source, one.target) for sheet in found for one in sheet.away]
    assert [names[1:] for names in away] == [("P1", "P149"), ("P1", "P149")]
    assert not any(sheet.chain.ties for sheet in found)


def test_people_without_boss_and_in_circles_are_not_forgotten():
    loose = [Card(id=f"x{n}", name=f"X{n}") for n in range(50)]
    ring = [Card(id=f"r{n}", name=f"R{n}", reports_to=f"r{(n + 1) % 30}") for n in range(30)]
    found = sheets(ChainMap(cards=(*loose, *ring)))
    shown = [card.id for sheet in found for card in sheet.chain.cards if not card.flag]
    assert sorted(shown) == sorted(card.id for card in (*loose, *ring))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=61, max_size=220), st.integers(6, 40))
def test_whatever_the_tree_everybody_has_one_home(bosses, part):
    cards = tuple(
        Card(id=str(n), name=str(n), reports_to=str(boss) if boss != n else None)
        for n, boss in enumerate(bosses)
    )
    found = sheets(ChainMap(cards=cards), part=part)
    home = [card.id for sheet in found for card in sheet.chain.cards if not card.flag]
    assert sorted(home) == sorted(card.id for card in cards)
    assert all(len(sheet.chain.cards) <= part for sheet in found)
    assert [sheet.number for sheet in found] == list(range(1, len(found) + 1))
