"""A proxy on loopback between a real desk and a real hub that spoils one answer after the other."""

import contextlib
import gzip
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.certificates import certificate
from support.loopback import Loopback, answer, length_of, read_message, served

Forward = Callable[[], bytes]
"""Gives the request to the hub and returns its whole answer; each call gives it once more."""
Fault = Callable[[socket.socket, Forward], None]
"""What becomes of one request: says something to the desk, or hangs up by ``ConnectionError``."""


def well(line: socket.socket, forward: Forward) -> None:
    """Nothing goes wrong."""
    line.sendall(forward())


def lost(_line: socket.socket, _forward: Forward) -> None:
    """The hub never hears of it."""
    raise ConnectionAbortedError


def cut(k: int) -> Fault:
    """The hub has done it; the desk gets the first ``k`` bytes of the answer."""

    def fault(line: socket.socket, forward: Forward) -> None:
        line.sendall(forward()[:k])
        raise ConnectionAbortedError

    return fault


def twice(line: socket.socket, forward: Forward) -> None:
    """The hub gets it twice; the desk gets the second answer."""
    forward()
    line.sendall(forward())


def doubled(line: socket.socket, forward: Forward) -> None:
    """The desk gets the answer twice, one behind the other."""
    line.sendall(forward() * 2)


def dripping(line: socket.socket, forward: Forward) -> None:
    """The answer comes a few bytes at a time, and ends."""
    whole = forward()
    for at in range(0, len(whole), 7):
        line.sendall(whole[at : at + 7])


def bomb(line: socket.socket, forward: Forward) -> None:
    """The hub has done it; the desk gets what would fill its memory."""
    forward()
    packed = gzip.compress(bytes(64 * 1024 * 1024))
    line.sendall(answer(packed, more="content-encoding: gzip\r\n"))


def status(code: int) -> Fault:
    """The hub has done it; something in between says a status of its own."""

    def fault(line: socket.socket, forward: Forward) -> None:
        forward()
        more = "retry-after: 1\r\nlocation: https://evil.example/\r\n"
        line.sendall(answer(b"<html>", status=code, kind="text/html", more=more))

    return fault


class Mixed:
    """Answers and requests out of order: what was held back comes in another's place."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._late: list[Forward] = []

    def stale(self, line: socket.socket, forward: Forward) -> None:
        """The desk gets the answer to what it asked before, if there was one."""
        self._held.append(forward())
        line.sendall(self._held[max(0, len(self._held) - 2)])

    def late(self, line: socket.socket, forward: Forward) -> None:
        """The line is cut, and the request arrives behind the next one."""
        self._late.append(forward)
        raise ConnectionAbortedError

    def then_late(self, line: socket.socket, forward: Forward) -> None:
        """The request is answered, and then what was late arrives."""
        line.sendall(forward())
        while self._late:
            self._late.pop()()


@contextmanager
def proxy(port: int, folder: Path) -> Iterator[tuple[Loopback, deque[Fault]]]:
    """Run a proxy before a hub on loopback; faults wait in the queue, with none all goes well."""
    faults: deque[Fault] = deque()
    turn = threading.Lock()

    def talk(line: socket.socket, request: bytes) -> None:
        with turn:
            fault = faults.popleft() if faults else well
            fault(line, lambda: _told(port, request))

    with served(talk, folder) as server:
        yield server, faults


def _told(port: int, request: bytes) -> bytes:
    """Return what the hub answers to a request; this side of the proxy trusts it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with contextlib.closing(
        context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=20))
    ) as line:
        line.sendall(request)
        whole = read_message(line)
    head = whole.partition(b"\r\n\r\n")[0]
    assert len(whole) == len(head) + 4 + length_of(head)
    return whole


FINGERPRINT = certificate().fingerprint
