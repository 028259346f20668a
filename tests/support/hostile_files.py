"""Files made to harm whoever reads them: tables, workbooks and things that are neither.

Made anew from a seed on every run and never kept. ``every()`` names them all; nothing is built
until ``data`` is asked for, since some are large.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from support import hostile_books, hostile_tables

Make = Callable[[], bytes]
_AS_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class HostileFile:
    """One file: which harm it tries, the name it comes under, what makes its bytes.

    ``heavy`` ones take more than a second to make or to read.
    """

    harm: str
    name: str
    make: Make
    heavy: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.make()


def every() -> list[HostileFile]:
    """Return all hostile files, the same on every run; at least 300."""
    number = count(1)
    return [
        HostileFile(harm, f"{next(number):03}-{_AS_A_NAME.sub('-', harm)}{ending}", make, heavy)
        for harm, ending, make, heavy in (
            *((harm, ".csv", make, heavy) for harm, make, heavy in hostile_tables.tables()),
            *((harm, ".xlsx", make, heavy) for harm, make, heavy in hostile_books.books()),
            *_strangers(),
        )
    ]


def spread(some: int, *, seed: int = 1) -> list[HostileFile]:
    """Return ``some`` of the quick ones, all kinds of harm among them as evenly as can be."""
    left: dict[str, list[HostileFile]] = {}
    for file in every():
        if not file.heavy:
            left.setdefault(file.harm.split(":")[0], []).append(file)
    chance = random.Random(seed)
    for files in left.values():
        chance.shuffle(files)
    chosen: list[HostileFile] = []
    while len(chosen) < some and any(left.values()):
        chosen += [files.pop() for files in left.values() if files]
    return chosen[:some]


_HEADS = {
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200),
    "a photo": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 4,
    "a paper": b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(500),
    "a program for windows": b"MZ\x90\0\x03" + bytes(500),
    "packed": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + bytes(range(256)),
    "seven zip": b"7z\xbc\xaf\x27\x1c" + bytes(200),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(200),
    "bzip": b"BZh91AY&SY" + bytes(200),
    "xz": b"\xfd7zXZ\0" + bytes(200),
    "a database": b"SQLite format 3\0" + bytes(4096),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048),
    "a web page": b"<!DOCTYPE html><html><script>fetch('//127.0.0.1')</script><table><tr><td>x",
    "a drawing": b'<?xml version="1.0"?><svg onload="alert(1)"><image href="file:///etc/passwd"/>',
    "entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;',
    "cards": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Li Min\r\nPHOTO;VALUE=uri:file:///etc/passwd\r\n"
    b"END:VCARD\r\n",
    "nested cards": b"BEGIN:VCARD\r\nAGENT:" * 2000,
    "a calendar": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:19000101T000000\r\n"
    b"RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "a shifted calendar": b"\xef\xbb\xbf\r\n\r\n begin:vcalendar\r\nx",
}  # fmt: skip


def _strangers() -> Iterator[tuple[str, str, Make, bool]]:
    """Yield what is neither table nor workbook, under names that say it is."""
    for what, head in _HEADS.items():
        for ending in (".csv", ".xlsx"):
            yield f"stranger: {what}", ending, lambda head=head: head, False
    for what, ending in (("cards", ".vcf"), ("nested cards", ".vcf"), ("a calendar", ".ics")):
        yield f"stranger: {what}", ending, lambda what=what: _HEADS[what], False
