"""Recognises what a cell holds by its form: tickers, Salesforce ids, codes, addresses, numbers."""

import re
import unicodedata
from typing import Final

from kamdesk.domain.accounts.credit_code import credit_code_is_right

_SALESFORCE = re.compile(r"[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?")
_SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_TICKER = re.compile(r"(?:(SH|SZ|BJ)[.:]?)?(\d{6})(?:\.(SH|SS|SZ|BJ))?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")
_PHONE = re.compile(
    r"[+＋(（]?[\d\s().\-–/（）]{5,}(?:\s*(?:ext\.?|x|转|分机)\s*\d{1,6})?", re.IGNORECASE
)
_LONGEST_NUMBER: Final = 100
"""Characters; what is longer is no telephone number, and to look closer would take for ever."""
_WEB = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:].*)?", re.IGNORECASE)


def is_salesforce_id(text: str) -> bool:
    """True for 18 signs whose last three fit the case of the first fifteen."""
    plain = text.strip()
    return len(plain) == 18 and full_salesforce_id(plain[:15]) == plain


def full_salesforce_id(short: str) -> str:
    """Return the 18 signs of a 15-sign id; anything else comes back as it is."""
    if len(short) != 15 or not _SALESFORCE.fullmatch(short):
        return short
    tail = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place, sign in enumerate(short[start : start + 5])
                   if "A" <= sign <= "Z")  # fmt: skip
        tail += _SIGNS[bits]
    return short + tail


def ticker(text: str) -> str:
    """Return a ticker of a mainland exchange as ``600336.SH``; empty for anything else."""
    found = _TICKER.fullmatch(text.strip())
    if found is None:
        return ""
    before, digits, after = found.groups()
    said = (before or after or "").upper().replace("SS", "SH")
    return f"{digits}.{said or _exchange(digits)}" if said or _exchange(digits) else ""


def _exchange(digits: str) -> str:
    """Return the exchange a share's number belongs to; empty where no share starts like that."""
    if digits.startswith(("60", "68", "900")):
        return "SH"
    if digits.startswith(("00", "30", "200")):
        return "SZ"
    return "BJ" if digits.startswith(("43", "83", "87", "92")) else ""


def is_credit_code(text: str) -> bool:
    """True for a unified social credit code whose check character fits."""
    return credit_code_is_right(text.strip())


def is_email(text: str) -> bool:
    """True for one e-mail address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """True for what could be dialled: 5 to 15 digits, an extension perhaps."""
    plain = " ".join(text.split()) if len(text) <= _LONGEST_NUMBER else ""
    return _PHONE.fullmatch(plain) is not None and 5 <= len(digits_of(plain)) <= 15


def is_web_address(text: str) -> bool:
    """True for an address of the web, with or without ``https://``."""
    return "@" not in text and _WEB.fullmatch(text.strip()) is not None


def digits_of(phone: str) -> str:
    """Return the digits that make two telephone numbers the same: no extension, no +86."""
    if not phone:  # of most records in a list there is none
        return ""
    plain = unicodedata.normalize("NFKC", phone)
    plain = re.split(r"(?:ext\.?|x|转|分机)\s*\d", plain, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", plain).removeprefix("00")
    return digits[2:] if digits.startswith("86") and len(digits) >= 12 else digits


def normal_key(source: str, key: str) -> str:
    """Return a foreign key in the one form it is remembered in."""
    plain = key.strip()
    if source == TICKER:
        return ticker(plain) or plain
    return full_salesforce_id(plain) if source == SALESFORCE else plain


TICKER: Final = "ticker"
SALESFORCE: Final = "salesforce"
