"""The board of a week: what moves by hand stays, what finds no room falls out and comes back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, Id, VisitId
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.desktop.week import rebasing
from kamdesk.desktop.week.board import Board, Night
from kamdesk.desktop.week.draft import read_back, written
from kamdesk.desktop.week.shapes import Frame, frame_of, shapes_of
from kamdesk.desktop.week.timing import Wanted, timed
from kamdesk.desktop.week.ways import roads_of
from kamdesk.domain.week import planning
from kamdesk.domain.week.model import (
    ANYWHERE,
    Bond,
    DayPlan,
    Placed,
    Problem,
    Reason,
    Stop,
    Window,
    WorkDay,
)
from kamdesk.dossier.week_read import Pin, Place, WeekDay, WeekItem, WeekRead, What

MONDAY = date(2026, 3, 16)
DAYS = (WorkDay(), WorkDay())
WHOLE = (Window(510, 1110),)


def key(name: str) -> bytes:
    return name.encode().ljust(16, b".")


def a_week(**bonds: tuple[Bond, int, int]) -> WeekRead:
    """Return two days: a, b and c are due; ``bonds`` name what stands: bond, day, begins."""
    names = ("a", "b", "c", *bonds)
    travel = tuple(tuple(0 if i == j else 20 for j in range(5)) for i in range(5))
    items, stops = {}, []
    for name in names:
        bond, day, begins = bonds.get(name, (Bond.FREE, None, None))
        firm = bond in (Bond.FIXED, Bond.PINNED)
        windows = tuple(
            ((Window(begins, begins + 60),) if n == day else ()) if firm else WHOLE
            for n in range(2)
        )
        reasons = (Reason(Text("{n} days over", n=3), 90.0),)
        stops.append(
            Stop(
                key=key(name), place=1 + len(stops) % 4, minutes=60, windows=windows, bond=bond,
                prize=0.0 if bond is Bond.FIXED else 90.0, reasons=reasons,
            )
        )  # fmt: skip
        items[name] = WeekItem(
            key=key(name),
            what=What.DUE if bond is Bond.FREE else What.VISIT,
            name=name.upper(),
            account=AccountId(Id(key(name))),
            visit=None if bond is Bond.FREE else VisitId(Id(key(name))),
            day=None if day is None else date(2026, 3, 16 + day),
            begins=begins,
            bond=bond,
            reasons=reasons,
        )
    days = tuple(
        WeekDay(
            day=date(2026, 3, 16 + n),
            at=n if n < 2 else None,
            works=n < 5,
            items=tuple(item for item in items.values() if item.day == date(2026, 3, 16 + n)),
        )
        for n in range(7)
    )
    return WeekRead(
        monday=MONDAY,
        now=Instant.at(date(2026, 3, 12), 9),
        days=days,
        due=tuple(items[name] for name in "abc"),
        places=tuple(Place(words=str(n)) for n in range(5)),
        problem=Problem(days=DAYS, stops=tuple(stops), travel=travel),
    )


def proposed(read: WeekRead) -> Board:
    board = Board.of(read)
    return board.taken(planning.first(board.problem))


def when(board: Board, name: str) -> tuple[int, int]:
    standing = board.standing[key(name)]
    return standing.day, standing.placed.begins


def test_a_week_stands_as_it_is_until_it_is_proposed() -> None:
    board = Board.of(a_week(x=(Bond.FIXED, 0, 600), y=(Bond.LOOSE, 1, 840)))
    assert set(board.standing) == {key("x"), key("y")}
    assert when(board, "x") == (0, 600)
    assert [item.name for item in board.waiting] == ["A", "B", "C"]
    assert not board.changes
    assert not board.proposed


def test_proposed_all_are_placed_and_nothing_fixed_moves() -> None:
    board = proposed(a_week(x=(Bond.FIXED, 0, 600)))
    assert not board.waiting
    assert when(board, "x") == (0, 600)
    assert board.changes
    assert board.plan.value == pytest.approx(planning.first(board.problem).value)


def test_what_is_moved_is_held_and_the_rest_of_the_day_gives_way() -> None:
    board = proposed(a_week())
    day, begins = when(board, "a")
    moved = board.moved(key("a"), 0, 1)
    assert moved is not None
    assert when(moved, "a") == (day, (begins // 30 + 1) * 30)
    assert moved.bond(key("a")) is Bond.PINNED
    assert not moved.waiting
    for ran in moved.days:
        ends = 0
        for stop in ran.plan.stops:
            assert stop.begins >= ends + stop.drive
            ends = stop.ends


def test_a_move_goes_on_over_what_is_fixed() -> None:
    board = Board.of(a_week(x=(Bond.FIXED, 0, 600), y=(Bond.LOOSE, 0, 690)))
    moved = board.moved(key("y"), 0, -1)
    assert moved is not None
    assert when(moved, "y") == (0, 510)
    assert when(moved, "x") == (0, 600)


def test_what_is_fixed_does_not_move_at_all() -> None:
    board = Board.of(a_week(x=(Bond.FIXED, 0, 600)))
    assert board.moved(key("x"), 0, 1) is None
    assert board.put(key("a"), Pin(0, 600)) is None
    assert board.put_back(key("x")) is board


def test_moving_past_others_loses_nobody_once_there_is_room_again() -> None:
    """Somebody without room on the way is back as soon as there is room."""
    board: Board | None = proposed(a_week())
    for _ in range(12):
        assert board is not None
        further = board.moved(key("a"), 0, 1)
        if further is None:
            break
        board = further
    assert board is not None
    assert not board.waiting


def test_pinned_and_let_go_again() -> None:
    board = proposed(a_week())
    held = board.pinned(key("b"))
    assert frame_of(held, held.items[key("b")]) is Frame.PINNED
    assert when(held, "b") == when(board, "b")
    assert frame_of(held.pinned(key("b")), held.items[key("b")]) is Frame.PROPOSED
    again = held.taken(planning.first(held.problem))
    assert when(again, "b") == when(board, "b")


def test_what_was_put_back_stays_out_of_the_next_proposal() -> None:
    board = proposed(a_week()).put_back(key("c"))
    assert [item.name for item in board.waiting] == ["C"]
    again = board.taken(planning.first(board.problem))
    assert key("c") not in again.standing
    assert key("c") in again.brought(key("c")).stops


def test_what_was_done_is_kept_as_text_and_comes_back() -> None:
    read = a_week(x=(Bond.FIXED, 0, 600))
    moved = proposed(read).put_back(key("c")).moved(key("a"), 1, 0)
    assert moved is not None
    back = read_back(written(moved), read)
    assert back is not None
    assert back.pins == moved.pins
    assert back.out == {key("c")}
    assert {name: when(back, name) for name in "abx"} == {n: when(moved, n) for n in "abx"}
    assert written(Board.of(read)) == {}


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "null", '{"wanted": 3}', '{"wanted": {"no day": []}}', '{"pins": 1}']
)
def test_a_draft_that_cannot_be_read_is_none(kept: str) -> None:
    assert read_back({"week": kept}, a_week()) is None


def test_a_day_that_is_over_takes_its_pins_with_it() -> None:
    read = a_week()
    board = proposed(read).put(key("a"), Pin(0, 600))
    assert board is not None
    days = (replace(read.days[0], at=None, is_past=True), replace(read.days[1], at=0))
    later = replace(
        read,
        days=(*days, *read.days[2:]),
        problem=replace(
            read.problem,
            days=DAYS[:1],
            stops=tuple(replace(one, windows=one.windows[1:]) for one in read.problem.stops),
        ),
    )
    rebased = rebasing.rebased(board, later)
    assert rebased.pins == {}
    assert key("a") not in rebased.standing


def test_an_agreed_visit_that_came_meanwhile_is_in_the_week() -> None:
    board = proposed(a_week())
    rebased = rebasing.rebased(board, a_week(x=(Bond.FIXED, 0, 600)))
    assert when(rebased, "x") == (0, 600)
    assert rebased.proposed


def moved_visit(read: WeekRead) -> tuple[Board, WeekRead]:
    """Return a week in which a visit of ours is pinned elsewhere, and one where others moved it."""
    board = proposed(read).put(key("y"), Pin(1, 900))
    assert board is not None
    return board, a_week(y=(Bond.LOOSE, 0, 1050))


def test_a_visit_moved_meanwhile_stands_where_it_was_moved_to() -> None:
    board, now = moved_visit(a_week(y=(Bond.LOOSE, 0, 690)))
    for again in (rebasing.rebased(board, now), read_back(written(board), now)):
        assert again is not None
        assert when(again, "y") == (0, 1050)
        assert again.pins == {}
        assert set(again.standing) == set(board.standing)


def test_a_visit_dropped_meanwhile_is_not_brought_back() -> None:
    board, _ = moved_visit(a_week(y=(Bond.LOOSE, 0, 690)))
    for again in (rebasing.rebased(board, a_week()), read_back(written(board), a_week())):
        assert again is not None
        assert set(again.standing) == {key(name) for name in "abc"}
        assert again.proposed


def test_a_week_accepted_elsewhere_stands_as_it_is() -> None:
    read = a_week()
    board = proposed(replace(read, due=read.due[:1], problem=replace(
        read.problem, stops=read.problem.stops[:1])))  # fmt: skip
    now = a_week(x=(Bond.LOOSE, 0, 690))
    nobody = replace(now.problem, stops=now.problem.stops[3:])
    rebased = rebasing.rebased(board, replace(now, due=(), problem=nobody))
    assert not rebased.proposed
    assert when(rebased, "x") == (0, 690)


def test_a_night_away_is_found_again_by_its_place() -> None:
    read = a_week()
    spots = [Spot(31.0 + n / 10, 120.0) for n in range(5)]
    here = replace(read, places=tuple(Place(spot=spot) for spot in spots))
    turned = replace(read, places=(here.places[0], *reversed(here.places[1:])))
    board = proposed(here).away(Night(0, 1))
    for again in (rebasing.rebased(board, turned), read_back(written(board), turned)):
        assert again is not None
        assert again.night == Night(0, 4)
    gone = rebasing.rebased(board, replace(read, places=here.places[2:]))
    assert gone.night is None


def test_shapes_are_drawn_of_what_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    board = proposed(a_week(x=(Bond.FIXED, 0, 600)))
    shapes = shapes_of(board)
    assert len(shapes.days) == 5
    assert {block.item.name for block in shapes.blocks} == {"A", "B", "C", "X"}
    fixed = next(block for block in shapes.blocks if block.item.name == "X")
    assert (fixed.frame, fixed.movable) == (Frame.FIXED, False)
    roads: dict[int, int] = {}
    for road in shapes.roads:
        roads[road.column] = roads.get(road.column, 0) + road.minutes
    assert roads == {n: drive for n, drive in enumerate(shapes.drives) if drive is not None}


def test_firm_ones_that_clash_are_shown_where_they_are() -> None:
    read: Any = a_week(x=(Bond.FIXED, 0, 600), y=(Bond.FIXED, 0, 630))
    board = Board.of(read)
    assert board.clashes == (0,)
    assert when(board, "x") == (0, 600)
    assert when(board, "y") == (0, 630)


@pytest.mark.parametrize("bond", [Bond.FIXED, Bond.FREE])
def test_an_appointment_that_keeps_no_time_free_is_noted_not_hatched(bond: Bond) -> None:
    read = a_week()
    dentist = WeekItem(
        key=key("d"), what=What.APPOINTMENT, name="Dentist", begins=600, minutes=60, bond=bond
    )
    first = replace(read.days[0], items=(dentist,))
    shapes = shapes_of(Board.of(replace(read, days=(first, *read.days[1:]))))
    (shade,) = [shade for shade in shapes.shades if shade.words == "Dentist"]
    assert (shade.begins, shade.ends, shade.taken) == (600, 660, bond is Bond.FIXED)


CALL = key("call")


def test_a_way_may_be_driven_before_a_call_and_the_visit_stay_right_after_it() -> None:
    call = Stop(
        key=CALL, place=ANYWHERE, minutes=90, windows=((Window(930, 1020),),), bond=Bond.FIXED
    )
    loose = [
        Stop(key=key(str(n)), place=n, minutes=60, windows=(WHOLE,), bond=Bond.LOOSE, prize=9.0)
        for n in (1, 2)
    ]
    travel = ((0, 20, 20), (20, 0, 55), (20, 55, 0))
    day = WorkDay(lunch=None)
    problem = Problem(days=(day,), stops=(call, *loose), travel=travel)
    wanted = [Wanted(key("1"), 810), Wanted(key("2"), 1020)]
    found = timed(problem, 0, wanted)
    assert [(one.key, one.begins) for one in found.plan.stops] == [
        (key("1"), 810), (CALL, 930), (key("2"), 1020),
    ]  # fmt: skip
    late = timed(problem, 0, [Wanted(key("1"), 840), Wanted(key("2"), 1020)])
    assert (late.fallen, late.clashes) == ((), False)
    assert [one.begins for one in late.plan.stops] != [840, 930, 1020]


@pytest.mark.parametrize(
    ("stops", "lunch", "expected"),
    [
        # right before what it leads to
        ([(600, 660, 45)], None, [(555, 600)]),
        # not in lunch, but before it
        ([(780, 840, 120)], Window(720, 780), [(600, 720)]),
        # not in a call: before it, where there is room
        ([(540, 600, 30), (CALL, 810, 870), (885, 945, 135)], None, [(510, 540), (675, 810)]),
        # in two parts around it, where no stretch has room for all of it
        ([(CALL, 540, 560), (585, 645, 60)], None, [(505, 540), (560, 585)]),
    ],
)
def test_nobody_is_on_the_road_in_a_call_or_at_lunch(
    stops: list[Any], lunch: Window | None, expected: list[tuple[int, int]]
) -> None:
    placed = [
        Placed(one[0], one[1], one[2], 0)
        if one[0] == CALL
        else Placed(key(str(n)), one[0], one[1], one[2])
        for n, one in enumerate(stops)
    ]
    plan = DayPlan(stops=tuple(placed), lunch=lunch, leaves=500)
    ways = list(roads_of(0, plan, lambda one: one == CALL))
    assert [(way.begins, way.ends) for way in ways] == expected
    for to in {way.to for way in ways}:
        parts = [way for way in ways if way.to == to]
        assert sum(way.minutes for way in parts) == parts[0].whole
        assert sum(way.is_named for way in parts) == 1
    assert CALL not in {way.came_from for way in ways}
