"""Single threads: how many separate chains lead from us to the decider, and who could cut them."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.domain.chain.acquaintance import doors, known_to_us
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.power import who_decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """How firmly we are tied to the decider.

    ``count`` is the number of chains of people that share nobody on the way (Menger 1927), our own
    relationship with the decider being one of them; None when no decider is known. ``cut`` are the
    fewest people without whom only that own relationship would be left. ``effective`` is the number
    of contacts if all were equally frequent, 1 / Σ share² of the last 180 days; None without any.
    """

    count: int | None
    cut: tuple[Id, ...] = ()
    effective: float | None = None

    @property
    def single(self) -> bool | None:
        """True when one person leaving would part us from the decider; None: not judged."""
        return None if self.count is None else self.count <= 1


def threads(net: Network, target: Id | None = None) -> Threads:
    """Return how many threads lead to ``target`` (without one: to who decides)."""
    if target is None:
        found = who_decides(net)
        target = found.id if found else None
    effective = effective_contacts(net)
    if target is None:
        return Threads(count=None, effective=effective)
    known = known_to_us(net)
    graph = {who: tuple(row) for who, row in doors(net).items()}
    disjoint, cut = parted(graph, known - {target}, target)
    return Threads(count=disjoint + (target in known), cut=cut, effective=effective)


def effective_contacts(net: Network) -> float | None:
    """Return 1 / Σ share², shares being each person's part of our contacts in 180 days."""
    counts = [n for who, n in net.contacts.items() if who in net.by_id and n > 0]
    whole = sum(counts)
    return whole**2 / sum(n * n for n in counts) if whole else None


def parted(
    graph: Mapping[Id, Iterable[Id]], starts: Iterable[Id], target: Id
) -> tuple[int, tuple[Id, ...]]:
    """Return the number of ways from ``starts`` to ``target`` that share no person, and a cut.

    The cut is a smallest set of people (starts may be among them) on every such way, nearest to the
    start. Maximum flow by shortest augmenting ways; each person is an entry and an exit with room
    for one between them.
    """
    room = _room(graph, starts, target)
    count = 0
    while True:
        came = _augmenting(room)
        if _END not in came:
            people = {spot.who for spot in room if spot.who and spot.who != target}
            cut = {w for w in people if _Spot(w, "in") in came and _Spot(w, "out") not in came}
            return count, tuple(sorted(cut))
        count += 1
        spot = _END
        while (before := came[spot]) is not None:
            room[before][spot] -= 1
            room[spot][before] = room[spot].get(before, 0) + 1
            spot = before


class _Spot(NamedTuple):
    """The entry or exit of a person; of nobody: where all ways start or end."""

    who: Id | None
    side: str


_START: Final = _Spot(None, "start")
_END: Final = _Spot(None, "end")
_Room = dict[_Spot, dict[_Spot, int]]


def _room(graph: Mapping[Id, Iterable[Id]], starts: Iterable[Id], target: Id) -> _Room:
    """Return the room from spot to spot: one within a person, as much as needed between them."""
    people = {target, *starts, *graph, *(to for row in graph.values() for to in row)}
    plenty = len(people)
    room: _Room = {_Spot(who, side): {} for who in people for side in ("in", "out")}
    room[_START] = {_Spot(who, "in"): plenty for who in starts}
    room[_END] = {}
    for who in people:
        room[_Spot(who, "in")][_Spot(who, "out")] = 1
        room[_Spot(who, "out")].update({_Spot(to, "in"): plenty for to in graph.get(who, ())})
    room[_Spot(target, "in")] = {_END: plenty}
    return room


def _augmenting(room: _Room) -> dict[_Spot, _Spot | None]:
    """Return where each spot that can still be reached from the start was reached from."""
    came: dict[_Spot, _Spot | None] = {_START: None}
    waiting = deque([_START])
    while waiting:
        spot = waiting.popleft()
        for to, left in room[spot].items():
            if left > 0 and to not in came:
                came[to] = spot
                waiting.append(to)
    return came
