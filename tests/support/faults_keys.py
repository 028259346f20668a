"""Changing passphrase, recovery code and key, cut at one call; judged by all roads that open."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from support.faults_trials import Arm, Tell, Trial, shim
from support.faults_workspace import CHEAP, PASSPHRASE, a_workspace, no_ring
from support.file_ring import FileRing
from support.renewing import wraps_afterwards

from kamdesk.core.errors import Refusal, RuleBroken, StorageTrouble
from kamdesk.storage import backups, key_file, rekeying
from kamdesk.storage.database import connect
from kamdesk.storage.keys import KeyRing, WrongPassphrase
from kamdesk.storage.opening import open_file

NEW: Final = "quite another passphrase"


class Secrets(NamedTuple):
    """What opens a workspace at one time."""

    passphrase: str
    code: str


class KeyTrial(Trial):
    """A workspace with a backup under an older key and one under its own; one verb changes it."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.template = folder / f"{name}-before"
        self.template.mkdir()
        ring, desk = KeyRing(FileRing(self.template / "ring.json")), self.template / "desk"
        a_workspace(desk, ring=ring, rows=40)
        self.code, self.new_code = key_file.new_code(), key_file.new_code()
        self.before = Secrets(PASSPHRASE, self.code)
        self.after = self.changed()
        rekeying.renew_key(desk, passphrase=PASSPHRASE, code=self.code, keys=ring, cost=CHEAP)
        with closing(open_file(desk, keys=ring)) as it:
            target = desk / "backups/20260101-000000-000000-daily.db"
            backups.make_at(desk, it.connection, it.key, it.salt, target)
        self.rows = self._rows(desk, self.before)

    def changed(self) -> Secrets:
        """Return what opens the workspace when the verb has ended."""
        raise NotImplementedError

    def do(self, ring: KeyRing, arm: Arm, now: Secrets) -> None:
        """Do the verb; ``arm`` before it changes anything."""
        raise NotImplementedError

    def fresh(self) -> None:
        super().fresh()
        shutil.rmtree(self.room)
        shutil.copytree(self.template, self.room)

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        ring = KeyRing(FileRing(self.room / "ring.json", lambda: tell("ring failed")))
        if control == "wraps afterwards":
            wraps_afterwards()
        try:
            self.do(ring, arm, self.before)
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            for now in (self.before, self.after):
                try:
                    self.do(ring, lambda: None, now)
                except RuleBroken:
                    continue
                tell("went on")
                break
            else:
                tell("stuck: neither the old nor the new secret is taken")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        ended = {"saved", "went on"} & set(said)
        found = []
        for road in ("keyring", "passphrase", "code"):
            copy = self.room.with_name(f"{self.room.name}-{road}")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self.room, copy)
            state = self._by(road, copy, "ring failed" in said)
            if state not in ("before", "after"):
                yield f"broken: by {road}: {state}"
                continue
            found.append(state)
            if ended and state != "after":
                yield f"lost: by {road}: said to be changed, and is not"
        if len(set(found)) > 1:
            yield f"half: {found}"

    def _by(self, road: str, room: Path, ring_failed: bool) -> str:
        """Open a copy by one road first; return which secrets open all of it, or what is wrong."""
        keyring, desk = FileRing(room / "ring.json"), room / "desk"
        try:
            if road == "keyring":
                if not ring_failed:
                    open_file(desk, keys=KeyRing(keyring)).close()
                elif not any(self._opens(desk, one.code) for one in {self.before, self.after}):
                    return "not opened"
                if len(kept := keyring.kept()) != 1 and not ring_failed:
                    return f"slots {list(kept)}"
            elif not any(
                self._opens(desk, getattr(one, road)) for one in {self.before, self.after}
            ):
                return "not opened"
            sealed = key_file.read(desk)
            states = [
                name
                for name in ("before", "after")
                if all(sealed.unlocked(secret) for secret in getattr(self, name))
            ]
            if len(states) != 1:
                return f"opened as {states}"
            now: Secrets = getattr(self, states[0])
            if self._rows(desk, now) != self.rows:
                return "other rows"
            astray = [*desk.glob("*.n*"), *desk.rglob("*.next*")]
            return (
                f"left {list(map(str, astray))}"
                if astray
                else self._backups(desk, now) or states[0]
            )
        except Refusal as trouble:
            return str(trouble)

    def _opens(self, desk: Path, secret: str) -> bool:
        try:
            open_file(desk, keys=no_ring(), passphrase=lambda: secret).close()
        except WrongPassphrase:
            return False
        return True

    def _rows(self, desk: Path, now: Secrets) -> Any:
        with closing(open_file(desk, keys=no_ring(), passphrase=lambda: now.passphrase)) as it:
            if it.connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return None
            names = it.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).fetchall()
            return {
                name: [tuple(row) for row in it.connection.execute(f'SELECT * FROM "{name}"')]
                for (name,) in names
            }

    def _backups(self, desk: Path, now: Secrets) -> str:
        found = backups.found(desk)
        for one in found:
            sealed = key_file.read_file(one.key_path)
            for secret in now:
                key = sealed.unlocked(secret)
                if key is None:
                    return f"backup {one.path.name} does not open"
                connect(one.path, key, sealed.salt, readonly=True).close()
        return "" if len(found) >= 1 else "no backup"


class NewPassphrase(KeyTrial):
    """Another passphrase for an open workspace."""

    def changed(self) -> Secrets:
        return Secrets(NEW, self.code)

    def do(self, ring: KeyRing, arm: Arm, now: Secrets) -> None:
        with closing(open_file(self.place, keys=ring, passphrase=lambda: now.code)) as opened:
            arm()
            rekeying.change_passphrase(opened, secret=now.passphrase, new=NEW, cost=CHEAP)


class NewCode(KeyTrial):
    """Another recovery code for an open workspace."""

    def changed(self) -> Secrets:
        return Secrets(PASSPHRASE, self.new_code)

    def do(self, ring: KeyRing, arm: Arm, now: Secrets) -> None:
        with closing(open_file(self.place, keys=ring, passphrase=lambda: now.code)) as opened:
            arm()
            rekeying.change_code(opened, secret=now.code, code=self.new_code, cost=CHEAP)


class NewKey(KeyTrial):
    """Another key, and with it another recovery code."""

    def changed(self) -> Secrets:
        return Secrets(PASSPHRASE, self.new_code)

    def do(self, ring: KeyRing, arm: Arm, now: Secrets) -> None:
        arm()
        rekeying.renew_key(
            self.place, passphrase=now.passphrase, code=self.new_code, keys=ring, cost=CHEAP
        )


KEY_TRIALS: Final[dict[str, type[Trial]]] = {
    "new passphrase": NewPassphrase,
    "new code": NewCode,
    "new key": NewKey,
}
