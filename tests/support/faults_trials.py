"""Something done in a folder, cut at one call or by a loss of power, and judged by what is left."""

import ctypes
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from support.faults_seed import new_workspace, storage_on
from support.faults_verbs import VERBS
from support.faults_workspace import CHEAP, PASSPHRASE, MemoryRing, no_ring
from support.power_disk import Disk
from support.power_record import MARK, REMOVE, RENAME, Event, read_record

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import migrations, rows
from kamdesk.storage.creating import Created, create
from kamdesk.storage.database import connect
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.migrating import applied
from kamdesk.storage.opening import Opened, open_file
from kamdesk.storage.replay import differences
from kamdesk.storage.storage import Storage

KINDS: Final = {"count": 0, "crash": 1, "eio": 2, "enospc": 3, "short": 4, "torn": 5, "erofs": 6}
LONGEST: Final = 30
Dump = dict[str, list[Any]]
Tell = Callable[[str], None]
Arm = Callable[[], object]
shim: Final = ctypes.CDLL(None)


class Trial:
    """Something done in ``place`` within ``room``; all that is done in the room can be cut."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.room = folder / f"{name}-run"
        self.place = self.room / "desk"

    def fresh(self) -> None:
        """Make the room as it is before."""
        shutil.rmtree(self.room, ignore_errors=True)
        self.room.mkdir()

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        """Do it in the process the fault happens to: open, ``arm``, act, ``tell``."""
        raise NotImplementedError

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong in the room after all this was said."""
        raise NotImplementedError

    def at(self, point: int, kind: str, *, sticky: bool, control: str) -> dict[str, Any]:
        """Do it with one fault; return what it said and what is wrong afterwards."""
        self.fresh()
        room = os.fsencode(self.room)
        said, status = self._forked(
            lambda: shim.faults_arm(room, point, KINDS[kind], int(sticky)), control
        )
        wrong = [f"bug: {line}" for line in said if line.startswith(("bug", "stuck", "half"))]
        if os.WIFSIGNALED(status):
            wrong.append(f"bug: ended by signal {os.WTERMSIG(status)}")
        wrong += self._wrong(said)
        return {"point": point, "said": said, "wrong": wrong}

    def cut(self, points: Sequence[int], control: str) -> Iterator[dict[str, Any]]:
        """Do it once, recorded; yield what is wrong after each of these losses of power."""
        events, said = self._recorded(control)
        self.fresh()
        disk, done, told = Disk(self.room, syncs_files=control != "no sync"), 0, 0
        chances = [random.Random(f"{self.name} {control} {point}") for point in points]
        moments = [(moment_of(events, chance), n) for n, chance in enumerate(chances)]
        for moment, n in sorted(moments):
            for event in events[done:moment]:
                disk.meet(event)
                told += event.what == MARK
            done = moment
            disk.come_back(chances[n])
            wrong = self._wrong(said[:told])
            yield {"point": points[n], "moment": moment, "said": said[:told], "wrong": wrong}

    def _wrong(self, said: Sequence[str]) -> list[str]:
        """Judge; a file on which the program itself stumbles is broken."""
        try:
            return list(self.judged(said))
        except Exception as bug:
            return [f"broken: {type(bug).__name__}: {bug}"]

    def _recorded(self, control: str) -> tuple[list[Event], list[str]]:
        self.fresh()
        room = os.fsencode(self.room)
        with tempfile.NamedTemporaryFile() as record:
            begin = lambda: shim.faults_record(room, record.fileno())  # noqa: E731
            said, _ = self._forked(lambda: None, control, begin)
            return read_record(Path(record.name)), said

    def _forked(self, arm: Arm, control: str, begin: Arm = lambda: None) -> tuple[list[str], int]:
        """Act in a process of its own that begins so; return what it said and how it ended."""
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ours)
            begin()
            self._be_hit(arm, theirs, control)
        os.close(theirs)
        with os.fdopen(ours) as pipe:
            said = pipe.read().splitlines()
        return said, os.waitpid(child, 0)[1]

    def _be_hit(self, arm: Arm, pipe: int, control: str) -> None:
        """Be the process the fault happens to; never returns."""

        def tell(line: str) -> None:
            os.write(pipe, (line.replace("\n", " ") + "\n").encode())
            shim.faults_mark()

        signal.alarm(LONGEST)
        try:
            self.act(arm, tell, control=control)
            tell(f"counted {shim.faults_disarm()}")
        except BaseException as bug:
            tell(f"bug {type(bug).__name__} {bug}")
        os._exit(0)


def moment_of(events: Sequence[Event], chance: random.Random) -> int:
    """Return after how many events power fails: half the time soon after a name or a word."""
    if chance.random() < 0.5:
        turns = [n for n, event in enumerate(events, 1) if event.what in (RENAME, REMOVE, MARK)]
        return min(len(events), chance.choice(turns) + chance.randint(0, 2))
    return chance.randint(0, len(events))


class TooEarly:
    """A broken road: says "saved" before the transaction is committed."""

    tables: tuple[str, ...] = ()

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def follow(self, connection: Any, touched: Mapping[str, Set[Any]]) -> None:
        self._tell("saved")

    def rebuild(self, connection: Any) -> None:
        pass

    def findings(self, connection: Any) -> list[str]:
        return []


def by_halves(storage: Storage) -> None:
    """Break the road: rows are written in another transaction than their ops."""
    insert, execute = rows.insert, storage.connection.execute

    def torn(*values: Any) -> None:
        execute("COMMIT")
        execute("BEGIN IMMEDIATE")
        insert(*values)

    rows.insert = torn


