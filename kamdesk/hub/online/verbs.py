"""What the hub does for each route, told in messages of the wire; no HTTP here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from kamdesk.hub import blobs, devices, invites
from kamdesk.hub.bounds import see_room
from kamdesk.hub.devices import Device
from kamdesk.hub.hub import Hub
from kamdesk.hub.online.body import JSON, OCTETS
from kamdesk.hub.online.health import healthy
from kamdesk.hub.online.refusing import (
    BUSY,
    GARBLED,
    NOT_TAKEN,
    NOT_THERE,
    TOO_LARGE,
    USED,
    Reason,
    Refused,
)
from kamdesk.hub.turn import moment, writing
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.contents import LARGEST_PART
from kamdesk.sync.wire.messages import LARGEST_BODY, PROTO, SnapshotAsk, read
from kamdesk.sync.wire.versions import said_in


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request: its unpacked body, the parts of its path and query, who asks (by the token)."""

    hub: Hub
    called: str
    """The hub's name for people."""
    device: Device | None = None
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def asker(self) -> Device:
        """The device that asks, on a route that admits devices only."""
        if self.device is None:
            raise LookupError("a route for devices was called without one")
        return self.device


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way in. ``admits``: a device's token is needed; ``takes``: type of the body, if any.

    ``most``: bytes the body may have, packed or not. ``guessed``: who fails here is trying secrets.
    """

    method: str
    path: str
    verb: Callable[[Call], bytes]
    admits: bool = True
    takes: str | None = None
    gives: str = JSON
    most: int = LARGEST_BODY
    guessed: bool = False


_SMALL: Final = 64 * 1024
_NOTHING: Final = b"{}"
_SHA256: Final = re.compile("[0-9a-f]{64}")


def health(call: Call) -> bytes:
    """Say whether the hub and its database work, and nothing else."""
    if not healthy(call.hub.engine):
        raise Refused(BUSY, after=5)
    return msgspec.json.encode({"ok": True})


def hello(call: Call) -> bytes:
    """Say who is there."""
    return msgspec.json.encode(routes.Hello(name=call.called, proto=PROTO))


def enrol(call: Call) -> bytes:
    """Let a device in by its invitation."""
    ask = read(call.body, routes.Enrol)
    tenant = invites.tenant_of(ask.secret)
    enrolled = None
    if tenant is not None:
        with call.hub.turn(tenant, "invitation") as turn:
            enrolled = invites.enrol(turn, ask.secret, ask.device, ask.me)
    if enrolled is None:
        raise Refused(USED)
    return msgspec.json.encode(enrolled)


def exchange(call: Call) -> bytes:
    """Stand in the list of routes: the service answers exchanges itself, for they may wait."""
    raise LookupError("an exchange is answered by the service")


def snapshot(call: Call) -> bytes:
    """Give a page of the state of scopes."""
    ask = read(call.body, SnapshotAsk)
    return said_in(call.hub.snapshot(call.asker, ask), ask.proto)


def renumber(call: Call) -> bytes:
    """Give a device whose number another copy writes under a fresh one."""
    read(call.body, routes.Renumber)
    return msgspec.json.encode(routes.Renumber(dev=call.hub.renumber(call.asker)))


def token(call: Call) -> bytes:
    """Give a device a fresh token; the one before works until this one is first used."""
    with call.hub.turn(call.asker.tenant, call.asker.user) as turn:
        fresh = devices.renew(turn, call.asker)
    return msgspec.json.encode(routes.Fresh(token=fresh))


def leave(call: Call) -> bytes:
    """Take a device's access back, as it asks for itself."""
    with call.hub.turn(call.asker.tenant, call.asker.user) as turn:
        devices.revoke(turn, call.asker.device)
    return _NOTHING


def lacking(call: Call) -> bytes:
    """Say which contents the hub lacks, as far as the asker may know."""
    ask = read(call.body, routes.Hashes)
    with call.hub.engine.connect() as connection:
        missing = blobs.lacking(connection, call.asker, ask.hashes)
    return msgspec.json.encode(routes.Hashes(hashes=missing))


def put_part(call: Call) -> bytes:
    """Take a part of a content."""
    digest, size, offset = _digest(call, GARBLED), _number(call, "size"), _number(call, "offset")
    see_room(call.hub.engine, call.hub.bounds)
    try:
        with writing(call.hub.engine) as connection:
            held = blobs.put_part(
                connection,
                call.asker,
                digest,
                size,
                offset,
                call.body,
                now=moment(call.hub.clock),
                bounds=call.hub.bounds,
            )
    except blobs.BadPart as error:
        if not error.too_large:
            with writing(call.hub.engine) as connection:
                blobs.drop_upload(connection, call.asker, digest)
        raise Refused(TOO_LARGE if error.too_large else NOT_TAKEN) from error
    return msgspec.json.encode(routes.Offset(next=held))


def get_part(call: Call) -> bytes:
    """Give a content from an offset on."""
    digest, offset = _digest(call, NOT_THERE), _number(call, "offset")
    with call.hub.engine.connect() as connection:
        part = blobs.get_part(connection, call.asker, digest, offset)
    if part is None:
        raise Refused(NOT_THERE)
    return part


def _digest(call: Call, otherwise: Reason) -> str:
    digest = call.parts.get("sha256", "")
    if not _SHA256.fullmatch(digest):
        raise Refused(otherwise)
    return digest


def _number(call: Call, name: str) -> int:
    said = call.parts.get(name, "")
    if not (said.isascii() and said.isdecimal() and len(said) <= 12):
        raise Refused(GARBLED)
    return int(said)


ROUTES: Final = (
    Route(method="GET", path="/v1/health", verb=health, admits=False),
    Route(method="GET", path=routes.HUB, verb=hello, admits=False),
    Route(method="POST", path=routes.ENROL, verb=enrol, admits=False, takes=JSON, most=_SMALL,
          guessed=True),
    Route(method="POST", path=routes.SYNC, verb=exchange, takes=JSON),
    Route(method="POST", path=routes.SNAPSHOT, verb=snapshot, takes=JSON),
    Route(method="POST", path=routes.RENUMBER, verb=renumber, takes=JSON, most=_SMALL),
    Route(method="POST", path=routes.TOKEN, verb=token, takes=JSON, most=_SMALL),
    Route(method="POST", path=routes.LEAVE, verb=leave, takes=JSON, most=_SMALL),
    Route(method="POST", path=routes.LACKING, verb=lacking, takes=JSON, most=512 * 1024),
    Route(method="PUT", path=routes.FILES + "/{sha256}", verb=put_part, takes=OCTETS,
          most=LARGEST_PART),
    Route(method="GET", path=routes.FILES + "/{sha256}", verb=get_part, gives=OCTETS),
)  # fmt: skip
"""Every way into the hub. The test of who may do what is made from this list."""
