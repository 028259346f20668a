"""What a calendar file holds, as it goes from the reading child to the desk: none of it trusted."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kamdesk.core.clock import Instant, read_day
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import LONGEST_STAY, LONGEST_TITLE, LONGEST_UID
from kamdesk.transfer.frames import BadFrame, pack_text, unpack_text

MOST_EVENTS: Final = 5_000
MOST_TIMES: Final = 1_000
"""Times of one appointment."""
MOST_TIMES_IN_ALL: Final = 50_000


class Entry(NamedTuple):
    """One appointment as it is read; ``times`` are written as they are stored."""

    uid: str
    sequence: int
    title: str
    place: str
    minutes: int
    all_day: bool
    busy: bool
    times: tuple[str, ...]


class Refused(NamedTuple):
    """An appointment that cannot be taken: its number in the file, what it is called, and why."""

    number: int
    title: str
    why: Text


@dataclass(slots=True)
class Found:
    """What a calendar file holds: appointments within the time looked at, those refused."""

    name: str = ""
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    events: int = 0
    """Appointments in the file, those outside the time looked at too."""


def packed_entries(entries: list[Entry]) -> list[list[object]]:
    """Return entries as lists and plain values."""
    return [[*entry[:-1], list(entry.times)] for entry in entries]


def packed_refused(refused: list[Refused]) -> list[list[object]]:
    """Return refusals as lists and plain values."""
    return [[number, title, pack_text(why)] for number, title, why in refused]


def unpacked_entries(sent: object) -> list[Entry]:
    """Return the entries of one message. Raises ``BadFrame`` for what is none."""
    if not isinstance(sent, list) or len(sent) > MOST_EVENTS * 2:
        raise BadFrame("entries")
    return [_entry(one) for one in sent]


def unpacked_refused(sent: object) -> list[Refused]:
    """Return the refusals of one message. Raises ``BadFrame`` for what is none."""
    if not isinstance(sent, list) or len(sent) > MOST_EVENTS:
        raise BadFrame("refused")
    found = []
    for one in sent:
        if not (isinstance(one, list) and len(one) == 3 and type(one[0]) is int):
            raise BadFrame("refused")
        found.append(Refused(one[0], neat(one[1], LONGEST_TITLE), unpack_text(one[2])))
    return found


def _entry(one: object) -> Entry:
    if not (isinstance(one, list) and len(one) == len(Entry._fields)):
        raise BadFrame("entry")
    uid, sequence, title, place, minutes, all_day, busy, times = one
    numbers = type(sequence) is int and type(minutes) is int and 0 <= minutes <= LONGEST_STAY
    if not (numbers and isinstance(all_day, bool) and isinstance(busy, bool)):
        raise BadFrame("entry")
    if not (isinstance(times, list) and len(times) <= MOST_TIMES and all(map(_is_time, times))):
        raise BadFrame("times")
    return Entry(
        neat(uid, LONGEST_UID, whole=True),
        min(max(sequence, 0), 1 << 31),
        neat(title, LONGEST_TITLE),
        neat(place, LONGEST_TITLE),
        minutes,
        all_day,
        busy,
        tuple(times),
    )


def _is_time(text: object) -> bool:
    """True for a time exactly as it is stored."""
    if not isinstance(text, str) or len(text) > 100:
        return False
    day = read_day(text) if len(text) == len("2026-03-12") else None
    moment = Instant.read(text) if day is None else None
    return (day is not None and day.isoformat() == text) or str(moment) == text


def neat(text: object, longest: int, *, whole: bool = False) -> str:
    """Return a text on one line, cut; ``whole`` keeps its line ends. Raises ``BadFrame``."""
    if not isinstance(text, str):
        raise BadFrame("text")
    plain = text[: longest * 4].encode("utf-8", "replace").decode().replace("\0", "")
    return plain[:longest].strip() if whole else one_line(plain)[:longest].strip()
