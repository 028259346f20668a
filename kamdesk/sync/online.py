"""The post over https: each answer is a message of the wire, or a cause why there was none.

Whatever comes instead of a message (a sign-in page, a status, a cut line) changes nothing here: it
is told as ``HubTrouble`` and the same is asked again later.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct

from kamdesk.core.wording import Text
from kamdesk.sync.post import Cause, HubTrouble, HungUp
from kamdesk.sync.wire import bodies, routes
from kamdesk.sync.wire.messages import (
    PROTO,
    Answer,
    Exchange,
    SnapshotAsk,
    SnapshotPage,
    Upgrade,
    read,
    read_answer,
)
from kamdesk.sync.wire.routes import Fresh, Hashes, Hello, Offset, Refused, Renumber
from kamdesk.sync.wire.strict import Garbled
from kamdesk.sync.wire.versions import SPOKEN, said_in

if TYPE_CHECKING:
    from kamdesk.https import Line, Reply

M = TypeVar("M", bound=Struct)
Taken = TypeVar("Taken")
OCTETS: Final = "application/octet-stream"
JSON: Final = "application/json"
_LONGEST_AFTER: Final = 3600.0


class Online:
    """A way to one hub for one device. What ``hang_up`` cuts off ends with ``HungUp``."""

    def __init__(self, line: "Line", token: str = "") -> None:
        self._line, self._token = line, token
        self._packing, self._proto = "gzip", PROTO

    def exchange(self, ask: Exchange) -> Answer:
        """Push, pull and settle; with a hub of the version before in its words from then on."""
        answer = _taken(self._post(routes.SYNC, ask), read_answer)
        if isinstance(answer, Upgrade):
            theirs = min(answer.proto, PROTO)
            if theirs in SPOKEN and theirs != self._proto:
                self._proto = theirs
                return _taken(self._post(routes.SYNC, ask), read_answer)
        return answer

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        return self._told(routes.SNAPSHOT, ask, SnapshotPage)

    def renumber(self, dev: int) -> int:
        """Return a fresh number for this device, whose number another copy writes under."""
        return self._told(routes.RENUMBER, Renumber(dev=dev), Renumber).dev

    def lacking(self, hashes: list[str]) -> list[str]:
        """Return which of these contents the hub does not hold whole."""
        missing = self._told(routes.LACKING, Hashes(hashes=hashes), Hashes).hashes
        return [one for one in hashes if one in set(missing)]

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Give a part of a content of ``size``; return the offset at which the hub goes on."""
        path = f"{routes.FILES}/{sha256}?size={size}&offset={offset}"
        told = self._asked("PUT", path, body=part, kind=OCTETS)
        return _taken(told, lambda body: read(body, Offset)).next

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Return what the hub holds of a content from an offset on, empty at its end."""
        return self._asked("GET", f"{routes.FILES}/{sha256}?offset={offset}", wanted=OCTETS)

    def hello(self) -> Hello:
        """Return who is there, without saying who asks."""
        return _taken(self._asked("GET", routes.HUB), lambda body: read(body, Hello))

    def tell(self, path: str, message: Struct, kind: type[M]) -> M:
        """Say a message of joining and return the answer of this kind."""
        return self._told(path, message, kind)

    def fresh_token(self) -> str:
        """Return a new token; the present one works until the new one is first used."""
        told = self._asked("POST", routes.TOKEN, body=b"{}")
        return _taken(told, lambda body: read(body, Fresh)).token

    def give_back(self) -> None:
        """Give this device's access back."""
        self._asked("POST", routes.LEAVE, body=b"{}")

    def use(self, token: str) -> None:
        """Show another token from now on."""
        self._token = token

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate the server showed last, as hex; "" before."""
        return self._line.fingerprint

    def hang_up(self, *, for_good: bool = False) -> None:
        """Cut off what is being asked; callable on any thread."""
        self._line.hang_up(for_good=for_good)

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def _told(self, path: str, message: Struct, kind: type[M]) -> M:
        return _taken(self._post(path, message), lambda body: read(body, kind))

    def _post(self, path: str, message: Struct) -> bytes:
        return self._asked("POST", path, body=said_in(message, self._proto))

    def _asked(
        self, method: str, path: str, *, body: bytes = b"", kind: str = JSON, wanted: str = JSON
    ) -> bytes:
        from kamdesk.https import Fault, NoAnswer

        headers = {"accept-encoding": bodies.OFFERED}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        if body:
            headers["content-type"] = kind
            body, packed = bodies.pack(body, self._packing if kind == JSON else None)
            if packed:
                headers["content-encoding"] = packed
        try:
            reply = self._line.ask(method, path, body=body, headers=headers)
        except NoAnswer as none:
            if none.fault is Fault.STOPPED:
                raise HungUp from none
            raise HubTrouble(*_SAID_OF_FAULTS[none.fault.value]) from none
        return self._read(reply, wanted)

    def _read(self, reply: "Reply", wanted: str) -> bytes:
        """Return the body of an answer that is one. Raises ``HubTrouble``."""
        try:
            body = bodies.unpack(reply.body, reply.packed)
        except Garbled:
            if reply.status == 200:
                raise HubTrouble(Cause.GARBLED, _ODD) from None
            body = b""
        if reply.status != 200 or reply.kind != wanted:
            raise refusal(reply, body)
        self._packing = bodies.packing(reply.accepts) or self._packing
        return body


def refusal(reply: "Reply", body: bytes) -> HubTrouble:
    """Return what an answer that is no message means: the hub's own refusal, or somebody else's."""
    try:
        word = read(body, Refused).error if reply.kind == JSON else ""
    except Garbled:
        word = ""
    status = reply.status
    after = None if reply.after is None else min(reply.after, _LONGEST_AFTER)
    if (status, word) in _HELD_OFF:
        return HubTrouble(*_HELD_OFF[status, word], after=after)
    if word == routes.REVOKED and status == 401:
        return HubTrouble(Cause.REVOKED, _REVOKED)
    if word and status == 401:
        return HubTrouble(Cause.SHUT_OUT, _SHUT_OUT)
    if word == routes.USED and status == 404:
        return HubTrouble(Cause.SHUT_OUT, _USED)
    if word == routes.NOT_THERE and status == 404:
        return HubTrouble(Cause.NOT_THERE, _NOT_THERE)
    if word == routes.REFUSED and status == 422:
        return HubTrouble(Cause.REFUSED, _REFUSED)
    if word and status == 400:
        return HubTrouble(Cause.NOT_UNDERSTOOD, _NOT_UNDERSTOOD)
    if status == 413:
        return HubTrouble(Cause.TOO_LARGE, _TOO_LARGE)
    if status in (429, 502, 503, 504):
        return HubTrouble(Cause.BUSY, _BUSY, after=after)
    if status == 500:
        return HubTrouble(Cause.BROKEN, _BROKEN)
    if status == 200 and reply.kind == JSON:
        return HubTrouble(Cause.GARBLED, _ODD)
    return HubTrouble(Cause.NO_HUB, _NO_HUB)


def _taken(body: bytes, take: Callable[[bytes], Taken]) -> Taken:
    try:
        return take(body)
    except Garbled as error:
        raise HubTrouble(Cause.GARBLED, _ODD) from error


_OFFLINE = Text("The hub cannot be reached now. What you write stays here and goes out later.")
_SLOW = Text("The connection is too slow or was cut. KamDesk goes on where it stopped.")
_UNTRUSTED = Text(
    "The server does not prove that it is your team's hub, so nothing was sent. On a foreign"
    " network wait until you are out of it; else ask your administrator whether the certificate is"
    " new."
)
_NO_HUB = Text(
    "Something else answered in the hub's place, perhaps the sign-in page of a network. Sign in"
    " there with a browser; nothing was changed."
)
_ODD = Text("The hub gave an answer that breaks the rules. Nothing of it was taken.")
_NOT_UNDERSTOOD = Text(
    "The hub did not understand this KamDesk. Nothing was changed; tell your administrator."
)
_SHUT_OUT = Text(
    "The hub does not know this computer. Nothing was changed; ask your administrator for a new"
    " invitation."
)
_REVOKED = Text("Your team's administrator has taken this computer's access away.")
_USED = Text(
    "The invitation was used already, or is older than ten minutes. Ask your administrator for a"
    " new one."
)
_REFUSED = Text("The hub does not take this file: its content is not what was announced.")
_NOT_THERE = Text("The hub does not have it, or not for you. Nothing was changed.")
_TOO_LARGE = Text("It was too much at once. KamDesk goes on in smaller pieces.")
_BUSY = Text("The hub is busy or is being restarted. KamDesk tries again by itself.")
_BROKEN = Text(
    "The hub has a fault of its own. Nothing was changed here; KamDesk tries again, and your"
    " administrator can look."
)
_FULL = Text(
    "The hub's disk is full: your changes wait here until your administrator makes room. What the"
    " others wrote still comes."
)
_ENOUGH = Text(
    "This computer has brought the hub as much as it takes in a day. The rest waits here and goes"
    " out tomorrow; what the others wrote still comes."
)
_NO_ROOM = Text(
    "The hub has no more room for files: what is in this one stays on this computer until your"
    " administrator makes room."
)
_HELD_OFF: Final[Mapping[tuple[int, str], tuple[Cause, Text]]] = {
    (503, routes.FULL): (Cause.FULL, _FULL),
    (429, routes.ENOUGH): (Cause.FULL, _ENOUGH),
    (507, routes.NO_ROOM): (Cause.NO_ROOM, _NO_ROOM),
}
_SAID_OF_FAULTS: Final[Mapping[str, tuple[Cause, Text]]] = {
    "unreached": (Cause.OFFLINE, _OFFLINE),
    "slow": (Cause.OFFLINE, _SLOW),
    "untrusted": (Cause.UNTRUSTED, _UNTRUSTED),
    "unreadable": (Cause.NO_HUB, _NO_HUB),
    "too large": (Cause.GARBLED, _ODD),
}
