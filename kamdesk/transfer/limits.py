"""How much a foreign file may cost, and the cage the reading child locks itself into."""

import os
import sys
import threading
import time
from dataclasses import dataclass
from typing import Final

from kamdesk.core.text.clean import LONGEST

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take: memory and inflated size in bytes, time in seconds."""

    memory: int = 512 * MIB
    cpu: int = 20
    wall: float = 25.0
    handles: int = 32
    inflated: int = 200 * MIB
    entries: int = 5_000
    ratio: int = 100
    rows: int = 250_000
    columns: int = 1_000
    cells: int = 4_000_000
    cell: int = LONGEST


LIMITS: Final = Limits()

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED: Final = (
    "socket.", "subprocess.", "ctypes.", "pty.", "sqlite3.", "urllib.", "http.", "ftplib.",
    "smtplib.", "webbrowser.", "winreg.", "_winapi.", "pickle.", "shutil.", "tempfile.",
    "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.kill",
    "os.killpg", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "os.setxattr", "os.removexattr", "os.utime",
    "signal.pthread_kill", "sys.settrace", "sys.setprofile", "resource.",
)  # fmt: skip
_REFUSED_IMPORTS: Final = frozenset(
    {"socket", "_socket", "ssl", "subprocess", "_posixsubprocess", "ctypes", "_ctypes",
     "multiprocessing", "_multiprocessing", "_posixshmem", "asyncio", "pickle", "_pickle",
     "sqlite3", "_sqlite3", "sqlcipher3", "sqlite_utils", "dbm", "_dbm", "_gdbm", "mmap",
     "PySide6", "shiboken6", "keyring", "psutil"}
)  # fmt: skip
_UNHEARD: Final = ("mkfifo", "mknod")
"""Functions of ``os`` that make files without telling the hook: they are taken away."""


def bind(limits: Limits = LIMITS) -> None:
    """Bind this process to ``limits`` for good, by what the system offers."""
    if sys.platform == "win32":
        from kamdesk.transfer.job_object import bind_by_job_object

        bind_by_job_object(memory=limits.memory, cpu=limits.cpu)
    else:
        _bind_by_rlimits(limits)
    if sys.platform == "darwin":
        threading.Thread(target=_watch_memory, args=(limits.memory,), daemon=True).start()


def refuse_side_effects() -> None:
    """From now on refuse sockets, processes, foreign libraries and every write, for good."""

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event == "open":
            flags = details[2]
            if isinstance(flags, int) and flags & _WRITING:
                raise PermissionError("the reading child writes no files")
        elif event == "import":
            if str(details[0]).split(".")[0] in _REFUSED_IMPORTS:
                raise PermissionError(f"the reading child does not import {details[0]}")
        elif event.startswith(_REFUSED):
            raise PermissionError(f"the reading child does not do {event}")

    for module in (os, sys.modules.get("posix")):
        for name in _UNHEARD:
            if hasattr(module, name):
                delattr(module, name)
    sys.addaudithook(watch)


def _bind_by_rlimits(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CPU, limits.cpu, spare=2)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, limits.handles)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, limits.memory)
        _lower(resource.RLIMIT_NPROC, 0)


def _lower(what: int, most: int, *, spare: int = 0) -> None:
    """Lower one limit; the hard one lies ``spare`` above, so that the signal says which it was."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(what)
    top = most + spare if hard == resource.RLIM_INFINITY else min(hard, most + spare)
    resource.setrlimit(what, (min(most, top), top))


def _watch_memory(most: int) -> None:
    """End this process when it has ever held more than ``most`` (macOS keeps no RLIMIT_AS)."""
    if sys.platform == "win32":
        return
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < most:
        time.sleep(0.05)
    os.abort()
