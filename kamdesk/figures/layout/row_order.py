"""Who stands beside whom in a row, so that few lines cross (Sugiyama, Tagawa & Toda 1981)."""

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Rows: TypeAlias = list[list[int]]
Neighbours: TypeAlias = Mapping[int, Sequence[int]]

_SWEEPS: Final = 24
_PATIENCE: Final = 6


def crossings(rows: Sequence[Sequence[int]], up: Neighbours) -> int:
    """Return how many lines cross between neighbouring rows."""
    return sum(_between(above, row, up) for above, row in pairwise(rows))


def ordered(rows: Rows, up: Neighbours, down: Neighbours, *, starts: int = 4) -> Rows:
    """Return the rows in a good order: sweeps of medians and means, then pairs that change places.

    ``starts`` is how many first orders are tried: as given, then mixed in ways that are always the
    same.
    """
    best, least = [list(row) for row in rows], crossings(rows, up)
    for start in range(starts):
        if not least:
            break
        mixed = [_mixed(row, start) for row in rows]
        found, count = _swept(mixed, up, down)
        if count < least:
            best, least = found, count
    return best


def touched_up(rows: Rows, up: Neighbours, down: Neighbours, *, keep: Collection[int]) -> Rows:
    """Return the rows with fewer crossings, nodes of ``keep`` in the order in which they are."""
    found = [list(row) for row in rows]
    for _ in range(_PATIENCE):
        _exchanged(found, up, down, keep)
    return found


def _mixed(row: Sequence[int], start: int) -> list[int]:
    """Return the row in its own order, turned round, or stirred."""
    if start == 0:
        return list(row)
    if start == 1:
        return list(row[::-1])
    return sorted(row, key=lambda node: (node + start) * 2654435761 % 4294967296 % (9973 + start))


def _swept(rows: Rows, up: Neighbours, down: Neighbours) -> tuple[Rows, int]:
    best, least = [list(row) for row in rows], crossings(rows, up)
    idle = 0
    for sweep in range(_SWEEPS):
        downwards, by_median = sweep % 2 == 0, sweep // 2 % 2 == 1
        steps = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for at in steps:
            beside = rows[at - 1] if downwards else rows[at + 1]
            rows[at] = _drawn(rows[at], beside, up if downwards else down, by_median)
        _exchanged(rows, up, down)
        count = crossings(rows, up)
        idle += 1
        if count < least:
            best, least, idle = [list(row) for row in rows], count, 0
        if not least or idle > _PATIENCE:
            break
    return best, least


def _drawn(
    row: Sequence[int], beside: Sequence[int], tied: Neighbours, by_median: bool
) -> list[int]:
    """Return a row sorted by where its neighbours stand; who has none keeps his place."""
    at = {node: place for place, node in enumerate(beside)}
    wish: dict[int, float] = {}
    for node in row:
        places = sorted(at[other] for other in tied[node])
        if places:
            half = len(places) // 2
            if not by_median:
                wish[node] = sum(places) / len(places)
            elif len(places) % 2:
                wish[node] = places[half]
            else:
                wish[node] = (places[half - 1] + places[half]) / 2
    moving = iter(sorted(wish, key=lambda node: wish[node]))
    return [next(moving) if node in wish else node for node in row]


def _exchanged(rows: Rows, up: Neighbours, down: Neighbours, keep: Collection[int] = ()) -> None:
    """Let neighbours in a row change places while it saves crossings, two of ``keep`` never."""
    for turn in range(6):
        better = False
        for number, row in enumerate(rows):
            above = _places(rows[number - 1]) if number else {}
            below = _places(rows[number + 1]) if number + 1 < len(rows) else {}
            ups = [sorted(above[other] for other in up[node]) if above else [] for node in row]
            downs = [sorted(below[other] for other in down[node]) if below else [] for node in row]
            for at in range(len(row) - 1):
                if row[at] in keep and row[at + 1] in keep:
                    continue
                saved = _inversions(ups[at], ups[at + 1]) + _inversions(downs[at], downs[at + 1])
                saved -= _inversions(ups[at + 1], ups[at]) + _inversions(downs[at + 1], downs[at])
                if saved > 0 or (saved == 0 and turn == 1):  # a step aside opens new ways
                    row[at], row[at + 1] = row[at + 1], row[at]
                    ups[at], ups[at + 1] = ups[at + 1], ups[at]
                    downs[at], downs[at + 1] = downs[at + 1], downs[at]
                    better = True
        if not better:
            return


def _places(row: Sequence[int]) -> dict[int, int]:
    return {node: at for at, node in enumerate(row)}


def _inversions(left: Sequence[int], right: Sequence[int]) -> int:
    """Return the crossings of two nodes' lines when one stands left of the other."""
    count = passed = 0
    for place in left:
        while passed < len(right) and right[passed] < place:
            passed += 1
        count += passed
    return count


def _between(above: Sequence[int], row: Sequence[int], up: Neighbours) -> int:
    at = _places(above)
    seen: list[int] = []
    count = 0
    for node in row:
        for place in sorted(at[other] for other in up[node]):
            count += len(seen) - bisect_left(seen, place + 1)
            insort(seen, place)
    return count
