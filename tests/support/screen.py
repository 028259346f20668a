"""A virtual screen with a window manager, a hand on its keyboard, and KamDesk as its process."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageGrab, ImageStat

MISSING = [tool for tool in ("Xvfb", "openbox", "xdotool") if shutil.which(tool) is None]
NEEDS_SCREEN = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is for Linux"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
SECRET = "four quiet rivers run"
NOBODY = ("", "Openbox")
"""What has the focus while no window of a program has: nothing, or openbox's own hidden window."""


def until(found: Callable[[], bool], what: str | Callable[[], str], seconds: float = 30.0) -> None:
    """Wait for a condition; fail with what was waited for, as it is said at the end."""
    end = time.monotonic() + seconds
    while not found():
        if time.monotonic() > end:
            said = what if isinstance(what, str) else what()
            pytest.fail(f"waited {seconds:.0f} s for {said}")
        time.sleep(0.05)


@dataclass
class Screen:
    """A virtual screen; ``actions`` counts keys, and texts typed in one go."""

    display: str
    environment: dict[str, str]
    actions: int = 0
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    # ---- the keyboard

    def run(self, *words: str) -> str:
        """Run xdotool; return what it says."""
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        return done.stdout.strip()

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.actions += 1
            self.run("key", "--clearmodifiers", key)
            time.sleep(0.08)

    def type(self, words: str) -> None:
        """Type words."""
        self.actions += 1
        self.run("type", "--delay", "12", words)
        time.sleep(0.1)

    # ---- what is seen

    def title(self) -> str:
        """Return the title of the window that has the focus."""
        said = self.run("getwindowfocus", "getwindowname")
        if said in NOBODY:  # shown, and not given the focus: take it up as a click would
            self.run("search", "--onlyvisible", "--name", "KamDesk", "windowactivate")
        return said

    def titles(self) -> list[str]:
        """Return the titles of all windows one sees."""
        found = self.run("search", "--onlyvisible", "--name", "KamDesk").split()
        return [self.run("getwindowname", window) for window in found]

    def told(self) -> str:
        """Return what is there, for who reads that a wait was in vain: windows, programs, words."""
        lines = [f"focus on “{self.run('getwindowfocus', 'getwindowname')}”, windows:"]
        shown = self.run("search", "--onlyvisible", "--name", "").split()
        lines += sorted({f"  “{self.run('getwindowname', window)}”" for window in shown})
        for process in self.started:
            said = ""
            if process.poll() is None:
                process.send_signal(signal.SIGABRT)  # Python's faulthandler, where it is on
            with suppress(subprocess.TimeoutExpired):
                said, _ = process.communicate(timeout=10)
            lines += [f"program ended by {process.returncode}, saying:", said]
        return "\n".join(lines)

    def shows(self, title: str) -> None:
        """Wait until the window in front has a title, and its picture stands still."""
        until(lambda: self.title() == title, lambda: f"“{title}”, not {self.told()}")
        self.still()

    def still(self, seconds: float = 0.2) -> None:
        """Wait until two pictures of the screen, so far apart, are the same."""
        before = [b""]

        def same() -> bool:
            time.sleep(seconds)
            now = ImageGrab.grab(xdisplay=self.display).tobytes()
            before[:], last = [now], before[0]
            return now == last

        until(same, "a picture that stands still")

    def changes(self, *keys: str) -> None:
        """Press keys; wait until that is seen and the picture stands still again."""
        self.begins(*keys)
        self.still()

    def begins(self, *keys: str) -> None:
        """Press keys; wait until something of what they do is seen."""
        before = ImageGrab.grab(xdisplay=self.display).tobytes()
        self.key(*keys)
        until(
            lambda: ImageGrab.grab(xdisplay=self.display).tobytes() != before,
            f"what {keys} does",
        )

    def brightness(self) -> float:
        """Return how bright the middle of the screen is, from 0 to 255."""
        picture = ImageGrab.grab(xdisplay=self.display).convert("L").crop((400, 500, 1200, 700))
        return ImageStat.Stat(picture).mean[0]

    # ---- KamDesk

    def start(self, workspace: Path) -> "subprocess.Popen[str]":
        """Start KamDesk on a workspace, or the first run where there is none."""
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "kamdesk", "--workspace", str(workspace)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def unlock(self, workspace: Path) -> "subprocess.Popen[str]":
        """Start KamDesk on a workspace and open it by its passphrase."""
        process = self.start(workspace)
        self.shows("KamDesk")
        self.type(SECRET)
        self.key("Return")
        self.shows("Today – KamDesk")
        return process

    def close(self, process: "subprocess.Popen[str]") -> None:
        """Close the window; the program ends well and has said nothing."""
        self.key("alt+F4")
        said, _ = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, "")

    def ask(self, workspace: Path, *words: str) -> Any:
        """Run a command on the workspace while no window is open; return its JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "kamdesk", "--workspace", str(workspace), *words, "--json"],
            env={**self.environment, "KAMDESK_PASSPHRASE": SECRET},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


def mid_morning() -> str:
    """Return a time zone in which it is between nine and ten now: a day's visits lie in one day."""
    east = (9 - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}"


@contextmanager
def a_screen(folder: Path, **more: str) -> Iterator[Screen]:
    """Bring up a screen of 1440 × 900; all that was started on it is ended at the end.

    Programs find a home in ``folder``, no message bus and no keyring, and ``more``.
    """
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # -noreset: a server whose last client goes starts anew, and a window manager that comes
        # just then loses its connection and is never seen again (2 of 120 on a busy machine)
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as said:
        ready, _, _ = select.select([said], [], [], 20)
        display = ":" + (said.readline().strip() if ready else "")
    if display == ":":
        server.kill()
        server.wait()
        pytest.fail("the screen did not start")
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ},
        **{f"XDG_{what.upper()}_HOME": str(folder / what) for what in ("config", "data", "state")},
        "DISPLAY": display,
        "LANG": "en_US.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "xcb",
        "QT_SCALE_FACTOR": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_RUNTIME_DIR": str(folder),
        **more,
    }
    manager = subprocess.Popen(
        ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    made = Screen(display, environment)
    try:
        until(
            lambda: bool(made.run("get_num_desktops")),
            lambda: f"openbox, which came to {manager.poll()}, not {made.told()}",
        )
        yield made
    finally:
        for process in made.started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=10)
        for daemon in (manager, server):
            daemon.terminate()
            daemon.wait(10)
