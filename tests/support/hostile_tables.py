"""Tables of text made to harm: codes that lie, quotes without end, cells that cost too much."""

import codecs
import random
from collections.abc import Callable, Iterator

Make = Callable[[], bytes]
Named = tuple[str, Make, bool]

HEAD = "客户名称,城市,电话,备注\n"
ROW = "华东重工,上海,021-5555 1234,一切如常\n"
SPANS = 90_000
"""Characters of a cell that is long yet taken whole."""


def tables() -> Iterator[Named]:
    """Yield what harm is tried, what makes the bytes, and whether it is heavy."""
    yield from _breaks()
    yield from _codes()
    yield from _quotes()
    yield from _sizes()
    yield from _cells()
    yield from _slow_cells()
    yield from _crowds()
    yield from _noise()


def _text(harm: str, text: str, *, heavy: bool = False) -> Named:
    return harm, lambda: text.encode("utf-8", "surrogatepass"), heavy


def _raw(harm: str, data: bytes) -> Named:
    return harm, lambda: data, False


def _breaks() -> Iterator[Named]:
    """Ends of lines, separators and NULs where none belong."""
    for place, text in enumerate(
        (
            "客户\0名称,城市\n甲,乙\n",
            HEAD + "甲\0公司,上海\n",
            HEAD + ROW + "\0",
            "\0" * 5_000,
            "\0" + HEAD + ROW,
            HEAD + ROW + "\0" * 5_000,
            HEAD + "甲,\0\0\0,乙\n" * 50,
        )
    ):
        yield _text(f"nul: {place}", text)
    for place, end in enumerate(("\r", "\r\r\n", "\n\r", "\x0b", "\x0c", "\x85", "\u2028", "\x1e")):
        yield _text(f"line ends: {place}", (HEAD + ROW * 3).replace("\n", end))
    for place, text in enumerate(
        ("\n", "\r\n" * 4_000, "," * 100_000, ",\n" * 50_000, "\t" * 70_000, ";" * 1_001 + "\n",
         " " * 80_000, "sep=,\n", "sep=\x00\n" + HEAD, "sep=\"\n" + HEAD + ROW, "sep==\na=b\n1=2\n",
         "SEP=;\r\nname;city\r\nAcme;Kiel\r\n", "name", "name\n", "客户名称,城市\n")
    ):  # fmt: skip
        yield _text(f"nothing but: {place}", text)


