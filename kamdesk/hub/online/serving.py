"""The hub as a server: TLS of its own or behind a proxy, one process or several, a calm end."""

import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.hub import certificates
from kamdesk.hub.online import journal
from kamdesk.hub.opening import opened
from kamdesk.hub.place import Place

GRACE: Final = 8
"""Seconds that requests under way may still take when the hub is told to end."""
MOST_CONNECTIONS: Final = 4000
_LARGEST_HEAD: Final = 16 * 1024
_WAITING: Final = 2048
"""Connections that may wait to be taken."""
_LOOP: Final = "kamdesk.hub.online.patience:PatientLoop"
_HTTP: Final = "kamdesk.hub.online.patience:Patient"


class Server(uvicorn.Server):
    """A server that ends in peace when told to, instead of dying of the signal."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to the signals that end a program while it serves, on its main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        kinds = (signal.SIGINT, signal.SIGTERM)
        before = {kind: signal.signal(kind, self.handle_exit) for kind in kinds}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)


def serve(
    place: Place,
    *,
    workers: int = 1,
    proxies: str = "127.0.0.1,::1",
    bound: Callable[[], None] = lambda: None,
) -> None:
    """Serve until told to end. ``proxies`` may say in a header whom a request is from.

    ``bound`` is called once the address is ours. Raises ``StorageTrouble`` where it is taken, or
    certificate or database fail.
    """
    made = config(place, workers=workers, proxies=proxies)
    with opened(place):  # its tables are level from here on
        _many_files()
    try:
        listener = _listener(*place.listens)
    except OSError as error:
        raise StorageTrouble(
            Text(
                "{listen} cannot be listened on: {why}.",
                listen=place.settings.listen,
                why=error.strerror or type(error).__name__,
            )
        ) from error
    with listener:
        bound()
        if workers > 1:
            Multiprocess(made, sockets=[listener]).run()
        else:
            Server(made).run(sockets=[listener])


def config(place: Place, *, workers: int = 1, proxies: str = "127.0.0.1,::1") -> uvicorn.Config:
    """Return how uvicorn serves this hub."""
    tls: dict[str, Any] = {}
    if place.settings.tls:
        secure(place)  # a certificate that cannot be read is told here, not by a worker
        tls = {"ssl_context_factory": partial(_secure, place)}
    return uvicorn.Config(
        partial(_app, place),
        factory=True,
        loop=_LOOP,
        http=_HTTP,
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=not place.settings.tls,
        forwarded_allow_ips=proxies,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE,
        timeout_worker_healthcheck=30,
        **tls,
    )


def secure(place: Place) -> ssl.SSLContext:
    """Return how this hub speaks TLS. Raises ``StorageTrouble`` for files that are no pair."""
    try:
        return certificates.context(place.certificate, place.key)
    except (OSError, ssl.SSLError) as error:
        raise StorageTrouble(
            Text(
                "The hub's certificate {file} and its key cannot be read.",
                file=str(place.certificate),
            )
        ) from error


def _secure(place: Place, _config: uvicorn.Config, _usual: Callable[[], Any]) -> ssl.SSLContext:
    return secure(place)


def _app(place: Place) -> Any:
    from kamdesk.hub.online.app import app_of

    journal.start()
    _end_in_time()
    return app_of(place)


def _end_in_time() -> None:
    """End this process soon after it is told to, whatever one of its threads waits for.

    What a database has not committed by then it forgets; the desk asks again.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for kind in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(kind)

        def told(number: int, frame: Any, before: Any = before) -> None:
            last = threading.Timer(GRACE + 1, os._exit, (0,))
            last.daemon = True
            last.start()
            if callable(before):
                before(number, frame)

        signal.signal(kind, told)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where TCP is named; else an answer waits 40 ms
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(_WAITING)  # only now is it nobody else's
        made.set_inheritable(True)
    except BaseException:
        made.close()
        raise
    return made


def _many_files() -> None:
    """Let the process hold as many connections as the system allows it."""
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 2 * MOST_CONNECTIONS) if hard != resource.RLIM_INFINITY else 8192
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
