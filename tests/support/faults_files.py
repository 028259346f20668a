"""Verbs that write whole files: settings, backups, restores, bundles; judged by what opens then."""

import hashlib
import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from support.faults_seed import PEOPLE, log_visit, seed, storage_on
from support.faults_trials import Arm, InWorkspace, Tell, Trial, broken, dump, shim
from support.faults_workspace import PASSPHRASE, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.domain.people.store import PERSON
from kamdesk.settings import KeptFile, Plain
from kamdesk.storage import backups, erased_list, erasing, key_file
from kamdesk.storage.database import DatabaseError, connect
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import BACKUPS, DATABASE
from kamdesk.storage.opening import Opened, open_file
from kamdesk.storage.restoring import RESTORED_AT
from kamdesk.storage.soundness import PAGE
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.transfer.bundle.service import Bundles
from kamdesk.workspace import open_workspace, restore_workspace, salvage_workspace

OTHER: Final = "另一个 wholly other passphrase"
PASSING: Final = (RESTORED_AT, SWEEP)
NOON: Final = datetime.now(UTC)  # renewing a key tidies by the computer's clock


class Settings(Trial):
    """A settings file written over an older one."""

    before: Final[dict[str, Plain]] = {"language": "zh_CN", "recent": "a" * 5000}
    after: Final[dict[str, Plain]] = {"language": "en", "recent": "b" * 9000}

    def fresh(self) -> None:
        super().fresh()
        KeptFile(self.place / "settings.json").write(self.before)

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        kept = KeptFile(self.place / "settings.json")
        arm()
        try:
            kept.write(self.after)
            tell("saved")
        except OSError as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            kept.write(self.after)
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        found = KeptFile(self.place / "settings.json").read()
        if found not in (self.before, self.after):
            yield "half: settings neither as before nor as after"
        elif {"saved", "went on"} & set(said) and found != self.after:
            yield "lost: settings said to be kept"


