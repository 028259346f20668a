"""Workspaces quickly made for storage tests, with a keyring that lies in memory."""

import hashlib
from contextlib import closing
from pathlib import Path

from kamdesk.storage.creating import Created, create
from kamdesk.storage.key_file import Cost
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import DATABASE
from kamdesk.storage.opening import open_file

CHEAP = Cost(memory=8192, rounds=1, lanes=1)
PASSPHRASE = "正确的 horse 电池"


class MemoryRing:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class BrokenRing:
    """A keyring that went away."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionError("the secret service was killed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionError("the secret service was killed")

    def delete_password(self, service: str, username: str) -> None:
        raise ConnectionError("the secret service was killed")


def no_ring() -> KeyRing:
    """Return the keyring of a computer that has none."""
    return KeyRing(BrokenRing())


def a_workspace(folder: Path, *, ring: KeyRing | None = None, rows: int = 0) -> Created:
    """Make a workspace in ``folder``; ``rows`` fills it to several pages."""
    ring = ring or KeyRing(MemoryRing())
    created = create(folder, PASSPHRASE, keys=ring, cost=CHEAP)
    if rows:
        with closing(open_file(folder, keys=ring, passphrase=lambda: PASSPHRASE)) as opened:
            opened.connection.executemany(
                "INSERT INTO state (key, value) VALUES (?, ?)",
                [(f"test {n}", "客户 " * 40) for n in range(rows)],
            )
    return created


def fingerprints(folder: Path) -> dict[str, str]:
    """Return what the files of a workspace hold, without those that come and go."""
    names = (DATABASE, "key.json")
    paths = [folder / name for name in names if (folder / name).is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
