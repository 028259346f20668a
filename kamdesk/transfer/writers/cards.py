"""Writes people as vCard 3.0, which every phone and mail program reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kamdesk.transfer.known import Known
from kamdesk.transfer.writers.content_lines import escaped, folded, parted
from kamdesk.transfer.writers.whole_file import whole_file


def write_cards(target: Path, people: Iterable[Known]) -> int:
    """Write how people are called and reached into ``target``; return how many cards it holds.

    Notes, needs and what they care about stay here: an address book travels further than a file.
    """
    n = 0
    with whole_file(target) as file:
        for person in people:
            file.write(b"\r\n".join(map(folded, _card(person))) + b"\r\n")
            n += 1
    return n


def _card(person: Known) -> Iterator[str]:
    text = person.text
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{escaped(person.name)}"
    parts = (text("family_name"), text("given_name"), "", text("honorific"), "")
    yield f"N:{parted(parts)}"
    firm, department = text("account"), text("department")
    if firm or department:
        yield f"ORG:{parted((firm, department) if department else (firm,))}"
    for name, field in (
        ("TITLE", "post"),
        ("TEL;TYPE=CELL,VOICE", "mobile"),
        ("TEL;TYPE=WORK,VOICE", "phone"),
        ("EMAIL;TYPE=INTERNET,WORK", "email"),
        ("X-WECHAT", "wechat"),
        ("BDAY", "birthday"),
    ):
        if value := text(field):
            yield f"{name}:{escaped(value)}"
    yield "END:VCARD"
