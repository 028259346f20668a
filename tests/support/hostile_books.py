"""Workbooks made to harm: zips that lie, XML that swells, cells that lie far out."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping

Make = Callable[[], bytes]
Named = tuple[str, Make, bool]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)  # fmt: skip
_OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
_FETCHED = '<!DOCTYPE x [<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;<!ENTITY j "x">]>'


def books() -> Iterator[Named]:
    """Yield what harm is tried, what makes the bytes, and whether it is heavy."""
    yield from _damaged()
    yield from _archives()
    yield from _markup()
    yield from _sheets()


def honest(
    rows: str = "",
    *,
    strings: str = "",
    sheet: str = "",
    parts: Mapping[str, str | None] | None = None,
    before: str = "",
) -> bytes:
    """Return a small workbook of two rows; ``parts`` replace or (None) leave out its own."""
    table = rows or (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>7</v></c></row>'
    )
    entries: dict[str, str | None] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/{_STRINGS}" ContentType="{_KIND}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="客户" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        _STRINGS: f'{_XML}{before}<sst xmlns="{_MAIN}" count="3" uniqueCount="3">'
        + (strings or "<si><t>客户名称</t></si><si><t>人数</t></si><si><t>华东重工</t></si>")
        + "</sst>",
        _SHEET: f'{_XML}{before}<worksheet xmlns="{_MAIN}">{sheet}<sheetData>{table}</sheetData>'
        "</worksheet>",
        **(parts or {}),
    }
    return packed({name: text for name, text in entries.items() if text is not None})


def packed(entries: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 12, 8, 0, 0)), data, method)
    return file.getvalue()


def _inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _heads() -> str:
    return _row(1, _inline("A1", "客户名称"), _inline("B1", "城市"))


def _damaged() -> Iterator[Named]:
    """An honest book cut off, with bits turned, or without one of its parts."""
    whole = honest()
    for at in range(1, 31):
        size = len(whole) * at // 31
        yield f"cut off: {at}", lambda size=size: whole[:size], False
    for seed in range(36):
        yield f"bits turned: {seed}", lambda seed=seed: _turned(whole, seed), False
    for name in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
                 "xl/_rels/workbook.xml.rels", _STRINGS, _SHEET):  # fmt: skip
        yield f"without: {name}", lambda name=name: honest(parts={name: None}), False
        yield f"emptied: {name}", lambda name=name: honest(parts={name: ""}), False
        yield f"nonsense: {name}", lambda name=name: honest(parts={name: "<" * 500}), False
    yield "garbage before", lambda: b"x" * 500 + whole, False
    yield "garbage behind", lambda: whole + b"x" * 500, False
    yield "two in one", lambda: whole + whole, False
    yield "nothing in it", lambda: packed({}), False


def _turned(whole: bytes, seed: int) -> bytes:
    chance, data = random.Random(seed), bytearray(whole)
    for _ in range(1 + seed % 5):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _archives() -> Iterator[Named]:
    """What a zip can do before anybody reads a cell."""
    filler = {f"xl/media/{n}.bin": b"x" for n in range(5_001)}
    types = {"[Content_Types].xml": "<Types/>"}
    yield "zip: too many parts", lambda: packed({**types, **filler}), True
    yield "zip: ratio", lambda: packed({**types, _STRINGS: bytes(30 << 20)}), False
    yield "zip: all of it too large", lambda: packed(
        {**types, **{f"p{n}": bytes(30 << 20) for n in range(8)}}
    ), True  # fmt: skip
    yield "zip: just below the ratio", lambda: _just_below(), True
    yield "zip: nested", lambda: _nested(6), False
    yield "zip: overlapping", _overlapping, False
    yield "zip: one part many times", lambda: _many_heads(400), False
    yield "zip: a name twice", lambda: _renamed(b"xl/media/2.bin", b"xl/media/1.bin"), False
    for place, name in enumerate(
        ("../../../../tmp/x", "/etc/cron.d/x", "C:\\Windows\\x", "..\\..\\x", "xl/../../x",
         "a" * 60_000, "con", "nul\x01", "\u202egnp.exe", "")
    ):  # fmt: skip
        yield f"zip: name {place}", lambda name=name: packed(
            {**_entries(honest()), name: b"x"}
        ), False  # fmt: skip
    for harm, offset, change in (
        ("size lies low", 24, (20).to_bytes(4, "little")),
        ("size lies high", 24, (150 << 20).to_bytes(4, "little")),
        ("packed size lies", 20, (1 << 30).to_bytes(4, "little")),
        ("check sum lies", 16, b"\xde\xad\xbe\xef"),
        ("encrypted", 8, b"\x01\x00"),
        ("unknown method", 10, b"\x63\x00"),
        ("bzip method", 10, b"\x0c\x00"),
        ("lzma method", 10, b"\x0e\x00"),
        ("offset beyond", 42, b"\xff\xff\xff\x7f"),
        ("offset of itself", 42, b"\x00\x00\x00\x00"),
        ("long extra", 30, b"\xff\xff"),
    ):
        yield f"zip: {harm}", lambda offset=offset, change=change: _said(offset, change), False
    for harm, place, change in (
        ("more parts than there are", 10, b"\xff\xff"),
        ("directory of 4 GB", 12, b"\xff\xff\xff\xff"),
        ("directory elsewhere", 16, b"\x00\x00\x00\x00"),
        ("second disk", 4, b"\x01\x00"),
        ("comment longer than the file", 20, b"\xff\xff"),
    ):
        yield f"zip: {harm}", lambda place=place, change=change: _ended(place, change), False
    yield "zip: larger than zips were", lambda: _wide_zip(), False
    yield "zip: broken stream", lambda: _broken_stream(), False
    yield "zip: no workbook", lambda: packed({"photo.txt": b"x"}), False
    yield "zip: a document", lambda: packed(
        {**types, "word/document.xml": "<w:document/>"}
    ), False  # fmt: skip
    yield "zip: an open document", lambda: packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    ), False  # fmt: skip
    yield "zip: a binary workbook", lambda: packed({**types, "xl/workbook.bin": bytes(900)}), False


def _entries(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _just_below() -> bytes:
    """A shared text of 100 MB whose chance letters keep it under the ratio."""
    chance = random.Random(7)
    piece = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(4_000))
    return honest(strings=f"<si><t>{piece * 40}</t></si>" * 60)


def _nested(depth: int) -> bytes:
    inner = bytes(10 << 20)
    for _ in range(depth):
        inner = packed({"[Content_Types].xml": "<Types/>", "inner.xlsx": inner})
    return inner


def _overlapping() -> bytes:
    """Two names for one stretch of the file, as the bombs of 2019 do."""
    raw = packed({"[Content_Types].xml": "<Types/>", "first": b"x" * 90, "second": b"y" * 90})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        first, second = archive.getinfo("first"), archive.getinfo("second")
    at = raw.rindex(b"second") - 4
    assert raw[at : at + 4] == second.header_offset.to_bytes(4, "little")
    return raw[:at] + first.header_offset.to_bytes(4, "little") + raw[at + 4 :]


def _many_heads(copies: int) -> bytes:
    """One part of a megabyte, named in the directory again and again."""
    raw = packed({"[Content_Types].xml": "<Types/>", "aa": bytes(range(256)) * 4_096})
    end = raw.rindex(b"PK\x05\x06")
    start = int.from_bytes(raw[end + 16 : end + 20], "little")
    directory = raw[start:end]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    whole = directory + last * copies
    tail = bytearray(raw[end:])
    tail[8:12] = struct.pack("<HH", copies + 2, copies + 2)
    tail[12:16] = len(whole).to_bytes(4, "little")
    return raw[:start] + whole + bytes(tail)


def _renamed(name: bytes, other: bytes) -> bytes:
    book = packed({**_entries(honest()), "xl/media/1.bin": b"1", "xl/media/2.bin": b"2"})
    return book.replace(name, other)


def _said(offset: int, change: bytes) -> bytes:
    """Return an honest book whose directory says something else about its sheet."""
    raw = bytearray(honest())
    at = raw.rindex(_SHEET.encode()) - 46 + offset
    raw[at : at + len(change)] = change
    return bytes(raw)


def _ended(place: int, change: bytes) -> bytes:
    raw = bytearray(honest())
    at = raw.rindex(b"PK\x05\x06") + place
    raw[at : at + len(change)] = change
    return bytes(raw)


def _wide_zip() -> bytes:
    """An end of the directory that sends on to sizes of 2^60."""
    raw = honest()
    end = raw.rindex(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**60, 2**60, 2**60, 0)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    tail = bytearray(raw[end:])
    tail[8:20] = b"\xff" * 12
    return raw[:end] + record + locator + bytes(tail)


def _broken_stream() -> bytes:
    raw = honest()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.getinfo(_SHEET)
    at = sheet.header_offset + 30 + len(_SHEET) + 20
    return raw[:at] + b"\xff" * 20 + raw[at + 20 :]


def _markup() -> Iterator[Named]:
    """Entities, links, macros, and XML without end."""
    for where in ("sheet", "strings"):
        for harm, doctype in (("laughs", _LAUGHS), ("outside", _OUTSIDE), ("fetched", _FETCHED)):
            text = "<si><t>&j;</t></si>" * 3
            rows = _heads() + _row(2, _inline("A2", "&j;"))
            more = {"strings": text} if where == "strings" else {"rows": rows}
            yield f"xml: {harm} in the {where}", lambda doctype=doctype, more=more: honest(
                before=doctype, **more
            ), False  # fmt: skip
    yield "xml: quadratic", lambda: honest(
        before=f'<!DOCTYPE x [<!ENTITY j "{"a" * 60_000}">]>', strings="<si><t>&j;</t></si>" * 3_000
    ), False  # fmt: skip
    yield "xml: deep", lambda: honest(strings="<si>" + "<r>" * 200_000 + "</r>" * 200_000), True
    yield "xml: attributes", lambda: honest(
        sheet="<x " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"
    ), False  # fmt: skip
    yield (
        "xml: never closed",
        lambda: honest(rows='<row r="1"><c r="A1" t="inlineStr"><is><t>x'),
        False,
    )
    yield (
        "xml: entities unknown",
        lambda: honest(strings="<si><t>&nbsp;&#0;&#xD800;</t></si>"),
        False,
    )
    yield "xml: in another code", lambda: honest(
        parts={_SHEET: '<?xml version="1.0" encoding="UTF-7"?>+ADw-worksheet+AD4-'}
    ), False  # fmt: skip
    yield "xml: cdata", lambda: honest(
        strings="<si><t><![CDATA[<img src=/etc/passwd>]]></t></si>" * 3
    ), False  # fmt: skip
    yield "linked: another book", lambda: honest(
        rows=_heads() + _row(2, '<c r="A2" t="str"><f>[1]Sheet1!A1</f><v>x</v></c>'),
        parts={
            "xl/externalLinks/externalLink1.xml": f'{_XML}<externalLink xmlns="{_MAIN}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/externalLinkPath" Target="\\\\127.0.0.1\\x" '
                'TargetMode="External"/></Relationships>'
            ),
        },
    ), False  # fmt: skip
    yield "linked: itself", lambda: honest(
        parts={"xl/_rels/workbook.xml.rels": _to("../xl/workbook.xml")}
    ), False  # fmt: skip
    for place, target in enumerate(
        ("../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "")
    ):
        yield f"linked: sheet {place}", lambda target=target: honest(
            parts={"xl/_rels/workbook.xml.rels": _to(target)}
        ), False  # fmt: skip
    yield "macros", lambda: honest(parts={"xl/vbaProject.bin": "x" * 4_000}), False
    yield "broken macros", lambda: honest(
        parts={"xl/vbaProject.bin": "\ufffd" * 4_000, "xl/workbook.xml": "<workbook/>"}
    ), False  # fmt: skip


def _to(target: str) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="{target}"/></Relationships>'
    )


def _sheets() -> Iterator[Named]:
    """Cells that lie about their place, their kind or their number."""
    for place, at in enumerate(("XFD1048576", "A1048577", "XFE1", "ZZZZZZZZ9", "A0", "A99999999999",
                                "1A", "", "A-1", "甲1")):  # fmt: skip
        yield f"cell at: {place}", lambda at=at: honest(
            rows=_heads() + f'<row r="2"><c r="{at}"><v>1</v></c></row>'
        ), False  # fmt: skip
    for place, number in enumerate(("1048576", "4294967296", "-1", "x", "0")):
        yield f"row number: {place}", lambda number=number: honest(
            rows=_heads() + f'<row r="{number}"><c><v>1</v></c></row>'
        ), False  # fmt: skip
    for place, size in enumerate(("A1:XFD1048576", "A1:ZZZ99999999", "XFD1:A1", "x", "B7:A1")):
        yield f"dimension: {place}", lambda size=size: honest(
            sheet=f'<dimension ref="{size}"/>'
        ), False  # fmt: skip
    for place, index in enumerate(("3", "99999999", "-1", "1.5", "x", "", "1e9")):
        yield f"text index: {place}", lambda index=index: honest(
            rows=_heads() + _row(2, f'<c r="A2" t="s"><v>{index}</v></c>')
        ), False  # fmt: skip
    for place, number in enumerate(
        ("1e308", "1e999", "-1e308", "NaN", "9" * 400, "0x10", "--1", "1,5", "")
    ):
        yield f"number: {place}", lambda number=number: honest(
            rows=_heads() + _row(2, _inline("A2", "甲公司"), f'<c r="B2"><v>{number}</v></c>')
        ), False  # fmt: skip
    for place, (day, dates) in enumerate(
        (day, dates)
        for day in (
            "-1",
            "-693594",
            "0",
            "59.999",
            "60",
            "2958465.9999999",
            "2958466",
            "1e15",
            "1e300",
        )
        for dates in ("", ' date1904="1"')
    ):
        yield f"day: {place}", lambda day=day, dates=dates: _with_day(day, dates), False
    yield "merged: a million rows", lambda: _merged("A2:A1048576"), True
    yield "merged: everything", lambda: _merged("A1:XFD1048576"), False
    yield "merged: over each other", lambda: _merged(*["A1:B900000"] * 50), True
    yield "merged: nonsense", lambda: _merged("B2:A1", "x", "", "A1"), False
    yield "texts: all alike", lambda: honest(strings="<si><t>x</t></si>" * 200_000), False
    yield "texts: one long text in each cell", _long_text_everywhere, True
    yield "texts: a count that lies", lambda: honest(
        parts={_STRINGS: f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{2**32 - 1}" count="9"/>'}
    ), False  # fmt: skip
    yield "wide: 16,384 columns", lambda: honest(
        rows=_row(1, *(f'<c t="inlineStr"><is><t>c{n}</t></is></c>' for n in range(16_384)))
    ), False  # fmt: skip
    yield "errors in cells", lambda: honest(
        rows=_heads() + _row(2, *(f'<c t="e"><v>{e}</v></c>' for e in ("#REF!", "#N/A", "#x", "")))
    ), False  # fmt: skip
    for place, formula in enumerate(
        ("1+1", "cmd|' /C calc'!A0", 'WEBSERVICE("http://127.0.0.1")', "A" * 60_000, "(" * 8_000)
    ):
        yield f"formula: {place}", lambda formula=formula: honest(
            rows=_heads() + _row(2, f'<c r="A2" t="str"><f>{formula}</f><v>甲公司</v></c>')
        ), False  # fmt: skip
    for place, name in enumerate(("x" * 60_000, "&#x202e;x", "../x", "&lt;b&gt;", "{n}%s", "")):
        yield f"sheet name: {place}", lambda name=name: honest(
            parts={
                "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
            }
        ), False  # fmt: skip
    yield "sheets: thousands", lambda: honest(
        parts={
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            + "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9_000))
            + "</sheets></workbook>"
        }
    ), False  # fmt: skip


def _with_day(day: str, dates: str) -> bytes:
    styles = (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22"/></cellXfs></styleSheet>'
    )
    return honest(
        rows=_heads() + _row(2, _inline("A2", "甲公司"), f'<c r="B2" s="1"><v>{day}</v></c>'),
        parts={
            "xl/styles.xml": styles,
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f'<workbookPr{dates}/><sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>",
        },
    )


def _merged(*ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return honest(
        parts={
            _SHEET: f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{_heads()}'
            f"{_row(2, _inline('A2', '甲公司'))}{_row(3, _inline('B3', '上海'))}</sheetData>"
            f'<mergeCells count="{len(ranges)}">{cells}</mergeCells></worksheet>'
        }
    )


def _long_text_everywhere() -> bytes:
    """One text of 90,000 letters, named by 20,000 cells: 300 kB that stand for 1.8 GB."""
    chance = random.Random(3)
    long = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(90_000))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(2, 20_002))
    return honest(
        rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + rows,
        strings=f"<si><t>客户名称</t></si><si><t>{long}</t></si>",
    )
