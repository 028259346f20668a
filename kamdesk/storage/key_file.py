"""The key file beside the database: the key under a passphrase and under a recovery code."""

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text

NAME: Final = "key.json"
Road = Literal["passphrase", "recovery"]

_VERSION = 1
_MOST_BYTES = 16_384
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_READ_AS = str.maketrans("OIL", "011", " -–—_\t\r\n")
_HEX = re.compile(r"[0-9a-f]+")
_FIELDS = {"version", "workspace", "salt", "check", "passphrase", "recovery", "checksum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess at a passphrase costs (Argon2id): KiB of memory, rounds, lanes."""

    memory: int = 65_536
    rounds: int = 3
    lanes: int = 4

    @property
    def sane(self) -> bool:
        """False for costs no KamDesk ever wrote: a hostile file may not ask for a terabyte."""
        return 8192 <= self.memory <= 262_144 and 1 <= self.rounds <= 10 and 1 <= self.lanes <= 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """The key, sealed (AES-256-GCM) under what Argon2id makes of a secret."""

    cost: Cost
    salt: str
    nonce: str
    sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What ``key.json`` holds; all values are lower-case hex digits."""

    workspace: str
    salt: str
    check: str
    passphrase: Wrap
    recovery: Wrap

    def fits(self, key: str) -> bool:
        """True when ``key`` is the one this file was made for."""
        return hmac.compare_digest(self.check, _check(key))

    def key_under(self, secret: str, road: Road) -> str | None:
        """Return the key that ``secret`` unlocks, None for a wrong one.

        A recovery code may be typed in any form ``read_code`` takes; raises ``RuleBroken``.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wrap = self.passphrase if road == "passphrase" else self.recovery
        cipher = AESGCM(derived(_plain(secret, road), bytes.fromhex(wrap.salt), wrap.cost))
        try:
            found = cipher.decrypt(
                bytes.fromhex(wrap.nonce),
                bytes.fromhex(wrap.sealed),
                _purpose(self.workspace, road),
            ).hex()
        except InvalidTag:
            return None
        return found if self.fits(found) else None

    def unlocked(self, secret: str) -> str | None:
        """Return the key that a passphrase, or else a recovery code, unlocks; None for neither."""
        return self.key_under(secret, "passphrase") or (
            self.key_under(secret, "recovery") if _is_code(secret) else None
        )

    def rewrapped(
        self,
        key: str,
        *,
        passphrase: str | None = None,
        code: str | None = None,
        cost: Cost | None = None,
    ) -> "KeyFile":
        """Return the file of the same ``key`` that a new passphrase, a new code or both open."""
        price = cost or Cost()
        changed = self
        if passphrase is not None:
            wrap = _seal(key, self.workspace, passphrase, "passphrase", price)
            changed = replace(changed, passphrase=wrap)
        if code is not None:
            wrap = _seal(key, self.workspace, code, "recovery", price)
            changed = replace(changed, recovery=wrap)
        return changed


def make(
    key: str, salt: str, workspace: str, *, passphrase: str, code: str, cost: Cost | None = None
) -> KeyFile:
    """Return the key file of a new key. ``code`` is a recovery code from ``new_code``."""
    price = cost or Cost()
    return KeyFile(
        workspace=workspace,
        salt=salt,
        check=_check(key),
        passphrase=_seal(key, workspace, passphrase, "passphrase", price),
        recovery=_seal(key, workspace, code, "recovery", price),
    )


def new_code() -> str:
    """Return a recovery code: 8 groups of 4 characters of chance, and a check character."""
    while True:  # one of Crockford's 37 check characters; only the 32 that are letters of his
        number = secrets.randbits(160)
        if number % 37 < 32:
            break
    text = "".join(_LETTERS[number >> shift & 31] for shift in range(155, -1, -5))
    groups = [text[at : at + 4] for at in range(0, 32, 4)]
    return "-".join([*groups, _LETTERS[number % 37]])


def read_code(text: str) -> str:
    """Return a recovery code as 33 characters; case, spaces, O for 0, I or L for 1 are forgiven.

    Raises ``RuleBroken`` for anything else and for a code with a typing error.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    if len(plain) != 33 or any(letter not in _LETTERS for letter in plain):
        raise RuleBroken(
            Text(
                "A recovery code has 8 groups of 4 letters or digits, and one character at the end."
            ),
            field="recovery",
        )
    number = 0
    for letter in plain[:32]:
        number = number << 5 | _LETTERS.index(letter)
    if number % 37 != _LETTERS.index(plain[32]):
        raise RuleBroken(
            Text("The recovery code has a typing error. Compare it with the printed one."),
            field="recovery",
        )
    return plain


def read(folder: Path) -> KeyFile:
    """Return the key file of a workspace. Raises ``StorageTrouble`` when it is damaged."""
    return read_file(folder / NAME)


def read_file(path: Path) -> KeyFile:
    """Return the key file at ``path``, as it lies beside each backup too; raises as ``read``."""
    try:
        file = os.open(path, os.O_RDONLY | _NOFOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise StorageTrouble(
            Text("The key file {path} cannot be read. Check disk and folder.", path=str(path))
        ) from error
    with os.fdopen(file, "rb") as opened:
        raw = opened.read(_MOST_BYTES + 1)
    try:
        content = json.loads(raw.decode(), object_pairs_hook=_without_repeats)
        if _newer(content):
            raise StorageTrouble(
                Text(
                    "A newer KamDesk wrote this workspace. Update KamDesk; the file stays as it is."
                )
            )
        return _parse(content)
    except (ValueError, RecursionError) as error:
        raise StorageTrouble(
            Text(
                "The key file {path} is damaged. Bring it back from a copy of this folder; the"
                " workspace itself was not touched.",
                path=str(path),
            )
        ) from error


def write(folder: Path, key_file: KeyFile) -> None:
    """Put the key file in its place, whole or not at all, for its owner's eyes only.

    Raises ``OSError``.
    """
    write_file(folder / NAME, key_file)


def write_file(path: Path, key_file: KeyFile) -> None:
    """Put a key file at ``path``, over what stands there; raises as ``write``."""
    content: dict[str, Any] = {"version": _VERSION, **asdict(key_file)}
    content["checksum"] = _checksum(content)
    raw = (json.dumps(content, indent=1) + "\n").encode()
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    file = create_private(beside)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(raw)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def create_private(path: Path) -> int:
    """Return a new, empty file of the owner's alone, open for writing.

    Never an existing file, never through a link: raises ``OSError``.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY, 0o600)


