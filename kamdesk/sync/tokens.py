"""The device's token at the hub: in the system's keyring, else inside the encrypted workspace."""

from typing import Final

from kamdesk.storage import team
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.storage import Storage

TOKEN: Final = "hub_token"  # noqa: S105  (a key of the file's memory)
SINCE: Final = "hub_token_since"
OLD: Final = 86_400_000
"""Milliseconds after which a token is changed for a fresh one."""


def found(ring: KeyRing, workspace: str, kept: str) -> str:
    """Return the token of a workspace, ``kept`` as the file says it; "" when there is none.

    May take as long as a keyring takes: seconds.
    """
    return kept or ring.get(workspace, "hub") or ""


def keep(ring: KeyRing, workspace: str, token: str) -> str:
    """Give a token to the keyring; return what the file must keep instead, "" for nothing."""
    return "" if ring.set(workspace, token, "hub") else token


def note(storage: Storage, kept: str) -> None:
    """Let the file remember that there is a fresh token, and keep what no keyring took."""
    with storage.transaction():
        storage.keep(TOKEN, kept)
        storage.keep(SINCE, storage.clock.now().ms)


def is_old(storage: Storage) -> bool:
    """Return whether it is time for a fresh token."""
    return storage.clock.now().ms - storage.number(SINCE) >= OLD


def kept(storage: Storage) -> str:
    """Return the token the file keeps itself, "" where the keyring does."""
    return team.text(storage, TOKEN)
