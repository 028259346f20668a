"""What the first run and the unlock page do: make a workspace, open one, invent a territory."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.opening.place import DATABASE, DEMO_PASSPHRASE, has_workspace

if TYPE_CHECKING:
    from kamdesk.core.clock import Clock
    from kamdesk.desktop.opening.key_in_hand import KeyInHand

_DEMO_ACCOUNTS: Final = 80
_DEMO_SEED: Final = 1


class OpeningVerbs:
    """The verbs of the first run, on real folders."""

    def __init__(self, usual: Path, keys: "KeyInHand", clock: "Clock | None" = None) -> None:
        self._usual, self._keys, self._clock = usual, keys, clock

    def usual_folder(self) -> Path:
        """Return where a new workspace goes unless the user says otherwise."""
        return self._usual

    def create(self, folder: Path, passphrase: str, name: str) -> str:
        """Make a workspace; returns its recovery code."""
        from kamdesk.workspace import create_workspace

        desk, code = create_workspace(
            folder, passphrase, me=name, keys=self._keys, clock=self._clock
        )
        desk.close()
        return code

    def open(self, folder: Path, passphrase: str) -> None:
        """See that the passphrase or recovery code opens the workspace; its key is then held."""
        from kamdesk.storage.keys import WrongPassphrase
        from kamdesk.workspace import open_workspace

        try:
            open_workspace(folder, passphrase=lambda: passphrase, keys=self._keys).close()
        except WrongPassphrase as wrong:
            raise RuleBroken(wrong.said, field="passphrase") from None

    def fits(self, folder: Path, secret: str) -> bool:
        """Return whether a passphrase is the workspace's, whatever the keyring holds."""
        from kamdesk.storage import key_file

        return key_file.read(folder).key_under(secret, "passphrase") is not None

    def invent(self, folder: Path, language: str, steps: Callable[[int, int], None]) -> None:
        """Make the demo territory around today; stopped half way, nothing of it stays."""
        from kamdesk.core.clock import SystemClock
        from kamdesk.demo.territory import demo_clock, demo_ids, fill
        from kamdesk.demo.workdays import working
        from kamdesk.storage.opening import create
        from kamdesk.workspace import open_workspace

        if has_workspace(folder):
            return
        create(folder, DEMO_PASSPHRASE, keys=self._keys)
        day = working((self._clock or SystemClock()).today())
        clock = demo_clock(day)
        try:
            desk = open_workspace(
                folder, keys=self._keys, clock=clock, ids=demo_ids(clock, _DEMO_SEED)
            )
            try:
                fill(
                    desk,
                    accounts=_DEMO_ACCOUNTS,
                    seed=_DEMO_SEED,
                    day=day,
                    language="zh" if language == "zh" else "en",
                    progress=steps,
                )
            finally:
                desk.close()
        except BaseException:
            for path in folder.iterdir():
                if path.name.startswith(DATABASE) or path.name in ("key.json", "lock"):
                    path.unlink(missing_ok=True)
            raise
