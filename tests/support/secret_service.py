"""A real secret service on a session bus of its own, started and stopped by its process."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

PASSWORD = "opens the collection"

BUS = """
<busconfig>
  <type>session</type>
  <listen>unix:dir={home}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""A bus that starts no service by itself: one that was killed stays dead."""

MISSING = not all(map(shutil.which, ("gnome-keyring-daemon", "dbus-daemon")))


class SecretService:
    """GNOME's keyring on a private bus; its collection lies in ``home``."""

    def __init__(self, home: Path) -> None:
        self._home = home
        (home / "bus.conf").write_text(BUS.format(home=home))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={home / 'bus.conf'}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self._environment(),
        )
        assert self._bus.stdout
        self.address = self._bus.stdout.readline().strip()
        self._daemon: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Return what a program needs to find the service."""
        return {**self._environment(), "DBUS_SESSION_BUS_ADDRESS": self.address}

    def start(self) -> None:
        """Start it, its collection unlocked; wait until it answers."""
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
        )
        assert self._daemon.stdin
        self._daemon.stdin.write(PASSWORD.encode())
        self._daemon.stdin.close()
        for _ in range(100):
            if self._answers():
                return
            time.sleep(0.1)
        raise TimeoutError("the secret service does not answer")

    def kill(self) -> None:
        """End it as a crash would."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait(10)
            self._daemon = None

    def halt(self) -> None:
        """Let it take questions and answer none."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        self._send(signal.SIGCONT)

    def lock(self) -> None:
        """Lock the collection; nobody is there to unlock it."""
        import secretstorage

        bus = secretstorage.dbus_init()
        secretstorage.get_default_collection(bus).lock()
        bus.close()

    def items(self) -> list[tuple[str, dict[str, str]]]:
        """Return label and attributes of all that is kept."""
        import secretstorage

        bus = secretstorage.dbus_init()
        found = [
            (item.get_label(), dict(item.get_attributes()))
            for item in secretstorage.get_default_collection(bus).get_all_items()
        ]
        bus.close()
        return found

    def empty(self) -> None:
        """Delete all that is kept."""
        import secretstorage

        bus = secretstorage.dbus_init()
        for item in list(secretstorage.get_default_collection(bus).get_all_items()):
            item.delete()
        bus.close()

    def close(self) -> None:
        """End the service and its bus."""
        self.kill()
        self._bus.kill()
        self._bus.communicate(timeout=10)

    def _send(self, number: int) -> None:
        if self._daemon is not None:
            os.kill(self._daemon.pid, number)

    def _answers(self) -> bool:
        done = subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
             "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias",
             "string:default"],
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(),
        )  # fmt: skip
        return "/org/freedesktop/secrets/collection/" in done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {
            name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ
        }
        places = ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        return {**kept, **dict.fromkeys(places, str(self._home))}
