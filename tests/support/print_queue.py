"""A private print queue: a cupsd of one's own on a socket, whose printer is a file."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CUPSD = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
_CONF = """LogLevel warn
MaxLogSize 0
Listen {folder}/socket
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """ServerBin {folder}/bin
ServerRoot {folder}/etc
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/error.log
AccessLog {folder}/access.log
PageLog {folder}/page.log
LogFilePerm 0644
"""

_BACKEND = """#!/bin/sh
[ $# -ge 5 ] || { echo 'direct paper "Unknown" "A file"'; exit 0; }
printf '%s\\n' "$3" "$4" "$5" > "${DEVICE_URI#paper:}.said"
cat ${6:+"$6"} > "${DEVICE_URI#paper:}.part"
mv "${DEVICE_URI#paper:}.part" "${DEVICE_URI#paper:}"
"""
"""What stands for the printer: writes down title, copies and options, and the paper as it comes."""


class Queue:
    """A queue called ``desk``; what it printed stands in ``paper``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paper = folder / "tray" / "printed"
        self.environment = {**os.environ, "CUPS_SERVER": str(folder / "socket")}

    def run(self, *command: str) -> str:
        """Run a command of CUPS against this queue; return what it says."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=20, check=False
        )
        return done.stdout + done.stderr

    @property
    def said(self) -> list[str]:
        """The title, the copies and the options of what was printed."""
        return self.paper.with_name("printed.said").read_text("utf-8").splitlines()

    def printed(self, seconds: float = 20.0) -> bytes:
        """Return what was printed, once the queue is empty; raises ``TimeoutError``."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.paper.exists() and self.paper.stat().st_size and not self.run("lpstat", "-o"):
                return self.paper.read_bytes()
            time.sleep(0.1)
        raise TimeoutError((self.folder / "error.log").read_text("utf-8", "replace"))


@contextmanager
def private_queue() -> Iterator[Queue]:
    """Start the queue and end it; needs ``cupsd``, ``lp`` and ``lpadmin``."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        folder.chmod(0o755)  # a cupsd of root lets its filters run as somebody else
        for name in ("etc", "spool", "cache", "state", "tmp", "tray"):
            (folder / name).mkdir(mode=0o777)
            (folder / name).chmod(0o777)
        (folder / "bin" / "backend").mkdir(parents=True)
        (folder / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")
        backend = folder / "bin" / "backend" / "paper"
        backend.write_text(_BACKEND, "utf-8")
        for made in (folder / "bin", backend.parent, backend):
            made.chmod(0o755)
        (folder / "cupsd.conf").write_text(_CONF.format(folder=folder), "utf-8")
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder), "utf-8")
        served = subprocess.Popen(
            [
                str(CUPSD), "-f", "-c", str(folder / "cupsd.conf"),
                "-s", str(folder / "cups-files.conf"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        queue = Queue(folder)
        try:
            _until(lambda: (folder / "socket").exists())
            device = f"paper:{queue.paper}"
            said = queue.run("lpadmin", "-p", "desk", "-E", "-v", device, "-m", "raw")
            _until(lambda: "desk" in queue.run("lpstat", "-p"), said)
            queue.run("lpadmin", "-d", "desk")
            yield queue
        finally:
            served.terminate()
            with suppress(subprocess.TimeoutExpired):
                served.wait(timeout=10)
            served.kill()


def _until(true: "object", said: str = "") -> None:
    end = time.monotonic() + 20
    while not true():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError(said)
        time.sleep(0.1)
