"""A post over plain HTTP on loopback, for measuring: what ``Online`` does, without TLS."""

from http.client import HTTPConnection, HTTPException
from typing import TypeVar

from msgspec import Struct

from kamdesk.core.wording import Text
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.bodies import OFFERED, pack, unpack
from kamdesk.sync.wire.messages import (
    Answer,
    Exchange,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.routes import Renumber

M = TypeVar("M", bound=Struct)


class PlainPost:
    """A way to a hub that listens without TLS; counts what goes over it."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._line, self._token = HTTPConnection(host, port, timeout=120), token
        self.sent = self.came = self.calls = 0

    def exchange(self, ask: Exchange) -> Answer:
        """Push, pull and settle."""
        return read_answer(self._asked(routes.SYNC, ask))

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        return read(self._asked(routes.SNAPSHOT, ask), SnapshotPage)

    def renumber(self, dev: int) -> int:
        """Return a fresh number for this device."""
        return read(self._asked(routes.RENUMBER, Renumber(dev=dev)), Renumber).dev

    def lacking(self, hashes: list[str]) -> list[str]:
        """Say that the hub has all contents: nothing here is about files."""
        return []

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Refuse."""
        raise NotImplementedError

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Refuse."""
        raise NotImplementedError

    def _asked(self, path: str, message: Struct) -> bytes:
        body, coding = pack(said(message), "zstd")
        fields = {
            "authorization": f"Bearer {self._token}",
            "content-type": "application/json",
            "accept-encoding": OFFERED,
            **({"content-encoding": coding} if coding else {}),
        }
        try:
            self._line.request("POST", path, body, fields)
            reply = self._line.getresponse()
            came = reply.read()
        except (OSError, HTTPException) as error:
            self._line.close()
            raise HubTrouble(Cause.OFFLINE, Text("The hub cannot be reached.")) from error
        self.calls, self.sent, self.came = (
            self.calls + 1,
            self.sent + len(body),
            self.came + len(came),
        )
        if reply.status != 200:
            raise HubTrouble(Cause.BROKEN, Text("{n}", n=reply.status))
        return unpack(came, reply.headers.get("content-encoding"))
