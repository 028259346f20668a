"""What a hostile or broken hub may answer to an exchange: by name, and what it is told as."""

import gzip
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import zstandard
from support.loopback import answer

from kamdesk.sync.post import Cause

ID = "0" * 31 + "1"
LARGE = 9 * 1024 * 1024
DONE: dict[str, Any] = {
    "type": "done",
    "settled": {"last": 0, "rejected": []},
    "epoch": 1,
    "head": 5,
    "now": 1773303000000,
    "mark": [5, 1],
    "more": False,
}
OP = [5, 9, 1, 1773303000000, 0, 1, 0, "colleague", ID, 1, {"name": "王芳"}, "Add", None]
CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
SIGN_IN = b"<!DOCTYPE html><html><head><title>Hotel</title></head><body>Sign in</body></html>"


class Hostile(NamedTuple):
    """An answer; ``hang_up``: the line ends behind it."""

    raw: bytes
    cause: Cause
    hang_up: bool = False


def done(**other: Any) -> bytes:
    return answer(json.dumps({**DONE, **other}).encode())


def with_op(place: int, value: Any) -> bytes:
    """A page whose one op is odd in one place."""
    op = [value if n == place else part for n, part in enumerate(OP)]
    return done(scopes=[[None, "house"]], ops=[op])


def packed(body: bytes, how: str) -> bytes:
    return answer(body, more=f"content-encoding: {how}\r\n")


