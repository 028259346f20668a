"""The child process that reads one foreign file, given as its standard input, within limits."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.transfer.found import About, Found, RawRow
from kamdesk.transfer.frames import pack_text, write_frame
from kamdesk.transfer.limits import LIMITS, Limits, bind, refuse_side_effects

FLAG: Final = "--parse"
"""What the program is started with to be this child instead of the desk."""

OUT_OF_MEMORY: Final = 77
"""The status of a child that ran into its memory limit and could still say so."""

_ROWS_A_FRAME: Final = 1_000
_CHARACTERS_A_FRAME: Final = 1 << 18
_LONGEST_ROW: Final = 4_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Read standard input within limits and send what it holds to standard output.

    ``arguments`` are ``sheet=N``, ``encoding=NAME`` and ``separator=CODE``, or ``bundle=1`` (with
    its log) or ``0``, or ``calendar=FIRST/LAST/ZONE``: never a word of the customer's, since any
    user of the machine can read them.
    """
    wishes = dict(
        word.split("=", 1)
        for word in (sys.argv[1:] if arguments is None else arguments)
        if "=" in word
    )
    file, out = os.fdopen(0, "rb"), os.fdopen(1, "wb")
    bind(_limits(wishes, os.fstat(0).st_size))
    refuse_side_effects()
    status = send_all(file, out, wishes)
    out.flush()
    os._exit(status)  # nothing of a hostile file is torn down in good order


def send_all(file: BinaryIO, out: BinaryIO, wishes: dict[str, str]) -> int:
    """Send everything ``file`` holds, then the end or the reason why not; return the status."""
    try:
        if "bundle" in wishes:
            from kamdesk.transfer.bundle.unpack import send_bundle

            send_bundle(file, out, history=wishes["bundle"] == "1")
            write_frame(out, {"end": True})
        elif "calendar" in wishes:
            from kamdesk.transfer.calendar.sending import send_calendar

            send_calendar(file, out, wishes["calendar"])
        else:
            _send(find(file, wishes), file, out)
    except Refusal as refusal:
        write_frame(out, {"refused": pack_text(refusal.said)})
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limits(wishes: dict[str, str], size: int) -> Limits:
    """Return what the reading may cost: a bundle may be as large as a workspace."""
    if "bundle" not in wishes:
        return LIMITS
    from kamdesk.transfer.bundle.form import limits_for

    return limits_for(size)


def find(file: BinaryIO, wishes: dict[str, str]) -> Iterator[Found]:
    """Yield what ``file`` holds by the reader that fits its first bytes."""
    from kamdesk.transfer.sniff import HEAD, is_cards, refuse_other_kinds

    file.seek(0)
    head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from kamdesk.transfer.readers.workbook import read_workbook

        sheet = wishes.get("sheet", "")
        return read_workbook(file, sheet=int(sheet) if sheet.isdecimal() else None)
    if is_cards(head):
        from kamdesk.transfer.readers.cards import read_cards

        return read_cards(file)
    refuse_other_kinds(head)
    from kamdesk.transfer.readers.delimited import read_delimited

    separator = wishes.get("separator", "")
    return read_delimited(
        file,
        encoding=wishes.get("encoding", ""),
        separator=chr(int(separator)) if separator.isdecimal() else "",
    )


def _send(found: Iterator[Found], file: BinaryIO, out: BinaryIO) -> None:
    rows: list[list[object]] = []
    size = 0
    for one in found:
        if isinstance(one, RawRow):
            length = sum(map(len, one.cells))
            if one.refused is not None:
                rows.append([one.number, one.cells, pack_text(one.refused)])
                size += length
            elif length > _LONGEST_ROW:
                rows.append([one.number, [], pack_text(Text("This row is too long."))])
            else:
                rows.append([one.number, one.cells, None])
                size += length
            if len(rows) >= _ROWS_A_FRAME or size >= _CHARACTERS_A_FRAME:
                write_frame(out, {"rows": rows, "read": _place(file)})
                rows, size = [], 0
        elif isinstance(one, About):
            write_frame(
                out,
                {
                    "format": one.format,
                    "encoding": one.encoding,
                    "separator": one.separator,
                    "sheet": one.sheet,
                    "sheets": list(one.sheets),
                },
            )
        else:
            write_frame(out, {"remark": pack_text(one.said)})
    if rows:
        write_frame(out, {"rows": rows, "read": _place(file)})
    write_frame(out, {"end": True})


def _place(file: BinaryIO) -> int:
    """Return how many bytes of the file were read so far, buffers included."""
    return os.lseek(file.fileno(), 0, os.SEEK_CUR)
