"""Where everybody stands within his row: long lines straight, nodes over the middle of their own.

Brandes & Köpf (2001), with blocks compacted as a graph of their own instead of by classes, which
avoids what their erratum (Brandes, Walter & Zink 2020) corrects.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from kamdesk.figures.layout.row_order import Neighbours, Rows


def columns(
    rows: Rows,
    up: Neighbours,
    down: Neighbours,
    *,
    apart: Callable[[int, int], float],
    passing: Callable[[int], bool],
    width: float | None = None,
) -> dict[int, float]:
    """Return the middle of every node: the mean of the two inner ones of four alignments.

    ``apart`` is the least distance of two middles side by side; ``passing`` tells the nodes that
    are only points of a long line. Where the mean is wider than ``width``, lines may bend for it.
    """
    crossed = _conflicts(rows, up, passing)
    found = []
    for turned in (False, True):
        for mirrored in (False, True):
            seen = [row[::-1] if mirrored else row for row in (rows[::-1] if turned else rows)]
            root = _blocks(seen, down if turned else up, crossed)
            middles = _compact(seen, root, apart)
            found.append({node: -x for node, x in middles.items()} if mirrored else middles)
    _levelled(found)
    middles = {}
    for node in found[0]:
        inner = sorted(one[node] for one in found)[1:3]
        middles[node] = (inner[0] + inner[1]) / 2
    for row in rows:
        for left, right in pairwise(row):
            middles[right] = max(middles[right], middles[left] + apart(left, right))
    if width is not None and max(middles.values()) - min(middles.values()) > width:
        _drawn_in(rows, middles, apart, width)
    return middles


def _drawn_in(
    rows: Rows, middles: dict[int, float], apart: Callable[[int, int], float], width: float
) -> None:
    """Draw everybody in towards the middle, evenly, as far as the width asks and rows allow."""
    low, high = min(middles.values()), max(middles.values())
    least = max(sum(apart(a, b) for a, b in pairwise(row)) for row in rows)
    room = max(width, least)
    if room >= high - low:
        return
    for row in rows:
        at = [low + (middles[node] - low) * room / (high - low) for node in row]
        for place in range(1, len(row)):
            at[place] = max(at[place], at[place - 1] + apart(row[place - 1], row[place]))
        over = low + room
        for place in range(len(row) - 1, -1, -1):
            at[place] = min(at[place], over)
            over = at[place] - (apart(row[place - 1], row[place]) if place else 0.0)
        middles.update(zip(row, at, strict=True))


def _conflicts(rows: Rows, up: Neighbours, passing: Callable[[int], bool]) -> set[tuple[int, int]]:
    """Return the lines (upper, lower) that cross a long line where it only passes."""
    crossed: set[tuple[int, int]] = set()
    for above, row in pairwise(rows):
        at = {node: place for place, node in enumerate(above)}
        low, start = 0, 0
        for place, node in enumerate(row):
            inner = next((o for o in up[node] if passing(o)), None) if passing(node) else None
            if inner is None and place < len(row) - 1:
                continue
            high = len(above) - 1 if inner is None else at[inner]
            for lower in row[start : place + 1]:
                crossed.update((o, lower) for o in up[lower] if not low <= at[o] <= high)
            low, start = high, place + 1
    return crossed


def _blocks(rows: Rows, tied: Neighbours, crossed: set[tuple[int, int]]) -> dict[int, int]:
    """Return for each node the topmost of those it stands exactly under."""
    at = {node: place for row in rows for place, node in enumerate(row)}
    root = {node: node for node in at}
    led: set[int] = set()  # nodes that somebody below already stands under
    for row in rows[1:]:
        right = -1
        for node in row:
            above = sorted(tied[node], key=lambda other: at[other])
            for middle in sorted({(len(above) - 1) // 2, len(above) // 2}) if above else ():
                other = above[middle]
                if root[node] != node or other in led or at[other] <= right:
                    continue
                if (other, node) not in crossed and (node, other) not in crossed:
                    led.add(other)
                    root[node] = root[other]
                    right = at[other]
    return root


def _compact(
    rows: Rows, root: dict[int, int], apart: Callable[[int, int], float]
) -> dict[int, float]:
    """Return middles with every block as far left as it can, then pulled towards its right."""
    after: dict[int, list[tuple[int, float]]] = {block: [] for block in root.values()}
    before: dict[int, list[tuple[int, float]]] = {block: [] for block in after}
    for row in rows:
        for left, right in pairwise(row):
            far = apart(left, right)
            after[root[left]].append((root[right], far))
            before[root[right]].append((root[left], far))
    order = _sorted(after, before)
    x: dict[int, float] = {}
    for block in order:
        x[block] = max((x[left] + far for left, far in before[block]), default=0.0)
    for block in reversed(order):
        room = min((x[right] - far for right, far in after[block]), default=None)
        if room is not None:
            x[block] = max(x[block], room)
    return {node: x[block] for node, block in root.items()}


def _sorted(
    after: dict[int, list[tuple[int, float]]], before: dict[int, list[tuple[int, float]]]
) -> list[int]:
    waiting = {block: len(some) for block, some in before.items()}
    order = [block for block in after if not waiting[block]]
    for block in order:
        for right, _far in after[block]:
            waiting[right] -= 1
            if not waiting[right]:
                order.append(right)
    return order


def _levelled(found: Sequence[dict[int, float]]) -> None:
    """Shift the alignments over the narrowest: those that lean left by its left end, and so on."""
    narrow = min(found, key=lambda one: max(one.values()) - min(one.values()))
    low, high = min(narrow.values()), max(narrow.values())
    for number, one in enumerate(found):
        by = high - max(one.values()) if number % 2 else low - min(one.values())
        for node in one:
            one[node] += by
