"""Linux tells over D-Bus that it goes to sleep (logind) or that its screen was locked."""

import os
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

from kamdesk.desktop.opening.signs import SystemSigns
from kamdesk.storage.bus import has_bus

_LOGIN = "org.freedesktop.login1"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_SYSTEM_BUS = Path("/run/dbus/system_bus_socket")


class LinuxSigns(SystemSigns):
    """Listens on the buses there are; ``system`` and ``session`` are given in tests."""

    def __init__(
        self,
        parent: QObject,
        *,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        if system is None and _SYSTEM_BUS.exists():
            system = QDBusConnection.systemBus()
        if session is None and has_bus(os.environ):
            session = QDBusConnection.sessionBus()
        if system is not None and system.isConnected():
            self._hear(system, _LOGIN, "", f"{_LOGIN}.Manager.PrepareForSleep", "sleeps(bool)")
            self._hear(system, _LOGIN, _session(), f"{_LOGIN}.Session.Lock", "session_locked()")
        if session is not None and session.isConnected():
            for saver in _SAVERS:
                self._hear(session, "", "", f"{saver}.ActiveChanged", "screen_covered(bool)")

    def _hear(self, bus: QDBusConnection, service: str, path: str, signal: str, slot: str) -> None:
        interface, _, name = signal.rpartition(".")
        bus.connect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    @Slot(bool)
    def sleeps(self, _going: bool) -> None:
        """Hear that the computer goes to sleep, or woke."""
        self.wanted.emit()

    @Slot()
    def session_locked(self) -> None:
        """Hear that the session was locked."""
        self.wanted.emit()

    @Slot(bool)
    def screen_covered(self, covered: bool) -> None:
        """Hear that the screen saver came or went."""
        if covered:
            self.wanted.emit()


def _session() -> str:
    """Return the path of our session as logind writes it; empty: any, where it is not known."""
    name = os.environ.get("XDG_SESSION_ID", "")
    said = "".join(
        sign if sign.isascii() and sign.isalnum() and (n or sign.isalpha()) else f"_{ord(sign):02x}"
        for n, sign in enumerate(name)
    )
    return f"/org/freedesktop/login1/session/{said}" if said else ""
