"""The command line in a process of its own with a keyring that answers: what ``brief`` times."""

import contextlib
import sys
from pathlib import Path


class _FileRing:
    """A keyring for measuring: keeps keys in a file of the bench's own folder."""

    def __init__(self, folder: str) -> None:
        self._path = Path(folder, "ring")

    def _all(self) -> dict[str, str]:
        lines = self._path.read_text().splitlines() if self._path.exists() else []
        return dict(line.split(" ", 1) for line in lines)

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = self._all() | {username: password}
        self._path.write_text("".join(f"{name} {secret}\n" for name, secret in kept.items()))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._all()
        kept.pop(username, None)
        self._path.write_text("".join(f"{name} {secret}\n" for name, secret in kept.items()))


def _run() -> None:
    folder, *arguments = sys.argv[1:]
    from kamdesk.cli import secret
    from kamdesk.storage.keys import KeyRing

    secret.keyring = lambda: KeyRing(_FileRing(folder))
    sys.argv = ["kamdesk", *arguments]
    from kamdesk.__main__ import main

    main()


def command() -> None:
    """Run one command."""
    raise SystemExit(_run())


def imports() -> None:
    """Run one command and print the modules it needed."""
    before = set(sys.modules)
    with contextlib.suppress(SystemExit):
        _run()
    found = [name for name in sys.modules if name not in before and "." not in name]
    ours = [name for name in sys.modules if name not in before and name.startswith("kamdesk.")]
    sys.stdout.write("\n" + " ".join(n for n in [*found, *ours] if n != "tests") + "\n")