def dump(storage: Storage) -> Dump:
    """Everything the file holds but the mark made afterwards."""
    execute = storage.connection.execute
    tables = execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: [tuple(row) for row in execute(f'SELECT * FROM "{name}"') if row[0] != "after"]
        for (name,) in tables
    }


def broken(storage: Storage) -> Iterator[str]:
    """Yield what is wrong with any workspace file, whatever was done to it."""
    if storage.reader.ask("PRAGMA integrity_check").column() != ["ok"]:
        yield "broken: integrity check"
    for line in differences(storage):
        yield f"half: {line}"


@cache
def _blank(folder: Path) -> tuple[KeyRing, Created]:
    """Make a workspace of which others are copies; return the keyring and what it was made with."""
    ring = KeyRing(MemoryRing())
    return ring, new_workspace(folder, ring)


class InWorkspace(Trial):
    """A trial in a workspace that was there before; its key lies in a keyring."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.template = folder / f"{name}-before"
        self.ring, self.made = _blank(folder / "blank")
        shutil.copytree(folder / "blank", self.template)

    def fresh(self) -> None:
        super().fresh()
        shutil.copytree(self.template, self.place)

    def opened(self, place: Path | None = None) -> Opened:
        """Return the workspace opened, or another one under the same key."""
        return open_file(place or self.place, keys=self.ring)


class Saving(InWorkspace):
    """A verb on an open workspace, and its closing."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.verb = VERBS[name]
        with closing(self.opened(self.template)) as opened:
            storage = storage_on(opened, chance=6)
            for step in self.verb.before:
                step(storage)
            self.before = dump(storage)
        self.fresh()
        with closing(self.opened()) as opened:
            storage = storage_on(opened)
            self.verb.run(storage)
            self.after = dump(storage)
        if self.after == self.before:
            raise AssertionError(f"{name} saves nothing")

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        opened = self.opened()
        storage = storage_on(opened, *([TooEarly(tell)] if control == "too early" else []))
        if control == "by halves":
            by_halves(storage)
        arm()
        try:
            self.verb.run(storage)
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            with suppress(StorageTrouble):
                storage.remember("after", 0)  # the disk may still be full
            shim.faults_disarm()
            self._go_on(storage, tell)
        opened.close()

    def _go_on(self, storage: Storage, tell: Tell) -> None:
        """After a refusal the same process sees a true workspace and can save again."""
        if dump(storage) not in (self.before, self.after) or differences(storage):
            tell("half of it is seen after the refusal")
        try:
            storage.remember("after", 1)
        except StorageTrouble as trouble:
            tell(f"stuck {trouble}")
        else:
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        try:
            opened = self.opened()
        except StorageTrouble as trouble:
            yield f"broken: does not open: {trouble}"
            return
        with closing(opened):
            storage = storage_on(opened)
            found = dump(storage)
            if found not in (self.before, self.after):
                yield "half: neither as before nor as after"
            if "saved" in said and found != self.after:
                yield "lost: said to be saved, and is not there"
            if "went on" in said and storage.number("after") != 1:
                yield "lost: what was saved after the refusal"
            yield from broken(storage)


class Creating(Trial):
    """A new workspace in a new folder, on a computer without a keyring."""

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        arm()
        try:
            self._create()
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            with suppress(StorageTrouble):  # what a dead disk did not let go stays in the way
                self._create()
                tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        try:
            open_file(self.place, keys=no_ring(), passphrase=lambda: PASSPHRASE).close()
        except StorageTrouble as trouble:
            if {"saved", "went on"} & set(said):
                yield f"lost: a workspace that does not open: {trouble}"
                return
            try:
                self._create()
            except StorageTrouble as again:
                yield f"half: neither opens nor can be made again: {again}"

    def _create(self) -> None:
        create(self.place, PASSPHRASE, keys=no_ring(), cost=CHEAP)


class Migrating(InWorkspace):
    """Opening a workspace that an older program wrote."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.steps = folder / "steps"
        self.steps.mkdir()
        body = "db.executescript('CREATE TABLE more (a); INSERT INTO more VALUES (1)')"
        for step in ("m9001_more", "m9002_most"):
            (self.steps / f"{step}.py").write_text(f"def step(db):\n    {body}\n")
            body = "db.executescript('CREATE TABLE most (a); INSERT INTO most VALUES (1)')"

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        migrations.__path__ = [*migrations.__path__, str(self.steps)]
        arm()
        try:
            opened = self.opened()
            tell("saved")
            opened.close()
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            self.opened().close()
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        shipped = migrations.__path__
        migrations.__path__ = [*shipped, str(self.steps)]
        try:
            with closing(self.opened()) as opened:
                sql = "SELECT (SELECT count(*) FROM more), (SELECT count(*) FROM most)"
                if tuple(opened.connection.execute(sql).fetchone()) != (1, 1):
                    yield "half: a step was done by halves or twice"
                copies = list((self.place / "backups").glob("*.db"))
                if not copies:
                    yield "lost: no copy was made"
                for copy in copies:
                    with closing(connect(copy, opened.key, opened.salt)) as old:
                        step, done = copy.stem.partition("-before-")[2], applied(old)
                        if step in done or not done:
                            yield "half: the copy is not what stood before"
        except StorageTrouble as trouble:
            yield f"broken: does not open: {trouble}"
        finally:
            migrations.__path__ = shipped


TRIALS: Final[dict[str, type[Trial]]] = {
    **dict.fromkeys(VERBS, Saving),
    "create": Creating,
    "migrate": Migrating,
}
