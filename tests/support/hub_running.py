"""A hub as a process of its own that can be killed and started anew, and a bare way to ask it."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from kamdesk.hub import place
from kamdesk.hub.place import Place, Settings
from kamdesk.sync.wire import routes

_SERVE = (
    "import sys; from pathlib import Path;"
    " from kamdesk.hub import place; from kamdesk.hub.online import serving;"
    " serving.serve(place.find(Path(sys.argv[1])))"
)


class Unanswered(Exception):
    """No whole answer came: refused, cut, or a status that is no answer."""


def a_place(folder: Path, database: str = "") -> Place:
    """Make the folder of a hub on loopback, without TLS; "" is SQLite within it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listen = f"127.0.0.1:{port}"
    settings = Settings(
        name="Bench",
        url=f"https://{listen}",
        listen=listen,
        database=database,
        tls=False,
        own=False,
    )
    return place.make(folder, settings)


class HubProcess:
    """``kamdesk hub serve`` on a folder."""

    def __init__(self, at: Place) -> None:
        self.at = at
        self.host, self.port = at.listens
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, within: float = 30) -> None:
        """Start it and wait until it answers."""
        log = (self.at.folder / "hub.log").open("ab")
        with log:
            order = [sys.executable, "-c", _SERVE, str(self.at.folder)]
            self._process = subprocess.Popen(order, stdout=log, stderr=log)
        until = time.monotonic() + within
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError((self.at.folder / "hub.log").read_text()[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill it at whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Tell it to end."""
        self._end(signal.SIGTERM)

    @property
    def running(self) -> bool:
        """True unless it ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self.running:
            self._process.send_signal(how)
            self._process.wait(20)

    def _answers(self) -> bool:
        line = HTTPConnection(self.host, self.port, timeout=5)
        try:
            line.request("GET", routes.HUB)
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


class Caller:
    """A kept line to the hub for one request at a time; opened anew where it was cut."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, token: str, body: bytes, coding: str | None = None) -> bytes:
        """Return the body of the answer; raises ``Unanswered``."""
        try:
            async with asyncio.timeout(30):
                return await self._ask(path, token, body, coding)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Unanswered(type(error).__name__) from error
        except Unanswered:
            self.close()
            raise

    def close(self) -> None:
        """Let the line go."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def _ask(self, path: str, token: str, body: bytes, coding: str | None) -> bytes:
        if self._line is None:
            self._line = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._line
        packed = f"content-encoding: {coding}\r\n" if coding else ""
        writer.write(
            f"POST {path} HTTP/1.1\r\nhost: {self._host}:{self._port}\r\n"
            f"authorization: Bearer {token}\r\ncontent-type: application/json\r\n{packed}"
            f"content-length: {len(body)}\r\n\r\n".encode()
            + body
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        came = await reader.readexactly(int(fields["content-length"]))
        status = head[0].split(" ")[1]
        if status != "200":
            raise Unanswered(f"{status} {came[:200]!r}")
        return came
