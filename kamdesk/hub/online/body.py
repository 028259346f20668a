"""The body of a request: whole within its time, unpacked within its bound, or refused."""

import asyncio
from typing import Final

from starlette.requests import Request

from kamdesk.hub.online.refusing import FOREIGN, GARBLED, TOO_LARGE, TOO_SLOW, Refused
from kamdesk.sync.wire.bodies import TooLarge, unpack
from kamdesk.sync.wire.strict import Garbled

WITHIN: Final = 15.0
"""Seconds in which a body must have come."""
JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
_CODINGS: Final = ("identity", "gzip", "zstd")


def kind_of(request: Request) -> str:
    """Return the type a body is said to be of, "" for none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def received(request: Request, *, most: int, kind: str) -> tuple[bytes, str]:
    """Return the body as it came, and how it is packed: at most ``most`` bytes of type ``kind``.

    Raises ``Refused``; ``ClientDisconnect`` where the caller has gone.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if kind_of(request) != kind or coding not in _CODINGS:
        raise Refused(FOREIGN)
    if int(request.headers.get("content-length") or 0) > most:  # h11 lets only digits through
        raise Refused(TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(WITHIN):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Refused(TOO_LARGE)
    except TimeoutError as error:
        raise Refused(TOO_SLOW) from error
    return bytes(body), coding


def unpacked(body: bytes, coding: str, *, most: int) -> bytes:
    """Return what a body holds, never more than ``most`` bytes. Raises ``Refused``."""
    try:
        return unpack(body, coding, largest=most)
    except TooLarge as error:
        raise Refused(TOO_LARGE) from error
    except Garbled as error:
        raise Refused(GARBLED) from error