class FileRing:
    """A keyring in a file, so that it outlives the process a fault ends."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self._kept(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        del kept[f"{service} {username}"]
        self._keep(kept)

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text())) if self.path.exists() else {}

    def _keep(self, kept: dict[str, str]) -> None:
        self.path.write_text(json.dumps(kept))


class Keyed(InWorkspace):
    """A verb on a workspace with backups, judged by what each passphrase and code then opens."""

    days_ago: tuple[int, ...] = (2, 1)
    """When the backups were made that stand there before."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self._ring_file = folder / f"{name}-ring.json"
        self.ring = KeyRing(FileRing(self._ring_file))
        with closing(
            open_file(self.template, keys=self.ring, passphrase=lambda: PASSPHRASE)
        ) as opened:
            seed(storage_on(opened, chance=6))
            self.old = content(opened)
            for days in self.days_ago:
                back_up(opened, NOON - timedelta(days=days))
            log_visit(storage_on(opened))
            self.now = content(opened)
        self.known = {self.old, self.now}
        self.code = self.made.recovery_code
        self.before = self.after = (PASSPHRASE, self.code)
        self._ring_before = self._ring_file.read_text()
        self._turn = 0

    def fresh(self) -> None:
        super().fresh()
        self._ring_file.write_text(self._ring_before)

    def run(self) -> None:
        """Do the verb."""
        raise NotImplementedError

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        arm()
        try:
            self.run()
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            with closing(open_file(self.place, keys=self.ring, passphrase=lambda: OTHER)):
                pass
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        """Both secrets of before, or both of after, open all there is; and no other does."""
        wanted = dict.fromkeys((*self.before, *self.after))
        self._turn += 1
        roads = list(wanted)[self._turn % len(wanted) :] + list(wanted)[: self._turn % len(wanted)]
        for secret in roads:  # whichever comes first, it meets what was cut off
            wanted[secret] = self._opened_by(self.place, secret)
        now = {secret for secret, found in wanted.items() if found}
        if now not in (set(self.before), set(self.after)):
            yield f"half: of {len(wanted)} secrets {len(now)} open it"
        elif "saved" in said and now != set(self.after):
            yield "lost: opens as before"
        yield from self.of_content({found for found in wanted.values() if found}, said)
        yield from self._of_backups(now, said)

    def of_content(self, found: set[str], said: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong with what the workspace holds."""
        if not found <= {self.now}:
            yield f"lost: holds something else: {differing(found, {self.now})}"

    def _of_backups(self, now: set[str], said: Sequence[str]) -> Iterator[str]:
        there = list((self.place / BACKUPS).glob("*.db"))
        if len(there) < len(self.days_ago):
            yield f"lost: {len(there)} backups"
        for path in there:
            for secret in {*self.before, *self.after}:
                found = opened_backup(path, secret)
                if (found is not None) != (secret in now):
                    yield f"half: {path.name[-20:]} and the workspace open by different secrets"
                elif found is not None and found not in self.known:
                    yield "half: a backup of something else"

    def _opened_by(self, place: Path, secret: str) -> str | None:
        try:
            with closing(open_file(place, keys=no_ring(), passphrase=lambda: secret)) as opened:
                return content(opened)
        except StorageTrouble:
            return None


class BackingUp(Keyed):
    """A backup into the workspace's folder, which tidies as well."""

    def run(self) -> None:
        with closing(self.opened()) as opened:
            back_up(opened, NOON)

    def of_content(self, found: set[str], said: Sequence[str]) -> Iterator[str]:
        yield from super().of_content(found, said)
        newest = backups.found(self.place)[:1]
        if "saved" in said and not (newest and newest[0].at == NOON and newest[0].looks_whole):
            yield "lost: a backup said to be made"


class Tidying(BackingUp):
    """A backup by which others become surplus."""

    days_ago = (60, 45, 28, 21, 20, 14, 13, 7, 3, 2, 1)

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.fresh()
        self.run()
        self.kept = {one.path.name for one in backups.found(self.place)}

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        there = {one.path.name: one for one in backups.found(self.place)}
        missing = {one for one in self.kept - there.keys() if f"{NOON:%Y%m%d-%H%M%S}" not in one}
        if missing:
            yield f"lost: {len(missing)} backups that are to be kept"
        if not all(one.looks_whole and one.key_path.exists() for one in there.values()):
            yield "half: a backup without its key file"
        if "saved" in said and not self.kept <= there.keys():
            yield "lost: a backup said to be made"


class Restoring(Keyed):
    """An older backup brought back over the workspace, which is put aside whole."""

    def run(self) -> None:
        target = min((self.place / BACKUPS).glob("*.db"))
        restore_workspace(target, self.place, keys=self.ring, passphrase=lambda: PASSPHRASE)

    def of_content(self, found: set[str], said: Sequence[str]) -> Iterator[str]:
        if not found <= {self.old, self.now}:
            astray = differing(found, {self.old, self.now})
            yield f"half: neither the restored nor what stood there: {astray}"
        elif "saved" in said and found != {self.old}:
            yield "lost: said to be restored"
        if found == {self.old}:
            aside = [self._opened_by(path, PASSPHRASE) for path in self.place.glob("aside-*")]
            if self.now not in aside:
                yield "lost: what stood there before is not aside"


class RestoringErased(Restoring):
    """A backup brought back from before somebody was erased: they stay so."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        with closing(open_workspace(self.template, keys=self.ring)) as desk:
            erase_for_good(desk.storage, self.template)
            self.now = content_of(desk.storage)
        self.fresh()
        self.run()
        with closing(open_workspace(self.place, keys=self.ring)) as desk:
            if [p for p in desk.people.ask.everybody() if p.id == PEOPLE[1].id]:
                raise AssertionError("came back with the backup")
            self.old = content_of(desk.storage)


class Levelling(Keyed):
    """An older database put back by hand over one in which somebody was erased, and opened."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        older = (self.template / DATABASE).read_bytes()
        with closing(open_workspace(self.template, keys=self.ring)) as desk:
            erase_for_good(desk.storage, self.template)
        (self.template / DATABASE).write_bytes(older)

    def run(self) -> None:
        open_workspace(self.place, keys=self.ring).close()

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        try:
            with closing(open_workspace(self.place, keys=self.ring)) as desk:
                if [p for p in desk.people.ask.everybody() if p.id == PEOPLE[1].id]:
                    yield "lost: somebody erased is back"
                if erased_list.in_folder(self.place) != erasing.listed(desk.storage):
                    yield "half: the list and its shadow differ"
                yield from broken(desk.storage)
        except StorageTrouble as trouble:
            yield f"broken: does not open: {trouble}"


class RestoringAnew(Keyed):
    """A backup brought back into a new folder."""

    def run(self) -> None:
        target = min((self.place / BACKUPS).glob("*.db"))
        restore_workspace(target, self.room / "new", keys=no_ring(), passphrase=lambda: PASSPHRASE)

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        if self._opened_by(self.room / "new", self.code) != self.old:
            if "saved" in said:
                yield "lost: said to be restored"
            try:
                self.run()
            except StorageTrouble as trouble:
                yield f"half: cannot be restored again: {trouble}"
        yield from super().judged(())


class Erasing(Keyed):
    """Somebody erased, and what follows outside of the transaction."""

    def run(self) -> None:
        desk = open_workspace(self.place, keys=self.ring)
        with closing(desk):
            erase_for_good(desk.storage, self.place)

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        try:
            with closing(open_workspace(self.place, keys=self.ring)) as desk:
                people = {person.id for person in desk.people.ask.everybody()}
                listed = erasing.listed(desk.storage)
                if erased_list.in_folder(self.place) != listed:
                    yield "half: the list and its shadow differ"
                if people != {p.id for p in PEOPLE if p.id not in listed}:
                    yield "half: who is listed is there, or who is not is gone"
                if "saved" in said and PEOPLE[1].id not in listed:
                    yield "lost: said to be erased"
                if listed and desk.storage.number(erasing.SWEEP):
                    yield "half: not swept on opening"
        except StorageTrouble as trouble:
            yield f"broken: does not open: {trouble}"


class Salvaging(Keyed):
    """What can be read of a damaged workspace saved into a new folder."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        database = self.template / DATABASE
        raw = bytearray(database.read_bytes())
        raw[len(raw) // PAGE // 2 * PAGE + 100] ^= 1
        database.write_bytes(raw)
        self.damaged = hashlib.sha256(raw).hexdigest()
        self.fresh()
        self.run()
        self.saved = self._saved(PASSPHRASE)

    def run(self) -> None:
        salvage_workspace(
            self.place, self.room / "new", keys=self.ring, passphrase=lambda: PASSPHRASE
        )

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        arm()
        try:
            self.run()
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            shutil.rmtree(self.room / "new", ignore_errors=True)
            self.run()
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        if hashlib.sha256((self.place / DATABASE).read_bytes()).hexdigest() != self.damaged:
            yield "lost: the damaged file was touched"
        found = self._saved(PASSPHRASE), self._saved(self.code)
        if {"saved", "went on"} & set(said) and found != (self.saved, self.saved):
            yield "lost: said to be saved from a damaged file"
        if not set(found) <= {None, self.saved}:
            yield "half: saved by halves"

    def _saved(self, secret: str) -> tuple[int, ...] | None:
        """Return how much of what a true workspace in the new folder holds."""
        try:
            with closing(
                open_file(self.room / "new", keys=no_ring(), passphrase=lambda: secret)
            ) as opened:
                storage = storage_on(opened)
                if list(broken(storage)):
                    return ()
                return tuple(len(rows) for rows in dump(storage).values())
        except StorageTrouble:
            return None


class WritingBundle(Keyed):
    """Everything written to a file, over an older one."""

    def fresh(self) -> None:
        super().fresh()
        (self.room / "out.zip").write_bytes(b"older")

    def run(self) -> None:
        with closing(self.opened()) as opened:
            Bundles(storage_on(opened)).write(self.room / "out.zip")

    def of_content(self, found: set[str], said: Sequence[str]) -> Iterator[str]:
        yield from super().of_content(found, said)
        raw = (self.room / "out.zip").read_bytes() if (self.room / "out.zip").exists() else b""
        if raw != b"older" and not _is_whole_zip(raw):
            yield "half: neither the old file nor a whole new one"
        elif "saved" in said and raw == b"older":
            yield "lost: said to be written"


def content(opened: Opened) -> str:
    """Return a hash of each table a workspace holds, but for what it notes in passing."""
    return content_of(storage_on(opened))


def content_of(storage: Storage) -> str:
    """Return the same of the road for writes."""
    held = dump(storage)
    held["state"] = [row for row in held["state"] if row[0] not in PASSING]
    held["actions"] = [(*row[:4], *row[5:]) for row in held["actions"]]  # but not when
    return " ".join(
        f"{table}:{hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"
        for table, rows in held.items()
    )


def differing(found: set[str], known: set[str]) -> str:
    """Return the tables of what was found that are as in nothing that is known."""
    parts = {part for one in found for part in one.split()}
    return " ".join(sorted(parts - {part for one in known for part in one.split()}))


def erase_for_good(storage: Storage, folder: Path) -> None:
    """Erase the second person, and what is left of them beside the rows."""
    erasing.erase(storage, PERSON, PEOPLE[1].id, texts=True)
    erasing.sweep(storage, folder)


def back_up(opened: Opened, at: datetime) -> None:
    """Make a backup of an open workspace as of a time."""
    backups.make(
        opened.folder, opened.connection, opened.key, opened.salt, backups.Why.DAILY, now=at
    )


def opened_backup(path: Path, secret: str) -> str | None:
    """Return the content of a backup when a secret opens it by the key file beside it."""
    try:
        sealed = key_file.read_file(backups.key_path_of(path))
        key = sealed.unlocked(secret)
        if key is None:
            return None
        with closing(connect(path, key, sealed.salt)) as connection:
            opened = Opened(connection, path.parent, sealed.workspace, key, sealed.salt, None)
            return content(opened)
    except (StorageTrouble, OSError, DatabaseError):
        return None


def _is_whole_zip(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as bundle:
            return bundle.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False


FILE_TRIALS: Final[dict[str, type[Trial]]] = {
    "settings": Settings,
    "back up": BackingUp,
    "tidy backups": Tidying,
    "restore": Restoring,
    "restore somebody erased": RestoringErased,
    "restore anew": RestoringAnew,
    "bring level": Levelling,
    "erase and sweep": Erasing,
    "salvage": Salvaging,
    "write bundle": WritingBundle,
}
