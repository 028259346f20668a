"""Bodies packed for the way and unpacked within bounds: gzip always, zstd where both offer it."""

import gzip
import zlib
from typing import Final

import zstandard

from kamdesk.sync.wire.messages import LARGEST_BODY
from kamdesk.sync.wire.strict import Garbled

OFFERED: Final = "zstd, gzip"
"""What ``Accept-Encoding`` says, on desk and hub: in an answer it says what a push may be in."""
SMALL: Final = 600
"""Bodies up to this many bytes go as they are: packing would cost more time than the way."""


class TooLarge(Garbled):
    """A body above its bound: whoever sent it may say less at once."""


def packing(offered: str | None) -> str | None:
    """Return the best encoding named in an ``Accept-Encoding``, or None for none of ours."""
    named = {}
    for part in (offered or "").lower().split(","):
        name, _, weight = part.partition(";")
        named[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("zstd", "gzip") if named.get(name)), None)


def pack(body: bytes, encoding: str | None) -> tuple[bytes, str | None]:
    """Return the body as it travels, and what ``Content-Encoding`` says of it."""
    if encoding is None or len(body) <= SMALL:
        return body, None
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=3).compress(body), encoding
    return gzip.compress(body, 3, mtime=0), "gzip"


def unpack(body: bytes, encoding: str | None, *, largest: int = LARGEST_BODY) -> bytes:
    """Return what was packed, never more than ``largest`` bytes; raises ``Garbled``.

    Refused are foreign encodings, broken or cut streams, what follows them, and bombs: these
    before they are unpacked any further than the bound.
    """
    if encoding in (None, "", "identity"):
        plain = body
    elif encoding == "gzip":
        plain = _unzipped(body, largest)
    elif encoding == "zstd":
        plain = _unpacked(body, largest)
    else:
        raise Garbled("a foreign encoding")
    if len(plain) > largest:
        raise TooLarge("a body too large")
    return plain


def _unzipped(body: bytes, largest: int) -> bytes:
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = stream.decompress(body, largest + 1)
    except zlib.error as error:
        raise Garbled(str(error)) from error
    if len(plain) <= largest and (not stream.eof or stream.unused_data):
        raise Garbled("a stream cut or drawn out")
    return plain


def _unpacked(body: bytes, largest: int) -> bytes:
    try:
        claimed = zstandard.get_frame_parameters(body).content_size
        if claimed > largest and claimed != zstandard.CONTENTSIZE_UNKNOWN:
            raise TooLarge("a body too large")
        return zstandard.ZstdDecompressor(max_window_size=largest).decompress(
            body, max_output_size=largest, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise Garbled(str(error)) from error
