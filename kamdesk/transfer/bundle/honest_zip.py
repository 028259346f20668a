"""Is a zip an honest one? Asked of its directory, before a byte of it is unpacked."""

import zipfile
from typing import BinaryIO, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.bundle import form
from kamdesk.transfer.limits import Limits

_LOCAL_HEAD: Final = 30
_DESCRIPTOR: Final = 24
"""Bytes; all that may lie between two parts, and less than the head of a part left out."""
_SMALL: Final = 64 * 1024
"""Bytes; what unpacks to no more than this harms nobody at any ratio."""
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check(file: BinaryIO, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what no honest bundle has. Raises ``RuleBroken``, or ``zipfile.BadZipFile``."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise RuleBroken(
            Text("It has {n} parts; {most} is the most.", n=len(entries), most=limits.entries)
        )
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise RuleBroken(Text("Two of its parts have the same name."))
    for entry in entries:
        if entry.filename != entry.orig_filename or not form.belongs(entry.filename):
            name = entry.orig_filename[:80].encode("utf-8", "replace").decode()
            raise RuleBroken(Text("“{part}” does not belong in a bundle.", part=name))
        if entry.flag_bits & 0x1:
            raise RuleBroken(Text("It is encrypted. Unpack it and pack it without a password."))
        if entry.compress_type not in _PACKINGS:
            raise zipfile.BadZipFile("unusual compression")
        if entry.file_size > max(_SMALL, limits.ratio * entry.compress_size):
            raise RuleBroken(
                Text(
                    "It unpacks to more than {most} times its size, as no honest bundle does.",
                    most=limits.ratio,
                )
            )
    if form.ABOUT not in archive.NameToInfo:
        raise RuleBroken(Text("It is a zip file, but no KamDesk bundle."))
    _refuse_overlap_and_gap(file, entries, archive.start_dir)


def _refuse_overlap_and_gap(file: BinaryIO, entries: list[zipfile.ZipInfo], end: int) -> None:
    """Refuse parts that share bytes, or lie apart: a damaged directory may have swallowed one."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in ordered[1:]] + [end]
    if ordered[0].header_offset != 0:
        raise zipfile.BadZipFile("missing part")
    for entry, following in zip(ordered, starts, strict=True):
        file.seek(entry.header_offset)
        head = file.read(_LOCAL_HEAD)
        if len(head) < _LOCAL_HEAD or head[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("missing part")
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        apart = following - (entry.header_offset + _LOCAL_HEAD + names + entry.compress_size)
        if apart < 0:
            raise RuleBroken(Text("Its parts overlap, as in no honest bundle."))
        if apart > _DESCRIPTOR:
            raise zipfile.BadZipFile("missing part")
