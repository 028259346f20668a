"""A day's way is drawn in 45° steps, and no words meet other words, marks or lines."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.core.spot import Spot
from kamdesk.figures.layout.day_route import RoutePlan, Wanted, beside_names, planned
from kamdesk.figures.layout.day_route_words import Box
from kamdesk.figures.measures import PAPER, SCREEN, Measures
from kamdesk.figures.route import Route, RouteStop, route_picture
from kamdesk.figures.shapes import records

HOME, BED = Spot(31.3, 120.6), Spot(31.9, 120.9)
WIDEST = 66
"""As wide as 1 小时 05 分 is."""
WANTED = st.builds(
    Wanted,
    name=st.floats(20, 296 - beside_names(WIDEST)),
    minutes=st.floats(7, 20) | st.floats(36, WIDEST),
    lat=st.none() | st.floats(30, 33),
    lon=st.none() | st.floats(119, 122),
)


def words(plan: RoutePlan) -> list[Box]:
    every = [*plan.names, *plan.minutes, plan.back_minutes]
    return [box for box in every if box is not None]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.low < other.high
        and other.low < one.high
    )


def runs_through(box: Box, one: tuple[float, float], other: tuple[float, float]) -> bool:
    steps = 60
    return any(
        box.left < one[0] + (other[0] - one[0]) * n / steps < box.right
        and box.low < one[1] + (other[1] - one[1]) * n / steps < box.high
        for n in range(steps + 1)
    )


@settings(max_examples=300)
@given(st.lists(WANTED, min_size=1, max_size=9), st.booleans(), st.booleans(), st.floats(40, 90))
def test_nothing_meets_anything(stops: list[Wanted], home: bool, away: bool, back: float) -> None:
    plan = planned(stops, width=296, home=home, away=home and away, back=back if home else 0)
    assert plan.width == 296
    assert all(
        one[1] != other[1] or one[0] != other[0] for one, other in combinations(plan.stops, 2)
    )
    said = words(plan)
    for one, other in combinations(said, 2):
        assert not overlap(one, other)
    ways = [*plan.legs, plan.back]
    for box in said:
        assert 0 <= box.left < box.right <= 296.01
        assert 0 <= box.low < box.high <= plan.height
        for x, y in plan.stops:
            assert not overlap(box, Box(x - 9, y - 9, x + 9, y + 9))
        for mark in (plan.home, plan.bed):
            if mark is not None:
                x, y = mark
                assert not overlap(box, Box(x - 9, y - 9, x + 9, y + 9))
        for way in ways:
            for a, b in pairwise(way):
                assert not runs_through(box, a, b)
    for way in ways:
        for (x1, y1), (x2, y2) in pairwise(way):
            dx, dy = abs(x1 - x2), abs(y1 - y2)
            assert min(dx, dy, abs(dx - dy)) < 0.02
    for leg, stop in zip(plan.legs, plan.stops, strict=True):
        assert not leg or leg[-1] == stop


def stops(count: int) -> tuple[RouteStop, ...]:
    return tuple(
        RouteStop(
            id=f"{n:032x}",
            name=["恒汀造纸", "Jingcheng Optoelectronics", "x" * 5000][n % 3],
            at=500 + 90 * n,
            drive=20 + n,
            spot=Spot(31.2 + n / 10, 120.5 + n % 3 / 10),
        )
        for n in range(count)
    )


@pytest.mark.parametrize("measures", [PAPER, SCREEN])
@pytest.mark.parametrize("count", [0, 1, 4, 9])
def test_every_stop_is_a_record_of_the_picture(count: int, measures: Measures) -> None:
    route = Route(stops=stops(count), start=HOME, end=HOME, drive_back=38)
    drawing = route_picture(route, width=296, height=190, language="en", measures=measures)
    assert records(drawing) == [stop.id for stop in route.stops]
    assert drawing.width == 296


def test_the_words_are_names_times_and_minutes() -> None:
    def said(route: Route) -> list[str]:
        drawing = route_picture(route, width=296, height=190, language="en", measures=SCREEN)
        found: list[str] = []

        def look(shapes: list[object]) -> None:
            for shape in shapes:
                look(getattr(shape, "contents", []))
                found.extend([shape.text] if hasattr(shape, "text") else [])

        look(drawing.contents)
        return found

    home = said(Route(stops=stops(1), start=HOME, end=HOME, drive_back=38))
    assert "home 38 min" in " ".join(home)
    assert {"恒汀造纸", "8:20", "1"} <= set(home)
    away = said(Route(stops=stops(1), start=HOME, end=BED, drive_back=12))
    assert "12 min to the hotel" in " ".join(away)
    returning = said(Route(stops=stops(1), start=BED, end=HOME, drive_back=48, home=HOME))
    assert "home 48 min" in " ".join(returning)
    staying = said(Route(stops=stops(1), start=BED, end=BED, drive_back=9, home=HOME))
    assert "9 min to the hotel" in " ".join(staying)
    nowhere = said(Route(stops=stops(2)))
    assert "home" not in " ".join(nowhere)
