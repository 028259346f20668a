"""One writing process: the second is told so, and the lock goes with its holder."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import lock

HOLD = """
import sys, time
from pathlib import Path
from kamdesk.storage.lock import Lock
held = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of ``folder``."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_the_second_process_is_told_that_kamdesk_is_open(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        with pytest.raises(lock.Held) as refused:
            lock.Lock(tmp_path)
        assert refused.value.said.plain == "KamDesk is open; close it or do this in the window."
        assert lock.holder(tmp_path) == process.pid
    assert issubclass(lock.Held, StorageTrouble)


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        lock.Lock(tmp_path).release()


def test_the_lock_is_given_back_on_release(tmp_path: Path) -> None:
    held = lock.Lock(tmp_path)
    with pytest.raises(lock.Held):
        lock.Lock(tmp_path)
    held.release()
    held.release()
    again = lock.Lock(tmp_path)
    assert lock.holder(tmp_path) == os.getpid()
    again.release()


def test_reading_who_holds_it_does_not_give_it_back(tmp_path: Path) -> None:
    held = lock.Lock(tmp_path)
    assert lock.holder(tmp_path) == os.getpid()
    with pytest.raises(lock.Held):
        lock.Lock(tmp_path)
    held.release()


def test_nobody_holds_what_was_never_locked(tmp_path: Path) -> None:
    assert lock.holder(tmp_path) is None
    (tmp_path / "lock").write_text("rubbish")
    assert lock.holder(tmp_path) is None


def test_the_lock_file_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        lock.Lock(tmp_path).release()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(StorageTrouble, match="something else stands in its place"):
        lock.Lock(tmp_path)
    assert victim.read_text() == "mine"


def test_a_pipe_or_folder_in_its_place_is_no_lock(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lock")
    with pytest.raises(StorageTrouble, match="something else stands in its place"):
        lock.Lock(tmp_path)
    (tmp_path / "lock").unlink()
    (tmp_path / "lock").mkdir()
    with pytest.raises(StorageTrouble, match="something else stands in its place"):
        lock.Lock(tmp_path)


def test_a_full_disk_does_not_keep_the_workspace_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock.os, "write", full)
    lock.Lock(tmp_path).release()


def test_a_child_that_outlives_us_does_not_inherit_it(tmp_path: Path) -> None:
    held = lock.Lock(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        held.release()
        lock.Lock(tmp_path).release()
        child.kill()
