"""Two versions of the wire side by side: this one, and the one before for who has not updated yet.

A version is of the wire's words alone. What kinds and cells a desk knows it need not say: a hub
keeps them as they come, so there are none it cannot speak of, and desks park what they do not know.

A field that a version adds has a default, so an older message reads as it is; towards an older
reader, which refuses fields it does not know, it is left out. ``Upgrade`` never changes: it is what
the two sides say where they have no version in common.
"""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from kamdesk.sync.wire.messages import (
    PROTO,
    Count,
    Done,
    Exchange,
    Mark,
    SnapshotAsk,
    read,
    said,
)
from kamdesk.sync.wire.strict import Garbled, vetted

SPOKEN: Final = (PROTO, PROTO - 1)
"""The versions read and said here, the newest first."""
ADDED: Final[dict[type[Struct], tuple[str, ...]]] = {
    Exchange: ("wait",),
    Done: ("checks",),
}
"""What this version says that the one before did not."""


class _AnyVersion(Struct):
    """What every version of an ``Exchange`` has, whatever else it says."""

    proto: Annotated[int, Meta(ge=1, le=1_000_000)]
    dev: Count = 0
    start: Count = 1


_ANY: Final = msgspec.json.Decoder(_AnyVersion)


def read_exchange(body: bytes) -> Exchange:
    """Return what a desk says in whichever version; raises ``Garbled``.

    Of one not ``SPOKEN`` only ``proto``, ``dev``, ``start`` are known: it is answered ``Upgrade``.
    """
    try:
        heard = _ANY.decode(body)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise Garbled(str(error)) from error
    if heard.proto in SPOKEN:
        return read(body, Exchange)
    vetted(body)
    return Exchange(
        proto=heard.proto,
        epoch=0,
        dev=heard.dev,
        start=heard.start,
        chain="",
        marks=[Mark(0, 0)],
        access=0,
    )


def said_in(message: Struct, proto: int) -> bytes:
    """Return a message as JSON for a reader of this version."""
    if proto >= PROTO:
        return said(message)
    fields: dict[str, Any] = msgspec.structs.asdict(message)
    for name in ADDED.get(type(message), ()):
        del fields[name]
    if isinstance(message, Exchange | SnapshotAsk):
        fields["proto"] = proto
    tag = message.__struct_config__.tag
    return msgspec.json.encode(fields if tag is None else {"type": tag, **fields})
