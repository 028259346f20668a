"""All that stands on a map on a day, once more for another map."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, SeatId
from kamdesk.domain.chain.model import Map, Seat, Tie
from kamdesk.domain.chain.standing import Reading
from kamdesk.domain.chain.store import ChainStore


class Copy(NamedTuple):
    """Records for the new map, not yet saved."""

    seats: list[Seat]
    readings: list[Reading]
    ties: list[Tie]


def copied(ask: ChainStore, old: Map, new: Map, *, on: Day, new_id: Callable[[], Id]) -> Copy:
    """Return what stands on ``old`` on a day as records of ``new``: of each value the latest."""
    last = {(r.subject, r.what, r.colleague): r for r in ask.readings(old.id, until=on)}
    seats = [
        replace(seat, id=SeatId(new_id()), until=None, map=new.id)
        for seat in ask.seats(old.id)
        if seat.stands_on(on)
    ]
    readings = [replace(r, id=new_id(), map=new.id) for r in last.values() if r.value]
    ties = [replace(tie, id=new_id(), until=None, map=new.id) for tie in ask.ties(old.id, on=on)]
    return Copy(seats, readings, ties)
