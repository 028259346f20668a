"""Letters between two laptops: sealed for the other one alone, signed, and of one place only.

A letter is its head (whose, of which box, which number) in the clear, its body packed and sealed
(AES-256-GCM, the head bound in), and a signature (Ed25519) over both. Each way has a key of its
own, so that nothing can be sent back to where it came from.
"""

import os
from dataclasses import dataclass, field
from enum import Enum
from struct import Struct
from typing import Final

import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LARGEST: Final = 64 * 1024 * 1024
"""Bytes a letter may have, packed or unpacked."""

_MAGIC: Final = b"KDL1"
_HEAD: Final = Struct(">4s1s1s16sQ")
_NONCE, _SIGNATURE = 12, 64


class Side(Enum):
    """Who writes."""

    DESK = "desk"
    KEEPER = "keeper"

    @property
    def other(self) -> "Side":
        """Who reads it."""
        return Side.KEEPER if self is Side.DESK else Side.DESK


class Sort(Enum):
    """What is in it: messages, or a part of a file's content."""

    LETTER = b"l"
    CONTENT = b"c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What one side of a box holds: its own signing key (seed), the other's public one, a secret.

    All are 32 bytes.
    """

    own: bytes = field(repr=False)
    theirs: bytes
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a letter belongs: ``number`` counts a side's letters, or a content's bytes."""

    sort: Sort
    side: Side
    box: bytes
    number: int

    @property
    def head(self) -> bytes:
        """The place as it stands at the letter's beginning."""
        side = self.side.value[:1].encode()
        return _HEAD.pack(_MAGIC, self.sort.value, side, self.box, self.number)


def sealed(place: Place, body: bytes, keys: Keys) -> bytes:
    """Return a letter. Raises ``ValueError`` for a body that is too large."""
    if len(body) > LARGEST:
        raise ValueError("too large for a letter")
    packed = zstandard.ZstdCompressor(level=3).compress(body)
    nonce = os.urandom(_NONCE)
    head = place.head
    said = head + nonce + AESGCM(_key(keys, place)).encrypt(nonce, packed, head)
    return said + Ed25519PrivateKey.from_private_bytes(keys.own).sign(said)


def opened(place: Place, letter: bytes, keys: Keys) -> bytes | None:
    """Return the body of a letter of the other side's; None when it is not whole or not theirs."""
    head, least = place.head, _HEAD.size + _NONCE + _SIGNATURE
    if len(letter) < least or not letter.startswith(head):
        return None
    said, signature = letter[:-_SIGNATURE], letter[-_SIGNATURE:]
    nonce, locked = said[_HEAD.size : _HEAD.size + _NONCE], said[_HEAD.size + _NONCE :]
    try:
        Ed25519PublicKey.from_public_bytes(keys.theirs).verify(signature, said)
        packed = AESGCM(_key(keys, place)).decrypt(nonce, locked, head)
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST)
    except (InvalidSignature, InvalidTag, zstandard.ZstdError, ValueError):
        return None


def derived(secret: bytes, box: bytes, purpose: str) -> bytes:
    """Return 32 bytes of a secret for one purpose."""
    info = f"kamdesk folder 1 {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=box, info=info).derive(secret)


def _key(keys: Keys, place: Place) -> bytes:
    return derived(keys.secret, place.box, place.side.value)
