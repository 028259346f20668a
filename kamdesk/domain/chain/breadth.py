"""How broadly we stand at a customer: at a point, on a line, on a plane, as a body (D10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import days_between
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.network import CONTACT_DAYS, Network, Node
from kamdesk.domain.chain.standing import Level, Line

LEAST_RELATION: Final = 2
"""Only people in contact lately whose relationship is this strong count."""


class Breadth(StrEnum):
    """How broadly we stand."""

    NONE = "none"
    POINT = "point"
    LINE = "line"
    PLANE = "plane"
    BODY = "body"


BREADTH_WORDS: Final = {
    Breadth.NONE: Text("no live relationship"),
    Breadth.POINT: Text("a point: one person"),
    Breadth.LINE: Text("a line: one function on two levels"),
    Breadth.PLANE: Text("a plane: several functions"),
    Breadth.BODY: Text("a body: functions, levels and all three lines"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """How broadly we stand. ``grid`` holds the people that count by line and level.

    ``unpaired`` are the lines on which no named colleague of ours has a pair; ``unplaced`` the
    people that count and whose line or level is not known. ``functions`` and ``levels`` are how
    many of each they stand in.
    """

    breadth: Breadth
    grid: Mapping[tuple[Line, Level], tuple[Id, ...]]
    unpaired: tuple[Line, ...]
    unplaced: tuple[Id, ...] = ()
    functions: int = 0
    levels: int = 0


def breadth(net: Network) -> Footing:
    """Return how broadly we stand. A function is a department, or where none is noted the line."""
    live = [node for node in net.people if _live(net, node)]
    grid: dict[tuple[Line, Level], tuple[Id, ...]] = {}
    for node in live:
        line, level = node.stands.line, node.stands.level
        if line and level:
            grid[line, level] = (*grid.get((line, level), ()), node.id)
    paired = {node.stands.line for node in live if _has_pair(net, node)}
    unpaired = tuple(line for line in Line if line not in paired)
    levels_of = _levels_of(live)
    levels = set().union(*levels_of.values())
    return Footing(
        breadth=_how_broad(live, levels_of, all_paired=not unpaired),
        grid=grid,
        unpaired=unpaired,
        unplaced=tuple(n.id for n in live if not (n.stands.line and n.stands.level)),
        functions=len(levels_of),
        levels=len(levels),
    )


def _live(net: Network, node: Node) -> bool:
    met = node.last_met is not None and days_between(node.last_met, net.day) <= CONTACT_DAYS
    return (met or bool(net.contacts.get(node.id))) and (
        node.stands.coverage or 0
    ) >= LEAST_RELATION


def _has_pair(net: Network, node: Node) -> bool:
    return any(
        cover.colleague and (cover.now or 0) >= LEAST_RELATION
        for cover in net.covered_by.get(node.id, ())
    )


def _levels_of(live: list[Node]) -> dict[str, set[Level]]:
    """Return the levels on which somebody stands, by function."""
    levels_of: dict[str, set[Level]] = {}
    for node in live:
        function = node.department or (node.stands.line.value if node.stands.line else "")
        if function:
            levels_of.setdefault(function, set()).update(
                (node.stands.level,) if node.stands.level else ()
            )
    return levels_of


def _how_broad(
    live: list[Node], levels_of: Mapping[str, set[Level]], *, all_paired: bool
) -> Breadth:
    levels = set().union(*levels_of.values())
    functions = len(levels_of)
    if functions >= 3 and len(levels) >= 3 and all_paired:
        return Breadth.BODY
    if functions >= 3 or (functions >= 2 and len(levels) >= 2):
        return Breadth.PLANE
    if any(len(found) >= 2 for found in levels_of.values()):
        return Breadth.LINE
    return Breadth.POINT if live else Breadth.NONE
