"""A laid-out map as shapes: cards, boxes, lines, their ids, and what each sign says."""

from dataclasses import replace

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Group, Path, Rect, String
from support.paper_contents import a_map

from kamdesk.core.text.lines import NARROW
from kamdesk.core.wording import Text
from kamdesk.figures.chain import Box, Card, CardKind, ChainMap, Tie, TieKind, polite
from kamdesk.figures.chain_map import RIM, map_drawing, sizes_for
from kamdesk.figures.chain_notes import lettered, notes_below
from kamdesk.figures.ink import BAND, BRICK, GREY
from kamdesk.figures.layout.plan import Plan, Route
from kamdesk.figures.layout.tree import Joint, Place
from kamdesk.figures.measures import PAPER, SCREEN
from kamdesk.figures.shapes import RecordGroup, colour, records

LEFT, RIGHT = Card(id="aa", name="Li Min"), Card(id="bb", name="Chen Lixin", reports_to="aa")
PLAN = Plan(
    places={"aa": Place(10, 10, 104, 31), "bb": Place(200, 100, 104, 31)},
    joints=(Joint("bb", ((62, 41), (62, 115), (200, 115))),),
    routes={"t": Route(((114, 25), (252, 25), (252, 100)), (180, 25))},
    boxes={"g": Place(0, 0, 130, 60)},
    width=310,
    height=140,
)


def drawn(*cards: Card, measures=PAPER, language="en", plan=PLAN, **content) -> Drawing:
    shown = ChainMap(cards=cards or (LEFT, RIGHT), **content)
    return map_drawing(shown, plan, language=language, measures=measures)


def group(drawing: Drawing, record: str) -> RecordGroup:
    return next(
        one for one in drawing.contents if isinstance(one, RecordGroup) and one.record == record
    )


def shapes(of: Group, kind: type) -> list:
    return [shape for shape in of.contents if isinstance(shape, kind)]


def words(of: Group | Drawing) -> list[str]:
    found = []
    for shape in of.contents:
        if isinstance(shape, Group):
            found += words(shape)
        elif isinstance(shape, String):
            found.append(shape.text)
    return found


def test_each_thing_carries_the_id_it_is_pointed_at_by():
    shown = drawn(
        ties=(Tie(id="t", source="aa", target="bb"),), boxes=(Box(id="g", name="Finance"),)
    )
    assert records(shown) == ["box:g", "up:bb", "t", "aa", "bb"]
    assert (shown.width, shown.height) == (310, 140)


def test_a_card_stands_where_the_plan_says_with_y_upwards():
    frame = shapes(group(drawn(), "aa"), Rect)[0]
    assert (frame.x, frame.y, frame.width, frame.height) == (10, 140 - 41, 104, 31)


def test_the_screen_draws_the_same_signs_larger():
    small, large = drawn(), drawn(measures=SCREEN)
    assert len(group(large, "aa").contents) >= len(group(small, "aa").contents)
    assert shapes(group(large, "aa"), String)[-1].fontSize >= 12


def test_who_is_not_met_or_whose_values_are_old_says_so_on_the_frame():
    unmet = replace(LEFT, met=False)
    old = replace(RIGHT, stale=True, stance=1, flag=Text("{n} months old", n=7))
    shown = drawn(unmet, old)
    assert "not met" in words(group(shown, "aa"))
    assert "7 months old" in words(group(shown, "bb"))
    assert shapes(group(shown, "bb"), Rect)[0].strokeColor == colour(GREY)


def test_veto_guide_and_may_leave_are_words_not_colours():
    shown = drawn(replace(LEFT, veto=True, guide=True, leaving=True), RIGHT)
    said = " ".join(words(group(shown, "aa")))
    assert [word for word in ("veto", "guide", "may leave") if word in said] == [
        "veto",
        "guide",
        "may leave",
    ]


def test_further_roles_are_counted():
    shown = drawn(replace(LEFT, roles=(Text("user"), Text("buyer"))), RIGHT)
    assert "User +1" in words(shown)


def test_a_guess_is_dotted_and_the_unknown_has_a_question_mark():
    sure = shapes(group(drawn(replace(LEFT, stance=1), RIGHT), "aa"), Circle)[0]
    guess = shapes(group(drawn(replace(LEFT, stance=1, unsure=True), RIGHT), "aa"), Circle)[0]
    assert not sure.strokeDashArray
    assert guess.strokeDashArray
    assert "?" in words(group(drawn(), "aa"))


def test_nobody_is_judged_on_an_empty_seat():
    shown = drawn(Card(id="aa", name="", kind=CardKind.GHOST, roles=(Text("user"),)), RIGHT)
    said = words(group(shown, "aa"))
    assert "?" not in said
    assert {"nobody known", "empty seat", "User"} <= set(said)


def test_a_vacant_post_is_named_by_its_title():
    shown = drawn(Card(id="aa", name="", post="CFO", kind=CardKind.VACANT), RIGHT)
    assert words(group(shown, "aa")) == ["CFO", "vacant"]


@pytest.mark.parametrize(
    ("tie", "lines", "filled"),
    [
        (Tie(id="t", source="aa", target="bb"), 2, True),
        (Tie(id="t", source="aa", target="bb", kind=TieKind.CLOSE), 2, False),
        (Tie(id="t", source="aa", target="bb", kind=TieKind.AT_ODDS), 1, False),
        (Tie(id="t", source="aa", target="bb", kind=TieKind.LEADS), 1, False),
    ],
)
def test_each_kind_of_tie_has_a_form_of_its_own(tie, lines, filled):
    found = shapes(group(drawn(ties=(tie,)), "t"), Path)
    assert len(found) == lines
    assert any(one.fillColor is not None for one in found) == filled


