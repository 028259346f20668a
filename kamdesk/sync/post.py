"""What carries messages to a hub and back, whichever way: online, by folder, in a test."""

from enum import Enum
from typing import Protocol

from kamdesk.core import errors
from kamdesk.core.wording import Text
from kamdesk.sync.wire.messages import Answer, Exchange, SnapshotAsk, SnapshotPage


class Cause(Enum):
    """Why there was no answer; each changes nothing on the desk but what it is told here."""

    OFFLINE = "offline"
    """No network, no name, no route, cut, too slow: try again later."""
    BUSY = "busy"
    """The hub asks to come again later (429, 503)."""
    NO_HUB = "no hub"
    """Something answered that is no hub: a hotel's sign-in page, a wrong address."""
    GARBLED = "garbled"
    """An answer that breaks the rules of the wire; nothing of it was taken."""
    NOT_UNDERSTOOD = "not understood"
    """The hub says that the question breaks the rules, or names a place it does not know (400)."""
    SHUT_OUT = "shut out"
    """The hub does not know this device, or no longer."""
    REVOKED = "revoked"
    """The hub shut this device out on purpose: what came by the exchange goes from its disk."""
    TOO_LARGE = "too large"
    """The message was too large for whoever stands in between: say less at once."""
    NOT_THERE = "not there"
    """The hub has no such content, or none for this user (404 on a content)."""
    REFUSED = "refused"
    """The hub does not take this content: it is not what its hash says, or its size is not."""
    FULL = "full"
    """The hub takes no changes more for now (its disk, or a day's share); it gives what it has."""
    NO_ROOM = "no room"
    """The team's room for files is used up: this content stays here."""
    POSTED = "posted"
    """The message lies in the folder; its answer comes once the keeper has come by."""
    UNTRUSTED = "untrusted"
    """The certificate is not one this machine trusts."""
    BROKEN = "broken"
    """The hub has a fault of its own (500)."""


class HubTrouble(errors.HubTrouble):
    """There was no answer to use. ``said``: what happened and what to do; ``after``: seconds."""

    def __init__(self, cause: Cause, said: Text, *, after: float | None = None) -> None:
        super().__init__(said)
        self.cause, self.after = cause, after


class HungUp(Exception):
    """Our own side cut the question off; it is no trouble, and the same may be asked again."""


class Post(Protocol):
    """A way to the hub. Every call raises ``HubTrouble``; each may be repeated without harm."""

    def exchange(self, ask: Exchange) -> Answer:
        """Push, pull and settle."""
        ...

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        ...

    def renumber(self, dev: int) -> int:
        """Return a fresh number for this device, whose number another copy writes under."""
        ...

    def lacking(self, hashes: list[str]) -> list[str]:
        """Return which of these contents (SHA-256, hex) the hub does not hold whole."""
        ...

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Give a part of a content of ``size``; return the offset at which the hub goes on."""
        ...

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Return what the hub holds of a content from an offset on, empty at its end."""
        ...
