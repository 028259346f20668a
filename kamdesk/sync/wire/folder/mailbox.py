"""The folder between two laptops: numbered letters and contents, each written once, never changed.

Whoever carries the folder (a cloud's program, a stick, a network drive) may bring files late, half,
twice, in any order or not at all, and may add its own: what does not bear the name, the place, the
seal and the signature of the other side is passed over.
"""

import hmac
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from kamdesk.sync.wire.folder.letters import (
    LARGEST,
    Keys,
    Place,
    Side,
    Sort,
    derived,
    opened,
    sealed,
)

_LETTER: Final = re.compile(r"(desk|keeper)-(\d{8,12})\.kdl")
_CONTENT: Final = re.compile(r"(desk|keeper)-([0-9a-f]{32})-(\d{10})\.kdc")
_OVERHEAD: Final = 4096
_HASH: Final = 32
_TRIED: Final = 200
"""Letters that are opened in a round, whoever wrote them."""
_MOST: Final = 20_000
"""Names of a folder that are looked at."""


class Part(NamedTuple):
    """A part of a content as it lies in the folder."""

    sha256: str
    size: int
    offset: int
    data: bytes


class Mailbox:
    """One box within a shared folder, as one side sees it. Every call raises ``OSError``."""

    def __init__(self, folder: Path, box: bytes, side: Side, keys: Keys) -> None:
        self.folder = folder / f"KamDesk-{box.hex()[:16]}"
        self._box, self.side, self._keys = box, side, keys

    def numbers(self, side: Side) -> list[int]:
        """Return the numbers of a side's letters that lie here, the newest first."""
        found = (_LETTER.fullmatch(name) for name in self._names())
        return sorted((int(m[2]) for m in found if m and m[1] == side.value), reverse=True)

    def letter(self, number: int) -> bytes | None:
        """Return what the other side's letter says; None while it is not whole, or not theirs."""
        place = self._place(Sort.LETTER, self.side.other, number)
        return self._opened(place, f"{place.side.value}-{number:08d}.kdl")

    def newest(self) -> Iterator[tuple[int, bytes]]:
        """Yield what the other side's letters say that are whole and theirs, newest first."""
        for number in self.numbers(self.side.other)[:_TRIED]:
            body = self.letter(number)
            if body is not None:
                yield number, body

    def put(self, number: int, body: bytes) -> int:
        """Write an own letter, whole or not at all, under this number or the next that is free."""
        lying = set(self.numbers(self.side))
        while number in lying:
            number += 1
        place = self._place(Sort.LETTER, self.side, number)
        self._write(f"{self.side.value}-{number:08d}.kdl", sealed(place, body, self._keys))
        return number

    def drop_before(self, number: int) -> None:
        """Take away own letters before this number."""
        for old in self.numbers(self.side):
            if old < number:
                self._remove(f"{self.side.value}-{old:08d}.kdl")

    def contents(self, side: Side) -> dict[str, list[int]]:
        """Return the names of a side's contents here, each with the offsets of its parts."""
        found: dict[str, list[int]] = {}
        for name in sorted(self._names()):
            match = _CONTENT.fullmatch(name)
            if match and match[1] == side.value:
                found.setdefault(match[2], []).append(int(match[3]))
        return found

    def name_of(self, digest: str) -> str:
        """Return the name under which a content lies here: without the key it tells nothing."""
        key = derived(self._keys.secret, self._box, "names")
        return hmac.new(key, digest.encode("ascii"), sha256).hexdigest()[:32]

    def part(self, name: str, offset: int) -> Part | None:
        """Return a part of the other side's content; None while it is not whole, or not theirs."""
        place = self._place(Sort.CONTENT, self.side.other, offset)
        return self._part(place, name, offset)

    def put_part(self, part: Part) -> None:
        """Write a part of an own content."""
        place = self._place(Sort.CONTENT, self.side, part.offset)
        body = bytes.fromhex(part.sha256) + part.size.to_bytes(8, "big") + part.data
        name = self._content_name(self.side, self.name_of(part.sha256), part.offset)
        self._write(name, sealed(place, body, self._keys))

    def drop_content(self, name: str) -> None:
        """Take away an own content."""
        for offset in self.contents(self.side).get(name, ()):
            self._remove(self._content_name(self.side, name, offset))

    def _part(self, place: Place, name: str, offset: int) -> Part | None:
        body = self._opened(place, self._content_name(place.side, name, offset))
        if body is None or len(body) < _HASH + 8:
            return None
        part = Part(
            body[:_HASH].hex(), int.from_bytes(body[_HASH : _HASH + 8], "big"), offset, body[40:]
        )
        return part if self.name_of(part.sha256) == name else None

    def _content_name(self, side: Side, name: str, offset: int) -> str:
        return f"{side.value}-{name}-{offset:010d}.kdc"

    def _place(self, sort: Sort, side: Side, number: int) -> Place:
        return Place(sort=sort, side=side, box=self._box, number=number)

    def _opened(self, place: Place, name: str) -> bytes | None:
        raw = read_file(self.folder / name)
        return opened(place, raw, self._keys) if raw is not None else None

    def _names(self) -> list[str]:
        try:
            with os.scandir(self.folder) as entries:
                return [entry.name for entry, _ in zip(entries, range(_MOST), strict=False)]
        except FileNotFoundError:
            return []

    def _write(self, name: str, letter: bytes) -> None:
        self.folder.mkdir(exist_ok=True)
        write_file(self.folder / name, letter)

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self.folder / name).unlink()


def read_file(path: Path) -> bytes | None:
    """Return a file of a shared folder; None for one that is not there, a link, or too large."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            raw = file.read(LARGEST + _OVERHEAD)
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError:
        if path.is_symlink():
            return None
        raise
    return raw if len(raw) < LARGEST + _OVERHEAD else None


def write_file(path: Path, raw: bytes) -> None:
    """Write a file of a shared folder under its name only once it is whole; none is replaced."""
    if os.path.lexists(path):
        raise FileExistsError(str(path))
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
