"""The child's side of reading a bundle: an honest zip, sent on part by part as parsed lines."""

import io
import json
import math
import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, Final

import msgpack

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.bundle import form, honest_zip
from kamdesk.transfer.bundle.form import Object
from kamdesk.transfer.frames import write_frame

_LINES_A_FRAME: Final = 1_000
_BYTES_A_FRAME: Final = 1 << 20
_BUFFER: Final = 1 << 18
_MARK: Final = b"\xef\xbb\xbf"


def send_bundle(file: BinaryIO, out: BinaryIO, *, history: bool) -> None:
    """Send what a bundle is and which parts it has, then their lines; without the log if unwanted.

    Raises ``RuleBroken`` in plain words.
    """
    try:
        with zipfile.ZipFile(file) as bundle:
            honest_zip.check(file, bundle, form.limits_for(os.fstat(file.fileno()).st_size))
            wanted = _in_order(bundle.namelist(), history=history)
            with bundle.open(form.ABOUT) as part:
                about = _object(part.read(form.LONGEST_LINE + 1))
            write_frame(out, {"about": about, "parts": bundle.namelist()})
            for name in wanted:
                with bundle.open(name) as part:
                    if form.digest_of(name) is not None:
                        _send_content(name, part, file, out)
                    else:
                        _send(name, part, file, out)
                    if part.tell() != bundle.getinfo(name).file_size:
                        raise zipfile.BadZipFile("sizes differ")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as broken:
        raise RuleBroken(
            Text(
                "The zip is damaged ({detail}). Export it again, or copy it again.",
                detail=str(broken)[:120],
            )
        ) from None
    except (OSError, ValueError, OverflowError) as broken:  # a directory that leads nowhere
        raise RuleBroken(
            Text(
                "The zip is damaged ({detail}). Export it again, or copy it again.",
                detail=type(broken).__name__,
            )
        ) from None


def _in_order(names: list[str], *, history: bool) -> list[str]:
    """Return the parts to send: what was erased, the log, the records, then what is in files."""
    first = [form.ERASED, form.OFFERED, form.HISTORY] if history else [form.ERASED]
    return [
        *(name for name in first if name in names),
        *sorted(name for name in names if form.kind_of(name)),
        *sorted(name for name in names if form.digest_of(name) is not None),
    ]


def _send_content(name: str, part: IO[bytes], file: BinaryIO, out: BinaryIO) -> None:
    """Send what is in a file as it is: nobody looks into it."""
    ahead = part.read(_BYTES_A_FRAME)
    while True:
        piece, ahead = ahead, part.read(_BYTES_A_FRAME)
        read = os.lseek(file.fileno(), 0, os.SEEK_CUR)
        write_frame(out, {"part": name, "content": piece, "ends": not ahead, "read": read})
        if not ahead:
            return


def _send(name: str, part: IO[bytes], file: BinaryIO, out: BinaryIO) -> None:
    lines: list[list[Any]] = []
    size = 0
    for number, raw in _lines(name, part):
        try:
            lines.append([number, _object(raw)])
        except RuleBroken as broken:
            raise form.refused(name, number, broken.said) from None
        size += len(raw)
        if len(lines) >= _LINES_A_FRAME or size >= _BYTES_A_FRAME:
            _send_lines(name, lines, file, out)
            lines, size = [], 0
    _send_lines(name, lines, file, out)


def _lines(name: str, part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a part that are not empty, with their numbers from 1."""
    stream = io.BufferedReader(part, _BUFFER)  # type: ignore[type-var]  # reads as a raw one does
    number = 0
    while raw := stream.readline(form.LONGEST_LINE + 1):
        number += 1
        if len(raw) > form.LONGEST_LINE:
            raise form.refused(name, number, Text("This line is too long."))
        if number == 1:
            raw = raw.removeprefix(_MARK)
        if not raw.isspace() and raw:
            yield number, raw
    stream.detach()  # else the part is closed with it


def _send_lines(name: str, lines: list[list[Any]], file: BinaryIO, out: BinaryIO) -> None:
    read = os.lseek(file.fileno(), 0, os.SEEK_CUR)
    try:
        write_frame(out, {"part": name, "lines": lines, "read": read})
    except (OverflowError, ValueError, UnicodeError):
        for number, line in lines:
            if not _travels(line):
                reason = Text("It holds half a character, or a number that is too large.")
                raise form.refused(name, number, reason) from None
        raise


def _travels(line: Object) -> bool:
    try:
        msgpack.packb(line)
    except (OverflowError, ValueError, UnicodeError):
        return False
    return True


def _object(raw: bytes) -> Object:
    """Return the object of one line. Raises ``RuleBroken`` for anything JSON should not be."""
    if len(raw) > form.LONGEST_LINE:
        raise RuleBroken(Text("This line is too long."))
    try:
        found = _decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise RuleBroken(Text("It is not written in UTF-8.")) from None
    except RecursionError:
        raise RuleBroken(_TOO_DEEP) from None
    except ValueError:
        raise RuleBroken(Text("It is not JSON.")) from None
    if not isinstance(found, dict):
        raise RuleBroken(Text("It is not an object of JSON."))
    if raw.count(b"[") + raw.count(b"{") > form.DEEPEST and _depth(found) > form.DEEPEST:
        raise RuleBroken(_TOO_DEEP)
    return found


_TOO_DEEP: Final = Text("Its lists and objects lie too deep in each other.")


def _depth(value: object) -> int:
    """Return how deep a value is, as far as it matters: level by level, without recursion."""
    level, depth = [value], 0
    while level and depth <= form.DEEPEST:
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        depth += 1
    return depth


def _once(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RuleBroken(Text("One of its names comes twice."))
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError
    return number


def _no_constant(_name: str) -> object:
    raise ValueError


_decode = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_finite, parse_constant=_no_constant
).decode
