"""Where the key of a workspace is found: the system's keyring, else a passphrase."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeVar

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.bus import has_bus
from kamdesk.storage.key_file import KeyFile

SERVICE: Final = "KamDesk"
Slot = Literal["key", "next", "hub"]
"""What is kept for a workspace: its key, the key it is being given, its token at the team's hub."""

_KEY = re.compile(r"[0-9a-f]{64}\Z")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,100}\Z")
_TRUSTED = ("SecretService", "libsecret", "kwallet", "macOS", "Windows", "chainer")
T = TypeVar("T")


class KeyMissing(StorageTrouble):
    """The key is not at hand: a passphrase or recovery code must be asked for."""


class WrongPassphrase(StorageTrouble):
    """The passphrase or recovery code is not the one of this workspace."""


class Backend(Protocol):
    """What a keyring can do."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class KeyRing:
    """The system's keyring, as far as it works: absent, locked, hanging or broken, it is empty.

    Keyrings that write to a plain file are not used. One that did not answer in ``patience``
    seconds is not asked again.
    """

    def __init__(self, backend: Backend | None = None, *, patience: float = 5.0) -> None:
        self._backend, self._patience = backend, patience
        self._silent = False

    def get(self, workspace: str, slot: Slot = "key") -> str | None:
        """Return what is in a slot, None when there is nothing or no keyring works."""
        name = f"{workspace}:{slot}"
        found = self._ask(lambda ring: ring.get_password(SERVICE, name))
        form = _TOKEN if slot == "hub" else _KEY
        return found if found and form.match(found) else None

    def set(self, workspace: str, key: str, slot: Slot = "key") -> bool:
        """Put a key into a slot; True only when the keyring gives it back."""
        name = f"{workspace}:{slot}"

        def keep(ring: Backend) -> bool:
            ring.set_password(SERVICE, name, key)
            return ring.get_password(SERVICE, name) == key

        return self._ask(keep) or False

    def drop(self, workspace: str, slot: Slot = "key") -> None:
        """Forget the key in a slot, as far as a keyring works."""
        name = f"{workspace}:{slot}"
        self._ask(lambda ring: ring.delete_password(SERVICE, name))

    def _ask(self, question: Callable[[Backend], T]) -> T | None:
        answer: list[T] = []

        def ask() -> None:
            with suppress(BaseException):  # a keyring in Rust panics beside Exception
                if self._backend is None:
                    self._backend = _systems()
                answer.append(question(self._backend))

        if self._silent:
            return None
        asking = Thread(target=ask, name="keyring", daemon=True)
        asking.start()
        asking.join(self._patience)
        self._silent = asking.is_alive()
        return answer[0] if answer else None


class Nowhere:
    """Stands for the system's keyring where there can be none; costs no import."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return None: nothing is kept."""
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget nothing."""


def system_ring(given: Mapping[str, str] = os.environ) -> KeyRing:
    """Return the system's keyring; where on Linux no bus leads to one, none is asked."""
    return KeyRing() if has_bus(given) else KeyRing(Nowhere())


class Found(NamedTuple):
    """A key, and the slot of the keyring it lay in; no slot when a passphrase unlocked it."""

    key: str
    slot: Slot | None


def find_key(key_file: KeyFile, ring: KeyRing, passphrase: Callable[[], str] | None) -> Found:
    """Return the key: the keyring's if it fits, else what the passphrase unlocks.

    ``passphrase`` is called only when it is needed and may return the recovery code instead. The
    keyring is left as it is: ``keep_key`` when the key has opened the file. Raises ``KeyMissing``
    when nothing was given, ``WrongPassphrase`` when it does not fit.
    """
    slots: tuple[Slot, ...] = ("key", "next")
    for slot in slots:
        key = ring.get(key_file.workspace, slot)
        if key and key_file.fits(key):
            return Found(key, slot)
    secret = passphrase() if passphrase else ""
    if not secret:
        raise KeyMissing(
            Text(
                "This computer's keyring does not hold the key of this workspace. Enter its"
                " passphrase or its recovery code."
            )
        )
    key = key_file.unlocked(secret)
    if key is None:
        raise WrongPassphrase(Text("That passphrase does not open this workspace."))
    return Found(key, None)


def keep_key(workspace: str, found: Found, ring: KeyRing) -> None:
    """Let the keyring hold a key that has opened its workspace, in no slot but its own."""
    if found.slot != "key":
        ring.set(workspace, found.key)
        ring.drop(workspace, "next")


def _systems() -> Backend:
    import keyring

    ring = keyring.get_keyring()
    for part in getattr(ring, "backends", (ring,)):
        where, _, name = type(part).__module__.rpartition(".")
        if where != "keyring.backends" or name not in _TRUSTED:
            raise LookupError("no keyring of the system's own")
    backend: Any = ring
    return backend  # type: ignore[no-any-return]
