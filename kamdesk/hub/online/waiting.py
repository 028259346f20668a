"""Long polls: one look at the log a moment for everybody who waits, and no connection held."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

EVERY: Final = 1.0
"""Seconds between two looks at the log while somebody waits: other processes write there too."""

Scopes = frozenset[tuple[str, str]]
Look = Callable[[int, int], Awaitable[tuple[int, Scopes | None]]]
"""Takes a tenant and a place of its log; returns the head and whose ops came since.

None for whose: rights changed, so it may be anybody's.
"""


@dataclass(eq=False, kw_only=True)
class _Waiter:
    scopes: Scopes
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False, kw_only=True)
class _Tenant:
    seen: int
    waiters: set[_Waiter] = field(default_factory=set)


class Waiting:
    """Those who wait for news, by tenant. For one event loop."""

    def __init__(self, look: Look, *, every: float = EVERY) -> None:
        self._look, self._every = look, every
        self._tenants: dict[int, _Tenant] = {}
        self._nudged = asyncio.Event()
        self._stopped = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    @property
    def many(self) -> int:
        """How many wait now."""
        return sum(len(tenant.waiters) for tenant in self._tenants.values())

    async def news(self, tenant: int, scopes: Scopes, since: int, seconds: float) -> bool:
        """Wait until the log goes past ``since`` in one of these scopes; False when nothing came.

        Ends early where the hub stops.
        """
        if seconds <= 0 or self._stopped.is_set():
            return False
        found = self._tenants.setdefault(tenant, _Tenant(seen=since))
        found.seen = min(found.seen, since)
        waiter = _Waiter(scopes=scopes)
        found.waiters.add(waiter)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_on())
        try:
            async with asyncio.timeout(seconds):
                await waiter.news.wait()
        except TimeoutError:
            return False
        finally:
            found.waiters.discard(waiter)
            if not found.waiters:
                self._tenants.pop(tenant, None)
        return not self._stopped.is_set()

    def nudge(self) -> None:
        """Look at once: this process has just written."""
        self._nudged.set()

    def stop(self) -> None:
        """Let everybody go: the hub is about to end."""
        self._stopped.set()
        for tenant in self._tenants.values():
            for waiter in tenant.waiters:
                waiter.news.set()

    async def _look_on(self) -> None:
        try:
            while self._tenants and not self._stopped.is_set():
                self._nudged.clear()
                for number, tenant in list(self._tenants.items()):
                    with suppress(Exception):  # told where it looks; the next look may see
                        await self._tell(number, tenant)
                try:
                    async with asyncio.timeout(self._every):
                        await self._nudged.wait()
                except TimeoutError:
                    continue
        finally:
            self._looking = None

    async def _tell(self, number: int, tenant: _Tenant) -> None:
        head, whose = await self._look(number, tenant.seen)
        if head == tenant.seen:
            return
        tenant.seen = head
        for waiter in tenant.waiters:
            if whose is None or waiter.scopes & whose:
                waiter.news.set()
