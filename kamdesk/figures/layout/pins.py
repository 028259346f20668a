"""Cards the user put somewhere: they stand there, and the others make way."""

from collections.abc import Collection, Mapping

from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes
from kamdesk.figures.layout.tree import Place


def held(
    places: Mapping[str, Place], pinned: Mapping[str, Point], house: House, sizes: Sizes
) -> dict[str, Place]:
    """Return the places with pinned cards on their own, their people with them, nobody covered."""
    width, height = sizes.card
    shifts: dict[str, Point] = {}

    def shift(card: str) -> Point:
        if card not in shifts:
            boss = house.bosses[card]
            if card in pinned:
                x, y = pinned[card]
                place = places[card]
                shifts[card] = (x - width / 2 - place.x, y - height / 2 - place.y)
            else:
                shifts[card] = (0.0, 0.0) if boss is None else shift(boss)
        return shifts[card]

    put: dict[str, Place] = {}
    for id_ in sorted(places, key=lambda id_: id_ not in pinned):
        dx, dy = shift(id_)
        wanted = places[id_]._replace(x=places[id_].x + dx, y=places[id_].y + dy)
        put[id_] = wanted if id_ in pinned else _free(wanted, put.values(), sizes)
    return put


def _free(wanted: Place, taken: Collection[Place], sizes: Sizes) -> Place:
    """Return the nearest place that covers nobody: below first, then beside."""
    down, right = wanted.height + sizes.stack, wanted.width + sizes.beside
    for far in range(len(taken) + 1):
        for steps in range(far + 1):
            at = wanted._replace(x=wanted.x + steps * right, y=wanted.y + (far - steps) * down)
            if not any(meet(at, other, 2.0) for other in taken):
                return at
    return wanted


def meet(a: Place, b: Place, gap: float = 0.0) -> bool:
    """Return whether two places overlap or come nearer than ``gap``."""
    return (
        a.x < b.x + b.width + gap
        and b.x < a.x + a.width + gap
        and a.y < b.y + b.height + gap
        and b.y < a.y + a.height + gap
    )