def _codes() -> Iterator[Named]:
    """Bytes that are not in the code they say, or in none."""
    plain = HEAD + ROW * 3
    lies = {
        "utf-8 mark on utf-16": codecs.BOM_UTF8 + plain.encode("utf-16-le"),
        "utf-16 mark on utf-8": codecs.BOM_UTF16_LE + plain.encode(),
        "utf-16 big mark on little": codecs.BOM_UTF16_BE + plain.encode("utf-16-le"),
        "utf-32 mark on utf-8": codecs.BOM_UTF32_LE + plain.encode(),
        "utf-32 mark on utf-16": codecs.BOM_UTF32_BE + plain.encode("utf-16-be"),
        "utf-32 beyond unicode": codecs.BOM_UTF32_LE + b"\xff\xff\xff\x7f" * 40,
        "three marks": codecs.BOM_UTF8 * 3 + plain.encode(),
        "mark alone": codecs.BOM_UTF8,
        "utf-16 mark alone": codecs.BOM_UTF16_LE,
        "mark in the middle": (HEAD + "\ufeff" + ROW + "甲\ufeff公司,\ufeff\n").encode(),
        "utf-16 of odd length": (codecs.BOM_UTF16_LE + plain.encode("utf-16-le"))[:-1],
        "utf-16 without mark": plain.encode("utf-16-le"),
        "utf-16 with lone halves": codecs.BOM_UTF16_LE
        + plain.encode("utf-16-le")
        + b"\0\xd8a\0,\0\0\xdc\n\0",
        "utf-7": "name,city\n+ADw-script+AD4-,+ZgdO7A-\n".encode("ascii"),
        "utf-7 for real": plain.encode("utf-7"),
        "overlong": b"name,city\n\xc0\xbcimg\xc0\xbe,\xe0\x80\xaf\n",
        "halves as three bytes": b"name,city\n\xed\xa0\x80\xed\xb0\x80,Kiel\n" + plain.encode(),
        "beyond unicode": b"name,city\n\xf4\x90\x80\x80,\xf8\x88\x80\x80\x80\n",
        "gb18030 of four bytes": "客户名称,城市\n𠮷𡃁𪚥公司,㐀㐁\n".encode("gb18030") * 3,
        "gb18030 at its edges": "客户名称\n".encode("gb18030")
        + b"\x81\x30\x81\x30,\x84\x31\xa4\x39,\xe3\x32\x9a\x35\n",
        "gbk cut in a character": (HEAD + ROW * 20).encode("gb18030")[:-3],
        "utf-8 cut in a character": (HEAD + ROW * 20).encode()[:-3],
        "gbk with a quote as second byte": "客户名称,城市\n".encode("gb18030")
        + b'"\x95\x5c","\x81\x22"\n',
        "big5": "客戶名稱,城市\n臺灣電力公司許功蓋,臺北\n".encode("big5") * 5,
        "shift jis": "会社名,都市\nソニー表能,東京\n".encode("shift_jis") * 5,
        "latin": "Firma,Stadt\nMüller & Söhne,Köln\n".encode("latin-1") * 5,
        "ebcdic": plain.encode("gb18030", "ignore") and "name,city\nAcme,Kiel\n".encode("cp500"),
        "escapes of iso 2022": "客户,城市\n日本,東京\n".encode("iso2022_jp", "ignore"),
        "controls": bytes(range(1, 32)) * 300,
        "every byte": bytes(range(256)) * 40,
        "high bytes": bytes(range(128, 256)) * 80,
    }
    for harm, data in lies.items():
        yield _raw(f"code: {harm}", data)
    for first, second in (
        ("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "utf-16-le"), ("utf-8", "latin-1"),
        ("gb18030", "utf-16-be"), ("big5", "utf-8"),
    ):  # fmt: skip
        words = "甲公司,北京\n" if second != "latin-1" else "Müller,Köln\n"
        mixed = HEAD.replace("户", "").encode(first, "ignore") + b"".join(
            words.encode(code, "ignore") for code in (first, second) * 20
        )
        yield _raw(f"mixed codes: {first} and {second}", mixed)


def _quotes() -> Iterator[Named]:
    """Quotes that are never closed, or closed in the wrong place."""
    for place in range(0, 10):
        rows = [ROW] * 12
        rows[place] = '"' + ROW
        yield _text(f"open quote: {place}", HEAD + "".join(rows))
    yield _text("open quote: in the headings", '"客户名称,城市\n' + ROW * 30)
    yield _text("open quote: ninety nine", HEAD + ('"' + ROW) * 99)
    yield _text("open quote: thousands", HEAD + ('"' + ROW) * 5_000)
    yield _text("quotes: nothing else", '"' * 100_000)
    yield _text("quotes: doubled without end", HEAD + '"' + '""' * 60_000 + "\n" + ROW)
    yield _text("quotes: within words", HEAD + 'a"b"c,"d"e"f",x\n' * 200)
    yield _text("quotes: a row of ten thousand lines", HEAD + '"' + "x\n" * 11_000 + '",y\n')
    yield _text("quotes: behind each other", HEAD + '"x"\n"y\n' * 2_000)
    yield _text("quotes: single", HEAD + "'甲,'乙'\n" * 100)


def _sizes() -> Iterator[Named]:
    """Too many, too long, too wide."""
    yield "size: a line of 50 MB", lambda: HEAD.encode() + b"x" * (50 << 20), True
    yield "size: a cell of 5 MB", lambda: (HEAD + f'"{"长" * 1_700_000}",x\n').encode(), True
    yield "size: a file beyond the limit", lambda: b"name,city\n" + b"a,b\n" * (51 << 20), True
    yield "size: a million columns", lambda: b"a," * 1_000_000 + b"\n" + b"b," * 1_000_000, True
    yield "size: a million columns in one row", lambda: (HEAD + "甲" + "," * 10**6).encode(), False
    yield "size: a million rows and one", lambda: b"name\n" + b"x\n" * 1_000_002, True
    yield "size: half a million rows", lambda: b"name,city\n" + b"Acme,Kiel\n" * 500_000, True
    yield "size: wide and long", lambda: (b"a," * 999 + b"a\n") * 20_000, True
    yield (
        "size: cells beyond number",
        lambda: b"".join(b"%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n" % ((n,) * 10) for n in range(700_000)),
        True,
    )
    yield _text("size: a thousand columns", ",".join(f"c{n}" for n in range(1_000)) + "\n" + ROW)
    yield _text("size: a thousand and one", ",".join(f"c{n}" for n in range(1_001)) + "\n" + ROW)
    yield _text("size: a cell just too long", HEAD + f"甲,{'x' * 100_001}\n" + ROW)
    yield _text("size: a heading without end", "客" * 99_000 + ",城市\n甲,乙\n")
    yield _text("size: a name without end", HEAD + "名" * 99_000 + ",上海\n" + ROW)
    yield _text("size: row after row wider", "".join("x," * n + "\n" for n in range(1, 900, 7)))
    yield _text("size: one heading a thousand times", "名称," * 999 + "名称\n" + "甲," * 1_000)


_CALCULATED = (
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/?x="&A1,"click")',
    '=WEBSERVICE("http://127.0.0.1/")', "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)",
    '=IMPORTXML("http://127.0.0.1","//a")', "=DDE(\"cmd\";\"/C calc\";\"x\")", "'=1+1", "''=1+1",
)  # fmt: skip
_STEERING = (
    "\u202e反\u202c", "\u2066\u2067x\u2069", "\u200b\u200c\u200d\u2060\ufeff", "\u200f\u200e\u061c",
    "\x1b[31mred\x1b[0m", "\x9b2J", "\x07\x08\x7f", "a" + "\u0301" * 500, "\U000e0041\U000e0042",
    "👨‍👩‍👧‍👦" * 200, "\ufff9a\ufffab\ufffb", "\U0010fffd", "\ufdfa" * 90, "𠮷" * 200,
)  # fmt: skip


def _cells() -> Iterator[Named]:
    """Cells that would do something where they are shown or calculated."""
    quoted = '"{}","{}",1,"{}"\n'
    for place, cell in enumerate(_CALCULATED):
        whole = cell.replace('"', '""')
        yield _text(f"formula: {place}", HEAD + quoted.format(whole, whole, whole))
    for place, cell in enumerate(_STEERING):
        yield _text(f"steering: {place}", HEAD + quoted.format(cell, cell, cell))
    yield _text("steering: half a character", HEAD + "\ud800,\udfff,1,x\n" + ROW)
    for place, cell in enumerate(
        ("<img src=/etc/passwd>", "<a href=javascript:alert(1)>x</a>", "{name}{0}{__class__}",
         "%s%n%x", "'; DROP TABLE account; --", "../../etc/passwd", "$(touch x)`touch x`",
         "<para><img src='file:///etc/passwd'/></para>", "&lt;b&gt;&#0;&amp;", "\\u0000\\x00")
    ):  # fmt: skip
        whole = cell.replace('"', '""')
        yield _text(f"markup: {place}", HEAD.replace("备注", whole) + quoted.format(*[whole] * 3))
    yield _text("markup: headings", "=1+1,<b>x</b>,{n},%s\n甲,乙,丙,丁\n")


def _slow_cells() -> Iterator[Named]:
    """Cells on which a careless pattern or number takes for ever."""
    slow = {
        "blanks in a number": "1" + " " * SPANS + "!",
        "blanks": "x" + " " * SPANS + "x",
        "wide blanks": "1" + "\u3000" * SPANS + "!",
        "digits": "9" * SPANS,
        "digits and dashes": "1-" * (SPANS // 2) + "!",
        "brackets": "(" * SPANS,
        "extensions": "12345" + " x" * (SPANS // 2),
        "dots": "a." * (SPANS // 2) + "!",
        "at signs": "a@" * (SPANS // 2),
        "address": "a@" + "a." * (SPANS // 2) + "@",
        "web": "http://" + "a-" * (SPANS // 2) + ".",
        "exponent": "1e999999999",
        "small exponent": "1e-999999999",
        "exponents": "9e" * (SPANS // 2),
        "not a number": "NaN",
        "endless": "-Infinity",
        "thousands": "1," * (SPANS // 2) + "5",
        "myriads": "万" * SPANS,
        "units": "5" + "万亿" * (SPANS // 2),
        "slashes": "1/" * (SPANS // 2),
        "days": "2026-01-01 " * (SPANS // 11),
        "a day that is none": "2026-02-30",
        "the year nothing": "0000-00-00",
        "a far year": "999999999-01-01",
        "chinese day": "二〇二六年" * (SPANS // 5),
        "parts": "、" * SPANS,
        "semicolons": ";" * SPANS,
        "names": "甲;" * (SPANS // 2),
        "accents": "e" + "\u0301" * SPANS,
        "hangul": "\u1100" * SPANS,
        "capitals": "İ" * SPANS,
        "ligatures": "\ufdfa" * 20_000,
    }
    heads = "客户名称,城市,电话,邮箱,网站,年营业额,成立日期,别名,统一社会信用代码,客户编号,备注"
    for harm, cell in slow.items():
        whole = f'"{cell}"'
        row = ",".join([whole] * heads.count(","))
        yield _text(f"slow cell: {harm}", f"{heads}\n甲公司,{row}\n" + f"乙公司,{row}\n")
    for harm in ("blanks in a number", "dots", "digits and dashes", "parts"):
        cell = f'"{slow[harm]}"'
        yield _text(f"slow heading: {harm}", f"{cell},{cell}\n甲,乙\n")
        yield _text(f"slow first row: {harm}", f"{cell},{cell}\n" * 20)
    people = "姓名,公司,手机,邮箱,职务,生日"
    for harm in ("blanks in a number", "digits", "address", "days", "extensions"):
        cell = f'"{slow[harm]}"'
        yield _text(f"slow person: {harm}", f"{people}\n王伟,{','.join([cell] * 5)}\n")


def _crowds() -> Iterator[Named]:
    """Rows that all look like each other: what compares each with each never ends."""
    many = 20_000

    def rows(heads: str, line: Callable[[int], str], n: int = many) -> Make:
        return lambda: (heads + "\n" + "".join(line(at) + "\n" for at in range(n))).encode()

    yield "crowd: one name", rows("客户名称,城市", lambda _: "华东重工,上海"), False
    yield "crowd: one telephone", rows("客户名称,电话", lambda n: f"公司{n},021-5555 1234"), True
    yield "crowd: one address", rows("姓名,邮箱", lambda n: f"王{n},a@example.com"), True
    yield "crowd: namesakes", rows("客户编号,客户名称", lambda n: f"K{n},华东重工"), True
    yield (
        "crowd: one core",
        rows("客户名称,城市", lambda n: f"华东重工{'有限公司' * (n % 9)},沪"),
        False,
    )
    yield "crowd: one key", rows("客户编号,客户名称", lambda n: f"K1,公司{n}"), True
    yield "crowd: one code", rows(
        "客户名称,统一社会信用代码", lambda n: f"公司{n},91310000MA1FL5KX5B"
    ), True  # fmt: skip
    yield "crowd: one group", rows("客户名称,集团", lambda n: f"公司{n},公司{(n + 1) % 50}"), True
    yield (
        "crowd: a chain of groups",
        rows("客户名称,集团", lambda n: f"公司{n},公司{n + 1}", 3_000),
        False,
    )
    yield "crowd: its own group", rows("客户名称,集团", lambda n: f"公司{n},公司{n}", 3_000), False
    yield (
        "crowd: other names",
        rows("客户名称,别名", lambda n: f"公司{n},{'甲;' * 400}", 300),
        False,
    )
    yield "crowd: owners", rows("客户名称,负责人", lambda n: f"公司{n},王{n}", 5_000), True
    tags = ";".join(map(str, range(400)))
    yield "crowd: tags", rows("客户名称,标签", lambda n: f"公司{n},{tags}", 100), False
    yield "crowd: nothing right", rows(
        "客户名称,成立日期,年营业额,邮箱", lambda n: f"公司{n},2026-99-99,viel,kein@", 5_000
    ), False  # fmt: skip
    yield "crowd: no names", rows("客户名称,城市", lambda _: ",上海", 10_000), False


def _noise() -> Iterator[Named]:
    """Chance: bytes, and texts of the letters that matter."""
    for seed in range(16):
        yield f"noise: bytes {seed}", lambda seed=seed: _bytes(seed), False
    for seed in range(24):
        yield f"noise: letters {seed}", lambda seed=seed: _letters(seed), False


def _bytes(seed: int) -> bytes:
    chance = random.Random(seed)
    return chance.randbytes(chance.randrange(1, 60_000))


def _letters(seed: int) -> bytes:
    chance = random.Random(seed)
    letters = ",;\t|\"'\r\n\n=+-@ a1名城é\u202e\ufeff\u3000<&{%\\"
    text = "".join(chance.choices(letters, k=chance.randrange(2, 20_000)))
    return text.encode(chance.choice(("utf-8", "utf-16", "gb18030", "utf-8-sig")), "replace")
