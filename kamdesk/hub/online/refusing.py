"""What the hub answers instead of what was asked: a status and one word, of one shape for all."""

from typing import Final, NamedTuple

import msgspec

from kamdesk.sync.wire import routes


class Reason(NamedTuple):
    """A status of HTTP and the word that stands in the body."""

    status: int
    word: str


GARBLED: Final = Reason(400, routes.GARBLED)
UNKNOWN: Final = Reason(401, routes.UNKNOWN)
REVOKED: Final = Reason(401, routes.REVOKED)
NOT_THERE: Final = Reason(404, routes.NOT_THERE)
"""Not there, or not yours, or no such route: nobody can tell which."""
USED: Final = Reason(404, routes.USED)
TOO_SLOW: Final = Reason(408, routes.LATER)
TOO_LARGE: Final = Reason(413, routes.TOO_LARGE)
FOREIGN: Final = Reason(415, routes.GARBLED)
"""A body of another kind, or packed in a way the hub does not know."""
NOT_TAKEN: Final = Reason(422, routes.REFUSED)
TOO_OFTEN: Final = Reason(429, routes.LATER)
BROKEN: Final = Reason(500, routes.BROKEN)
BUSY: Final = Reason(503, routes.LATER)
FULL: Final = Reason(503, routes.FULL)
ENOUGH: Final = Reason(429, routes.ENOUGH)
NO_ROOM: Final = Reason(507, routes.NO_ROOM)


class Refused(Exception):
    """A request that is answered with a reason; it may come again ``after`` so many seconds."""

    def __init__(self, reason: Reason, *, after: float = 0.0) -> None:
        super().__init__(reason.word)
        self.reason, self.after = reason, after


def body_of(reason: Reason) -> bytes:
    """Return the body that says a reason."""
    return msgspec.json.encode(routes.Refused(error=reason.word))
