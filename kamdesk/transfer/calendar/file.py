"""A calendar file as the desk sees it: read whole by the limited child process, within a window."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import LONGEST_CALENDAR
from kamdesk.transfer.calendar.found import (
    Found,
    neat,
    unpacked_entries,
    unpacked_refused,
)
from kamdesk.transfer.foreign import ForeignFile
from kamdesk.transfer.frames import BadFrame, unpack_text
from kamdesk.transfer.limits import MIB, Limits

LIMITS: Final = Limits(inflated=50 * MIB)
_MOST_REMARKS: Final = 20
_NOT_TO_BE_READ: Final = Text("It broke the reader, so nothing of it was taken.")


def read_calendar_file(
    path: Path,
    *,
    home: str,
    first: date,
    last: date,
    stopped: Callable[[], bool] = lambda: False,
) -> Found:
    """Return what a calendar file holds from ``first`` to before ``last``.

    ``home`` is the zone of times that name none. Raises ``RuleBroken`` in plain words that name
    the file, or ``Cancelled``.
    """
    with _CalendarFile(path, f"{first}/{last}/{home}", stopped) as file:
        return file.found()


class _CalendarFile(ForeignFile):
    def __init__(self, path: Path, wish: str, stopped: Callable[[], bool]) -> None:
        super().__init__(path, stopped=stopped, limits=LIMITS)
        self._wishes = [f"calendar={wish}"]

    def __enter__(self) -> "_CalendarFile":
        super().__enter__()
        return self

    def found(self) -> Found:
        """Return all the child found."""
        found, left = Found(), self._limits.wall
        while True:
            waited = time.monotonic()
            frame = self._next_frame(left)
            left -= time.monotonic() - waited
            if frame is None:
                return found
            try:
                refusal = _gather(frame, found)
            except BadFrame:
                refusal = _NOT_TO_BE_READ
            if refusal is not None:
                self._end()
                raise self._refusal(refusal)


def _gather(frame: dict[str, object], found: Found) -> Text | None:
    """Add one message to what was found; return why the file is refused, if it is."""
    if "refused" in frame:
        return unpack_text(frame["refused"])
    if "calendar" in frame:
        events = frame.get("events")
        found.name = neat(frame["calendar"], LONGEST_CALENDAR)
        found.events = events if type(events) is int else 0
    elif "entries" in frame:
        found.entries += unpacked_entries(frame["entries"])
    elif "odd" in frame:
        found.refused += unpacked_refused(frame["odd"])
    elif "remark" in frame and len(found.remarks) < _MOST_REMARKS:
        found.remarks.append(unpack_text(frame["remark"]))
    return None
