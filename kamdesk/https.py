"""A line to one https server: who it is is proved, its answers are bounded in time and size."""

import hashlib
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import httpx
import truststore

DEADLINE: Final = 30.0
"""Seconds an answer may take from the first to its last byte."""
PATIENCE: Final = 10.0
"""Seconds a connection, with its proof of who is there, may take."""
LARGEST: Final = 8 * 1024 * 1024
"""Bytes an answer may have on its way."""

NUMBER: Final = "x-request-id"
"""A question's number on its line; a server that knows it says it again with the answer."""

_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST")
_INTO = "connection.connect_tcp.complete"
_PROVED = "connection.start_tls.complete"


class Fault(Enum):
    """Why there was no answer."""

    UNREACHED = "unreached"
    """No name, no route, refused, cut in the middle."""
    SLOW = "slow"
    """The deadline passed."""
    STOPPED = "stopped"
    """``hang_up`` was called."""
    UNTRUSTED = "untrusted"
    """The certificate is not the one pinned, or none this machine trusts."""
    UNREADABLE = "unreadable"
    """What came is no HTTP, or not over TLS."""
    TOO_LARGE = "too large"
    """The answer is larger than ``LARGEST``."""


class NoAnswer(Exception):
    """There was no whole answer; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault: Final = fault


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What proves a server, by explicit choice; without one the system's own store does.

    ``authority``: certificates (PEM) of a private authority, which alone counts then. ``pinned``:
    SHA-256 of the server's own certificate (DER) as 64 hex digits; then nothing else counts.
    """

    authority: str = ""
    pinned: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A whole answer: its status, the kind of its content, the body as it came, how it is packed.

    ``accepts``: how the server takes what is packed. ``after`` is what ``Retry-After`` says, in
    seconds, None where it said none.
    """

    status: int
    kind: str
    body: bytes
    packed: str
    accepts: str
    after: float | None


class Line:
    """A connection to one server, kept open between questions; one question at a time.

    No redirects, no cookies, nothing from the environment, no address but https. ``hang_up`` may be
    called on any thread; all else belongs to one.
    """

    def __init__(self, url: str, trust: Trust | None = None, *, deadline: float = DEADLINE) -> None:
        """Raise ``ValueError`` unless the address is https, or the authority is no certificate."""
        if httpx.URL(url).scheme != "https":
            raise ValueError("only https")
        self._trust, self._deadline = trust or Trust(), deadline
        self._client = httpx.Client(
            base_url=url,
            transport=httpx.HTTPTransport(
                verify=_context(self._trust), limits=httpx.Limits(max_connections=1)
            ),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(deadline, connect=PATIENCE),
            headers={"user-agent": "KamDesk", "accept-encoding": "identity"},
        )
        self._socket: socket.socket | None = None
        self._cut: Fault | None = None
        self._turn = threading.Lock()
        self._over = False
        self._asked_so_far = 0
        self.fingerprint = ""

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Return the answer to one question. Raises ``NoAnswer``.

        An answer to another question (one that came twice, or late) is none: the line is closed,
        and the question asked once more on a fresh one.
        """
        with self._turn:
            self._cut = Fault.STOPPED if self._over else None
        watch = threading.Timer(self._deadline, self._stop, (Fault.SLOW,))
        watch.daemon = True
        watch.start()
        try:
            for _ in range(2):
                told = self._asked(method, path, body, headers or {})
                if told is not None:
                    return told
                self._drop()
            raise NoAnswer(Fault.UNREACHED)
        except NoAnswer:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise NoAnswer(self._cut or _fault(error)) from error
        finally:
            watch.cancel()
            watch.join()

    def hang_up(self, *, for_good: bool = False) -> None:
        """Cut off the question that is being asked; it ends with ``Fault.STOPPED``.

        ``for_good``: all later ones too.
        """
        self._over = self._over or for_good
        self._stop(Fault.STOPPED)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _asked(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Reply | None:
        """Return the answer, None for one to another question."""
        if self._cut is not None:
            raise NoAnswer(self._cut)
        self._asked_so_far += 1
        number = str(self._asked_so_far)
        asked = self._client.build_request(
            method,
            path,
            content=body or None,
            headers={**headers, NUMBER: number},
            extensions={"trace": self._traced},
        )
        reply = self._client.send(asked, stream=True)
        raw = bytearray()
        try:
            for part in reply.iter_raw():
                raw += part
                if len(raw) > LARGEST:
                    raise NoAnswer(Fault.TOO_LARGE)
        finally:
            reply.close()
        if self._cut is not None:  # an answer that ends by the line's end looks whole
            raise NoAnswer(self._cut)
        if reply.headers.get(NUMBER, number) != number:
            return None
        return Reply(
            status=reply.status_code,
            kind=reply.headers.get("content-type", "").partition(";")[0].strip().lower(),
            body=bytes(raw),
            packed=reply.headers.get("content-encoding", "").strip().lower(),
            accepts=reply.headers.get("accept-encoding", ""),
            after=_seconds(reply.headers.get("retry-after", "")),
        )

    def _traced(self, step: str, about: Mapping[str, Any]) -> None:
        """Take hold of the socket, and let nothing be said before the certificate is the right one.

        Called by the client at each step of a connection, before a request's first byte is sent.
        """
        if step not in (_INTO, _PROVED):
            return
        stream = about["return_value"]
        with self._turn:
            self._socket = stream.get_extra_info("socket")
            cut = self._cut
        if step == _PROVED:
            shown = stream.get_extra_info("ssl_object").getpeercert(True) or b""
            self.fingerprint = hashlib.sha256(shown).hexdigest()
            if self._trust.pinned and self.fingerprint != self._trust.pinned:
                cut = Fault.UNTRUSTED
        if cut is not None:
            stream.close()
            raise NoAnswer(cut)

    def _stop(self, fault: Fault) -> None:
        with self._turn:
            self._cut = self._cut or fault
            self._shut()

    def _drop(self) -> None:
        """Close the connection; the next question makes another."""
        with self._turn:
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            try:  # the plain socket's: a TLS one would go on unencrypted
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:  # it is closed, or was never open
                self._socket = None


def _context(trust: Trust) -> ssl.SSLContext:
    if trust.pinned:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # the fingerprint is looked at instead
    elif trust.authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(cadata=trust.authority)
        except ssl.SSLError as error:
            raise ValueError("no certificate") from error
    else:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _fault(error: BaseException | None) -> Fault:
    """Return what kind of trouble an error of the client's is: the cause at its root says it."""
    if isinstance(error, httpx.TimeoutException):
        return Fault.SLOW
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        cut = "disconnected" in str(error) or "incomplete" in str(error).lower()
        return Fault.UNREACHED if cut or "closed" in str(error) else Fault.UNREADABLE
    if not isinstance(error, httpx.ConnectError):
        return Fault.UNREACHED
    while error is not None:
        if isinstance(error, ssl.SSLError):
            if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
                return Fault.UNREACHED
            return Fault.UNREADABLE if error.reason in _NO_TLS else Fault.UNTRUSTED
        error = error.__cause__ or error.__context__
    return Fault.UNREACHED


def _seconds(words: str) -> float | None:
    """Return the seconds of a ``Retry-After``; a date, or anything odd, says nothing."""
    return float(words) if words.isascii() and words.isdigit() and len(words) < 7 else None
