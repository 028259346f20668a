"""Where a hub is asked what, and the small messages beside the exchange: joining, a fresh token.

All but ``HUB`` and ``ENROL`` want ``Authorization: Bearer <token>``. What a hub refuses it says as
``Refused`` with the status; anything else that is no message of ours comes from somebody else.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from kamdesk.sync.wire.messages import Count, IdText, Word

HUB: Final = "/v1/hub"
"""GET → ``Hello``: who is there, without telling who asks."""
ENROL: Final = "/v1/enrol"
"""POST ``Enrol`` → ``Enrolled``; the invitation is used up."""
SYNC: Final = "/v1/sync"
"""POST ``Exchange`` → ``Answer``."""
SNAPSHOT: Final = "/v1/snapshot"
"""POST ``SnapshotAsk`` → ``SnapshotPage``."""
RENUMBER: Final = "/v1/renumber"
"""POST ``Renumber`` → ``Renumber``: the number the device had, and the one it has from now on."""
TOKEN: Final = "/v1/token"  # noqa: S105  (a path)
"""POST nothing → ``Fresh``; the token before goes on working until this one is first used."""
LEAVE: Final = "/v1/leave"
"""POST nothing → nothing: the device gives its own access back."""
LACKING: Final = "/v1/files/lacking"
"""POST ``Hashes`` → ``Hashes``: which of these contents the hub does not hold whole."""
FILES: Final = "/v1/files"
"""PUT ``/<sha256>?size=&offset=`` bytes → ``Offset``; GET ``/<sha256>?offset=`` → bytes."""

Secret = Annotated[str, Meta(min_length=22, max_length=100, pattern=r"\A[A-Za-z0-9_-]+\Z")]
Called = Annotated[str, Meta(min_length=1, max_length=80)]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Hello(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A hub's name, and the newest version of the wire it speaks."""

    name: Called
    proto: int


class Enrol(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks to be let in. ``me`` is the user's own record as a colleague on this desk.

    A user who has none at the hub yet gets this one; else the desk takes over the hub's.
    """

    secret: Secret
    device: Called
    me: IdText | None = None


class Enrolled(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The device is known: its number, its token, and who its user is.

    ``me``: the user's id as a colleague; ``user``: the name. ``lease``: days without contact until
    the device locks.
    """

    tenant: Word
    dev: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    token: Secret
    hub: Called
    me: IdText
    user: Called
    lease: Annotated[int, Meta(ge=1, le=3650)] = 30


class Fresh(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token that takes the place of the one before."""

    token: Secret


class Renumber(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device's number."""

    dev: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class Hashes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents by their hash."""

    hashes: Annotated[list[Sha256], Meta(max_length=5000)]


class Offset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where on a content goes on."""

    next: Count


class Refused(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a hub did not answer, as a word: one of those below."""

    error: Word


REVOKED: Final = "revoked"
"""401: this device was shut out on purpose; what came to it by the exchange goes from its disk."""
UNKNOWN: Final = "unknown"
"""401: no such token (any more); nothing goes."""
NOT_THERE: Final = "not_there"
"""404: not there, or not yours."""
USED: Final = "used"
"""404 on joining: no such invitation, used up or too old."""
GARBLED: Final = "garbled"
"""400: the message breaks the rules of the wire."""
TOO_LARGE: Final = "too_large"
"""413: send less at once."""
REFUSED: Final = "refused"
"""422 on a content: it is not what its hash or its size said."""
LATER: Final = "later"
"""429, 503, with ``Retry-After``: too much at once, or the hub is being restarted."""
FULL: Final = "full"
"""503, with ``Retry-After``: the hub's disk is full; it takes nothing more, and still gives."""
ENOUGH: Final = "enough"
"""429, with ``Retry-After``: this computer has brought what one may bring in a day."""
NO_ROOM: Final = "no_room"
"""507 on a content: the team's files, or this member's, take all the room they may."""
BROKEN: Final = "broken"
"""500: a fault of the hub's own."""
