"""A process killed at any moment while it renews the key of a filled workspace."""

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from support.commands import PASSPHRASE, CommandLine, a_territory
from support.faults_workspace import CHEAP
from support.file_ring import FileRing

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import key_file
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.opening import open_file
from kamdesk.storage.rekeying import change_code

ROOT = Path(__file__).parents[2]
ROWS = 2_900
"""With these the file takes 14 MB."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")


class Filled(NamedTuple):
    """A workspace of 14 MB, in a home of its own, and its recovery code."""

    home: Path
    code: str


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    line = CommandLine(tmp_path_factory.mktemp("filled")).made(a_territory)
    ring, code = KeyRing(FileRing(line.home / "ring.json")), key_file.new_code()
    with closing(open_file(line.workspace, keys=ring, passphrase=lambda: PASSPHRASE)) as it:
        it.connection.executemany(
            "INSERT INTO state (key, value) VALUES (?, ?)",
            ((f"test {n}", random.Random(n).randbytes(2000).hex()) for n in range(ROWS)),
        )
        change_code(it, secret=PASSPHRASE, code=code, cost=CHEAP)
    assert 13e6 < (line.workspace / "kamdesk.db").stat().st_size < 16e6
    return Filled(line.home, code)


def renewing(home: Path, code: str, *how: str) -> "subprocess.Popen[str]":
    """Return the process, at the point where it begins."""
    process = subprocess.Popen(
        [sys.executable, "-m", "support.renewing", str(home / "workspace"),
         str(home / "ring.json"), PASSPHRASE, code, *how],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    return process


def opened_by(home: Path, road: str, codes: tuple[str, str]) -> int:
    """Open a copy by one road; return how many rows are there, -1 when it is not whole."""
    copy = home.with_name(f"{home.name}-{road}")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    ring, nowhere = KeyRing(FileRing(copy / "ring.json")), KeyRing(FileRing(copy / "none.json"))
    ways = {"keyring": [(ring, "")], "passphrase": [(nowhere, PASSPHRASE)]}
    for keys, secret in ways.get(road, [(nowhere, code) for code in codes]):
        try:
            opened = open_file(copy / "workspace", keys=keys, passphrase=lambda one=secret: one)
        except StorageTrouble:
            continue
        with closing(opened) as it:
            if it.connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return -1
            sql = "SELECT count(*) FROM state WHERE key LIKE 'test %'"
            rows = int(it.connection.execute(sql).fetchone()[0])
        checked = CommandLine(copy).run("check")
        return rows if checked.status == 0 else -1
    return 0


@pytest.mark.slow
def test_killed_at_any_moment_every_road_opens_all_of_it(
    filled: Filled, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    home, code = tmp_path / "run", key_file.new_code()
    shutil.copytree(filled.home, home)
    begin = time.monotonic()
    with renewing(home, code) as whole:
        assert whole.communicate(timeout=60)[0] == "done\n"
    lasts = time.monotonic() - begin
    chances, ended = random.Random("killed while renewing"), []
    for _ in range(20 if pytestconfig.getoption("--all") else 3):
        shutil.rmtree(home)
        shutil.copytree(filled.home, home)
        with renewing(home, code) as process:
            time.sleep(chances.uniform(0, lasts))
            process.kill()
        ended.append(process.returncode)
        roads = {
            road: opened_by(home, road, (filled.code, code))
            for road in ("keyring", "passphrase", "code")
        }
        assert roads == dict.fromkeys(roads, ROWS)
    assert -9 in ended


def test_with_the_wraps_written_afterwards_the_workspace_is_lost(
    filled: Filled, tmp_path: Path
) -> None:
    home, code = tmp_path / "run", key_file.new_code()
    shutil.copytree(filled.home, home)
    with renewing(home, code, "late") as process:
        assert process.stdout
        assert process.stdout.readline() == "switched\n"
        process.kill()
    for road in ("keyring", "passphrase", "code"):
        assert opened_by(home, road, (filled.code, code)) == 0