def absent_folders(folder: Path) -> list[Path]:
    """Return ``folder`` and those above it, as far as they are not there yet."""
    return [place for place in (folder, *folder.parents) if not place.exists()]


def sync_names(folders: Iterable[Path]) -> None:
    """Make the names of new folders durable, as far as what is above them may be listed.

    Raises ``OSError``.
    """
    for folder in folders:
        with suppress(PermissionError):
            sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make what was created, renamed or removed in a folder durable. Raises ``OSError``."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_code(secret: str) -> bool:
    try:
        return bool(read_code(secret))
    except RuleBroken:
        return False


def _check(key: str) -> str:
    return hmac.new(bytes.fromhex(key), b"kamdesk key check v1", hashlib.sha256).hexdigest()


def _checksum(content: dict[str, Any]) -> str:
    rest = {name: value for name, value in content.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _purpose(workspace: str, road: Road) -> bytes:
    return f"kamdesk v1 {workspace} {road}".encode()


def _plain(secret: str, road: Road) -> bytes:
    if road == "recovery":
        return read_code(secret).encode()
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")


def derived(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return the 32 bytes that Argon2id makes of a secret."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.rounds,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    ).derive(secret)


def _seal(key: str, workspace: str, secret: str, road: Road, cost: Cost) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_hex(16), secrets.token_hex(12)
    cipher = AESGCM(derived(_plain(secret, road), bytes.fromhex(salt), cost))
    sealed = cipher.encrypt(
        bytes.fromhex(nonce), bytes.fromhex(key), _purpose(workspace, road)
    ).hex()
    return Wrap(cost=cost, salt=salt, nonce=nonce, sealed=sealed)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a name stands twice")
    return content


def _newer(content: object) -> bool:
    version = content.get("version") if isinstance(content, dict) else None
    return type(version) is int and version > _VERSION and _holds_checksum(content)


def _holds_checksum(content: Any) -> bool:
    return bool(content.get("checksum") == _checksum(content))


def _parse(content: object) -> KeyFile:
    whole = _object(content, _FIELDS)
    if type(whole["version"]) is not int or whole["version"] != _VERSION:
        raise ValueError("version")
    if not _holds_checksum(whole):
        raise ValueError("checksum")
    return KeyFile(
        workspace=_hex(whole["workspace"], 32),
        salt=_hex(whole["salt"], 32),
        check=_hex(whole["check"], 64),
        passphrase=_wrap(whole["passphrase"]),
        recovery=_wrap(whole["recovery"]),
    )


def _wrap(content: object) -> Wrap:
    wrap = _object(content, {"cost", "salt", "nonce", "sealed"})
    price = _object(wrap["cost"], {"memory", "rounds", "lanes"})
    if any(type(number) is not int for number in price.values()):
        raise ValueError("cost")
    cost = Cost(**price)
    if not cost.sane:
        raise ValueError("cost")
    return Wrap(
        cost=cost,
        salt=_hex(wrap["salt"], 32),
        nonce=_hex(wrap["nonce"], 24),
        sealed=_hex(wrap["sealed"], 96),
    )


def _object(content: object, names: set[str]) -> dict[str, Any]:
    if not isinstance(content, dict) or set(content) != names:
        raise ValueError("names")
    return content


def _hex(value: object, length: int) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value) or len(value) != length:
        raise ValueError("hex digits")
    return value
