"""Contents the hub lost after their ops had settled: looked for once a day, and sent again.

Whoever holds a content sends it, not only who added it: their laptop may be gone. Where the hub
stands on another log it is looked at once, for it was put back from a backup. By a folder nothing
of this: there the letters say what the keeper took (``sync.folder``).
"""

from typing import Final

from kamdesk.storage import arriving
from kamdesk.storage.storage import Storage
from kamdesk.sync import blobs
from kamdesk.sync.desk import Desk
from kamdesk.sync.post import HubTrouble, Post

SEEN: Final = "contents_seen"
"""When the hub was last asked which contents it lacks, in milliseconds; 0: ask at once."""
EVERY: Final = 86_400_000
_AT_ONCE: Final = 500


def send_lacking(desk: Desk, post: Post, *, most: int = blobs.AT_ONCE) -> int:
    """Send what the hub lacks of the contents here that others know of; return how many.

    ``most``: bytes sent in one round; the next goes on. A cut is no trouble of the round's.
    """
    if not desk.do(_due):
        return 0
    sent = 0
    held = desk.do(_held)
    try:
        for at in range(0, len(held), _AT_ONCE):
            some = dict(held[at : at + _AT_ONCE])
            for digest in post.lacking([one.hex() for one in some]):
                if most <= 0:
                    return sent
                most -= some.get(bytes.fromhex(digest), 0)
                blobs.send(desk, post, bytes.fromhex(digest))
                sent += 1
    except HubTrouble:
        return sent
    desk.do(lambda storage: storage.remember(SEEN, storage.clock.now().ms))
    return sent


def _due(storage: Storage) -> bool:
    """True a day after the last time; a clock that went back does not hold it up for longer."""
    return abs(storage.clock.now().ms - storage.number(SEEN)) >= EVERY


def _held(storage: Storage) -> list[tuple[bytes, int]]:
    """Return the contents here that a change at the hub names, with their sizes."""
    return [
        (row["digest"], row["size"] or 0) for row in storage.reader.ask(_HELD, arriving.TOO_LARGE)
    ]


_HELD: Final = """
SELECT f.digest, max(f.size) AS size FROM files f
WHERE f.digest IS NOT NULL AND NOT f.gone
  AND EXISTS (SELECT 1 FROM file_parts p WHERE p.digest = f.digest)
  AND EXISTS (SELECT 1 FROM op WHERE op.eid = f.id AND op.seq IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM content_trouble t WHERE t.digest = f.digest AND t.why = ?)
GROUP BY f.digest ORDER BY f.digest"""
