"""Writes people as vCard 3.0, which every phone and mail program reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kamdesk.transfer.known import Known
from kamdesk.transfer.writers.whole_file import whole_file

_LONGEST_LINE: Final = 75
"""Octets of a line before it is folded."""


def write_cards(target: Path, people: Iterable[Known]) -> int:
    """Write how people are called and reached into ``target``; return how many cards it holds.

    Notes, needs and what they care about stay here: an address book travels further than a file.
    """
    n = 0
    with whole_file(target) as file:
        for person in people:
            file.write(b"\r\n".join(map(_folded, _card(person))) + b"\r\n")
            n += 1
    return n


def _card(person: Known) -> Iterator[str]:
    text = person.text
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{_escaped(person.name)}"
    parts = (text("family_name"), text("given_name"), "", text("honorific"), "")
    yield f"N:{_parted(parts)}"
    firm, department = text("account"), text("department")
    if firm or department:
        yield f"ORG:{_parted((firm, department) if department else (firm,))}"
    for name, field in (
        ("TITLE", "post"),
        ("TEL;TYPE=CELL,VOICE", "mobile"),
        ("TEL;TYPE=WORK,VOICE", "phone"),
        ("EMAIL;TYPE=INTERNET,WORK", "email"),
        ("X-WECHAT", "wechat"),
        ("BDAY", "birthday"),
    ):
        if value := text(field):
            yield f"{name}:{_escaped(value)}"
    yield "END:VCARD"


def _parted(parts: Iterable[str]) -> str:
    return ";".join(map(_escaped, parts))


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> bytes:
    """Return a line in UTF-8, folded between letters so that no piece is longer than allowed."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])
