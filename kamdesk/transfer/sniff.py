"""Tells what a foreign file is: table or workbook, in which code, with which separator."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD: Final = 64 * 1024
"""Bytes and characters looked at before anything is decided."""

MARKED: Final = "kamdesk.marked"
"""Error handler that keeps each undecodable byte as a lone surrogate, to be found again."""

MARK: Final = re.compile("[\udc00-\udcff]")

_SEPARATORS: Final = (",", "\t", ";", "|", "^", "`")
_MARKS_OF_ORDER = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "big5", "shift_jis", "euc_jp", "euc_kr",
    "latin_1", "mac_roman",
)  # fmt: skip
ENCODINGS: Final = (
    "utf-8", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *_LEGACY,
)  # fmt: skip
"""The codes a person may name when the guess is wrong."""

_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SEP_LINE = re.compile(r'^"?sep=([^\w"\r\n])"?\r?\n?$', re.IGNORECASE)
_MULTIBYTE_OF_THREE = re.compile(rb"[\xe0-\xff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(MARKED, _mark)


@dataclass(frozen=True, slots=True)
class Codec:
    """In which code a file is written. ``mixed``: some of its lines are not."""

    name: str
    skip: int = 0
    """Bytes of the byte-order mark."""
    mixed: bool = False


def refuse_other_kinds(head: bytes) -> None:
    """Raise ``RuleBroken`` when the first bytes are those of something that is no table."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise RuleBroken(
            Text(
                "It is encrypted or an old .xls workbook. Open it in your spreadsheet program, "
                "take the password off and save it as .xlsx."
            )
        )
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:40].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise RuleBroken(
            Text(
                "It is a web page under the name of a table. Open it in your spreadsheet "
                "program and save it as .xlsx."
            )
        )
    if start.startswith(b"begin:vcalendar"):
        raise RuleBroken(Text("It is a calendar, not a table."))
    pictures_and_archives = (
        b"%pdf", b"\x89png", b"gif8", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"rar!",
        b"\x7felf", b"mz\x90", b"sqlite format 3", b"bzh", b"\xfd7zxz",
    )  # fmt: skip
    if start.startswith(pictures_and_archives):
        raise RuleBroken(Text("It is neither a text file nor a workbook."))


