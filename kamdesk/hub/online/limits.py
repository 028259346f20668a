"""How often somebody may: a handful at once, then one by one; never more memory than set."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

_MOST_KNOWN: Final = 20_000
"""Callers remembered at once; the one quiet for longest is forgotten first."""


class Limit:
    """``at_once`` times in a row, then one more every ``every`` seconds; per caller.

    For any thread. Times are read from ``now``, a clock that never goes back.
    """

    def __init__(
        self,
        *,
        at_once: int,
        every: float,
        now: Callable[[], float] = time.monotonic,
        most: int = _MOST_KNOWN,
    ) -> None:
        self._at_once, self._every, self._now, self._most = at_once, every, now, most
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._one_at_a_time = Lock()

    def wait(self, who: str) -> float:
        """Return the seconds until ``who`` may once more; 0 when at once."""
        with self._one_at_a_time:
            return self._wait(who, self._now())

    def took(self, who: str) -> float:
        """Count one time; return as ``wait`` and count nothing where it is too early."""
        with self._one_at_a_time:
            now = self._now()
            wait = self._wait(who, now)
            if not wait:
                self._full_at[who] = max(self._full_at.get(who, now), now) + self._every
                self._full_at.move_to_end(who)
                while len(self._full_at) > self._most:
                    self._full_at.popitem(last=False)
            return wait

    def _wait(self, who: str, now: float) -> float:
        full_at = self._full_at.get(who, now)
        return max(0.0, full_at - now - (self._at_once - 1) * self._every)


def place_of(address: str) -> str:
    """Return what counts as one caller: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)
