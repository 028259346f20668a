"""A hub served on loopback within the test's own process, and bare ways to talk to it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kamdesk.hub import people, place
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import serving
from kamdesk.hub.online.app import Service
from kamdesk.hub.place import Place, Settings


@dataclass(frozen=True, kw_only=True)
class Served:
    """A hub that listens: ``port`` on 127.0.0.1, with TLS where its place has it."""

    place: Place
    port: int
    server: serving.Server

    def dial(self) -> socket.socket:
        """Return a bare connection that gives up after a while."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def answer(self, request: bytes) -> bytes:
        """Send bytes as they are; return all that comes until the hub closes."""
        with self.dial() as line:
            line.sendall(request)
            return to_the_end(line)

    def client(self, **more: Any) -> httpx.Client:
        """Return a client of http to it, in the clear."""
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, **more)


@contextmanager
def served(
    folder: Path,
    service: Service,
    *,
    tls: bool = False,
    http: type | None = None,
    proxies: str = "127.0.0.1,::1",
) -> Iterator[Served]:
    """Serve a service from a folder until the block ends; ``http``: another protocol's class."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listen = f"127.0.0.1:{port}"
        settings = Settings(
            name="Hub",
            url=f"https://{listen}",
            listen=listen,
            tls=tls,
            own=tls,
            database="sqlite://",
        )
        made = place.make(folder, settings)
        config = serving.config(made, proxies=proxies)
        app = service.app()
        config.app, config.factory = app, False
        config.http = http or config.http
        server = serving.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            thread.join(0.01)
        try:
            yield Served(place=made, port=port, server=server)
        finally:
            server.should_exit = True
            thread.join(30)
            assert not thread.is_alive()


def a_team(hub: Hub) -> int:
    """Make a hub's team; return its number."""
    with hub.turn(0) as turn:
        return people.add_tenant(turn, "Hub")


def to_the_end(line: socket.socket) -> bytes:
    """Return what comes until the other side closes or cuts the line."""
    found = b""
    try:
        while part := line.recv(65536):
            found += part
    except (ConnectionError, ssl.SSLError):
        pass
    return found