def garbled() -> Iterator[tuple[str, bytes]]:
    """Answers that claim to be the hub's and break the rules of the wire."""
    plain = json.dumps(DONE)
    yield "nothing", answer(b"")
    yield "a number", answer(b"7")
    yield "a list", answer(b"[]")
    yield "an empty object", answer(b"{}")
    yield "no such message", done(type="wipe")
    yield "a field nobody knows", done(delete_everything=True)
    yield "a field is missing", answer(json.dumps({**DONE, "mark": None}).encode())
    yield "a key twice", answer(plain.replace('"head": 5', '"head": 5, "head": 6').encode())
    yield "half a message", answer(plain[: len(plain) // 2].encode())
    yield "two messages", answer((plain + plain).encode())
    yield "no UTF-8", answer(plain.encode().replace(b"done", b"d\xffne"))
    yield "UTF-16", answer(plain.encode("utf-16"))
    yield "NaN", answer(plain.replace('"head": 5', '"head": NaN').encode())
    yield "infinite", answer(plain.replace('"head": 5', '"head": 1e999').encode())
    yield "deeply nested", answer(b"[" * 100_000 + b"]" * 100_000)
    yield "a position below nothing", done(mark=[-1, 1])
    yield "a position beyond all numbers", done(mark=[2**63, 1])
    yield "a number as text", done(head="5")
    yield "a fraction", done(epoch=1.5)
    yield "true for a number", done(epoch=True)
    yield "an op's kind too long", with_op(7, "k" * 81)
    yield "an op's record no id", with_op(8, "../../etc/passwd")
    yield (
        "an op's cells nested without end",
        with_op(10, {"name": [[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]}),
    )
    yield (
        "half a pair in a text",
        answer(
            with_op(10, {"name": "HALF"}).partition(b"\r\n\r\n")[2].replace(b"HALF", b"\\ud800")
        ),
    )
    yield "an op too short", done(scopes=[[None, "house"]], ops=[OP[:5]])
    yield "more than there may be", answer(b" " * LARGE)
    yield "a gzip bomb", packed(gzip.compress(bytes(64 * 1024 * 1024), 9), "gzip")
    yield "a zstd bomb", packed(zstandard.compress(bytes(64 * 1024 * 1024)), "zstd")
    yield "gzip cut off", packed(gzip.compress(plain.encode())[:-9], "gzip")
    yield "gzip with more behind", packed(gzip.compress(plain.encode()) + b"more", "gzip")
    yield "no gzip at all", packed(plain.encode(), "gzip")
    yield "packed in a way nobody offered", packed(plain.encode(), "br")
    yield "packed twice", packed(gzip.compress(gzip.compress(plain.encode())), "gzip, gzip")


def hostile() -> Iterator[tuple[str, Hostile]]:
    """Yield every answer by name."""
    for name, raw in garbled():
        yield name, Hostile(raw, Cause.GARBLED)
    yield "a sign-in page", Hostile(answer(SIGN_IN, kind="text/html"), Cause.NO_HUB)
    yield "a sign-in page as JSON", Hostile(answer(SIGN_IN), Cause.GARBLED)
    yield "plain text", Hostile(answer(b"ok", kind="text/plain"), Cause.NO_HUB)
    yield "no kind", Hostile(answer(b"{}", kind=""), Cause.NO_HUB)
    yield (
        "sent elsewhere",
        Hostile(answer(b"", status=302, more="location: https://evil.example/\r\n"), Cause.NO_HUB),
    )
    yield (
        "sent elsewhere with the message",
        Hostile(answer(b"", status=307, more="location: https://evil.example/\r\n"), Cause.NO_HUB),
    )
    yield "401 of nobody's", Hostile(answer(SIGN_IN, status=401, kind="text/html"), Cause.NO_HUB)
    yield "511", Hostile(answer(SIGN_IN, status=511, kind="text/html"), Cause.NO_HUB)
    yield "204", Hostile(b"HTTP/1.1 204 Nothing\r\n\r\n", Cause.NO_HUB)
    yield "another protocol", Hostile(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", Cause.NO_HUB, hang_up=True)
    yield (
        "an endless head",
        Hostile(b"HTTP/1.1 200 OK\r\n" + b"x-y: z\r\n" * 20_000, Cause.NO_HUB, hang_up=True),
    )
    yield (
        "less than it said",
        Hostile(
            answer(json.dumps(DONE).encode()).replace(b"length: ", b"length: 9"),
            Cause.OFFLINE,
            True,
        ),
    )
    yield (
        "a chunk cut off",
        Hostile(
            CHUNKED + b"ff\r\n{",
            Cause.OFFLINE,
            True,
        ),
    )
    yield (
        "a broken chunk",
        Hostile(
            CHUNKED + b"zz\r\n{}",
            Cause.NO_HUB,
            True,
        ),
    )
    yield (
        "two lengths",
        Hostile(answer(b"{}", more="content-length: 3\r\n"), Cause.NO_HUB, hang_up=True),
    )
    yield "hung up at once", Hostile(b"", Cause.OFFLINE, hang_up=True)
    yield "hung up in its head", Hostile(b"HTTP/1.1 20", Cause.OFFLINE, hang_up=True)


def lies() -> Iterator[tuple[str, bytes]]:
    """Yield messages in right form that cannot be true; whoever takes them in sees it."""
    house = [[None, "house"]]
    yield "an op of a scope that is not there", with_op(6, 7)
    yield "an op without an object of cells", with_op(10, [])
    yield "an op whose cell is an object", with_op(10, {"name": {"a": 1}})
    yield "an op with broken bytes", with_op(10, {"name": {"b": "%%"}})
    yield "an op with a NUL in a text", with_op(10, {"name": "a\0b"})
    yield "an op with a number too large", with_op(10, {"name": 2**70})
    yield "an op of the far future", with_op(3, 2**62)
    yield "an op beyond the page's own mark", with_op(0, 6)
    yield (
        "an op that the mark says is not there yet",
        done(mark=[4, 1], head=4, scopes=house, ops=[OP]),
    )
    yield "a mark beyond the head", done(mark=[9, 1], head=5)
    yield "an op without a place", with_op(0, 0)
    yield "a checksum of a scope that is not there", done(checks=[[3, 1, "0"]])
    yield "rights in a scope that is not there", done(access={"at": 5, "gained": [7]})
    yield "a loss of a scope that is not there", done(access={"at": 5, "lost": [7]})
    yield "an own op that was never written", done(own=[[77, 3]])


STATUSES: dict[int, Cause] = {
    301: Cause.NO_HUB,
    400: Cause.NO_HUB,
    401: Cause.NO_HUB,
    403: Cause.NO_HUB,
    404: Cause.NO_HUB,
    405: Cause.NO_HUB,
    407: Cause.NO_HUB,
    413: Cause.TOO_LARGE,
    418: Cause.NO_HUB,
    429: Cause.BUSY,
    500: Cause.BROKEN,
    502: Cause.BUSY,
    503: Cause.BUSY,
    504: Cause.BUSY,
}
"""What a status means whoever says it, where its body is not one of the hub's own words."""
