"""One day driven in one order: earliest and latest times of every stop, and what still fits.

Times run in two states, lunch still to come and lunch had. Forwards: the earliest minute one is
ready to leave. Backwards: the latest minute a stop may begin with everything after it still
possible. Between the two, whether a further stop fits somewhere is a handful of comparisons.
"""

from collections.abc import Sequence
from itertools import pairwise

from kamdesk.domain.week.arriving import (
    NEVER,
    Field,
    Run,
    arrival,
    arrival_past,
    departure,
    departure_before,
    earliest,
    last,
)
from kamdesk.domain.week.model import ANYWHERE

Room = tuple[int, int]
"""Where a stop fits best: the minutes of driving it adds, and its index in the order."""
Known = Room | None | int
"""What is known of a stop's room; a number: it fits nowhere at fewer minutes than these."""


class Road:
    """An order of stops on a day. ``goes`` says whether it can be done; ``drive`` in minutes.

    ``home`` is the earliest minute one is back. ``stops`` are those that have a place, ``places``
    where one is in turn from the first to the last, ``runs`` what lies between them. ``worth`` is
    what the search gains by it, driving taken off; ``bits`` has a bit for each stop.
    """

    __slots__ = (
        "_gaps",
        "_latest",
        "_ready",
        "_spare",
        "bits",
        "drive",
        "field",
        "goes",
        "home",
        "known",
        "order",
        "places",
        "runs",
        "stops",
        "worth",
    )

    def __init__(self, field: Field, order: tuple[int, ...]) -> None:
        self.field = field
        self.order = order
        self.known: dict[int, Known] = {}
        self.worth = 0.0
        self.bits = 0
        place, travel = field.place, field.travel
        where = [place[number] for number in order]
        self.stops = order
        self.runs: list[Run] | None = None
        if ANYWHERE in where:
            self.stops, self.runs = _runs(order, place)
        self.places = places = [field.from_place, *where, field.to_place]
        if self.runs is not None:
            self.places = places = [one for one in places if one != ANYWHERE]
        self._gaps = [(a, b, travel[a][b]) for a, b in pairwise(places)]
        self.drive = sum([leg for _a, _b, leg in self._gaps])
        self._spare = self._spare_minutes()
        self.home = NEVER
        self._ready: list[tuple[int, int]] = []
        self._latest: list[tuple[int, int]] = []
        self.goes = not field.shut and self._forwards() and self._backwards()

    def room(self, number: int, below: float = NEVER) -> Room | None:
        """Return where the stop fits at the least driving; None: nowhere at less than ``below``."""
        found = self.known.get(number, -NEVER)
        if not isinstance(found, int):
            return found
        if below <= found:
            return None
        if not self.goes or not self.field.begins[number]:
            found = None
        elif self.runs is None and self.field.place[number] != ANYWHERE:
            found = self._room_between(number, below)
        else:
            found = self._room_among(number)
        self.known[number] = found
        return None if isinstance(found, int) else found

    def _spare_minutes(self) -> int:
        """The most minutes that can be idle: what a further stop and its way may take at all."""
        field = self.field
        _opens, closes, lunch = field.lunch
        whole = max(field.ends - lunch, min(field.ends, closes)) - field.starts
        return whole - self.drive - sum([field.minutes[number] for number in self.order])

    def _forwards(self) -> bool:
        field, places = self.field, self.places
        begins, minutes, travel = field.begins, field.minutes, field.travel
        ready = (NEVER, field.starts) if field.lunch[1] < 0 else (field.starts, NEVER)
        self._ready.append(ready)
        for index, number in enumerate(self.stops):
            drive = travel[places[index]][places[index + 1]]
            if self.runs and self.runs[index]:
                before, after = arrival_past(field, ready, drive, self.runs[index])
            else:
                before, after = arrival(field.lunch, ready, drive)
            before = earliest(begins[number], before)
            after = earliest(begins[number], after)
            if before >= NEVER and after >= NEVER:
                return False
            ready = before + minutes[number], after + minutes[number]
            self._ready.append(ready)
        run = self.runs[-1] if self.runs else ()
        before, after = arrival_past(field, ready, travel[places[-2]][places[-1]], run)
        self.home = before if before <= field.lunch[1] else after
        return True

    def _backwards(self) -> bool:
        field, places = self.field, self.places
        begins, minutes, travel = field.begins, field.minutes, field.travel
        latest = min(field.ends, field.lunch[1]), field.ends
        bounds = [latest]
        for index in range(len(self.stops), -1, -1):
            drive = travel[places[index]][places[index + 1]]
            if self.runs and self.runs[index]:
                latest = departure_before(field, latest, drive, self.runs[index])
            else:
                latest = departure(field.lunch, latest, drive)
            if index:
                number = self.stops[index - 1]
                latest = (
                    last(begins[number], latest[0] - minutes[number]),
                    last(begins[number], latest[1] - minutes[number]),
                )
                bounds.append(latest)
        ready = self._ready[0]
        self._latest = bounds[::-1]
        return ready[0] <= latest[0] or ready[1] <= latest[1]

    def _room_between(self, number: int, below: float) -> Known:
        """The best gap; where the cheap ones do not do, the least that others would cost.

        ``arrival`` and ``earliest`` are written out: nine tenths of all searching happens here.
        """
        field, travel, place = self.field, self.field.travel, self.field.place[number]
        away = travel[place]
        ways = [travel[a][place] + away[b] - leg for a, b, leg in self._gaps]
        begins, stay = field.begins[number], field.minutes[number]
        most = self._spare - stay + 1
        dear = min(ways)
        if dear >= below or dear >= most:
            return dear if dear < most else None
        lunch_opens, lunch_closes, lunch = field.lunch
        closing = begins[-1][1]
        best, where, dear = min(below, most), -1, most
        for index, (before, after) in enumerate(self._ready):
            extra = ways[index]
            if extra >= best:
                if extra < dear:
                    dear = extra
                continue
            here, there, _leg = self._gaps[index]
            drive = travel[here][place]
            arrive, fed = before + drive, after + drive
            if before <= lunch_closes:
                if before >= lunch_opens:
                    eaten = before + lunch + drive
                elif arrive <= lunch_closes:
                    eaten = (arrive if arrive > lunch_opens else lunch_opens) + lunch
                else:
                    eaten = lunch_opens + lunch + drive
                if eaten < fed:
                    fed = eaten
            if arrive > closing and fed > closing:
                continue
            ready = ready_fed = NEVER
            for opens, closes in begins:
                if arrive <= closes:
                    ready = (arrive if arrive > opens else opens) + stay
                    break
            for opens, closes in begins:
                if fed <= closes:
                    ready_fed = (fed if fed > opens else opens) + stay
                    break
            bound, bound_fed = self._latest[index]
            drive = away[there]
            if ready + drive <= bound or ready_fed + drive <= bound_fed:
                best, where = extra, index
            elif ready <= lunch_closes:
                if ready >= lunch_opens:
                    eaten = ready + lunch + drive
                elif ready + drive <= lunch_closes:
                    eaten = ready + drive
                    eaten = (eaten if eaten > lunch_opens else lunch_opens) + lunch
                else:
                    eaten = lunch_opens + lunch + drive
                if eaten <= bound_fed:
                    best, where = extra, index
        if where >= 0:
            return int(best), where
        return dear if dear < most else None

    def _room_among(self, number: int) -> Room | None:
        """The same where things lie between that can be done anywhere, or it is one itself."""
        field, places = self.field, self.places
        travel, begins, stay = field.travel, field.begins[number], field.minutes[number]
        place = field.place[number]
        best, where, start = NEVER, -1, 0
        for index, ready in enumerate(self._ready):
            here, there = places[index], places[index + 1]
            run = self.runs[index] if self.runs else ()
            bound, bound_fed = self._latest[index]
            for cut in range(len(run) + 1):
                if place == ANYWHERE:
                    extra = 0
                    whole = (*run[:cut], number, *run[cut:])
                    arrive, fed = arrival_past(field, ready, travel[here][there], whole)
                else:
                    extra = travel[here][place] + travel[place][there] - travel[here][there]
                    if extra >= best:
                        break
                    arrive, fed = arrival_past(field, ready, travel[here][place], run[:cut])
                    arrive = earliest(begins, arrive) + stay
                    fed = earliest(begins, fed) + stay
                    arrive, fed = arrival_past(
                        field, (arrive, fed), travel[place][there], run[cut:]
                    )
                if extra < best and (arrive <= bound or fed <= bound_fed):
                    best, where = extra, start + cut
                    break
            start += len(run) + 1
        return None if where < 0 else (best, where)


def _runs(order: tuple[int, ...], place: Sequence[int]) -> tuple[tuple[int, ...], list[Run]]:
    """Return the stops that have a place, and the others: what is done before each, and at last."""
    stops: list[int] = []
    runs: list[Run] = []
    run: Run = ()
    for number in order:
        if place[number] == ANYWHERE:
            run = (*run, number)
        else:
            stops.append(number)
            runs.append(run)
            run = ()
    return tuple(stops), [*runs, run]
