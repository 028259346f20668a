"""The way in: the best chains of introductions from any of ours to somebody, with reasons."""

from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Final, NamedTuple

from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.acquaintance import Door, doors, our_doors
from kamdesk.domain.chain.best_paths import surest
from kamdesk.domain.chain.concern import concern
from kamdesk.domain.chain.network import Network, NodeKind

MOST_WAYS: Final = 3


class Step(NamedTuple):
    """One introduction: by whom (one of ours, then theirs; None: ours, unnamed), to whom.

    ``success`` is its chance, 0 to 1; ``why`` says what it rests on, ``reason`` the reason to meet
    (求见理由) that would be given there.
    """

    source: Id | None
    target: Id
    success: float
    why: Text
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A chain of introductions; ``success`` is the product of its steps, 0 to 1."""

    steps: tuple[Step, ...]
    success: float


class _Us(NamedTuple):
    """The start of every way; and one of ours, so that no id is taken for one of theirs."""

    colleague: ColleagueId | None = None
    start: bool = False


def ways_in(net: Network, target: Id, *, most: int = MOST_WAYS) -> tuple[WayIn, ...]:
    """Return up to ``most`` ways to a person or body, surest first; none when nobody leads there.

    Chances come from the relationship of ours (decayed by days without contact), from influence,
    closeness and reporting lines; conflicts and people against us lower them.
    """
    ours, theirs = our_doors(net), doors(net)
    us = _Us(start=True)
    chances: dict[_Us | Id, dict[_Us | Id, float]] = {us: {}}
    for colleague, row in ours.items():
        chances[us][_Us(colleague)] = 1.0
        chances[_Us(colleague)] = {who: min(1.0, door.chance) for who, door in row.items()}
    for opener, row in theirs.items():
        chances[opener] = {who: door.chance for who, door in row.items()}
    found = []
    for way in surest(chances, us, target, most=most):
        steps = []
        for source, to in pairwise(way[1:]):
            if isinstance(to, _Us):
                continue
            if isinstance(source, _Us):
                steps.append(_step(net, source.colleague, to, ours[source.colleague][to]))
            else:
                steps.append(_step(net, source, to, theirs[source][to]))
        success = prod(step.success for step in steps)
        found.append(WayIn(steps=tuple(steps), success=success))
    return tuple(found)


def no_way(net: Network, target: Id) -> Text | None:
    """Return why there is no way to somebody, and what to note first; None when there is one."""
    if ways_in(net, target, most=1):
        return None
    name = net.by_id[target].name
    if not our_doors(net):
        return Text("Nobody here is known to us yet. Note first whom of them any of us has met.")
    return Text(
        "Nobody we know is tied to {name}. Note who listens to whom, who is close.", name=name
    )


def _step(net: Network, source: Id | None, target: Id, door: Door) -> Step:
    return Step(source, target, min(1.0, door.chance), door.why, _reason(net, target))


def _reason(net: Network, target: Id) -> Text:
    node = net.by_id[target]
    if node.kind is NodeKind.BODY:
        return Text("Reason to meet: the next sitting, and what {name} must see", name=node.name)
    found = concern(node.stands.roles)
    if found is None:
        return Text("Reason to meet: ask what {name} must deliver this year", name=node.name)
    return Text("Reason to meet: {weighs}, {show}", weighs=found.weighs, show=found.show)
