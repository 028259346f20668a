"""Fonts inside a PDF: one composite font per weight that holds the characters used, no more."""

import hashlib
import struct
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontMaker

from kamdesk.figures.face import Face
from kamdesk.figures.type import STANDS_FOR, Way, Weight, ems, face, glyph, way

_COPIED = ("cvt ", "fpgm", "prep")
_WORDS, _SCALED, _PAIR, _SQUARE, _MORE = 0x1, 0x8, 0x40, 0x80, 0x20  # flags of composite glyphs
_SYMBOLIC = 4
_UNSEEN = "\0"
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class NotInFaceError(LookupError):
    """A weight does not have this character: it must come on paper another way."""


class Subset(dict[str, str]):
    """The characters of one weight used in one document, each with its code as four hex digits.

    Asking for a character takes it in. Codes count from 1 in the order of use, and glyphs stand
    in the font in that order, so that code and glyph number are the same.
    """

    def __init__(self, weight: Weight, name: str) -> None:
        super().__init__()
        self.weight, self.name = weight, name

    def unseen(self, char: str) -> str:
        """Return a code that shows nothing wherever it is found as ``char`` by search and copy."""
        return self[_UNSEEN + char]

    def __missing__(self, char: str) -> str:
        if len(char) == 1 and way(char, self.weight) is not Way.OWN:
            raise NotInFaceError(char)
        code = self[char] = f"{len(self) + 1:04X}"
        return code

    def addObjects(self, document: Any) -> None:  # noqa: N802  (reportlab calls it so)
        """Write the font's objects into the document when it is finished."""
        source, chars, em_of = face(self.weight), list(self), ems[self.weight]
        glyphs = [0, *(_glyph_of(char, self.weight) for char in chars)]
        program = _font_program(source, glyphs)
        used = hashlib.sha256("".join(chars).encode()).digest()
        tag = "".join(chr(65 + byte % 26) for byte in used[:6])
        base = pdfdoc.PDFName(f"{tag}+{source.name}")
        reference, dictionary = document.Reference, pdfdoc.PDFDictionary
        described = reference(
            dictionary(
                {
                    **_described(source, self.weight),
                    "FontName": base,
                    "FontFile2": reference(_stream(program, Length1=len(program))),
                }
            )
        )
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        descendant = reference(
            dictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/CIDFontType2",
                    "BaseFont": base,
                    "CIDSystemInfo": dictionary(system),
                    "FontDescriptor": described,
                    "DW": 1000,
                    "W": _Raw(_widths([0, *(round(em_of(char[-1])) for char in chars)])),
                    "CIDToGIDMap": "/Identity",
                }
            )
        )
        font = dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([descendant]),
                "ToUnicode": reference(_stream(_to_unicode(chars).encode("ascii"))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = reference(font)


def _glyph_of(char: str, weight: Weight) -> int:
    return 0 if char[0] == _UNSEEN else glyph(char[-1], weight)


class _Raw(pdfdoc.PDFObject):
    """An object whose written form is ready."""

    def __init__(self, text: str) -> None:
        self._text = text.encode("ascii")

    def format(self, _document: Any) -> bytes:
        return self._text


def _stream(data: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
    for key, value in entries.items():
        stream.dictionary[key] = value
    return stream


def _font_program(source: Face, glyphs: list[int]) -> bytes:
    """Return a TrueType font with these glyphs in this order, parts of composites behind them."""
    order, places = list(glyphs), {number: place for place, number in enumerate(glyphs)}
    outlines: list[bytes] = []
    metrics: list[bytes] = []
    offsets, at, place = [0], 0, 0
    while place < len(order):
        metric, outline = _glyph_data(source, order[place])
        if outline and outline[0] & 0x80:
            outline = _renumbered(outline, order, places)
        metrics.append(metric)
        outlines.append(outline)
        at += len(outline)
        offsets.append(at)
        place += 1
    count, long = len(order), at > 0x1FFFE
    head, hhea, maxp = (bytearray(source.table(tag)) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">H", head, 50, long)
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    maker = TTFontMaker()
    maker.tables = {
        "glyf": b"".join(outlines),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(metrics),
        "loca": struct.pack(f">{count + 1}L", *offsets)
        if long
        else struct.pack(f">{count + 1}H", *(offset >> 1 for offset in offsets)),
        "maxp": bytes(maxp),
        **{tag: table for tag in _COPIED if (table := source.table(tag))},
    }
    program: bytes = maker.makeStream()
    return program


@cache
def _glyph_data(source: Face, number: int) -> tuple[bytes, bytes]:
    """Return a glyph's metrics and its outline, filled up to a multiple of four bytes."""
    outline = source.outline(number)
    advance = round(source.advance(number) * source.units / 1000)
    metric = struct.pack(">Hh", advance, source.side(number))
    return metric, outline + b"\0" * (-len(outline) % 4)


def _renumbered(outline: bytes, order: list[int], places: dict[int, int]) -> bytes:
    """Point a composite glyph at its parts in the new order, and queue parts not yet there."""
    data, at, flags = bytearray(outline), 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", data, at)
        if part not in places:
            places[part] = len(order)
            order.append(part)
        struct.pack_into(">H", data, at + 2, places[part])
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALED else 4 if flags & _PAIR else 8 if flags & _SQUARE else 0
    return bytes(data)


def _described(source: Face, weight: Weight) -> dict[str, Any]:
    scale = 1000 / source.units
    box = struct.unpack_from(">4h", source.table("head"), 36)
    ascent, descent = struct.unpack_from(">2h", source.table("hhea"), 4)
    marks = source.table("OS/2")
    (capital,) = struct.unpack_from(">h", marks, 88) if len(marks) >= 90 else (733,)
    return {
        "Type": "/FontDescriptor",
        "Flags": _SYMBOLIC,
        "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in box]),
        "ItalicAngle": 0,
        "Ascent": round(ascent * scale),
        "Descent": round(descent * scale),
        "CapHeight": round(capital * scale),
        "StemV": 140 if weight is Weight.BOLD else 80,
    }


def _widths(advances: list[int]) -> str:
    """Write the widths that are not a whole em, stretch by stretch."""
    stretches: list[str] = []
    code = 1
    while code < len(advances):
        end = code
        while end < len(advances) and advances[end] != 1000:
            end += 1
        if end > code:
            stretches.append(f"{code} [{' '.join(map(str, advances[code:end]))}]")
        code = end + 1
    return f"[{' '.join(stretches)}]"


def _to_unicode(chars: list[str]) -> str:
    """Write which text each code stands for; plane 2 as a pair of surrogates."""
    rows = [
        f"<{code:04X}> <{STANDS_FOR.get(char, char[-1]).encode('utf-16-be').hex()}>"
        for code, char in enumerate(chars, 1)
    ]
    blocks: list[str] = []
    for first in range(0, len(rows), 100):
        some = rows[first : first + 100]
        blocks += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([_CMAP_HEAD, *blocks, _CMAP_TAIL])
