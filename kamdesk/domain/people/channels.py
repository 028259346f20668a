"""Guesses what a way of contact is from how it is written."""

import re

from kamdesk.domain.people.model import Channel

_DIGITS = re.compile(r"[\s()\-–.]+")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_PHONE = re.compile(r"\+?\d{5,15}(?:(?:转|x|ext)\d{1,6})?", re.IGNORECASE)
_PRIVATE_MAIL = re.compile(
    r"@(?:qq|163|126|139|yeah|sina|sohu|foxmail|gmail|googlemail|outlook|hotmail|live|icloud|me"
    r"|yahoo|proton|protonmail|gmx|web)\.",
    re.IGNORECASE,
)


def guessed_channel(value: str) -> Channel:
    """Return what a number or an address most likely is; a word without marks is WeChat."""
    plain = _DIGITS.sub("", value.strip())
    if "@" in value:
        return Channel.EMAIL
    if _MOBILE.fullmatch(plain):
        return Channel.MOBILE
    if _PHONE.fullmatch(plain):
        return Channel.PHONE
    return Channel.WECHAT if plain else Channel.OTHER


def is_personal(channel: Channel, value: str) -> bool:
    """True for what somebody most likely keeps at a change of employer: mobile, private mail."""
    if channel is Channel.EMAIL:
        return bool(_PRIVATE_MAIL.search(value))
    return channel in (Channel.MOBILE, Channel.WECHAT)
