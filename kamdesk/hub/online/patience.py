"""Connections that dawdle are ended: half a greeting, half a request, an answer nobody reads."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

GREETING: Final = 10.0
"""Seconds for the TLS handshake."""
HEAD: Final = 10.0
"""Seconds from the first byte of a request to the end of its head."""
WHOLE: Final = 150.0
"""Seconds for a request with its answer, read by the caller: a long poll and a slow line."""


class Patient(H11Protocol):
    """HTTP/1.1 with an end to waiting; uvicorn alone never closes a half-sent request."""

    _ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the caller its time for the first request."""
        super().connection_made(transport)
        self._end_in(HEAD)

    def data_received(self, data: bytes) -> None:
        """Take bytes; more of the same head win it no more time."""
        if self._ending is None:
            self._end_in(HEAD)
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._end_in(WHOLE)

    def on_response_complete(self) -> None:
        """Let the connection rest; a request that came along with the one before goes on."""
        self._stay()
        before = self.cycle
        super().on_response_complete()
        if self.cycle is not before:
            self._end_in(WHOLE)
        elif self.conn.trailing_data[0]:  # half of another one
            self._end_in(HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stay()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End when the server does: who only waits for news is let go at once."""
        self.app_state["stop"]()
        super().shutdown()

    def _end_in(self, seconds: float) -> None:
        self._stay()
        self._ending = self.loop.call_later(seconds, self.transport.abort)

    def _stay(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None


class PatientLoop(asyncio.SelectorEventLoop):
    """The event loop of the hub: a TLS handshake has an end as well."""

    async def create_server(  # type: ignore[override]
        self, factory: Callable[[], asyncio.BaseProtocol], *places: Any, **more: Any
    ) -> asyncio.Server:
        """Listen, with time limits where there is TLS."""
        if isinstance(more.get("ssl"), ssl.SSLContext):
            more = {"ssl_handshake_timeout": GREETING, "ssl_shutdown_timeout": 5.0, **more}
        return await super().create_server(factory, *places, **more)
