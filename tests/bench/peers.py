"""OR-Tools and PyVRP on a week of ours: their best models of it, as a process of their own.

``python peers.py NAME SECONDS`` reads a week as JSON and writes the order of each day; the name
alone says whether the peer is installed. They are no dependencies: ``KAMDESK_PEERS`` names a
Python that has them (the extra ``peers``), else the bench row says that they are not installed.
"""

import json
import sys
import time
from itertools import pairwise
from typing import Any

Week = dict[str, Any]
TENTHS = 10
"""Prizes have one decimal, the peers count in whole numbers."""


def ortools(week: Week, seconds: float, seed: int = 0) -> list[list[int]]:
    """One vehicle a day on one long time line; windows are holes in it, lunch is a native break."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    stops, travel, days = week["stops"], week["travel"], week["days"]
    size, line = len(stops) + 1, 1440
    index = pywrapcp.RoutingIndexManager(size, days, 0)
    routing = pywrapcp.RoutingModel(index)
    cost = [[TENTHS * minutes for minutes in row] for row in travel]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(cost))
    stays = [0] + [stop["minutes"] for stop in stops]
    times = [[travel[a][b] + stays[a] for b in range(size)] for a in range(size)]
    routing.AddDimension(
        routing.RegisterTransitMatrix(times), line * days, line * days, False, "time"
    )
    clock, solver = routing.GetDimensionOrDie("time"), routing.solver()
    for node, stop in enumerate(stops, 1):
        spans = sorted(
            (day * line + opens, day * line + closes - stop["minutes"])
            for day, windows in enumerate(stop["windows"])
            for opens, closes in windows
            if closes - stop["minutes"] >= opens
        )
        begin = clock.CumulVar(index.NodeToIndex(node))
        begin.SetRange(spans[0][0], spans[-1][1])
        for (_, last), (first, _) in pairwise(spans):
            begin.RemoveInterval(last + 1, first - 1)
        if not stop["fixed"]:
            routing.AddDisjunction([index.NodeToIndex(node)], round(stop["prize"] * TENTHS))
    visit = [0] * (routing.Size() + days)
    for node in range(1, size):
        visit[index.NodeToIndex(node)] = stays[node]
    opens, closes, minutes = week["lunch"]
    for day in range(days):
        for end in (routing.Start(day), routing.End(day)):
            clock.CumulVar(end).SetRange(day * line + week["starts"], day * line + week["ends"])
        lunch = solver.FixedDurationIntervalVar(
            day * line + opens, day * line + closes, minutes, False, f"lunch {day}"
        )
        clock.SetBreakIntervalsOfVehicle([lunch], day, visit)
    begun, best = time.process_time(), [1 << 60, [[] for _ in range(days)]]

    def found() -> None:
        value = routing.CostVar().Min()
        if value < best[0]:
            best[:] = value, [_driven(routing, index, day) for day in range(days)]
        if time.process_time() - begun > seconds:
            solver.FinishCurrentSearch()

    routing.AddAtSolutionCallback(found)
    how = pywrapcp.DefaultRoutingSearchParameters()
    how.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    how.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    how.time_limit.FromSeconds(int(seconds * 6) + 2)
    routing.SolveWithParameters(how)
    return best[1]


def _driven(routing: Any, index: Any, day: int) -> list[int]:
    at, order = routing.Start(day), []
    while not routing.IsEnd(at):
        node = index.IndexToNode(at)
        if node:
            order.append(node - 1)
        at = routing.NextVar(at).Value()
    return order


def pyvrp(week: Week, seconds: float, seed: int = 0) -> list[list[int]]:
    """A folded clock: lunch from 12 to 13, cut out of the day; a copy of a stop per half of it.

    The copies exclude each other; each day has a profile in which those who are away have no ways.
    """
    import numpy
    import pyvrp as peer

    noon, away, home = 720, 10**7, None
    places: list[tuple[int, set[int] | None]] = [(0, home)]
    clients, groups, whose = [], [], []
    for number, stop in enumerate(week["stops"]):
        spans: dict[tuple[int, int], set[int]] = {}
        for day, windows in enumerate(stop["windows"]):
            for window in windows:
                spans.setdefault(tuple(window), set()).add(day)
        members, stay = [], stop["minutes"]
        for (opens, closes), days in spans.items():
            places.append((number + 1, days))
            halves = []
            if min(closes, noon) - stay >= opens:
                halves.append((opens, min(closes, noon) - stay))
            if closes - stay >= max(opens, noon + 60):
                halves.append((max(opens, noon + 60) - 60, closes - stay - 60))
            for early, late in halves or [(opens, closes - stay)]:
                members.append(len(clients))
                whose.append(number)
                clients.append(
                    {
                        "location": len(places) - 1,
                        "service_duration": stay,
                        "tw_early": early,
                        "tw_late": late,
                        "prize": round(stop["prize"] * TENTHS),
                        "required": stop["fixed"] and len(spans) == 1 and len(halves) < 2,
                    }
                )
        if len(members) > 1:
            for member in members:
                clients[member]["group"] = len(groups)
            groups.append(peer.ClientGroup(members, required=stop["fixed"]))
    nodes = [node for node, _ in places]
    ways = numpy.array(week["travel"], dtype=numpy.int64)[numpy.ix_(nodes, nodes)]
    costs, times = [], []
    for day in range(week["days"]):
        mine = ways.copy()
        for at, (_, days) in enumerate(places):
            if days is not None and day not in days:
                mine[at, :] = mine[:, at] = away
        numpy.fill_diagonal(mine, 0)
        costs.append(mine * TENTHS)
        times.append(mine)
    vehicles = [
        peer.VehicleType(1, [], tw_early=week["starts"], tw_late=week["ends"] - 60, profile=day)
        for day in range(week["days"])
    ]
    data = peer.ProblemData(
        [peer.Location(node, 0) for node, _ in places],
        [peer.Client(**client) for client in clients],
        [peer.Depot(0, week["starts"], week["ends"])],
        vehicles,
        costs,
        times,
        groups,
    )
    begun = time.process_time()
    result = peer.solve(
        data,
        lambda _cost: time.process_time() - begun > seconds,
        seed=seed,
        collect_stats=False,
        display=False,
    )
    days: list[list[int]] = [[] for _ in range(week["days"])]
    for route in result.best.routes():
        visits = [whose[one.idx] for one in route.schedule() if one.is_client()]
        days[route.vehicle_type()] = visits
    return days


PEERS = {"ortools": ortools, "pyvrp": pyvrp}


def main() -> None:
    name, seconds = sys.argv[1], float(sys.argv[2])
    __import__(name)
    if seconds:
        json.dump(PEERS[name](json.load(sys.stdin), seconds), sys.stdout)


if __name__ == "__main__":
    main()
