"""Linux tells over D-Bus that it sleeps or locks: heard on a private bus."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("D-Bus is for Linux", allow_module_level=True)

from PySide6.QtDBus import QDBusConnection, QDBusMessage

from kamdesk.desktop.opening.signs_of_linux import LinuxSigns, _session

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[QDBusConnection]:
    """A bus of our own, and ourselves on it; its login service is whoever has that name."""
    daemon = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--print-address",
            f"--address=unix:path={tmp_path}/bus",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    made = QDBusConnection.connectToBus(address, "kamdesk-test")
    assert made.isConnected()
    assert made.registerService("org.freedesktop.login1")
    yield made
    QDBusConnection.disconnectFromBus("kamdesk-test")
    daemon.terminate()
    daemon.communicate(timeout=10)


@pytest.mark.parametrize(
    ("path", "interface", "name", "values", "heard"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True], 1),
        ("SESSION", "org.freedesktop.login1.Session", "Lock", [], 1),
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True], 1),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True], 1),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False], 0),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "WakeUp", [True], 0),
    ],
)
def test_sleep_and_locks_are_heard(
    qapp: object,
    qtbot: QtBot,
    bus: QDBusConnection,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    interface: str,
    name: str,
    values: list[bool],
    heard: int,
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    assert _session() == "/org/freedesktop/login1/session/_32"
    owner = QObject()
    signs = LinuxSigns(owner, system=bus, session=bus)
    told: list[bool] = []
    signs.wanted.connect(lambda: told.append(True))
    signal = QDBusMessage.createSignal(path.replace("SESSION", _session()), interface, name)
    signal.setArguments(values)
    assert bus.send(signal)
    if heard:
        qtbot.waitUntil(lambda: bool(told), timeout=5000)
    else:
        qtbot.wait(150)
    assert len(told) == heard
