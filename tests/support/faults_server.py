"""A process that forks once a fault: runs a verb, lets one call fail, and judges what is left.

Started with the shim of ``tests/faults/shim.c`` loaded. Takes one JSON line a request (trial, kind,
sticky, points, control) and answers one JSON line a point.
"""

import ctypes
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlite_utils  # noqa: F401  (once here, not in every child)
from support.faults_verbs import VERBS, new_workspace, storage_on
from support.faults_workspace import CHEAP, PASSPHRASE, MemoryRing, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import migrations, rows
from kamdesk.storage.creating import create
from kamdesk.storage.database import connect
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.migrating import applied
from kamdesk.storage.opening import open_file
from kamdesk.storage.replay import differences
from kamdesk.storage.storage import Storage

KINDS = {"count": 0, "crash": 1, "eio": 2, "enospc": 3, "short": 4, "torn": 5}
LONGEST = 30
Dump = dict[str, list[Any]]
Tell = Callable[[str], None]
shim = ctypes.CDLL(None)


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


class Trial:
    """Something done in a folder, cut at one call; judged by what is found afterwards."""

    def __init__(self, folder: Path, name: str) -> None:
        self.place = folder / f"{name}-run"

    def fresh(self) -> None:
        """Make the folder as it is before."""
        shutil.rmtree(self.place, ignore_errors=True)

    def act(self, arm: Callable[[], object], tell: Tell, *, control: str) -> None:
        """Do it in the process the fault happens to: open, ``arm``, act, ``tell``."""
        raise NotImplementedError

    def judged(self, saved: bool, went_on: bool) -> Iterator[str]:
        """Yield what is wrong in the folder afterwards."""
        raise NotImplementedError

    def at(self, point: int, kind: str, *, sticky: bool, control: str) -> dict[str, Any]:
        """Do it with one fault; return what it said and what is wrong afterwards."""
        self.fresh()
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ours)
            place = os.fsencode(self.place)
            self._be_hit(
                lambda: shim.faults_arm(place, point, KINDS[kind], int(sticky)), theirs, control
            )
        os.close(theirs)
        with os.fdopen(ours) as pipe:
            said = pipe.read().splitlines()
        _, status = os.waitpid(child, 0)
        wrong = [f"bug: {line}" for line in said if line.startswith(("bug", "stuck", "half"))]
        if os.WIFSIGNALED(status):
            wrong.append(f"bug: ended by signal {os.WTERMSIG(status)}")
        wrong += self.judged("saved" in said, "went on" in said)
        return {"point": point, "said": said, "wrong": wrong}

    def _be_hit(self, arm: Callable[[], object], pipe: int, control: str) -> None:
        """Be the process the fault happens to; never returns."""

        def tell(line: str) -> None:
            os.write(pipe, (line.replace("\n", " ") + "\n").encode())

        signal.alarm(LONGEST)
        try:
            self.act(arm, tell, control=control)
            tell(f"counted {shim.faults_disarm()}")
        except BaseException as bug:
            tell(f"bug {type(bug).__name__} {bug}")
        os._exit(0)


class Saving(Trial):
    """A verb on an open workspace, and its closing."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.verb, self.ring = VERBS[name], KeyRing(MemoryRing())
        self.template = folder / f"{name}-before"
        new_workspace(self.template, self.ring)
        with closing(open_file(self.template, keys=self.ring)) as opened:
            storage = storage_on(opened)
            for step in self.verb.before:
                step(storage)
            self.before = dump(storage)
        self.fresh()
        with closing(open_file(self.place, keys=self.ring)) as opened:
            storage = storage_on(opened)
            self.verb.run(storage)
            self.after = dump(storage)

    def fresh(self) -> None:
        super().fresh()
        shutil.copytree(self.template, self.place)

    def act(self, arm: Callable[[], object], tell: Tell, *, control: str) -> None:
        opened = open_file(self.place, keys=self.ring)
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

    def judged(self, saved: bool, went_on: bool) -> Iterator[str]:
        try:
            opened = open_file(self.place, keys=self.ring)
        except StorageTrouble as trouble:
            yield f"broken: does not open: {trouble}"
            return
        with closing(opened):
            storage = storage_on(opened)
            if storage.reader.ask("PRAGMA integrity_check").column() != ["ok"]:
                yield "broken: integrity check"
            found = dump(storage)
            if found not in (self.before, self.after):
                yield "half: neither as before nor as after"
            if saved and found != self.after:
                yield "lost: said to be saved, and is not there"
            if went_on and storage.number("after") != 1:
                yield "lost: what was saved after the refusal"
            for line in differences(storage):
                yield f"half: {line}"


class Creating(Trial):
    """A new workspace in a new folder, on a computer without a keyring."""

    def act(self, arm: Callable[[], object], tell: Tell, *, control: str) -> None:
        arm()
        try:
            create(self.place, PASSPHRASE, keys=no_ring(), cost=CHEAP)
            tell("saved")
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            with suppress(StorageTrouble):  # what a dead disk did not let go stays in the way
                create(self.place, PASSPHRASE, keys=no_ring(), cost=CHEAP)
                tell("went on")

    def judged(self, saved: bool, went_on: bool) -> Iterator[str]:
        whole = (self.place / "key.json").exists()
        try:
            open_file(self.place, keys=no_ring(), passphrase=lambda: PASSPHRASE).close()
        except StorageTrouble as trouble:
            if saved or went_on or whole:
                yield f"lost: a workspace that does not open: {trouble}"
        else:
            if not whole:
                yield "half: opens without a key file"


class Migrating(Trial):
    """Opening a workspace that an older program wrote."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.ring, self.template = KeyRing(MemoryRing()), folder / f"{name}-before"
        new_workspace(self.template, self.ring)
        self.steps = folder / "steps"
        self.steps.mkdir()
        body = "db.executescript('CREATE TABLE more (a); INSERT INTO more VALUES (1)')"
        for step in ("m9001_more", "m9002_most"):
            (self.steps / f"{step}.py").write_text(f"def step(db):\n    {body}\n")
            body = "db.executescript('CREATE TABLE most (a); INSERT INTO most VALUES (1)')"

    def fresh(self) -> None:
        super().fresh()
        shutil.copytree(self.template, self.place)

    def act(self, arm: Callable[[], object], tell: Tell, *, control: str) -> None:
        migrations.__path__ = [*migrations.__path__, str(self.steps)]
        arm()
        try:
            opened = open_file(self.place, keys=self.ring)
            tell("saved")
            opened.close()
        except StorageTrouble as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            open_file(self.place, keys=self.ring).close()
            tell("went on")

    def judged(self, saved: bool, went_on: bool) -> Iterator[str]:
        shipped = migrations.__path__
        migrations.__path__ = [*shipped, str(self.steps)]
        try:
            with closing(open_file(self.place, keys=self.ring)) as opened:
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


TRIALS: dict[str, type[Trial]] = {
    **dict.fromkeys(VERBS, Saving),
    "create": Creating,
    "migrate": Migrating,
}


def serve(folder: Path) -> None:
    """Answer requests until there are none."""
    trials: dict[str, Trial] = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = request["trial"]
        trial = trials.get(name) or trials.setdefault(name, TRIALS[name](folder, name))
        for point in request["points"]:
            found = trial.at(
                point, request["kind"], sticky=request["sticky"], control=request["control"]
            )
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]).resolve())
