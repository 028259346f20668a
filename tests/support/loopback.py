"""A server on loopback whose answers are scripted byte for byte, and one that spoils another's."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.certificates import LOOPBACK, Certificate, certificate

Talk = Callable[[socket.socket, bytes], None]
"""What a server does with one request on a connection: its head and body, as they came."""


class Loopback:
    """Answers every request by ``talk``; ``asked`` are the requests that came, whole."""

    def __init__(self, talk: Talk, context: ssl.SSLContext | None) -> None:
        self.talk, self._context = talk, context
        self.asked: list[bytes] = []
        self.reached = 0
        self._open: list[socket.socket] = []
        self._ending = False
        self._door = socket.create_server((LOOPBACK, 0))
        self.port: int = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"https://{LOOPBACK}:{self.port}"

    def close(self) -> None:
        self._ending = True
        for one in (self._door, *self._open):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for one in (self._door, *self._open):
            one.close()

    def _serve(self) -> None:
        while not self._ending:
            try:
                raw, _ = self._door.accept()
            except OSError:
                return
            self._open.append(raw)
            thread = threading.Thread(target=self._speak, args=(raw,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _speak(self, raw: socket.socket) -> None:
        self.reached += 1
        with contextlib.suppress(OSError, ssl.SSLError):
            line = raw
            if self._context is not None:
                line = self._context.wrap_socket(raw, server_side=True)
                self._open[self._open.index(raw)] = line
            try:
                while (request := read_message(line)) and not self._ending:
                    self.asked.append(request)
                    self.talk(line, request)
            finally:
                line.close()


def read_message(line: socket.socket) -> bytes:
    """Return one HTTP message with a length, or what came of it; empty when the line ended."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = line.recv(65536)
        if not part:
            return b""
        got += part
        if got.startswith(b"\x16"):  # the greeting of TLS, to one who does not speak it
            return got
    head, _, body = got.partition(b"\r\n\r\n")
    while len(body) < length_of(head):
        part = line.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def length_of(head: bytes) -> int:
    """Return the length of the body that a head announces; 0 where it says none."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def answer(
    body: bytes, *, status: int = 200, kind: str = "application/json", more: str = ""
) -> bytes:
    """Return a whole answer as bytes; ``more``: further lines of its head, each with its end."""
    head = f"HTTP/1.1 {status} Odd\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{more}"
    return head.encode() + b"\r\n" + body


def says(raw: bytes, *, hang_up: bool = False) -> Talk:
    """Return a talk that always says the same bytes, and may hang up then."""

    def talk(line: socket.socket, _request: bytes) -> None:
        line.sendall(raw)
        if hang_up:
            raise ConnectionAbortedError

    return talk


@contextmanager
def served(
    talk: Talk, folder: Path, shown: Certificate | None = None, *, tls: bool = True
) -> Iterator[Loopback]:
    """Run a server with a certificate of its own for loopback."""
    context = (shown or certificate()).context(folder) if tls else None
    server = Loopback(talk, context)
    try:
        yield server
    finally:
        server.close()
