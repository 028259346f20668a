"""The lease: a device without contact for so many days is locked until it has signed in again.

Nothing is lost by it: what was written waits in the file, and goes out when the hub lets it in.
"""

from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.storage import Storage

DAYS: Final = "lease_days"
USUAL: Final = 30
_DAY: Final = 86_400_000


class LeaseOver(StorageTrouble):
    """The workspace opens once this device has signed in at its hub again."""

    def __init__(self, hub: str, days: int) -> None:
        super().__init__(
            Text(
                "This computer has had no contact with {hub} for {n} day. Connect it to the"
                " network and sign in: what you wrote is kept.",
                "This computer has had no contact with {hub} for {n} days. Connect it to the"
                " network and sign in: what you wrote is kept.",
                hub=hub,
                n=days,
            )
        )


def begin(storage: Storage, days: int) -> None:
    """Begin a lease of so many days; within a transaction that is open.

    It counts from the latest moment this file knows: where a clock that was ahead has been put
    right, contact opens it all the same.
    """
    storage.keep(DAYS, days)
    storage.keep(team.LEASED_UNTIL, _latest(storage) + days * _DAY)


def is_over(storage: Storage) -> bool:
    """Return whether the lease of this device has run out.

    A clock put back does not help beyond what was written last: that moment counts as passed.
    """
    until = storage.number(team.LEASED_UNTIL)
    if not until or not team.joined(storage):
        return False
    return _latest(storage) > until


def see(storage: Storage) -> None:
    """Raise ``LeaseOver`` when the lease has run out."""
    if is_over(storage):
        raise LeaseOver(team.text(storage, team.HUB_NAME), storage.number(DAYS) or USUAL)


def _latest(storage: Storage) -> int:
    """Return the clock's milliseconds, or those of what was written last where that is later."""
    written = storage.reader.ask("SELECT at FROM actions ORDER BY id DESC LIMIT 1").value()
    last = Instant.read(str(written)) if written else None
    return max(storage.clock.now().ms, last.ms if last else 0)
