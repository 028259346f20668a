"""The lines of a vCard or calendar file become properties: unfolded, decoded, of bounded length."""

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kamdesk.transfer.sniff import ENCODINGS, MARK

_HEAD = re.compile(r'((?:[^:"]|"[^"]*")*):(.*)', re.DOTALL)
_PARAMETERS = re.compile(r';((?:[^;"]|"[^"]*")*)')
_OF_PHOTOS: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"})
_PARTED = re.compile(r"(?<!\\)((?:\\\\)*);")
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_CODES: Final = frozenset(name.replace("_", "-") for name in ENCODINGS)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card: its name, its parameters in capitals, its value decoded."""

    name: str
    value: str
    words: frozenset[str] = field(default=frozenset())
    """The values of its parameters and the bare ones of vCard 2.1: ``HOME``, ``CELL``, ``PREF``."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """The values of its parameters by name in capitals, as they are written: ``TZID``."""

    @property
    def parts(self) -> list[str]:
        """The parts of a structured value, as of a name: unescaped, without outer blanks."""
        cut = _PARTED.sub(lambda found: found.group(1) + "\0", self.value)
        return [_plain(part) for part in cut.split("\0")]

    @property
    def text(self) -> str:
        """The whole value as text."""
        return _plain(self.value)


def properties(lines: Iterable[str], *, longest: int) -> Iterator[tuple[Property, bool]]:
    """Yield each property, and whether it was cut at ``longest`` characters.

    Pictures come without a value: they are not gathered.
    """
    for raw, cut in _unfolded(lines, longest):
        if found := _property(raw):
            yield found, cut


def _unfolded(lines: Iterable[str], longest: int) -> Iterator[tuple[str, bool]]:
    """Yield logical lines: a blank at the start, or ``=`` at the end of quoted-printable, joins."""
    parts: list[str] = []
    size = 0
    cut = soft = quoted = False
    for ended in lines:
        line = ended.rstrip("\r\n")
        if parts and (soft or line[:1] in (" ", "\t")):
            more = line if soft else line[1:]
            room = max(longest - size, 0)
            cut = cut or len(more) > room
            size += len(more)
            if soft and parts[-1].endswith("="):
                parts[-1] = parts[-1][:-1]
            parts.append(more[:room])
        else:
            if parts:
                yield "".join(parts), cut
            parts, size, cut = [line[:longest]], len(line), len(line) > longest
            quoted = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
        soft = quoted and line.endswith("=")
    if parts:
        yield "".join(parts), cut


def _property(raw: str) -> Property | None:
    found = _HEAD.match(raw)
    if found is None:
        return None
    head, value = found.groups()
    name = head.partition(";")[0].strip().rpartition(".")[2].upper()
    if name in _OF_PHOTOS:
        return Property(name, "")
    words: set[str] = set()
    parameters: dict[str, str] = {}
    for parameter in _PARAMETERS.findall(head):
        key, equals, said = parameter.partition("=")
        if equals:
            parameters.setdefault(key.strip().upper(), said.strip().strip('"'))
        named = (said if equals else key).upper().split(",")
        words.update(word for one in named if (word := one.strip(' "')))
    charset = parameters.get("CHARSET", "")
    if "QUOTED-PRINTABLE" in words:
        value = _unquoted(value, charset)
    elif words & {"B", "BASE64"}:
        value = _from_base64(value, charset)
    return Property(name, value, frozenset(words), parameters)


def _unquoted(value: str, charset: str) -> str:
    return _decoded(quopri.decodestring(value.encode("utf-8", "surrogateescape")), charset)


def _from_base64(value: str, charset: str) -> str:
    try:
        return _decoded(binascii.a2b_base64(value.encode("ascii", "ignore")), charset)
    except binascii.Error:
        return ""


def _decoded(octets: bytes, charset: str) -> str:
    """Return octets as text: by their charset, else UTF-8, else the code of China's computers."""
    named = charset.lower().replace("_", "-")
    for code in (*([named] if named in _CODES else ()), "utf-8", "gb18030"):
        try:
            return octets.decode(code)
        except (UnicodeDecodeError, LookupError):
            continue
    return octets.decode("utf-8", "replace")


def _plain(value: str) -> str:
    said = _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value)
    return MARK.sub("\ufffd", said).replace("\0", "").strip()
