"""Rows of people and passing lines, and how those seen before stay as they were."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from kamdesk.figures.layout.plan import Plan, Sizes
from kamdesk.figures.layout.row_order import Rows


class Levels:
    """The rows with everybody in them, and a point in each row that a line passes."""

    def __init__(self, row: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
        self.people = len(row)
        self._row = row
        self.rows: Rows = [[] for _ in range(max(row) + 1)]
        for node, at in enumerate(row):
            self.rows[at].append(node)
        self.up: dict[int, list[int]] = {node: [] for node in range(len(row))}
        self.down: dict[int, list[int]] = {node: [] for node in range(len(row))}
        self.chains: list[list[int]] = []
        for one, other in pairs:
            upper, lower = (other, one) if row[other] < row[one] else (one, other)
            if row[upper] == row[lower]:
                self.chains.append([upper, lower])
                continue
            chain = [upper]
            for at in range(row[upper] + 1, row[lower]):
                point = len(self.up)
                self.up[point], self.down[point] = [], []
                self.rows[at].append(point)
                chain.append(point)
            chain.append(lower)
            for above, below in pairwise(chain):
                self.down[above].append(below)
                self.up[below].append(above)
            self.chains.append(chain)

    def level(self, number: int) -> bool:
        """Return whether a line joins two people of one row."""
        one, other = self.chains[number][:2]
        return other < self.people and self._row[one] == self._row[other]

    def sort(self, middles: Mapping[int, float]) -> None:
        """Sort each row by where its people stood; others stand between those they are tied to."""
        stood = dict(middles)
        end = max(stood.values(), default=0.0) + 1
        for node in range(self.people):
            if node not in stood:
                near = [stood[far] for far in self._far_ends(node) if far in stood]
                stood[node] = sum(near) / len(near) if near else end
        for chain in self.chains:
            high, low = stood[chain[0]], stood[chain[-1]]
            for number, point in enumerate(chain[1:-1], 1):
                stood[point] = high + (low - high) * number / (len(chain) - 1)
        for row in self.rows:
            row.sort(key=lambda node: stood[node])

    def _far_ends(self, node: int) -> Iterator[int]:
        for chain in self.chains:
            if chain[0] == node:
                yield chain[-1]
            elif chain[-1] == node:
                yield chain[0]


class Stood:
    """Where people stood in the influence view that was seen before.

    ``middles`` are theirs by number; whoever is new has none.
    """

    def __init__(self, ids: Sequence[str], before: Plan, sizes: Sizes) -> None:
        self._ids = ids
        self._before = before
        places = {at: before.places[id_] for at, id_ in enumerate(ids) if id_ in before.places}
        self.middles = {at: place.x + place.width / 2 for at, place in places.items()}
        top = min((place.y for place in places.values()), default=0.0)
        step = sizes.card[1] + sizes.below
        self._rows = {at: round((place.y - top) / step) for at, place in places.items()}

    def rows(
        self, natural: Sequence[tuple[int, int]], deciders: Collection[int]
    ) -> list[int] | None:
        """Return everybody's row, who stood in one in his own; None where that cannot be.

        ``natural`` are the lines from above to below as they should run.
        """
        row = dict(self._rows)
        for node in range(len(self._ids)):
            if node not in row:
                over = [row[a] for a, b in natural if b == node and a in row]
                under = [row[b] for a, b in natural if a == node and b in row]
                row[node] = max(over) + 1 if over else max(0, min(under, default=1) - 1)
        if any(row[a] == row[b] for a, b in natural):
            return None
        if deciders and any((row[at] == 0) != (at in deciders) for at in row):
            return None
        return [row[at] for at in range(len(self._ids))]

    def shift(self, plan: Plan) -> float:
        """Return how far to the right people must move to stand, mostly, where they stood."""
        shifts = [
            place.x - plan.places[id_].x
            for id_, place in self._before.places.items()
            if id_ in plan.places
        ]
        return median(shifts) if shifts else 0.0