def test_influence_against_us_is_dashed_and_brick():
    against = Tie(id="t", source="aa", target="bb", against_us=True)
    line = shapes(group(drawn(ties=(against,)), "t"), Path)[0]
    assert line.strokeDashArray
    assert line.strokeColor == colour(BRICK)


def test_the_width_of_an_arrow_is_its_strength():
    widths = [
        shapes(group(drawn(ties=(Tie(id="t", source="aa", target="bb", weight=n),)), "t"), Path)[
            0
        ].strokeWidth
        for n in (1, 2, 3)
    ]
    assert widths == list(PAPER.arrows)


def test_a_route_has_round_corners_and_ends_at_its_card():
    tie = Tie(id="t", source="aa", target="bb")
    line, head = shapes(group(drawn(ties=(tie,)), "t"), Path)
    assert line.operators == [0, 1, 2, 1]  # move, line, curve, line
    assert head.points[:2] == [252, 140 - 100]


def test_a_tie_without_a_route_is_not_drawn():
    shown = drawn(ties=(Tie(id="t", source="aa", target="bb"),), plan=replace(PLAN, routes={}))
    assert "t" not in records(shown)


def test_a_route_that_stays_on_one_spot_draws_nothing():
    plan = replace(PLAN, routes={"t": Route(((5, 5), (5, 5)), (5, 5))})
    shown = drawn(ties=(Tie(id="t", source="aa", target="bb"),), plan=plan)
    assert not group(shown, "t").contents


def test_a_short_note_stands_on_its_line_a_long_one_behind_a_letter():
    short = Tie(id="t", source="aa", target="bb", note="Peers")
    long = replace(short, note="They shared an office in Singapore for two months")
    assert "Peers" in words(drawn(ties=(short,)))
    assert NARROW["…"] in words(drawn(ties=(long,)))
    told = lettered(ChainMap(cards=(LEFT, RIGHT), ties=(short, long)))
    assert [tie.sign for tie in told.ties] == ["", "a"]
    below = notes_below(told, width=500, most_height=100)
    said = " ".join(shape.text for shape in below.shapes if isinstance(shape, String))
    assert "Singapore" in said
    assert said.startswith("a ")


def test_notes_take_no_more_room_than_they_may():
    ties = tuple(
        Tie(id=str(n), source="aa", target="bb", note=f"{n} is a note too long for its line")
        for n in range(30)
    )
    told = lettered(ChainMap(cards=(LEFT, RIGHT), ties=ties))
    assert [tie.sign for tie in told.ties].count("") == 4
    assert notes_below(told, width=500, most_height=40).height <= 40


def test_boxes_of_departments_are_filled_and_outside_parties_framed():
    inside = drawn(boxes=(Box(id="g", name="Finance"),))
    outside = drawn(boxes=(Box(id="g", name="Jiangling", outside=True),))
    assert shapes(group(inside, "box:g"), Rect)[0].fillColor == colour(BAND)
    assert "Outside: Jiangling" in words(outside)
    assert shapes(group(outside, "box:g"), Rect)[0].strokeColor is not None


def test_the_line_to_a_party_outside_is_dotted():
    outside = (replace(LEFT), replace(RIGHT, group="g"))
    shown = drawn(*outside, boxes=(Box(id="g", name="Group", outside=True),))
    assert group(shown, "up:bb").contents[0].strokeDashArray
    assert not group(drawn(), "up:bb").contents[0].strokeDashArray


def test_the_way_in_is_numbered_in_its_order():
    shown = drawn(way_in=("bb", "aa"))
    assert "2" in words(group(shown, "aa"))
    assert "1" in words(group(shown, "bb"))


def test_a_polite_map_has_people_posts_and_departments_and_no_word_more():
    content = a_map()
    plain = polite(replace(content, boxes=(Box(id="o", name="Agency", outside=True),)))
    people = [card for card in content.cards if card.kind is CardKind.PERSON]
    assert [card.id for card in plain.cards] == [card.id for card in people]
    assert plain.ties == plain.boxes == plain.way_in == ()
    bare = {"id", "name", "post", "kind", "met", "reports_to", "group"}
    empty = Card(id="", name="")
    for card in plain.cards:
        for name in set(Card.__slots__) - bare - {"place"}:
            assert getattr(card, name) == getattr(empty, name)
    assert plain.cards[0].reports_to is None  # the body above is not drawn


def test_people_of_parties_outside_are_not_on_the_polite_map():
    cards = (LEFT, replace(RIGHT, group="o"))
    plain = polite(ChainMap(cards=cards, boxes=(Box(id="o", name="Agency", outside=True),)))
    assert [card.id for card in plain.cards] == ["aa"]


def test_cards_are_as_large_as_their_words_ask_for():
    short = ChainMap(cards=(Card(id="a", name="李敏", post="总监"),))
    long = ChainMap(
        cards=(
            Card(
                id="a",
                name="Li Min",
                post="Assistant to the General Manager",
                roles=(Text("user"),),
            ),
        )
    )
    assert sizes_for(short, language="zh", measures=PAPER).card == (104, 31)
    assert sizes_for(long, language="en", measures=PAPER).card[1] > 31
    plain = sizes_for(polite(long), language="en", measures=PAPER).card
    assert plain[0] > 104
    assert plain[1] == 31
    assert sizes_for(short, language="zh").card[0] == pytest.approx(176, abs=2)


def test_nothing_sticks_out_further_than_the_rim():
    cards = (replace(LEFT, met=False, veto=True, attends=True), replace(RIGHT, stance=2))
    shown = drawn(*cards, way_in=("aa",))
    for shape in (s for g in shown.contents for s in g.contents if isinstance(s, Rect)):
        assert shape.x >= 10 - RIM
        assert shape.y + shape.height <= 140 - 10 + RIM
