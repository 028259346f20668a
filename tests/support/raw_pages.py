"""Every byte of an encrypted workspace file in clear: free pages, gaps and write-ahead log too.

The layout is SQLCipher 4's: pages of 4,096 bytes, each ending in its vector (16) and seal (64).
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
LOG_HEAD, FRAME_HEAD = 32, 24


def in_clear(path: Path, key: str) -> bytes:
    """Return all pages of a database file and of the log beside it, decrypted."""
    content = path.read_bytes()
    pages = [
        _decrypted(content[at : at + PAGE], key, first=at == 0)
        for at in range(0, len(content), PAGE)
    ]
    log = path.with_name(path.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[LOG_HEAD:]
        for at in range(0, len(frames) - PAGE + 1, FRAME_HEAD + PAGE):
            number = int.from_bytes(frames[at : at + 4], "big")
            page = frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE]
            pages.append(_decrypted(page, key, first=number == 1))
    return b"".join(pages)


def _decrypted(page: bytes, key: str, *, first: bool) -> bytes:
    start, end = SALT if first else 0, PAGE - RESERVED
    cipher = Cipher(algorithms.AES(bytes.fromhex(key)), modes.CBC(page[end : end + VECTOR]))
    decryptor = cipher.decryptor()
    return decryptor.update(page[start:end]) + decryptor.finalize()
