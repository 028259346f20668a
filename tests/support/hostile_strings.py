"""Strings that try to be more than text: markup, formulas, commands, tricks of direction.

``strings()`` gives the same ones on every run; none is so odd that the edge refuses it, except
those of ``refused()``.
"""

import random
from collections.abc import Iterator
from itertools import product

_MARKUP = (
    "<img src=/etc/passwd>", "<img src='file:///etc/passwd'/>",
    "<img src=http://127.0.0.1:9/x.png>", "<a href=javascript:alert(1)>x</a>",
    "<a href='file:///etc/passwd'>x</a>", "<b>x</b>", "<link href='http://127.0.0.1:9/x'>",
    "<para><img src='/etc/passwd' width=9 height=9/></para>",
    "<font name='Courier' size=99>x</font>", "<onDraw name='x' label='y'/>", "<seq id='x'/>",
    "<a name='x'/><a href='#x'>y</a>", "<bullet>x</bullet>", "<unichar code='65'/>", "<br/>",
    "<script>alert(1)</script>", "<svg onload=alert(1)><image href='/etc/passwd'/></svg>",
    "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>&j;", "<!--", "-->", "]]>",
    "<![CDATA[", "<?xml version='1.0'?>", "<style>*{display:none}</style>",
    "<meta http-equiv=refresh>", "<table><tr><td>x", "</label>", "<qt>x</qt>", "&lt;b&gt;",
    "&amp;", "&#0;", "&#x202e;", "&nbsp;", "&j;", "<", ">", "&", "\"", "'", "<<>>", "<x", "x>",
    "</", "<a", "&#xD800;",
)  # fmt: skip
_FORMATS = (
    "{}", "{0}", "{name}", "{n}", "{0.__class__}", "{name!r:>99999}", "{{}}", "}{", "%s",
    "%n%n%n", "%(name)s", "%d%x%99999s", "${HOME}", "$name", "#{x}", "{{7*7}}", "<%= 7*7 %>",
    "{% x %}", "\\N{BELL}", "\\x1b[31m", "\\u202e", "[*]", "%1 %2", "&File", "&&",
    "Text(\"x\")",
)  # fmt: skip
_COMMANDS = (
    "'; DROP TABLE account; --", "\" OR 1=1 --", "x' UNION SELECT key FROM state --", "/* x",
    "\\'", "$(touch /tmp/x)", "`touch /tmp/x`", "; rm -rf /", "| cat /etc/passwd", "&& calc",
    "-rf", "--all", "--help", "-o", "@/etc/passwd", "../../etc/passwd", "..\\..\\x",
    "C:\\Windows\\x", "\\\\127.0.0.1\\x", "/dev/null", "con", "nul", "aux.pdf", "~root",
    "file:///etc/passwd", "http://127.0.0.1:9/?x=1", "javascript:alert(1)",
    "data:text/html,<b>x", "kamdesk://open?x=1", "mailto:a@example.com", "a b OR c NEAR d",
    "\"x", "x*", "NOT", "account:", "(", "^x", "x:y", "-x", "a AND (", "{a b}:c",
)  # fmt: skip
_FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1","x")',
    '=WEBSERVICE("http://127.0.0.1")', "=IMPORTXML(1)", "＝1+1", "＋1", "－1", "＠SUM(1)",
    "'=1", "''=1", "=@x", "+86 138 0013 8000", "-", "+", "@", "=", "%0A=1", ";=1", ",=1", "|=1",
    "x=1", "_xD800_", "_x000D_", "_x005F_x0041_", "#REF!", "1e5", "00123", "2026-03-12", "TRUE",
    "9" * 30, "0x1F",
)  # fmt: skip
_STEERING = (
    "\u202e反\u202c", "\u202dx", "\u2066x\u2069", "\u2067x", "\u2068", "\u200ex\u200f",
    "\u061cx", "a\u200bb", "a\u200cb", "a\u200db", "a\u2060b", "a\u00adb", "\u180ex",
    "x\u2028y", "x\u2029y", "a\u0085b", "a\x9b31mb", "a\x9fb", "\u3164", "\u2800x",
    "\ufff9a\ufffab\ufffb", "\U000e0041x", "\ufe0fx", "x\ufeffy", "\u202e\u202e\u202e",
    "txt.\u202efdp.exe", "שלום עולם", "مرحبا بالعالم", "עברית abc 中文", "\u0600\u0601",
    "\ufdfd", "\ufdfa",
)  # fmt: skip
_LETTERS = (
    "𠮷野家𡃁𪚥", "㐀㐁㐂", "𰻞𰻞面", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇨🇳🇩🇪", "👩🏽‍🚀", "❤️", "☠",
    "①②③", "ℌ𝔢𝔩𝔩𝔬", "Ｆｕｌｌ", "ﬁﬂ", "İıẞß", "ǅ", "Å\u030a", "e\u0301" * 40,
    "a"+"\u0301" * 200, "ก็็็็็็็็", "ཧཱུྂ", "한글\u1100\u1161", "ऀअ", "🫠", "\U0010fffd",
    "\ue000", "\ufffd", "¥￥$€", "…—–·", "“”‘’", "、。，", "北京市海淀区中关村大街一号院三号楼",
    "Ünïcödé", "Ω≈ç√∫", "˙ǝnbᴉlɐ", "test\u00a0x", "　全角　",
)  # fmt: skip
_LONG = (
    "长" * 2_500, "x" * 100_000, "word " * 5_000, "<b>" * 20_000, "{name}" * 9_000,
    "=" * 50_000, "👩‍👩‍👧" * 3_000, "\u202e" * 3_000, "e\u0301" * 20_000, "𠮷" * 60_000,
    "\n".join(["行"] * 5_000), "，" * 4_000, "(" * 4_000, "a-" * 30_000, "“" * 4_000,
    "\u200d" * 5_000,
)  # fmt: skip
_CLOTHES = (
    "{}", "客户{}", "{}公司", "华东{}重工", " {} ", "{}\n{}", "\t{}", "a\r\n{}", '"{}"', "'{}'",
    "（{}）", "\x1b[2J{}", "\x07{}\x08", "{};{}", "x,{}", "\u202e{}", "{}\u200b",
)  # fmt: skip


def strings() -> list[str]:
    """Return at least 2,000 of them, long ones last."""
    plain = (*_MARKUP, *_FORMATS, *_COMMANDS, *_FORMULAS, *_STEERING, *_LETTERS)
    dressed = (cloth.replace("{}", one) for cloth, one in product(_CLOTHES, plain))
    return [*dict.fromkeys((*dressed, *_chance(200))), *_LONG]


def short(most: int = 300) -> list[str]:
    """Return those that a name may be made of."""
    return [one for one in strings() if len(one) <= most]


def refused() -> list[str]:
    """Return those that are no text: NULs and half characters."""
    return ["\0", "a\0b", "x" * 50 + "\0", "\ud800", "a\udfff", "\udc80x", "\ud83d\ude00", "<b>\0"]


def _chance(some: int) -> Iterator[str]:
    chance = random.Random(11)
    letters = "".join((*_MARKUP, *_FORMATS, *_COMMANDS, *_STEERING, *_LETTERS))
    for _ in range(some):
        yield "".join(chance.choices(letters, k=chance.randrange(1, 80)))
