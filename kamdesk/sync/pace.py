"""When to ask the hub next: at once, after a pause that grows, at the hub's word. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kamdesk.sync.post import Cause

POLL: Final = 20
"""Seconds the hub is asked to hold an answer back while there is nothing new."""
SOON: Final = 1.5
"""Seconds of quiet after something was written until it is sent: a form saves more than once."""
SCATTER: Final = 4.0
"""Seconds within which desks that were woken by one thing begin, each at a moment of its own."""
LEAST: Final = 1.0
"""Seconds between two rounds at least, whatever a hub answers at once."""


class Wake(Enum):
    """Why one does not wait out a pause."""

    WRITTEN = "written"
    """Something was written here."""
    NETWORK = "network"
    """The network is another one now, or the machine woke up."""
    ASKED = "asked"
    """The user wants it now."""


_FIRST_AND_LAST: Final = {
    Cause.OFFLINE: (3.0, 300.0),
    Cause.BUSY: (5.0, 300.0),
    Cause.FULL: (60.0, 900.0),
    Cause.BROKEN: (30.0, 900.0),
    Cause.NO_HUB: (15.0, 300.0),
    Cause.GARBLED: (60.0, 3600.0),
    Cause.NOT_UNDERSTOOD: (60.0, 3600.0),
    Cause.UNTRUSTED: (60.0, 900.0),
    Cause.TOO_LARGE: (LEAST, 60.0),
    Cause.SHUT_OUT: (900.0, 3600.0),
    Cause.REVOKED: (900.0, 3600.0),
}
_ELSE: Final = (60.0, 900.0)
"""By cause the first pause and the longest, in seconds; each is up to twice the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often in a row there was no answer, and why; ``after``: when the hub said to come.

    ``idle``: how often in a row the hub answered a poll at once though it had nothing new.
    """

    failed: int = 0
    idle: int = 0
    cause: Cause | None = None
    after: float | None = None

    def answered(self, *, in_vain: bool = False) -> "Pace":
        """Return the pace after an answer; ``in_vain``: nothing new, and it was not held back."""
        return Pace(idle=self.idle + 1 if in_vain else 0)

    def refused(self, cause: Cause, after: float | None = None) -> "Pace":
        """Return the pace after no answer; ``after`` as the hub said, in seconds."""
        failed = self.failed + 1 if cause is self.cause else 1
        return Pace(failed=failed, cause=cause, after=after)

    def pause(self, chance: Callable[[], float]) -> float:
        """Return the seconds until the next round; ``chance`` gives 0 up to 1.

        Half of a pause is left to chance, so that a thousand desks a hub has lost do not all come
        back at one moment. What the hub itself said is never undercut.
        """
        if self.cause is None:
            return min(LEAST * 2.0 ** min(self.idle, 20), float(POLL))
        first, longest = _FIRST_AND_LAST.get(self.cause, _ELSE)
        pause = min(first * 2.0 ** min(self.failed - 1, 20), longest)
        scattered = pause * (0.5 + chance() / 2)
        if self.after is None:
            return scattered
        return max(scattered, self.after * (1 + chance() / 4))

    def woken(self, why: Wake, left: float, chance: Callable[[], float]) -> float:
        """Return the seconds until the next round once something woke it; ``left`` of the pause.

        A hub that said when to come is heard, whatever happens here but the user's own wish. While
        it is silent what was written does not hurry: it goes out with the next attempt.
        """
        if why is Wake.ASKED:
            return 0.0
        if self.cause is Cause.BUSY:
            return left
        if why is Wake.NETWORK:
            return min(left, chance() * SCATTER)
        return min(left, SOON) if self.cause is None else left
