"""Where cards and lines of a map stand, beside Graphviz dot: time, crossings, area.

Needs pygraphviz (of the dev extras), which brings Graphviz along. With ``KAMDESK_NORTH`` naming a
folder of the North graphs (GraphML, from VisDunneRight/gd_benchmark_sets) these are drawn as well;
they are no part of the project.
"""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, log
from pathlib import Path

from support.organisations import an_organisation, bosses_of
from support.plans import crossings

from kamdesk.figures.chain import Card, ChainMap, Tie
from kamdesk.figures.layout.blocks import bounds
from kamdesk.figures.layout.layered import layered
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import Plan, Route, Sizes
from kamdesk.figures.layout.tree import Place
from tests.bench.rows import Result, late, middle, timed

SIZES = Sizes()
_SEEDS = range(1, 7)
Pair = tuple[str, str]


def run(rounds: int) -> Iterator[Result]:
    for people, bar in ((12, 10), (50, 200)):
        content = an_organisation(people, departments=True)
        times = timed(lambda content=content: organised(content, SIZES), rounds)
        yield Result(
            name=f"organisation view, {people} people",
            scale="-",
            ours=middle(times),
            p95=late(times),
            bar_ms=bar,
        )
    content = an_organisation(50)
    times = timed(lambda: layered(content, SIZES), rounds)
    yield Result(name="influence view, 50 people", scale="-", ours=middle(times), p95=late(times))
    for people in (12, 50):
        maps = [an_organisation(people, seed=seed) for seed in _SEEDS]
        ours = [organised(content, SIZES) for content in maps]
        dots = [_dot(_reports(content), _ties(content)) for content in maps]
        crossed = [crossings(p, bosses_of(m)) for p, m in zip(ours, maps, strict=True)]
        what = f"organisation view, {people} people"
        yield from _beside(what, ours, crossed, dots, 0.5, 0.9, "dot, influences unconstrained")
    maps = [an_organisation(50, seed=seed) for seed in _SEEDS]
    yield from _influence("influence view, 50 people", maps, 1.1)
    if folder := os.environ.get("KAMDESK_NORTH"):
        yield from _influence("influence view, North graphs", _north(Path(folder)), 1.0)


def _influence(what: str, maps: Sequence[ChainMap], bar: float) -> Iterator[Result]:
    ours = [layered(content, SIZES) for content in maps]
    dots = [_dot(_reports(content) + _ties(content, up=True), []) for content in maps]
    crossed = [_all_crossings(plan) for plan in ours]
    yield from _beside(what, ours, crossed, dots, bar, 1.2, "dot over all edges")


def _beside(
    what: str,
    plans: Sequence[Plan],
    crossed: Sequence[int],
    dots: Sequence[tuple[int, float]],
    most_crossings: float,
    most_area: float,
    limit_is: str,
) -> Iterator[Result]:
    """Rows of crossings and of area: geometric means, one added to crossings."""
    areas = [_drawn_area(plan) / 1e4 for plan in plans]
    for name, ours, theirs, bar in (
        ("crossings", [one + 1 for one in crossed], [one + 1 for one, _ in dots], most_crossings),
        ("area", areas, [area / 1e4 for _, area in dots], most_area),
    ):
        yield Result(
            name=f"{what}: {name}",
            scale="-",
            ours=_mean(ours),
            p95=max(ours),
            limit=_mean(theirs),
            limit_is=limit_is,
            bar_ratio=bar,
        )


def _drawn_area(plan: Plan) -> float:
    """Return the area of what is drawn, without the margin, as dot gives it."""
    points = [point for route in plan.routes.values() for point in route.points]
    points += [point for joint in plan.joints for point in joint.points]
    drawn = bounds([*plan.places.values(), *(Place(x, y, 0, 0) for x, y in points)])
    return drawn.width * drawn.height


def _mean(values: Sequence[float]) -> float:
    return exp(sum(map(log, values)) / len(values))


def _reports(content: ChainMap) -> list[Pair]:
    return [(card.reports_to, card.id) for card in content.cards if card.reports_to is not None]


def _ties(content: ChainMap, *, up: bool = False) -> list[Pair]:
    """Return the ties; ``up`` from whom is influenced, who stands above."""
    return [(tie.target, tie.source) if up else (tie.source, tie.target) for tie in content.ties]


def _all_crossings(plan: Plan) -> int:
    """Count crossings in the influence view, where each report is a line of its own."""
    reports = {f"reports {joint.id}": Route(joint.points, (0, 0)) for joint in plan.joints}
    return crossings(Plan(places=plan.places, routes={**plan.routes, **reports}), {})


def _dot(ranking: Sequence[Pair], free: Sequence[Pair]) -> tuple[int, float]:
    """Return crossings and area of dot's drawing with the same cards and gaps."""
    from pygraphviz import AGraph

    width, height = SIZES.card
    graph = AGraph(directed=True, strict=True, nodesep=SIZES.beside / 72, ranksep=SIZES.below / 72)
    graph.node_attr.update(
        shape="box", fixedsize="true", width=width / 72, height=height / 72, label=""
    )
    graph.edge_attr.update(arrowhead="none")
    graph.add_edges_from(ranking)
    graph.add_edges_from(free, constraint="false")
    graph.layout("dot")
    _left, _bottom, right, top = map(float, graph.graph_attr["bb"].split(","))
    drawn = {
        f"{one} {other}": Route(_along(graph.get_edge(one, other).attr["pos"]), (0, 0))
        for one, other in graph.edges()
    }
    return crossings(Plan(places={}, routes=drawn), {}), right * top


def _along(position: str) -> tuple[tuple[float, float], ...]:
    """Return points along the curve that dot gives as control points."""
    numbers = re.sub(r"[se],\S+ |\\\n", "", position).split()
    control = [tuple(map(float, spot.split(","))) for spot in numbers]
    points = [control[0]]
    for at in range(0, len(control) - 3, 3):
        a, b, c, d = control[at : at + 4]
        for step in range(1, 9):
            t, u = step / 8, 1 - step / 8
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            x, y = (
                sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True))
                for axis in (0, 1)
            )
            points.append((x, y))
    return tuple(one for one, other in pairwise([*points, (-1.0, -1.0)]) if one != other)


def _north(folder: Path) -> list[ChainMap]:
    """Return fifty of the graphs with 10 to 60 nodes, evenly over the folder."""
    maps = []
    for path in sorted(folder.rglob("*.graphml")):
        text = path.read_text(encoding="utf-8")
        nodes = re.findall(r'<node id="(\w+)"', text)
        edges = re.findall(r'source="(\w+)" target="(\w+)"', text)
        if 10 <= len(nodes) <= 60:
            maps.append(
                ChainMap(
                    cards=tuple(Card(id=node, name=node) for node in nodes),
                    ties=tuple(Tie(source=b, target=a) for a, b in dict.fromkeys(edges) if a != b),
                )
            )
    return maps[:: max(1, len(maps) // 50)][:50]
