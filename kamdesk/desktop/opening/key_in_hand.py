"""The key of the open workspace, kept in hand so that it is derived once for all its desks."""

import os
from collections.abc import Mapping

from kamdesk.storage.keys import KeyRing, Slot, system_ring


class KeyInHand(KeyRing):
    """The system's keyring, and in front of it what was found or derived since the start.

    The writing desk finds the key by the keyring or the passphrase; the reading ones take it from
    here, without a second second of Argon2. ``forget`` lets go of it.
    """

    def __init__(self, system: KeyRing | None = None) -> None:
        super().__init__()
        self._system = system or KeyRing()
        self._held: dict[tuple[str, Slot], str] = {}

    def get(self, workspace: str, slot: Slot = "key") -> str | None:
        """Return the key held or kept by the system; None where neither has it."""
        held = self._held.get((workspace, slot)) or self._system.get(workspace, slot)
        if held and slot != "hub":  # a token changes behind it, and is asked for once
            self._held[workspace, slot] = held
        return held

    def set(self, workspace: str, key: str, slot: Slot = "key") -> bool:
        """Hold the key, and give it to the system to keep; true where that worked."""
        if slot != "hub":
            self._held[workspace, slot] = key
        return self._system.set(workspace, key, slot)

    def hold(self, workspace: str, key: str) -> None:
        """Hold a key that was found by a passphrase, without giving it to the system."""
        self._held[workspace, "key"] = key

    def drop(self, workspace: str, slot: Slot = "key") -> None:
        """Forget the key here and in the system's keyring."""
        self._held.pop((workspace, slot), None)
        self._system.drop(workspace, slot)

    def forget(self) -> None:
        """Let go of what is held; the system's keyring keeps what it has."""
        self._held.clear()


def keyring(given: Mapping[str, str] = os.environ) -> KeyInHand:
    """Return the keyring to look in, with what is held in front of it."""
    return KeyInHand(system_ring(given))
