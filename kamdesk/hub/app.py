"""The hub over HTTP: a request is admitted, bounded, done in a thread, answered in one way."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from math import ceil
from typing import Any, Final, TypeVar

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as Path

from kamdesk.core.clock import SystemClock
from kamdesk.hub import auth, journal, news
from kamdesk.hub.body import JSON, received, unpacked
from kamdesk.hub.database import open_database
from kamdesk.hub.devices import Device, ShutOut
from kamdesk.hub.hub import Hub
from kamdesk.hub.limits import Limit
from kamdesk.hub.place import Place
from kamdesk.hub.push import Odd
from kamdesk.hub.refusing import (
    BROKEN,
    BUSY,
    GARBLED,
    NOT_THERE,
    REVOKED,
    TOO_OFTEN,
    TOO_SLOW,
    Reason,
    Refused,
    body_of,
)
from kamdesk.hub.verbs import ROUTES, Call, Route, exchange
from kamdesk.hub.waiting import Scopes, Waiting
from kamdesk.sync.wire.bodies import OFFERED, pack, packing
from kamdesk.sync.wire.messages import Answer, Done, Exchange
from kamdesk.sync.wire.strict import Garbled
from kamdesk.sync.wire.versions import read_exchange, said_in

T = TypeVar("T")
THREADS: Final = 8
"""Requests that work at the database at once, in one process."""
MOST_QUEUED: Final = 400
"""Requests that may wait for a thread; more are asked to come again."""
QUICK: Final = 32 * 1024
"""Bytes packed at once, without a thread."""
AT_ONCE: Final = 8
"""Requests of one device under way."""
ALWAYS: Final = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'",
    "strict-transport-security": "max-age=31536000",
    "accept-encoding": OFFERED,
}
"""What every answer says beside its body."""


class Service:
    """One process of a hub: what it holds between requests is limits and those who wait."""

    def __init__(
        self,
        hub: Hub,
        *,
        called: str,
        threads: int = THREADS,
        asking: Limit | None = None,
        guessing: auth.Guessing | None = None,
    ) -> None:
        """``called``: the hub's name. ``asking``: how often one device may."""
        self.hub, self.called = hub, called
        self.asking = asking or Limit(at_once=1000, every=0.1)
        self.guessing = guessing or auth.Guessing()
        self.waiting = Waiting(self._look)
        self._threads = CapacityLimiter(threads)
        self._under_way: Counter[tuple[int, int]] = Counter()

    def app(self) -> Starlette:
        """Return the ASGI application: these routes, and for all else the same 404."""
        paths = [Path(r.path, partial(self._serve, r), methods=[r.method]) for r in ROUTES]
        made = Starlette(
            routes=paths,
            lifespan=self._lifespan,
            exception_handlers={404: self._nothing, 405: self._nothing},
        )
        made.router.redirect_slashes = False
        return made

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[dict[str, Any]]:
        yield {"stop": self.waiting.stop}
        self.hub.engine.dispose()

    async def _nothing(self, request: Request, _error: Exception) -> Response:
        journal.answered(method=request.method, status=NOT_THERE.status)
        return refusal(NOT_THERE)

    async def _serve(self, route: Route, request: Request) -> Response:
        begun = time.perf_counter()
        facts: dict[str, float | str | None] = {"method": route.method, "route": route.path}
        try:
            response = await self._answer(route, request, facts)
        except Refused as refused:
            response = refusal(refused.reason, refused.after)
        except ShutOut:
            response = refusal(REVOKED)
        except (Garbled, Odd):
            response = refusal(GARBLED)
        except ClientDisconnect:
            response = refusal(TOO_SLOW)  # nobody hears it
        except SQLAlchemyError as error:
            journal.broke(error, route=route.path)
            response = refusal(BUSY, 2)
        except Exception as error:
            journal.broke(error, route=route.path)
            response = refusal(BROKEN)
        took = round((time.perf_counter() - begun) * 1000, 1)
        journal.answered(**facts, status=response.status_code, ms=took, out=len(response.body))
        return response

    async def _answer(
        self, route: Route, request: Request, facts: dict[str, float | str | None]
    ) -> Response:
        caller = auth.caller_of(request)
        if route.guessed:
            self.guessing.hold_back(caller)
        if not route.admits:
            return await self._done(route, request, facts, None)
        device = await self._admitted(request, caller, facts)
        key = device.tenant, device.device
        if self._under_way[key] >= AT_ONCE:
            raise Refused(TOO_OFTEN, after=1)
        self._under_way[key] += 1
        try:
            return await self._done(route, request, facts, device)
        finally:
            self._under_way[key] -= 1
            if not self._under_way[key]:
                del self._under_way[key]

    async def _admitted(
        self, request: Request, caller: str, facts: dict[str, float | str | None]
    ) -> Device:
        token = auth.token_of(request)
        try:
            device = await self._thread(auth.admitted, self.hub.engine, token)
        except Refused as refused:
            facts["from"] = caller
            if refused.reason is REVOKED:
                raise
            raise self.guessing.failed(caller, refused) from refused
        facts.update(tenant=device.tenant, dev=device.dev)
        wait = self.asking.took(f"{device.tenant}-{device.device}")
        if wait:
            raise Refused(TOO_OFTEN, after=wait)
        return device

    async def _done(
        self,
        route: Route,
        request: Request,
        facts: dict[str, float | str | None],
        device: Device | None,
    ) -> Response:
        body, coding = b"", "identity"
        if route.takes is not None:
            body, coding = await received(request, most=route.most, kind=route.takes)
            facts["in"] = len(body)
        if route.verb is exchange and device is not None:
            said = await self._exchange(device, body, coding, route.most, facts)
        else:
            parts = {**request.query_params, **request.path_params}
            work = partial(self._work, route, device, body, coding, parts)
            try:
                said = await self._thread(work)
            except Refused as refused:
                if route.guessed and refused.reason.status == NOT_THERE.status:
                    facts["from"] = auth.caller_of(request)
                    raise self.guessing.failed(auth.caller_of(request), refused) from refused
                raise
        if route.gives == JSON:
            offered = packing(request.headers.get("accept-encoding"))
            if len(said) < QUICK:
                said, packed = pack(said, offered)
            else:
                said, packed = await self._thread(pack, said, offered)
            return answer(said, kind=route.gives, packed=packed)
        return answer(said, kind=route.gives)

    def _work(
        self, route: Route, device: Device | None, body: bytes, coding: str, parts: dict[str, str]
    ) -> bytes:
        plain = unpacked(body, coding, most=route.most)
        return route.verb(
            Call(hub=self.hub, called=self.called, device=device, body=plain, parts=parts)
        )

    async def _exchange(
        self,
        device: Device,
        body: bytes,
        coding: str,
        most: int,
        facts: dict[str, float | str | None],
    ) -> bytes:
        def first() -> tuple[Exchange, Answer]:
            ask = read_exchange(unpacked(body, coding, most=most))
            return ask, self.hub.exchange(device, ask)

        ask, told = await self._thread(first)
        facts["pushed"] = len(ask.ops)
        if ask.ops:
            self.waiting.nudge()
        until = time.monotonic() + ask.wait
        while isinstance(told, Done) and brings_nothing(ask, told):
            left = until - time.monotonic()
            scopes = await self._thread(self._heard, device) if left > 0 else frozenset()
            if not await self.waiting.news(device.tenant, scopes, told.head, left):
                break
            ask = msgspec.structs.replace(ask, marks=[told.mark])
            told = await self._thread(self.hub.exchange, device, ask)
        if isinstance(told, Done):
            facts["pulled"] = len(told.ops)
        return await self._thread(said_in, told, ask.proto)

    async def _look(self, tenant: int, place: int) -> tuple[int, Scopes | None]:
        def look() -> tuple[int, Scopes | None]:
            with self.hub.engine.connect() as connection:
                return news.since(connection, tenant, place)

        try:
            return await self._thread(look)
        except SQLAlchemyError as error:
            journal.broke(error, tenant=tenant)
            raise

    def _heard(self, device: Device) -> Scopes:
        with self.hub.engine.connect() as connection:
            return news.heard(connection, device)

    async def _thread(self, work: Callable[..., T], *values: Any) -> T:
        if self._threads.statistics().tasks_waiting >= MOST_QUEUED:
            raise Refused(BUSY, after=2)
        return await anyio.to_thread.run_sync(partial(work, *values), limiter=self._threads)


def app_of(place: Place) -> Starlette:
    """Return the ASGI application of a hub's folder, on its database."""
    hub = Hub(open_database(place.database, connections=THREADS), SystemClock())
    return Service(hub, called=place.settings.name).app()


def brings_nothing(ask: Exchange, told: Done) -> bool:
    """True for an answer worth waiting on: it brings nothing and settles nothing."""
    settles = ask.ops or told.own or told.settled.rejected
    return not (settles or told.ops or told.more) and told.access is None


def answer(body: bytes, *, kind: str = JSON, packed: str | None = None) -> Response:
    """Return an answer with what every answer says."""
    made = Response(body, media_type=kind, headers=dict(ALWAYS))
    if packed is not None:
        made.headers["content-encoding"] = packed
        made.headers["vary"] = "accept-encoding"
    return made


def refusal(reason: Reason, after: float = 0.0) -> Response:
    """Return an answer that says why there is none: the same bytes for the same reason."""
    made = Response(body_of(reason), reason.status, dict(ALWAYS), JSON)
    if after:
        made.headers["retry-after"] = str(ceil(after))
    if reason.status == 401:
        made.headers["www-authenticate"] = "Bearer"
    if reason is TOO_SLOW:
        made.headers["connection"] = "close"
    return made
