"""Judges laid-out maps by what is drawn: lines on each other, through cards, crossings."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from kamdesk.figures.layout.plan import Plan, Point

Piece = tuple[Point, Point]


def pieces(plan: Plan, bosses: Mapping[str, str | None]) -> Iterator[tuple[str, Piece]]:
    """Give each straight piece with its line: a tie, or everything that comes from one boss."""
    for key, route in plan.routes.items():
        yield from ((f"tie {key}", piece) for piece in pairwise(route.points))
    seen = set()
    for joint in plan.joints:
        for piece in pairwise(joint.points):
            known = (f"boss {bosses[joint.id]}", tuple(sorted(piece)))
            if known not in seen:
                seen.add(known)
                yield known[0], piece


def on_each_other(plan: Plan, bosses: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return the pairs of lines that run along each other, nearer than half a unit."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(pieces(plan, bosses), 2)
        if one != other and (_along(a, b, 0) or _along(a, b, 1))
    ]


def through_cards(plan: Plan, bosses: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return lines with the cards they run over; to touch an edge is allowed."""
    return [
        (line, id_)
        for line, ((x1, y1), (x2, y2)) in pieces(plan, bosses)
        for id_, card in plan.places.items()
        if _clips((x1, y1), (x2, y2), card)
    ]


def crossings(plan: Plan, bosses: Mapping[str, str | None]) -> int:
    """Return how often lines cross, those of the hierarchy included, each spot once."""
    spots = set()
    for (one, a), (other, b) in combinations(pieces(plan, bosses), 2):
        if one != other and (spot := _spot(a, b)) is not None:
            spots.add((one, other, round(spot[0], 1), round(spot[1], 1)))
    return len(spots)


def _along(a: Piece, b: Piece, across: int) -> bool:
    along = 1 - across
    ends = [point[across] for point in (*a, *b)]
    if max(ends) - min(ends) >= 0.5:
        return False
    low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
    high = min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along]))
    return high - low > 0.3


def _spot(a: Piece, b: Piece) -> Point | None:
    (x1, y1), (x2, y2) = a
    (x3, y3), (x4, y4) = b
    turn = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3)
    if abs(turn) < 1e-9:
        return None
    first = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / turn
    second = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / turn
    if not (1e-6 < first < 1 - 1e-6 and 1e-6 < second < 1 - 1e-6):
        return None
    return x1 + first * (x2 - x1), y1 + first * (y2 - y1)


def _clips(one: Point, other: Point, card) -> bool:
    """Return whether a piece enters a card (Liang & Barsky), 0.2 from its edge and more."""
    (x1, y1), (x2, y2) = one, other
    start, end = 0.0, 1.0
    for step, near, far in (
        (x2 - x1, card.x + 0.2 - x1, card.x + card.width - 0.2 - x1),
        (y2 - y1, card.y + 0.2 - y1, card.y + card.height - 0.2 - y1),
    ):
        if abs(step) < 1e-9:
            if near > 0 or far < 0:
                return False
            continue
        low, high = sorted((near / step, far / step))
        start, end = max(start, low), min(end, high)
    return start < end
