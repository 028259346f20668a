"""Sends what a calendar file holds, frame by frame; in the child process."""

from datetime import date
from typing import BinaryIO, Final

from kamdesk.transfer.calendar.found import packed_entries, packed_refused
from kamdesk.transfer.calendar.reader import read_calendar
from kamdesk.transfer.frames import pack_text, write_frame

_A_FRAME: Final = 500


def send_calendar(file: BinaryIO, out: BinaryIO, wish: str) -> None:
    """Send what a calendar file holds. ``wish`` is FIRST/LAST/ZONE."""
    first, last, home = wish.split("/", 2)
    found = read_calendar(
        file, home=home, first=date.fromisoformat(first), last=date.fromisoformat(last)
    )
    write_frame(out, {"calendar": found.name, "events": found.events})
    for at in range(0, len(found.entries), _A_FRAME):
        write_frame(out, {"entries": packed_entries(found.entries[at : at + _A_FRAME])})
    for at in range(0, len(found.refused), _A_FRAME):
        write_frame(out, {"odd": packed_refused(found.refused[at : at + _A_FRAME])})
    for remark in found.remarks:
        write_frame(out, {"remark": pack_text(remark)})
    write_frame(out, {"end": True})
