"""A week under work as texts: kept as one works, put back after leaving the page or a crash."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Day
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.week.board import Board, Night
from kamdesk.desktop.week.rebasing import place_again, rebased
from kamdesk.desktop.week.timing import Wanted
from kamdesk.desktop.workbench import Workbench
from kamdesk.dossier.week_read import Pin, Place, WeekRead

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def place_of(monday: Day) -> str:
    """Return the name of the draft of a week."""
    return f"week:{monday.isoformat()}:plan"


def written(board: Board) -> dict[str, str]:
    """Return what the user did to a week, as texts; empty when nothing."""
    if not (board.proposed or board.pins or board.out or board.night):
        return {}
    days = board.read.planned_days
    kept: dict[str, Any] = {
        "proposed": board.proposed,
        "wanted": {
            days[n].isoformat(): [[one.key.hex(), one.begins] for one in row]
            for n, row in enumerate(board.wanted)
        },
        "pins": {
            key.hex(): [days[pin.day].isoformat(), pin.begins] for key, pin in board.pins.items()
        },
        "out": sorted(key.hex() for key in board.out),
        "stood": {
            key.hex(): [item.day.isoformat(), item.begins]
            for key, item in board.items.items()
            if item.day is not None and board.movable(key)
        },
    }
    if board.night is not None:
        spot = board.read.places[board.night.place].spot
        kept["night"] = [days[board.night.day].isoformat(), *(spot or ())]
    return {"week": json.dumps(kept)}


def read_back(content: Mapping[str, str], read: WeekRead) -> Board | None:
    """Return a week with what was kept of it; None when there is nothing that can be read.

    A visit that stands elsewhere now than when it was kept stays where it stands.
    """
    days = {day: n for n, day in enumerate(read.planned_days)}
    try:
        kept = json.loads(content.get("week", ""))
        moved = _moved(kept.get("stood", {}), read)
        wanted: list[list[Wanted]] = [[] for _ in days]
        for day, row in kept["wanted"].items():
            if (n := days.get(date.fromisoformat(day))) is not None:
                named = [Wanted(bytes.fromhex(key), int(begins)) for key, begins in row]
                wanted[n] = [one for one in named if one.key not in moved]
        pins = {
            bytes.fromhex(key): Pin(days[date.fromisoformat(day)], int(begins))
            for key, (day, begins) in kept["pins"].items()
            if date.fromisoformat(day) in days and bytes.fromhex(key) not in moved
        }
        out = frozenset(bytes.fromhex(key) for key in kept["out"])
        night = _night(kept.get("night", []), read)
        proposed = bool(kept["proposed"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    rows = tuple(map(tuple, wanted))
    board = replace(Board.of(read), pins=pins, out=out, night=night, proposed=proposed, wanted=rows)
    return rebased(board, read)


def _moved(stood: Mapping[str, Any], read: WeekRead) -> set[bytes]:
    """Return what stood elsewhere, by what was kept."""
    before = {bytes.fromhex(key): (date.fromisoformat(day), at) for key, (day, at) in stood.items()}
    return {
        key
        for key, there in before.items()
        if (item := read.items.get(key)) is not None and (item.day, item.begins) != there
    }


def _night(kept: Sequence[Any], read: WeekRead) -> Night | None:
    """Return a night away that was kept: after which day, and where."""
    if len(kept) != 3:
        return None
    day, place = date.fromisoformat(kept[0]), place_again(Place(spot=Spot(*kept[1:])), read)
    days = read.planned_days
    return Night(days.index(day), place) if day in days and place is not None else None


class PlanDraft(Drafting):
    """Keeps a week under work like the draft of a form; ``changed`` tells that it is another."""

    def __init__(
        self,
        page: QWidget,
        workbench: "Workbench[Workspace]",
        monday: Day,
        board: Callable[[], Board | None],
        put_back: Callable[[Mapping[str, str]], object],
        went_on: Callable[[], object],
    ) -> None:
        self._board, self._take, self._went_on = board, put_back, went_on
        super().__init__(page, workbench, place_of(monday), {})

    @property
    def typed(self) -> dict[str, str]:
        """The week as texts."""
        board = self._board()
        return written(board) if board is not None else {}

    def changed(self) -> None:
        """Something was done: it is kept half a second later, or when the page goes."""
        self._heard()

    def _offered(self, when: Text | str) -> Text:
        return Text("You were planning this: {when}. It is not accepted yet.", when=when)

    def _set(self, content: Mapping[str, str]) -> None:
        self._take(content)

    def _go_on(self) -> None:
        self.line.offer(None)
        self._went_on()
