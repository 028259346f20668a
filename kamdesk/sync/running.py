"""The exchange in the background: round after round on a thread of its own, until it is stopped.

It knows neither file nor network: a round is done by whoever is asked for it. What it has to tell
it tells on its own thread.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from kamdesk.core.errors import Refusal
from kamdesk.sync.pace import POLL, SCATTER, Pace, Wake
from kamdesk.sync.post import Cause, HubTrouble, HungUp

SLICE: Final = 10.0
"""Seconds one rests at most before the clock on the wall is looked at: a machine may have slept."""
_AT_ONCE: Final = 1.0


class Stopped(Exception):
    """The exchange is being stopped: whatever it was about is given up."""


class Rounds(Protocol):
    """Who does the rounds, on the thread of whoever runs them."""

    def round(self, wait: int) -> bool:
        """Exchange once; the hub may hold its answer back for ``wait`` seconds.

        Returns whether anything went either way. Raises ``HubTrouble``, ``Refusal``, ``Stopped``,
        and ``HungUp`` where it was cut off.
        """
        ...

    def hang_up(self, *, for_good: bool = False) -> None:
        """Cut off what is being asked; callable on any thread."""
        ...

    def close(self) -> None:
        """Let go of the connection; called on the thread that did the rounds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How the exchange stands: at work or resting, and why the last round failed, if it did.

    ``failed`` is a ``HubTrouble``, a refusal of the disk's, or a bug.
    """

    working: bool
    failed: BaseException | None = None


class Running:
    """Runs the rounds from ``start`` to ``stop``; a daemon thread, so that no end waits for it."""

    def __init__(
        self,
        rounds: Rounds,
        tell: Callable[[News], None],
        *,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._rounds, self._tell = rounds, tell
        self._chance, self._now = chance, now
        self._state = threading.Condition()
        self._wakes: set[Wake] = set()
        self._stopped = self._polling = False
        self._thread = threading.Thread(target=self._run, name="kamdesk-exchange", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self, why: Wake) -> None:
        """Do the next round sooner; callable on any thread."""
        with self._state:
            self._wakes.add(why)
            self._state.notify_all()
            polling = self._polling
        if polling:
            self._rounds.hang_up()

    def stop(self) -> None:
        """End: what is being asked is cut off, nothing is told any more; does not wait."""
        with self._state:
            self._stopped = True
            self._state.notify_all()
        self._rounds.hang_up(for_good=True)

    def join(self, seconds: float) -> bool:
        """Wait for the end; return whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pace, left = Pace(), self._chance() * SCATTER
        try:
            while self._rested(pace, left):
                self._say(News(working=True))
                pace, failed = self._once(pace)
                self._say(News(working=False, failed=failed))
                left = pace.pause(self._chance)
        except Stopped:
            pass
        finally:
            self._rounds.close()

    def _once(self, pace: Pace) -> tuple[Pace, BaseException | None]:
        wait = POLL if pace.cause is None else 0
        begun = self._now()
        with self._state:
            if self._wakes or self._stopped:
                wait = 0
            self._wakes.clear()
            self._polling = bool(wait)
        try:
            moved = self._rounds.round(wait)
        except HungUp:
            self._see_end()
            return pace, None
        except HubTrouble as trouble:
            return pace.refused(trouble.cause, trouble.after), trouble
        except Refusal as refusal:  # the disk's: the next save will say it too
            return pace.refused(Cause.BROKEN), refusal
        except Stopped:
            raise
        except Exception as bug:
            return pace.refused(Cause.GARBLED), bug
        finally:
            with self._state:
                self._polling = False
        at_once = bool(wait) and self._now() - begun < _AT_ONCE
        return pace.answered(in_vain=at_once and not moved), None

    def _see_end(self) -> None:
        with self._state:
            if self._stopped:
                raise Stopped

    def _rested(self, pace: Pace, left: float) -> bool:
        """Rest for so many seconds, or until something wakes; return False at the end.

        By the clock on the wall: a machine that slept is late at once. One whose clock was set back
        rests no longer for it.
        """
        due, longest = self._now() + left, left
        heard: set[Wake] = set()
        with self._state:
            while not self._stopped:
                for why in sorted(self._wakes - heard, key=lambda why: why.value):
                    left = max(0.0, due - self._now())
                    longest = pace.woken(why, left, self._chance)
                    due = self._now() + longest
                heard |= self._wakes
                left = due - self._now()
                if left > longest:
                    due, left = self._now() + longest, longest
                if left <= 0:
                    self._wakes.clear()
                    return True
                self._state.wait(min(left, SLICE))
        return False

    def _say(self, news: News) -> None:
        if not self._stopped:
            self._tell(news)
