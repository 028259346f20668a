"""The messages between the reading child and its parent: length, then msgpack; never pickle."""

import re
from collections.abc import Mapping
from typing import BinaryIO, Final

import msgpack

from kamdesk.core.wording import Text

LONGEST_FRAME: Final = 64 << 20
"""Bytes; a child that announces more is not believed."""

_PLACES = re.compile(r"\{[^{}]*\}")
_PLAIN_PLACE = re.compile(r"\{[a-z_]{1,20}\}")


class BadFrame(Exception):
    """The child did not keep to the form: it was taken over or it broke."""


def write_frame(out: BinaryIO, frame: Mapping[str, object]) -> None:
    """Send one message; it is on its way when this returns."""
    payload = msgpack.packb(frame, use_bin_type=True)
    out.write(len(payload).to_bytes(4, "big"))
    out.write(payload)
    out.flush()


def read_frame(stream: BinaryIO) -> dict[str, object] | None:
    """Return the next message, None at the end; raises ``BadFrame`` for anything odd."""
    head = stream.read(4)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    if len(head) < 4 or size > LONGEST_FRAME:
        raise BadFrame("length")
    payload = stream.read(size)
    if len(payload) < size:
        raise BadFrame("cut off")
    try:
        frame = msgpack.unpackb(payload, raw=False, strict_map_key=True)
    except (ValueError, msgpack.UnpackException) as odd:
        raise BadFrame("content") from odd
    if not isinstance(frame, dict):
        raise BadFrame("shape")
    return frame


def pack_text(text: Text) -> list[object]:
    """Return ``text`` as lists and plain values."""
    values = {
        name: pack_text(value) if isinstance(value, Text) else _plain(value)
        for name, value in text.values.items()
    }
    return [text.source, text.plural, values]


def unpack_text(packed: object, *, depth: int = 3) -> Text:
    """Return the text packed by ``pack_text``; only plain ``{places}`` are let through."""
    if not (isinstance(packed, list) and len(packed) == 3 and depth):
        raise BadFrame("text")
    source, plural, values = packed
    if not (_is_sentence(source) and (plural is None or _is_sentence(plural))):
        raise BadFrame("sentence")
    if not isinstance(values, dict) or len(values) > 10:
        raise BadFrame("values")
    taken = {
        str(name): unpack_text(value, depth=depth - 1) if isinstance(value, list) else _plain(value)
        for name, value in values.items()
    }
    if not {place[1:-1] for place in _PLACES.findall(source + (plural or ""))} <= taken.keys():
        raise BadFrame("places")
    text = Text.again(source, plural, taken)
    try:
        _ = text.plain
    except ValueError as odd:
        raise BadFrame("places") from odd
    return text


def _is_sentence(source: object) -> bool:
    return (
        isinstance(source, str)
        and len(source) <= 500
        and all(_PLAIN_PLACE.fullmatch(place) for place in _PLACES.findall(source))
    )


def _plain(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return str(value)[:200].encode("utf-8", "replace").decode()
