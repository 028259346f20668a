"""A real window on a screen of its own: first run, import, a customer, its brief, all by keys."""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import ImageGrab, ImageStat

TOOLS = ("Xvfb", "openbox", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
SECRET = "four quiet rivers run"
LIST = (
    "客户名称,客户简称,城市,电话\n"
    "瑞坪矿业有限公司,瑞坪矿业,徐州,0516-8800 1200\n"
    "沐禾乳业股份有限公司,沐禾乳业,湖州,0572-2100 880\n"
    ",,南京,025-8888 0000\n"
)

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is for Linux"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


def until(found: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Wait for a condition; fail with what was waited for."""
    end = time.monotonic() + seconds
    while not found():
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)


@dataclass
class Screen:
    """A virtual screen with a window manager, and a hand on its keyboard."""

    display: str
    environment: dict[str, str]

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
            self.run("key", "--clearmodifiers", key)
            time.sleep(0.08)

    def type(self, words: str) -> None:
        """Type words."""
        self.run("type", "--delay", "12", words)
        time.sleep(0.1)

    def title(self) -> str:
        """Return the title of the window that has the focus."""
        said = self.run("getwindowfocus", "getwindowname")
        if not said:  # mapped before the window manager was ready: take it up as a click would
            self.run("search", "--onlyvisible", "--name", "KamDesk", "windowactivate")
        return said

    def shows(self, title: str) -> None:
        """Wait until the window in front has a title."""
        until(lambda: self.title() == title, f"“{title}”, not “{self.title()}”")
        time.sleep(0.3)

    def brightness(self) -> float:
        """Return how bright the middle of the screen is, from 0 to 255."""
        picture = ImageGrab.grab(xdisplay=self.display).convert("L").crop((400, 500, 1200, 700))
        return ImageStat.Stat(picture).mean[0]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of 1440 × 900 that is taken down at the end."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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
        "DISPLAY": display,
        "LANG": "en_US.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_SCALE_FACTOR": "1",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    manager = subprocess.Popen(
        ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    made = Screen(display, environment)
    try:
        until(lambda: bool(made.run("get_num_desktops")), "the window manager")
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@pytest.fixture
def program(screen: Screen, tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Starts KamDesk on that screen; what it leaves open is closed at the end."""
    started: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "kamdesk", "--workspace", str(tmp_path / "workspace")],
            env=screen.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)


def closed(screen: Screen, process: "subprocess.Popen[str]") -> None:
    """Close the window; the program ends well and has said nothing."""
    screen.key("alt+F4")
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert said == ""


def test_from_the_first_start_to_a_brief(
    screen: Screen, program: Callable[[], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    customers = tmp_path / "list.csv"
    customers.write_text(LIST, "utf-8")
    running = program()
    screen.shows("KamDesk")
    screen.key("2")  # English
    screen.key("1")  # a new workspace
    time.sleep(0.5)
    screen.type("Lin Xiaotong")
    screen.key("Tab")
    screen.type(SECRET)
    screen.key("Tab")
    screen.type(SECRET)
    screen.key("Return")
    until(lambda: (tmp_path / "workspace" / "key.json").exists(), "the workspace")
    time.sleep(0.5)
    screen.key("space", "Tab", "Return")  # the recovery code is written down
    screen.key("1")  # import a file
    screen.shows("Import a file")
    screen.type(str(customers))
    screen.key("Return")
    screen.shows("Import – KamDesk")
    time.sleep(1.5)
    screen.key("ctrl+Return")  # one row has no name: the report tells
    time.sleep(1.5)
    screen.key("ctrl+Return")  # show the list
    screen.shows("Customers – KamDesk")
    screen.key("Return")
    screen.shows("沐禾乳业 – KamDesk")
    screen.key("b")
    screen.shows("Visit brief – KamDesk")
    screen.key("ctrl+comma")
    screen.shows("Settings – KamDesk")
    screen.key("Right")  # 中文
    screen.shows("设置 – KamDesk")
    light = screen.brightness()
    screen.key("Tab", "Right", "Right")  # light, then dark
    until(lambda: screen.brightness() < 60, "the dark theme")
    assert light > 200
    closed(screen, running)

    again = program()
    screen.shows("KamDesk")
    screen.type(SECRET)
    screen.key("Return")
    screen.shows("今天 – KamDesk")
    closed(screen, again)
