"""How two laptops come to keys of their own: an invitation and its acceptance under one phrase.

Both lie in the folder sealed under what Argon2id makes of the phrase; each brings a fresh public
key of its writer. What they then write with depends on the phrase and on both, so that neither the
folder's host nor who learns the phrase later can read along.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta, Struct

from kamdesk.sync.wire.folder.letters import Keys, derived
from kamdesk.sync.wire.folder.mailbox import read_file, write_file
from kamdesk.sync.wire.messages import Count, IdText
from kamdesk.sync.wire.routes import Called

HOURS: Final = 24
"""How long an invitation holds."""
ACCEPTED: Final = "accepted.kda"
_INVITATION: Final = "KamDesk-invitation-{box}.kdi"
_MAGIC: Final = b"KDI1"
_BOX, _NONCE, _MOST = 16, 12, 16_384
_Key = Annotated[str, Meta(pattern="^[A-Za-z0-9+/]{43}=$")]


class Offer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invitation: who keeps the log, whom it is for, until when, and public keys.

    ``own``: it is for the keeper's own second laptop.
    """

    keeper: Called
    whom: Called
    own: bool
    until: Count
    sign: _Key
    agree: _Key


class Acceptance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Its answer: what the laptop is called, whose it is, and public keys."""

    device: Called
    me: IdText | None
    sign: _Key
    agree: _Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The fresh keys of one side: seeds of 32 bytes."""

    sign: bytes = field(repr=False)
    agree: bytes = field(repr=False)

    @property
    def public(self) -> dict[str, str]:
        """Return the public keys as messages have them."""
        sign = Ed25519PrivateKey.from_private_bytes(self.sign).public_key().public_bytes_raw()
        agree = X25519PrivateKey.from_private_bytes(self.agree).public_key().public_bytes_raw()
        return {"sign": b64encode(sign).decode(), "agree": b64encode(agree).decode()}


def fresh() -> Pair:
    """Return keys of chance."""
    return Pair(sign=os.urandom(32), agree=os.urandom(32))


def agreed(own: Pair, theirs: Offer | Acceptance, phrase_key: bytes, box: bytes) -> Keys | None:
    """Return the keys of a box, the same secret on both sides; None for a key that is none."""
    try:
        other = X25519PublicKey.from_public_bytes(b64decode(theirs.agree))
        shared = X25519PrivateKey.from_private_bytes(own.agree).exchange(other)
    except (ValueError, Error):
        return None
    secret = derived(shared + phrase_key, box, "box")
    return Keys(own=own.sign, theirs=b64decode(theirs.sign), secret=secret)


def invitation_at(folder: Path, box: bytes) -> Path:
    """Return where the invitation to a box lies."""
    return folder / _INVITATION.format(box=box.hex())


def acceptance_at(folder: Path, box: bytes) -> Path:
    """Return where its acceptance lies."""
    return folder / f"KamDesk-{box.hex()[:16]}" / ACCEPTED


def boxes_in(folder: Path) -> list[bytes]:
    """Return the boxes to which invitations lie in a folder, by name. Raises ``OSError``."""
    before, after = _INVITATION.split("{box}")
    found = []
    for path in sorted(folder.iterdir()):
        middle = path.name.removeprefix(before).removesuffix(after)
        if path.name == before + middle + after and len(middle) == 2 * _BOX:
            try:
                found.append(bytes.fromhex(middle))
            except ValueError:
                continue
    return found


def put(path: Path, box: bytes, phrase_key: bytes, message: Struct) -> None:
    """Write an invitation or acceptance. Raises ``OSError``, ``FileExistsError`` over another."""
    path.parent.mkdir(exist_ok=True)
    nonce, head = os.urandom(_NONCE), _MAGIC + box
    said = AESGCM(_key(message, phrase_key, box)).encrypt(nonce, msgspec.json.encode(message), head)
    write_file(path, head + nonce + said)


M = TypeVar("M", Offer, Acceptance)


def get(path: Path, box: bytes, phrase_key: bytes, kind: type[M]) -> M | None:
    """Return what lies there under this phrase; None for nothing, half a file, another phrase."""
    raw, head = read_file(path), _MAGIC + box
    if raw is None or len(raw) > _MOST or not raw.startswith(head):
        return None
    nonce, said = raw[len(head) : len(head) + _NONCE], raw[len(head) + _NONCE :]
    try:
        body = AESGCM(_key(kind, phrase_key, box)).decrypt(nonce, said, head)
        return msgspec.json.decode(body, type=kind)
    except (InvalidTag, ValueError, msgspec.MsgspecError):
        return None


def _key(kind: Any, phrase_key: bytes, box: bytes) -> bytes:
    offer = kind is Offer or isinstance(kind, Offer)
    return derived(phrase_key, box, "offer" if offer else "acceptance")
