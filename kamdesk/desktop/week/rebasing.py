"""A week under work on another reading of the week: what the user did to it is kept. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from kamdesk.core.clock import Day
from kamdesk.desktop.week.board import Board, Night
from kamdesk.desktop.week.timing import Wanted
from kamdesk.dossier.week_read import Pin, Place, WeekRead


def rebased(board: Board, read: WeekRead) -> Board:
    """Return what the user did to a week, on the week as it stands now.

    What is gone is left off, and a visit that was moved meanwhile stands where it was moved to.
    Where nothing is left of it, it is the week as it stands.
    """
    fresh = Board.of(read)
    before, now = board.read.planned_days, {day: n for n, day in enumerate(read.planned_days)}
    elsewhere = _moved_meanwhile(board, fresh)
    pins = {
        key: Pin(now[before[pin.day]], pin.begins)
        for key, pin in board.pins.items()
        if key in fresh.items and key not in elsewhere and before[pin.day] in now
    }
    out, night = board.out & fresh.items.keys(), _night_again(board, now, read)
    laid = replace(fresh, pins=pins, out=out, night=night, proposed=board.proposed)
    if not board.proposed and not pins and not out:
        return fresh
    wanted: list[list[Wanted]] = [[] for _ in read.planned_days]
    for n, row in enumerate(board.wanted):
        if (there := now.get(before[n])) is not None:
            wanted[there] = [
                one for one in row if one.key in laid.stops and one.key not in elsewhere
            ]
    named = {one.key for row in wanted for one in row}
    for there, row in enumerate(fresh.wanted):  # what has come to the week meanwhile
        new = [one for one in row if one.key not in named and one.key in laid.stops]
        wanted[there] += new
    laid = laid.with_wanted(wanted)
    is_left = laid.changes or out or night is not None
    return laid if is_left or not board.changes else fresh


def _moved_meanwhile(board: Board, fresh: Board) -> set[bytes]:
    """Return what stands at another time than when the week was read before."""
    return {
        key
        for key, item in fresh.items.items()
        if (was := board.items.get(key)) is not None
        and (was.day, was.begins) != (item.day, item.begins)
    }


def _night_again(board: Board, now: Mapping[Day, int], read: WeekRead) -> Night | None:
    """Return the night away, if its day and its place are there still."""
    if board.night is None:
        return None
    day = now.get(board.read.planned_days[board.night.day])
    place = place_again(board.read.places[board.night.place], read)
    return Night(day, place) if day is not None and place is not None else None


def place_again(place: Place, read: WeekRead) -> int | None:
    """Return the index of a place of another reading in this one; None: nobody goes there now."""
    spots = [one.spot for one in read.places]
    return spots.index(place.spot) if place.spot is not None and place.spot in spots else None
