"""The PIN: opens again, in the same session, what was locked; by itself it opens nothing.

Kept is only what Argon2id makes of it, inside the encrypted file. While the file is closed, the
key lies in memory sealed under that; three wrong tries or twelve hours destroy it.
"""

import hmac
import itertools
import re
import secrets
import time
from typing import Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.key_file import Cost, derived
from kamdesk.storage.storage import Storage

TRIES: Final = 3
"""Wrong PINs until only the passphrase opens (``field_book.md`` A1)."""
LASTS: Final = 12 * 3600.0
"""Seconds after the passphrase until it is asked for again (``field_book.md`` A1)."""
_DIGITS: Final = re.compile(r"[0-9]{4,8}")
_NAME: Final = "pin"
_COST: Final = Cost()
_SALT: Final = 16
_DERIVED: Final = 32


def is_pin(text: str) -> bool:
    """True when a text has the form of a PIN: four to eight digits."""
    return _DIGITS.fullmatch(text) is not None


class Pin(NamedTuple):
    """What is kept of a PIN."""

    salt: bytes
    made: bytes

    def fits(self, digits: str) -> bool:
        """True when these are its digits. Takes a fifth of a second on purpose."""
        return hmac.compare_digest(self.made, _made(digits, self.salt))


def new_pin(digits: str) -> Pin:
    """Return a new PIN. Raises ``RuleBroken`` for one that is none, or that anybody guesses."""
    if not is_pin(digits):
        raise RuleBroken(Text("A PIN has 4 to 8 digits."), field="pin")
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(digits)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise RuleBroken(Text("Anybody would try this one. Choose another."), field="pin")
    salt = secrets.token_bytes(_SALT)
    return Pin(salt, _made(digits, salt))


def keep_pin(storage: Storage, pin: Pin | None) -> None:
    """Keep a PIN in the file, or forget it. Raises ``StorageTrouble``."""
    storage.remember(_NAME, b"" if pin is None else pin.salt + pin.made)


def kept_pin(storage: Storage) -> Pin | None:
    """Return the PIN of this file, None when there is none, or what is kept is none."""
    kept = storage.remembered(_NAME) or b""
    return Pin(kept[:_SALT], kept[_SALT:]) if len(kept) == _SALT + _DERIVED else None


class Sealed:
    """A key that a PIN gives back, until it has been tried too often or too late."""

    def __init__(self, pin: Pin, key: str, *, until: float) -> None:
        """``until`` is a moment of ``time.time``."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._salt, self._until, self.left = pin.salt, until, TRIES
        self._nonce = secrets.token_bytes(12)
        self._sealed = AESGCM(pin.made).encrypt(self._nonce, bytes.fromhex(key), b"kamdesk pin v1")

    @property
    def works(self) -> bool:
        """Whether a PIN is worth asking for."""
        return self.left > 0 and time.time() < self._until

    def key(self, digits: str) -> str | None:
        """Return the key, None for wrong digits; each wrong try counts."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not self.works:
            self.left, self._sealed = 0, b""
            return None
        try:
            cipher = AESGCM(_made(digits, self._salt))
            return cipher.decrypt(self._nonce, self._sealed, b"kamdesk pin v1").hex()
        except InvalidTag:
            self.left -= 1
            if not self.left:
                self._sealed = b""
            return None


def _made(digits: str, salt: bytes) -> bytes:
    return derived(digits.encode(), salt, _COST)
