"""Numbers and money as people write them, in English and Chinese, with 万, 亿, K, M and units."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from kamdesk.core.wording import Text

_SCALES: Final = MappingProxyType(
    {
        "百": 100, "千": 1_000, "k": 1_000, "thousand": 1_000, "万": 10_000, "百万": 1_000_000,
        "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
        "千万": 10_000_000, "亿": 100_000_000, "b": 1_000_000_000, "bn": 1_000_000_000,
        "billion": 1_000_000_000, "十亿": 1_000_000_000, "万亿": 1_000_000_000_000,
    }
)  # fmt: skip
_CURRENCIES: Final = MappingProxyType(
    {
        "人民币": "CNY", "rmb": "CNY", "cny": "CNY", "¥": "CNY", "元": "CNY", "圆": "CNY",
        "美元": "USD", "us$": "USD", "usd": "USD", "$": "USD", "dollar": "USD", "欧元": "EUR",
        "eur": "EUR", "€": "EUR", "英镑": "GBP", "gbp": "GBP", "£": "GBP", "港元": "HKD",
        "港币": "HKD", "hk$": "HKD", "hkd": "HKD", "日元": "JPY", "jpy": "JPY", "新台币": "TWD",
        "twd": "TWD", "韩元": "KRW", "krw": "KRW", "新加坡元": "SGD", "sgd": "SGD", "chf": "CHF",
        "aud": "AUD", "cad": "CAD", "inr": "INR",
    }
)  # fmt: skip
_ABOUT = r"(?:约|大约|近|超过?|逾|>=?|≥|~|about|approx\.?|over|ca\.?)?\s*"
_BEYOND = r"\s*(?:\+|以上|余|多)?\s*"
_DIGITS = r"[-+]?[\d.,' ]*\d"
_NUMBER = re.compile(
    rf"{_ABOUT}(\()?({_DIGITS})\)?{_BEYOND}(万亿|千万|百万|十亿|[百千万亿]|[a-z]+)?{_BEYOND}"
    rf"(?:人|名|家|个|员工|employees|people)?{_BEYOND}"
)
_RANGE = re.compile(rf"({_DIGITS})\s*(?:人)?\s*(?:-|–|—|~|至|到|to)\s*({_DIGITS}.*)")
_WORDS = sorted(_CURRENCIES, key=len, reverse=True)
_LONGEST: Final = 100
"""Characters of the longest text that can be a number; on longer ones patterns take for ever."""


class Unreadable(Exception):
    """A cell that cannot be read as what its column holds; ``said`` tells why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.plain)
        self.said = said


def read_number(text: str) -> Decimal:
    """Return the number ``text`` says; raises ``Unreadable``."""
    plain = _plain(text)
    found = _NUMBER.fullmatch(plain) if plain else None
    if found is None or _RANGE.fullmatch(plain):
        raise Unreadable(Text("“{text}” is not a number.", text=text[:40]))
    bracket, digits, scale = found.groups()
    if scale and scale not in _SCALES:
        raise Unreadable(Text("“{text}” is not a number.", text=text[:40]))
    try:
        number = Decimal(_plain_digits(digits)) * _SCALES.get(scale or "", 1)
    except InvalidOperation:
        raise Unreadable(Text("“{text}” is not a number.", text=text[:40])) from None
    if abs(number) >= Decimal(10) ** 15:
        raise Unreadable(Text("“{text}” is too large a number.", text=text[:40]))
    return -number if bracket else number


def read_whole(text: str) -> int:
    """Return the whole number of 0 or more ``text`` says; raises ``Unreadable``."""
    number = read_number(text)
    if number < 0 or number != number.to_integral_value():
        raise Unreadable(Text("“{text}” is not a whole number.", text=text[:40]))
    return int(number)


def lower_end(text: str) -> str:
    """Return the lower end of a range as ``500-999人``; empty when ``text`` is none."""
    found = _RANGE.fullmatch(_plain(text))
    return found.group(1) if found and not found.group(1).startswith("-") else ""


def read_money(text: str, *, unit: str = "") -> tuple[Decimal, str]:
    """Return amount in major units and currency (empty when not said) of ``1.2亿元``, ``$5M``.

    ``unit`` is what the heading says, as ``万元``; what the cell says itself goes first.
    """
    plain, currency = _without_currency(text)
    of_heading, said = _without_currency(unit)
    number = read_number(plain)
    if of_heading in _SCALES and "元" not in text and not re.search(r"[^\d\s.,'+\-()]", plain):
        number *= _SCALES[of_heading]
    return number, currency or said


def read_currency(text: str) -> str:
    """Return the ISO code of a currency's name, sign or code; raises ``Unreadable``."""
    plain = _plain(text)
    if plain in _CURRENCIES:
        return _CURRENCIES[plain]
    if re.fullmatch(r"[a-z]{3}", plain):
        return plain.upper()
    raise Unreadable(Text("“{text}” is not a currency.", text=text[:40]))


def _without_currency(text: str) -> tuple[str, str]:
    plain = _plain(text)
    currency = ""
    for word in _WORDS:
        if word in plain:
            plain = plain.replace(word, " ").strip()
            currency = currency or _CURRENCIES[word]
    return plain, currency


def _plain(text: str) -> str:
    """Return ``text`` in plain signs with single blanks; empty for what is too long to be read."""
    plain = " ".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).split()).casefold()
    return plain if len(text) <= _LONGEST else ""


def _plain_digits(digits: str) -> str:
    """Return digits with a decimal point only: 1,234.5 · 1.234,5 · 1 234,5 · 1,5 all read."""
    plain = re.sub(r"[ ']", "", digits)
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?", plain):
        return plain.replace(",", "")
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+,\d+", plain) or re.fullmatch(
        r"[-+]?\d+,\d{1,2}", plain
    ):
        return plain.replace(".", "").replace(",", ".")
    return plain if plain.count(".") <= 1 and "," not in plain else "?"
