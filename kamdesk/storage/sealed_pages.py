"""The pages of an encrypted file one by one: plain where the seal holds, nothing where it does not.

SQLCipher 4: pages of 4,096 bytes, AES-256-CBC, the last 80 bytes hold the vector and an HMAC-SHA512
of page and page number; the first 16 bytes of the file are the salt.
"""

import hashlib
import hmac
from pathlib import Path
from typing import Final

SIZE: Final = 4096
USABLE: Final = SIZE - 80
"""How many bytes of a page SQLite uses."""
_VECTOR = 16
_SEAL = 64
_SALT = 16
_MAGIC = b"SQLite format 3\0"


class SealedPages:
    """A file nobody writes to, read by page number from 1; key and salt are hex digits."""

    def __init__(self, path: Path, key: str, salt: str) -> None:
        self._file = path.open("rb")
        self._key = bytes.fromhex(key)
        masked = bytes(byte ^ 0x3A for byte in bytes.fromhex(salt))
        self._seal_key = hashlib.pbkdf2_hmac("sha512", self._key, masked, 2, 32)
        self.count: Final = -(-path.stat().st_size // SIZE)
        self.broken: Final[set[int]] = set()

    def read(self, number: int) -> bytes | None:
        """Return the plain page, None when it is not there or its seal is broken."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        if not 0 < number <= self.count:
            self.broken.add(number)
            return None
        self._file.seek((number - 1) * SIZE)
        raw = self._file.read(SIZE)
        start = _SALT if number == 1 else 0
        sealed, seal = raw[start : SIZE - _SEAL], raw[SIZE - _SEAL :]
        own = hmac.digest(self._seal_key, sealed + number.to_bytes(4, "little"), "sha512")
        if len(raw) < SIZE or not hmac.compare_digest(own, seal):
            self.broken.add(number)
            return None
        vector = sealed[-_VECTOR:]
        plain = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        page = plain.update(sealed[:-_VECTOR]) + plain.finalize()
        return (_MAGIC if number == 1 else b"") + page

    def close(self) -> None:
        """Close the file."""
        self._file.close()
