"""Ids are UUIDv7 made offline: 16 bytes inside, 32 hex digits at the edge."""

import secrets
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NewType

from kamdesk.core.clock import YEARS, Clock, Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

Id = NewType("Id", bytes)
AccountId = NewType("AccountId", Id)
SiteId = NewType("SiteId", Id)
ColleagueId = NewType("ColleagueId", Id)
PersonId = NewType("PersonId", Id)
PostId = NewType("PostId", Id)
HoldingId = NewType("HoldingId", Id)
NeedId = NewType("NeedId", Id)
MapId = NewType("MapId", Id)
SeatId = NewType("SeatId", Id)
BodyId = NewType("BodyId", Id)
GroupId = NewType("GroupId", Id)
OpportunityId = NewType("OpportunityId", Id)
AccessPlanId = NewType("AccessPlanId", Id)
AccessStepId = NewType("AccessStepId", Id)
AgreementId = NewType("AgreementId", Id)
PauseId = NewType("PauseId", Id)
TaskId = NewType("TaskId", Id)
AbsenceId = NewType("AbsenceId", Id)
PatternId = NewType("PatternId", Id)
AppointmentId = NewType("AppointmentId", Id)
CalendarId = NewType("CalendarId", Id)
VisitId = NewType("VisitId", Id)
PromiseId = NewType("PromiseId", Id)
FileId = NewType("FileId", Id)
OwnFieldId = NewType("OwnFieldId", Id)
FilterId = NewType("FilterId", Id)

_SPACE = uuid.UUID("6b616d64-6573-7b00-8b00-000000000000")


class Ids:
    """Makes UUIDv7 ids (RFC 9562): 48 bits of milliseconds, then a counter, then chance.

    Ids of one maker grow strictly, also within one millisecond and when the clock goes back.
    """

    def __init__(self, clock: Clock, chance: Callable[[int], int] = secrets.randbits) -> None:
        """``chance(n)`` returns ``n`` random bits; invented territories pass a seeded one."""
        self._clock, self._chance = clock, chance
        self._last = 0
        self._one_at_a_time = threading.Lock()

    def new(self) -> Id:
        """Return a fresh id, greater than every id this maker gave before."""
        with self._one_at_a_time:
            floor = (self._clock.now().ms << 26) | self._chance(25)
            self._last = max(floor, self._last + 1)
            order = self._last
        high, low = order >> 14, order & 0x3FFF
        ms, counter = high >> 12, high & 0xFFF
        number = ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | low << 48 | self._chance(48)
        return Id(number.to_bytes(16, "big"))


def made_on(made: bytes) -> Day | None:
    """Return the day (UTC) on which an id was made; None for one that does not tell."""
    if len(made) != 16 or made[6] >> 4 != 0x7:
        return None
    try:
        day = datetime.fromtimestamp(int.from_bytes(made[:6], "big") / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return day if day.year in YEARS else None


def linked_id(kind: str, *ends: bytes) -> Id:
    """Return the id of a record that *is* the link between ``ends`` (UUIDv5 of kind and ids).

    Two laptops that join the same two records offline make the same link, not two.
    """
    return Id(uuid.uuid5(_SPACE, kind + ":" + ":".join(end.hex() for end in ends)).bytes)


def read_id(text: str) -> Id:
    """Return the id written as 32 hex digits; raises ``RuleBroken`` for anything else."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != 16:
        raise RuleBroken(Text("“{text}” is not an id: 32 hex digits are.", text=text))
    return Id(value)
