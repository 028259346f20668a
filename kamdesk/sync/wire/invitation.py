"""The invitation to a hub as people pass it on: a link to click or scan, or a code to paste."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text

LINK: Final = "kamdesk://join?"
CODE: Final = "KD1-"
"""What a code begins with; the figure is the version of its form."""
LONGEST: Final = 2000
LONGEST_NAME: Final = 80

_SECRET = re.compile(r"[A-Za-z0-9_-]{22,86}")
_PRINT = re.compile(r"[0-9a-f]{64}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]+")
_FIELDS: Final = {"u", "f", "s", "n"}


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Where the hub is and what lets one device in, once.

    ``url``: ``https://host[:port]``, nothing behind. ``secret``: at least 128 bits as 22 to 86
    letters of base64url. ``fingerprint``: SHA-256 of the hub's own certificate (DER) as 64 hex
    digits; None where the system's trust store knows its authority. ``hub``: its name for people.
    """

    url: str
    secret: str
    hub: str
    fingerprint: str | None = None

    def __post_init__(self) -> None:
        """Raise ``RuleBroken`` for anything that is no invitation."""
        if hub_url(self.url) != self.url or not _SECRET.fullmatch(self.secret):
            raise _refused()
        if self.fingerprint is not None and not _PRINT.fullmatch(self.fingerprint):
            raise _refused()
        if not self.hub or one_line(self.hub, longest=LONGEST_NAME) != self.hub:
            raise _refused()


def link(invitation: Invitation) -> str:
    """Return the invitation as a link: for a click, or for a QR code."""
    parts = {"u": invitation.url, "s": invitation.secret, "n": invitation.hub}
    if invitation.fingerprint:
        parts["f"] = invitation.fingerprint
    return LINK + urlencode(parts)


def code(invitation: Invitation) -> str:
    """Return the invitation as one word to paste: no chat makes a link of it or breaks it."""
    packed = msgspec.msgpack.encode(
        [
            invitation.url,
            invitation.secret,
            invitation.hub,
            bytes.fromhex(invitation.fingerprint or ""),
        ]
    )
    checked = packed + binascii.crc32(packed).to_bytes(4, "big")
    return CODE + urlsafe_b64encode(checked).decode("ascii").rstrip("=")


def unpack(words: str) -> Invitation:
    """Return the invitation of a link or code, as pasted: blanks and line ends do not matter.

    Raises ``RuleBroken`` (field ``invitation``) for anything else.
    """
    if len(words) > LONGEST:
        raise _refused()
    tight = "".join(words.split()).strip("<>“”\"'")
    try:
        if tight.lower().startswith(LINK):
            return _from_link(tight)
        if tight.upper().startswith(CODE):
            return _from_code(tight[len(CODE) :])
    except (ValueError, TypeError, RuleBroken) as error:
        raise _refused() from error
    raise _refused()


def hub_url(words: str) -> str:
    """Return the address of a hub in its one form. Raises ``RuleBroken`` unless it is https."""
    try:
        parts = urlsplit(words.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _no_address(words) from error
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme != "https" or not plain or parts.path not in ("", "/"):
        raise _no_address(words)
    if not _HOST.fullmatch(host) or len(host) > 253 or port == 0:
        raise _no_address(words)
    named = f"[{host}]" if ":" in host else host
    return f"https://{named}" + (f":{port}" if port not in (None, 443) else "")


def grouped(fingerprint: str) -> str:
    """Return a fingerprint as two people compare it by voice: ``3F2A 90B1 …``."""
    return " ".join(fingerprint[i : i + 4].upper() for i in range(0, len(fingerprint), 4))


def _from_link(words: str) -> Invitation:
    pairs = parse_qsl(words[len(LINK) :], strict_parsing=True, errors="strict", max_num_fields=4)
    parts = dict(pairs)
    if len(parts) != len(pairs) or not parts.keys() <= _FIELDS:
        raise ValueError("a field twice, or one nobody knows")
    return Invitation(
        url=parts.get("u", ""),
        secret=parts.get("s", ""),
        hub=parts.get("n", ""),
        fingerprint=parts.get("f"),
    )


def _from_code(words: str) -> Invitation:
    checked = urlsafe_b64decode(words + "=" * (-len(words) % 4))
    packed, check = checked[:-4], checked[-4:]
    if binascii.crc32(packed).to_bytes(4, "big") != check:
        raise ValueError("mistyped")
    url, secret, hub, seal = msgspec.msgpack.decode(packed, type=tuple[str, str, str, bytes])
    return Invitation(url=url, secret=secret, hub=hub, fingerprint=seal.hex() or None)


def _refused() -> RuleBroken:
    return RuleBroken(
        Text("This is no invitation to a hub. Paste the whole link or code you were given."),
        field="invitation",
    )


def _no_address(words: str) -> RuleBroken:
    return RuleBroken(
        Text(
            "“{url}” is no address of a hub: it begins with https:// and names a host.", url=words
        ),
        field="url",
    )