def is_cards(head: bytes) -> bool:
    """True when the first bytes are those of a vCard, in a code with one byte a letter or two."""
    plain = head[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain[:11].lower() == b"begin:vcard"


def find_codec(file: BinaryIO) -> Codec:
    """Return the code ``file`` is written in; raises ``RuleBroken`` when none fits."""
    file.seek(0)
    head = file.read(HEAD)
    for order_mark, name in _MARKS_OF_ORDER:
        if head.startswith(order_mark):
            fits = _decodes(file, name, skip=len(order_mark))
            return Codec(name, skip=len(order_mark), mixed=not fits)
    if b"\0" in head and (wide := _wide_codec(head)):
        return Codec(wide, mixed=not _decodes(file, wide))
    if len(_CONTROLS.findall(head)) > len(head) * 0.05:
        raise RuleBroken(Text("It is neither a text file nor a workbook."))
    if _decodes(file, "utf-8"):
        return Codec("utf-8")
    in_utf8, others = _lines_by_code(file)
    if in_utf8 and in_utf8 >= others[0]:
        return Codec("utf-8", mixed=True)
    legacy = _legacy_codec(others[1])
    return Codec(legacy, mixed=bool(in_utf8) or not _decodes(file, legacy))


def lines_of(file: BinaryIO, codec: Codec) -> Iterator[str]:
    """Yield the lines of ``file`` with their ends (LF, CR LF or bare CR), marks of order dropped.

    In a mixed file, what is in another code than the rest carries a ``MARK``.
    """
    file.seek(codec.skip)
    if codec.mixed and not codec.name.startswith("utf-"):
        lines: Iterator[str] = _by_line(file, codec.name)
    else:
        errors = MARKED if codec.mixed else "strict"
        lines = _text(file, codec.name, errors)
    for line in lines:
        yield line.lstrip("\ufeff") if line.startswith("\ufeff") else line


def find_separator(lines: Sequence[str]) -> str:
    """Return the separator of a table from its first lines; empty for a single column."""
    if lines and (said := _SEP_LINE.match(lines[0])):
        return said.group(1)
    lines = [line[:HEAD] for line in lines]
    best, best_score = "", 0.3
    for separator in _SEPARATORS:
        widths = [len(row) for row in _sample(lines, separator) if any(row)]
        if not widths:
            continue
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, often = max(wide.items(), key=lambda item: (item[1], item[0]))
        regular, parted = often / len(widths), wide.total() / len(widths)
        score = (regular + parted) / 2 * (1 - 1 / width)
        if score > best_score:
            best, best_score = separator, score
    return best


def says_separator(line: str) -> bool:
    """True for Excel's own first line ``sep=;``."""
    return _SEP_LINE.match(line) is not None


def _sample(lines: Sequence[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))[: max(1, len(lines) - 1)]
    except csv.Error:
        return []


class _Kept(io.RawIOBase):
    """The same bytes; closing the text around them leaves the file itself open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, space: "WriteableBuffer") -> int:
        view = memoryview(space)
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


def _text(file: BinaryIO, encoding: str, errors: str = "strict") -> io.TextIOWrapper:
    kept = io.BufferedReader(_Kept(file), 1 << 18)
    return io.TextIOWrapper(kept, encoding=encoding, errors=errors, newline="")


def _by_line(file: BinaryIO, name: str) -> Iterator[str]:
    """Yield the lines of a file in a legacy code some of whose lines are UTF-8 or broken."""
    for line in _byte_lines(file):
        if _is_utf8(line) and not line.isascii():
            yield line.decode("ascii", MARKED)
        else:
            yield line.decode(name, MARKED)


def _byte_lines(file: BinaryIO) -> Iterator[bytes]:
    for line in _text(file, "latin-1"):
        yield line.encode("latin-1")


def _decodes(file: BinaryIO, name: str, *, skip: int = 0) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    file.seek(skip)
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _wide_codec(head: bytes) -> str | None:
    """Return which UTF-16 without a mark it is: its NULs stand all on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < len(head) * 0.05 or min(even, odd) > max(even, odd) * 0.05:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = head[: len(head) // 2 * 2].decode(name, "ignore")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else name


def _lines_by_code(file: BinaryIO) -> tuple[int, tuple[int, bytes]]:
    """Count the lines that are surely UTF-8, and those that are not; with a sample of these."""
    file.seek(0)
    in_utf8 = others = 0
    sample = bytearray()
    for line in _byte_lines(file):
        if line.isascii():
            continue
        if _is_utf8(line):
            in_utf8 += 1
        else:
            others += 1
            if len(sample) < HEAD:
                sample += line
    return in_utf8, (others, bytes(sample[: 2 * HEAD]))


def _is_utf8(line: bytes) -> bool:
    """True for UTF-8 beyond chance: two Chinese characters of GBK can pass for short UTF-8."""
    if not _MULTIBYTE_OF_THREE.search(line):
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy_codec(sample: bytes) -> str:
    if _reads_as_chinese(sample):
        return "gb18030"
    from charset_normalizer import from_bytes

    guess = from_bytes(sample, cp_isolation=list(_LEGACY)).best()
    if guess is None:
        raise RuleBroken(
            Text("Nobody can tell in which code it is written. Save it as UTF-8 and try again.")
        )
    return guess.encoding


def _reads_as_chinese(sample: bytes) -> bool:
    """True when most of it are the 3,755 everyday characters of GB 2312, level one."""
    letters = [letter for letter in sample.decode("gb18030", "ignore") if not letter.isascii()]
    if not letters:
        return False
    everyday = 0
    for letter in letters:
        code = letter.encode("gb18030")
        if len(code) == 2 and 0xA1 <= code[1] <= 0xFE and (
            0xB0 <= code[0] <= 0xD7 or code[0] in (0xA1, 0xA3)
        ):  # fmt: skip
            everyday += 1
    return everyday >= len(letters) * 0.7
