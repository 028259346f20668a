"""The hub over HTTP: a request is admitted, bounded, done in a thread, answered in one way."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from math import ceil
from threading import Lock
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
from kamdesk.hub.bounds import SOON, EnoughToday, NoRoom, NoRoomForFiles, is_full
from kamdesk.hub.database import open_database
from kamdesk.hub.devices import Device, ShutOut
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import auth, journal, news
from kamdesk.hub.online.body import JSON, kind_of, received, unpacked
from kamdesk.hub.online.limits import Limit
from kamdesk.hub.online.refusing import (
    BROKEN,
    BUSY,
    ENOUGH,
    FULL,
    GARBLED,
    NO_ROOM,
    NOT_THERE,
    REVOKED,
    TOO_OFTEN,
    TOO_SLOW,
    USED,
    Reason,
    Refused,
    body_of,
)
from kamdesk.hub.online.verbs import ROUTES, Call, Route, exchange
from kamdesk.hub.online.waiting import Scopes, Waiting
from kamdesk.hub.place import Place
from kamdesk.hub.stand import Odd
from kamdesk.sync.wire.bodies import OFFERED, pack, packing
from kamdesk.sync.wire.messages import Answer, Done, Exchange
from kamdesk.sync.wire.strict import Garbled
from kamdesk.sync.wire.versions import read_exchange, said_in

T = TypeVar("T")
Facts = dict[str, float | str | None]
"""What the journal notes of a request."""
THREADS: Final = 8
"""Requests that work at the database at once, in one process."""
MOST_QUEUED: Final = 400
"""Requests that may wait for a thread; more are asked to come again."""
QUICK: Final = 32 * 1024
"""Bytes packed at once, without a thread."""
FEW: Final = 100
"""Ops put into words at once, without a thread."""
AT_ONCE: Final = 8
"""Requests of one device that wait for news."""
AT_WORK: Final = 3
"""Threads one device may keep busy: the rest is the others', whatever it asks."""
ALWAYS: Final = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'",
    "strict-transport-security": "max-age=31536000",
    "accept-encoding": OFFERED,
}
"""What every answer says beside its body."""
_ROOM: Final = {EnoughToday: ENOUGH, NoRoomForFiles: NO_ROOM}
NUMBER: Final = "x-request-id"
"""A question's number on its line: said again, so that an answer in another's place is noticed."""


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
        self._holding: Counter[tuple[int, int]] = Counter()
        self._working: Counter[tuple[int, int]] = Counter()
        self._counting = Lock()

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
        facts: Facts = {"method": route.method, "route": route.path}
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
        except NoRoom as error:
            response = refusal(_ROOM.get(type(error), FULL), error.after)
        except SQLAlchemyError as error:
            journal.broke(error, route=route.path)
            response = refusal(FULL, SOON) if is_full(error) else refusal(BUSY, 2)
        except Exception as error:
            journal.broke(error, route=route.path)
            response = refusal(BROKEN)
        took = round((time.perf_counter() - begun) * 1000, 1)
        journal.answered(**facts, status=response.status_code, ms=took, out=len(response.body))
        number = request.headers.get(NUMBER, "")
        if number.isdecimal() and number.isascii() and len(number) < 20:
            response.headers[NUMBER] = number
        return response

    async def _answer(self, route: Route, request: Request, facts: Facts) -> Response:
        caller = auth.caller_of(request)
        if route.guessed:
            self.guessing.hold_back(caller)
        admit = partial(self._admit, route, auth.token_of(request), caller, facts)
        device, body, coding = None, b"", "identity"
        if route.takes is not None:
            if not _modest(route, request):
                device = await self._thread(admit)  # before megabytes are taken in
            body, coding = await received(request, most=route.most, kind=route.takes)
            facts["in"] = len(body)

        def work(verb: Callable[[Call], T]) -> T:
            asker = device or admit()
            with self._at_work(asker):
                return verb(
                    Call(
                        hub=self.hub,
                        called=self.called,
                        device=asker,
                        body=unpacked(body, coding, most=route.most),
                        parts={**request.query_params, **request.path_params},
                    )
                )

        if route.verb is exchange:
            said = await self._exchange(work, facts)
        else:
            try:
                said = await self._thread(work, route.verb)
            except Refused as refused:
                if route.guessed and refused.reason is USED:
                    facts["from"] = caller
                    raise self.guessing.failed(caller, refused) from refused
                raise
        return await self._said(route, request, said)

    def _admit(self, route: Route, token: str, caller: str, facts: Facts) -> Device | None:
        """Return the device that asks, None where anybody may. Raises ``Refused``."""
        if not route.admits:
            return None
        try:
            device = auth.admitted(self.hub.engine, token)
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

    @contextmanager
    def _at_work(self, device: Device | None) -> Iterator[None]:
        """Count a device's request in while a thread works at it. Raises ``Refused``."""
        if device is None:
            yield
            return
        key = device.tenant, device.device
        with self._counting:
            if self._working[key] >= AT_WORK:
                raise Refused(TOO_OFTEN, after=1)
            self._working[key] += 1
        try:
            yield
        finally:
            with self._counting:
                self._working[key] -= 1
                if not self._working[key]:
                    del self._working[key]

    async def _exchange(self, work: Callable[..., Any], facts: Facts) -> bytes:
        """Answer an exchange; hold the answer back while there is nothing new, if asked to."""

        def first(made: Call) -> tuple[Device, Exchange, Answer, bytes | None]:
            ask = read_exchange(made.body)
            told = self.hub.exchange(made.asker, ask)
            said = None if ask.wait and brings_nothing(ask, told) else said_in(told, ask.proto)
            return made.asker, ask, told, said

        device: Device
        ask: Exchange
        told: Answer
        said: bytes | None
        device, ask, told, said = await self._thread(work, first)
        facts["pushed"] = len(ask.ops)
        if ask.ops:
            self.waiting.nudge()
        if said is None:
            key = device.tenant, device.device
            if self._holding[key] >= AT_ONCE:
                raise Refused(TOO_OFTEN, after=1)
            self._holding[key] += 1
            try:
                told = await self._news(device, ask, told)
            finally:
                self._holding[key] -= 1
                if not self._holding[key]:
                    del self._holding[key]
            said = await self._thread(said_in, told, ask.proto)
        if isinstance(told, Done):
            facts["pulled"] = len(told.ops)
        return said

    async def _news(self, device: Device, ask: Exchange, told: Answer) -> Answer:
        until = time.monotonic() + ask.wait
        while isinstance(told, Done) and brings_nothing(ask, told):
            scopes = await self._thread(self._heard, device)
            left = until - time.monotonic()
            if not await self.waiting.news(device.tenant, scopes, told.head, left):
                break
            ask = msgspec.structs.replace(ask, marks=[told.mark])
            told = await self._thread(self.hub.exchange, device, ask)
        return told

    async def _said(self, route: Route, request: Request, said: bytes) -> Response:
        if route.gives != JSON:
            return answer(said, kind=route.gives)
        offered = packing(request.headers.get("accept-encoding"))
        if len(said) < QUICK:
            said, packed = pack(said, offered)
        else:
            said, packed = await self._thread(pack, said, offered)
        return answer(said, packed=packed)

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


def _modest(route: Route, request: Request) -> bool:
    """True for a body so small and plain that who asks is looked up along with what is asked."""
    length = request.headers.get("content-length", "")
    return length.isdecimal() and int(length) <= QUICK and kind_of(request) == route.takes


def app_of(place: Place) -> Starlette:
    """Return the ASGI application of a hub's folder, on its database."""
    engine = open_database(place.database, connections=THREADS)
    hub = Hub(engine, SystemClock(), place.settings.bounds)
    return Service(hub, called=place.settings.name).app()


def brings_nothing(ask: Exchange, told: Answer) -> bool:
    """True for an answer worth waiting on: it brings nothing and settles nothing."""
    if not isinstance(told, Done):
        return False
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
