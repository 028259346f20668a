"""What the first run and the unlock page do: make a workspace, open one, invent a territory."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE, has_workspace

if TYPE_CHECKING:
    from kamdesk.core.clock import Clock
    from kamdesk.desktop.opening.key_in_hand import KeyInHand
    from kamdesk.storage.salvaged import Salvaged
    from kamdesk.sync.leaving import Removed


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

    def unlock(self, folder: Path, secret: str) -> None:
        """Find the key by a passphrase or recovery code alone, whatever the keyring holds."""
        from kamdesk.storage.keys import KeyRing, Nowhere, WrongPassphrase
        from kamdesk.workspace import open_workspace

        ring = KeyRing(Nowhere())
        try:
            desk = open_workspace(folder, passphrase=lambda: secret, keys=ring)
        except WrongPassphrase as wrong:
            raise RuleBroken(wrong.said, field="passphrase") from None
        if desk.opened is not None:
            self._keys.hold(desk.opened.workspace_id, desk.opened.key)
        desk.close()

    def sign_in(self, folder: Path, invitation: str = "") -> "Removed | None":
        """Exchange once with the hub, so that the lease begins anew.

        ``invitation``: a new one, where the hub no longer knows this computer. Returns what went
        where the hub has shut this device out. Raises ``HubTrouble``, ``RuleBroken``.
        """
        from kamdesk.sync import joining, tokens
        from kamdesk.sync.desk import Direct
        from kamdesk.sync.post import Cause, HubTrouble
        from kamdesk.sync.rounds import HubRounds
        from kamdesk.workspace import open_workspace

        desk = open_workspace(folder, keys=self._keys, clock=self._clock, signing_in=True)
        workspace = desk.opened.workspace_id if desk.opened else ""
        gone: list[Removed] = []
        if invitation and (known := joining.known(desk.storage)) is not None:
            from kamdesk.sync.wire.invitation import unpack

            try:
                asked = unpack(invitation)
                host, enrolled = joining.let_in_again(asked, known, desk.team.sits_here)
                kept = tokens.keep(self._keys, workspace, enrolled.token)
                joining.settle_in(desk.storage, host, enrolled, token=kept, accounts=[])
            except BaseException:
                desk.close()
                raise
        rounds = HubRounds(Direct(desk.storage), self._keys, workspace, removed=gone.append)
        try:
            rounds.round(0)
        except HubTrouble as trouble:
            if trouble.cause is not Cause.REVOKED:
                raise
        finally:
            rounds.close()
            desk.close()
        return gone[0] if gone else None

    def fits(self, folder: Path, secret: str) -> bool:
        """Return whether a passphrase or recovery code is the workspace's."""
        from kamdesk.storage import key_file

        return key_file.read(folder).unlocked(secret) is not None

    def restore(self, file: Path, folder: Path) -> None:
        """Bring a backup back as the workspace, which is closed. Raises ``StorageTrouble``."""
        from kamdesk.workspace import restore_workspace

        restore_workspace(file, folder, keys=self._keys, clock=self._clock)

    def rescue(self, folder: Path, target: Path) -> "Salvaged":
        """Save what can be read of a damaged workspace into a new folder."""
        from kamdesk.workspace import salvage_workspace

        return salvage_workspace(folder, target, keys=self._keys, clock=self._clock)

    def newest_good(self, folder: Path) -> Path | None:
        """Return the newest backup that is whole, as far as can be told; None without one."""
        from kamdesk.storage.soundness import damaged

        return damaged(folder).backup

    def renew(self, folder: Path, passphrase: str, code: str) -> None:
        """Encrypt the workspace, which is closed, with a new key."""
        from kamdesk.storage.rekeying import renew_key

        renew_key(folder, passphrase=passphrase, code=code, keys=self._keys)

    def invent(self, folder: Path, language: str, steps: Callable[[int, int], None]) -> None:
        """Make the demo territory around today; stopped half way, nothing of it stays."""
        from kamdesk.core.clock import SystemClock
        from kamdesk.demo.making import ACCOUNTS, new_territory
        from kamdesk.demo.workdays import working
        from kamdesk.workspace import open_workspace

        if has_workspace(folder):
            return
        with new_territory(
            folder,
            DEMO_PASSPHRASE,
            keys=self._keys,
            open_desk=lambda clock, ids: open_workspace(
                folder, keys=self._keys, clock=clock, ids=ids
            ),
            day=working((self._clock or SystemClock()).today()),
            language="zh" if language == "zh" else "en",
            accounts=ACCOUNTS,
            progress=steps,
        ):
            pass
