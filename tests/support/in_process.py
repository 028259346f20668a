"""The post between a desk and a hub in one process: encoded both ways, over a line with faults."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import TYPE_CHECKING, TypeVar

from kamdesk.core.wording import Text
from kamdesk.hub import blobs
from kamdesk.hub.turn import moment, writing
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire.messages import (
    Answer,
    Exchange,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)

if TYPE_CHECKING:
    from kamdesk.hub.devices import Device
    from kamdesk.hub.hub import Hub

T = TypeVar("T")


class Fate(Enum):
    """What becomes of one call."""

    WELL = "well"
    LOST = "the request never arrives"
    UNANSWERED = "the hub has done it, the answer never arrives"
    TWICE = "the request arrives twice, the second answer comes back"
    LATE = "unanswered, and the request arrives once more later on"


@dataclass
class Line:
    """Gives each call its fate: what is ``planned`` first, then by ``chance``, else well."""

    planned: deque[Fate] = field(default_factory=deque)
    chance: Random | None = None
    likely: float = 0.0
    late: list[Callable[[], object]] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)

    def fate(self) -> Fate:
        """Return what becomes of the next call."""
        fate = Fate.WELL
        if self.planned:
            fate = self.planned.popleft()
        elif self.chance and self.chance.random() < self.likely:
            fate = self.chance.choice(list(Fate)[1:])
        self.fates.append(fate)
        return fate

    def deliver_late(self) -> None:
        """Let the requests arrive that were on their way until now."""
        late, self.late = self.late, []
        for request in late:
            request()


def offline() -> HubTrouble:
    """Return the trouble of a call that got no answer."""
    return HubTrouble(Cause.OFFLINE, Text("The hub cannot be reached."))


class InProcess:
    """A ``Post`` to a hub here; ``device`` says whose it is, None once the hub shuts it out."""

    def __init__(
        self,
        hub: "Callable[[], Hub]",
        device: "Callable[[], Device | None]",
        line: Line,
        *,
        revoked: Callable[[], bool] = lambda: False,
    ) -> None:
        self.revoked = revoked
        self.hub, self.device, self.line = hub, device, line
        self.sent: list[bytes] = []
        self.answered: list[bytes] = []

    def exchange(self, ask: Exchange) -> Answer:
        """Push, pull and settle."""
        body = said(ask)
        self.sent.append(body)

        def arrive() -> bytes:
            heard = read(body, Exchange)
            return said(self.hub().exchange(self._known(), heard))

        return read_answer(self._heard(arrive))

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes."""
        body = said(ask)
        self.sent.append(body)

        def arrive() -> bytes:
            heard = read(body, SnapshotAsk)
            return said(self.hub().snapshot(self._known(), heard))

        return read(self._heard(arrive), SnapshotPage)

    def renumber(self, dev: int) -> int:
        """Return a fresh number."""
        return self._carry(lambda: self.hub().renumber(self._known()))

    def lacking(self, hashes: list[str]) -> list[str]:
        """Return which contents the hub does not hold whole."""

        def arrive() -> list[str]:
            known = self._known()
            with writing(self.hub().engine) as connection:
                return blobs.lacking(connection, known, hashes)

        return self._carry(arrive)

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Give a part of a content."""

        def arrive() -> int:
            known, now = self._known(), moment(self.hub().clock)
            try:
                with writing(self.hub().engine) as connection:
                    return blobs.put_part(connection, known, sha256, size, offset, part, now=now)
            except blobs.BadPart as bad:
                with writing(self.hub().engine) as connection:
                    blobs.drop_upload(connection, known, sha256)
                raise HubTrouble(Cause.REFUSED, Text("The hub does not take it.")) from bad

        return self._carry(arrive)

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Return what the hub holds of a content."""

        def arrive() -> bytes:
            known = self._known()
            with self.hub().engine.connect() as connection:
                part = blobs.get_part(connection, known, sha256, offset)
            if part is None:
                raise HubTrouble(Cause.NOT_THERE, Text("The hub does not have it."))
            return part

        return self._carry(arrive)

    def _heard(self, arrive: Callable[[], bytes]) -> bytes:
        answer = self._carry(arrive)
        self.answered.append(answer)
        return answer

    def _carry(self, arrive: Callable[[], T]) -> T:
        fate = self.line.fate()
        if fate is Fate.LOST:
            raise offline()
        answer = arrive()
        if fate is Fate.TWICE:
            answer = arrive()
        elif fate in (Fate.UNANSWERED, Fate.LATE):
            if fate is Fate.LATE:
                self.line.late.append(arrive)
            raise offline()
        return answer

    def _known(self) -> "Device":
        device = self.device()
        if device is None:
            cause = Cause.REVOKED if self.revoked() else Cause.SHUT_OUT
            raise HubTrouble(cause, Text("The hub does not know this device."))
        return device
