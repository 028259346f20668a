"""The influence view: rows from the decider downwards, in which influence flows up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kamdesk.figures.chain import ChainMap, TieKind
from kamdesk.figures.layout.blocks import bounds
from kamdesk.figures.layout.columns import columns
from kamdesk.figures.layout.lanes import Wire
from kamdesk.figures.layout.levels import Levels, Stood
from kamdesk.figures.layout.notes import noted
from kamdesk.figures.layout.plan import Plan, Point, Sizes, moved, tie_key
from kamdesk.figures.layout.row_order import ordered, touched_up
from kamdesk.figures.layout.rows import Edge, downward, parted, rows
from kamdesk.figures.layout.tree import Joint, Place

_MARGIN: Final = 12.0
_WISHED: Final = 1.6
_DENSE: Final = 8000
"""Steps (people × lines) up to which more first orders are tried."""


class _Line(NamedTuple):
    """A line to draw, by the name of its tie or of who reports, from card to card."""

    key: str
    source: int
    target: int
    rising: bool  # from below to above: influence rises, reports hang
    ranks: bool  # who is above is settled by it, as by anything but closeness and grudges
    tie: bool


def layered(
    content: ChainMap,
    sizes: Sizes,
    *,
    width: float | None = None,
    before: Plan | None = None,
    hierarchy: bool = True,
) -> Plan:
    """Lay the map out by influence: deciders on top, everybody below those he influences.

    With ``hierarchy`` reports stand below their boss too. Closeness and conflict join people
    without putting one above the other, unless there is nothing else. A report whom a tie joins
    with his boss anyway has no line of his own beside it. Rows wider than ``width`` are
    parted where that makes the map easier to take in. With ``before``, neighbours stay in the
    order in which they stood.
    """
    if not content.cards:
        return Plan(places={})
    ids = [card.id for card in content.cards]
    lines = list(_lines(content, hierarchy))
    deciders = frozenset(at for at, card in enumerate(content.cards) if card.decides)
    stood = Stood(ids, before, sizes) if before is not None else None
    ranking = [line for line in lines if line.ranks] or lines
    natural = [(line.target, line.source) if line.rising else line[1:3] for line in ranking]
    row = stood.rows(natural, deciders) if stood is not None else None
    if row is None:
        pairs = downward(len(ids), natural, first=sorted(deciders))
        others = [at for at in range(len(ids)) if at not in deciders]
        edges = [Edge(*pair) for pair in pairs]
        edges += [Edge(top, one, 0) for top in sorted(deciders) for one in others]
        row = rows(len(ids), edges)
        if width is not None:
            row = parted(row, pairs, _most(row, sizes, width))
    levels = Levels(row, [(line.source, line.target) for line in lines])
    if stood is None:
        starts = 6 if len(ids) * len(lines) < _DENSE else 3
        levels.rows = ordered(levels.rows, levels.up, levels.down, starts=starts)
        return _drawn(levels, ids, lines, sizes, width)
    levels.sort(stood.middles)
    levels.rows = touched_up(levels.rows, levels.up, levels.down, keep=stood.middles)
    plan = _drawn(levels, ids, lines, sizes, width)
    return moved(plan, stood.shift(plan), 0.0)


def _most(row: Sequence[int], sizes: Sizes, width: float) -> int:
    """Return how many cards a row should hold at most, for a map of about the screen's shape."""
    across, down = sizes.card[0] + sizes.beside, sizes.card[1] + sizes.below
    counts = Counter(row).values()

    def cost(most: int) -> float:
        tall = sum(-(-count // most) for count in counts) * down
        return max(width, most * across, tall * _WISHED)

    return min(range(max(counts), 1, -1), key=cost, default=1)


def _lines(content: ChainMap, hierarchy: bool) -> Iterator[_Line]:
    at = {card.id: number for number, card in enumerate(content.cards)}
    for tie in content.ties:
        if tie.source in at and tie.target in at and tie.source != tie.target:
            rising = tie.kind is TieKind.INFLUENCE
            yield _Line(tie_key(tie), at[tie.source], at[tie.target], rising, rising, True)
    for card in content.cards if hierarchy else ():
        if card.reports_to in at and card.reports_to != card.id:
            yield _Line(card.id, at[card.reports_to], at[card.id], False, True, False)


def _drawn(
    levels: Levels,
    ids: Sequence[str],
    lines: Sequence[_Line],
    sizes: Sizes,
    width: float | None,
) -> Plan:
    card, tall = sizes.card

    def passing(node: int) -> bool:
        return node >= levels.people

    def apart(left: int, right: int) -> float:
        points = passing(left) + passing(right)
        return (sizes.beside + card, 0.7 * sizes.beside + card / 2, 0.6 * sizes.beside)[points]

    middles = columns(
        levels.rows,
        levels.up,
        levels.down,
        apart=apart,
        passing=passing,
        width=None if width is None else width - card - 2 * _MARGIN,
    )
    shift = _MARGIN - min(x - (0.0 if passing(node) else card / 2) for node, x in middles.items())
    tops = {
        node: _MARGIN + number * (tall + sizes.below)
        for number, row in enumerate(levels.rows)
        for node in row
    }
    places = {
        id_: Place(middles[node] + shift - card / 2, tops[node], card, tall)
        for node, id_ in enumerate(ids)
    }
    middles = {node: x + shift for node, x in middles.items()}
    ports = _ports(levels, middles, sizes)
    level = _level_lines(levels, places, ids, ports, sizes)
    tied = {frozenset((line.source, line.target)) for line in lines if line.tie}
    wires, joints = [], []
    for number, (line, chain) in enumerate(zip(lines, levels.chains, strict=True)):
        points = level.get(number)
        if points is None:
            points = [(ports[number, chain[0]], tops[chain[0]] + tall)]
            for node in chain[1:-1]:
                points += [(middles[node], tops[node]), (middles[node], tops[node] + tall)]
            points.append((ports[number, chain[-1]], tops[chain[-1]]))
        if chain[0] != line.source:
            points.reverse()
        if line.tie:
            wires.append(Wire(line.key, tuple(points)))
        elif frozenset((chain[0], chain[-1])) not in tied:
            joints.append(Joint(line.key, tuple(points)))
    drawn = [Place(x, y, 0.0, 0.0) for wire in wires for x, y in wire.points]
    whole = bounds([*places.values(), *drawn])
    return Plan(
        places=places,
        joints=tuple(joints),
        routes=noted(wires, list(places.values()), ()),
        width=whole.x + whole.width + _MARGIN,
        height=whole.y + whole.height + _MARGIN,
    )


def _ports(
    levels: Levels, middles: Mapping[int, float], sizes: Sizes
) -> dict[tuple[int, int], float]:
    """Return where each line, by its number, leaves or meets each of its two cards."""
    ends: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for number, chain in enumerate(levels.chains):
        upright = not levels.level(number)
        ends.setdefault((chain[0], True), []).append((middles[chain[1]], number))
        ends.setdefault((chain[-1], not upright), []).append((middles[chain[-2]], number))
    ports = {}
    for (node, _below), some in ends.items():
        step = min(2 * sizes.lane, (sizes.card[0] - 16) / max(1, len(some) - 1))
        left = middles[node] - step * (len(some) - 1) / 2
        for at, (_x, number) in enumerate(sorted(some)):
            ports[number, node] = left + at * step
    return ports


def _level_lines(
    levels: Levels,
    places: Mapping[str, Place],
    ids: Sequence[str],
    ports: Mapping[tuple[int, int], float],
    sizes: Sizes,
) -> dict[int, list[Point]]:
    """Return the lines within a row: straight between neighbours, else along below the row."""
    found: dict[int, list[Point]] = {}
    for row in levels.rows:
        people = {node: at for at, node in enumerate(n for n in row if n < levels.people)}
        own = [
            (number, chain)
            for number, chain in enumerate(levels.chains)
            if levels.level(number) and chain[0] in people
        ]
        along = [one for one in own if abs(people[one[1][0]] - people[one[1][-1]]) > 1]
        step = min(sizes.lane, 0.6 * sizes.below / (len(along) + 1))
        beside: dict[frozenset[int], int] = {}
        for number, (one, other) in own:
            a, b = places[ids[one]], places[ids[other]]
            if (number, [one, other]) in along:
                y = a.y + a.height + step * (along.index((number, [one, other])) + 1)
                x1, x2 = ports[number, one], ports[number, other]
                found[number] = [(x1, a.y + a.height), (x1, y), (x2, y), (x2, b.y + b.height)]
                continue
            pair = frozenset((one, other))
            beside[pair] = count = beside.get(pair, -1) + 1
            far = (count + 1) // 2 * min(sizes.lane, a.height / 12) * (-1) ** count
            y = a.y + a.height / 2 + far
            found[number] = [(a.x + a.width if a.x < b.x else a.x, y)]
            found[number].append((b.x if a.x < b.x else b.x + b.width, y))
    return found
