"""What is in files, to and from the hub: sent before the op that names it, fetched when wanted.

Nothing here is an error of the exchange: a content that cannot be had is a placeholder, one that
cannot be sent now holds back the ops from the one that names it on, until the next round.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.files.model import MIB
from kamdesk.domain.files.store import FILE, PART, put_content
from kamdesk.storage import arriving
from kamdesk.storage.storage import Storage
from kamdesk.sync.desk import Desk
from kamdesk.sync.post import Cause, HubTrouble, Post
from kamdesk.sync.wire.contents import CELL, KIND, LARGEST, LARGEST_PART, digest_in

BY_ITSELF: Final = 5 * MIB
"""Bytes up to which a content is fetched without being asked for."""
AT_ONCE: Final = 40 * MIB
"""Bytes fetched in one round without being asked for."""
AGAIN_AFTER: Final = 1_800_000
"""Milliseconds until a content that was not to be had is asked for again."""


class Files(NamedTuple):
    """How many contents are not here, their bytes, and how many the hub does not take."""

    missing: int
    size: int
    kept_here: int


def leaving(desk: Desk, post: Post, ops: Sequence[WireOp]) -> tuple[int, HubTrouble | None]:
    """Send what these ops' files hold; return how many of the ops, from the first, may leave now.

    What is not here any more, and what the hub does not take, keeps no op: the others see the
    file's name. Only a cut holds back, from the transaction whose content is not up on; it is
    returned too.
    """
    named = [(at, digest) for at, op in enumerate(ops) if (digest := named_by(op))]
    if not named:
        return len(ops), None
    first = named[0][0]
    try:
        lacks = set(post.lacking(list(dict.fromkeys(digest.hex() for _, digest in named))))
        for at, digest in named:
            first = at
            if digest.hex() in lacks:
                send(desk, post, digest)
                lacks.discard(digest.hex())
    except HubTrouble as trouble:
        if trouble.cause in _FOR_GOOD:
            return len(ops), None
        while first and ops[first - 1].txn == ops[first].txn:
            first -= 1
        return first, trouble
    return len(ops), None


def send(desk: Desk, post: Post, digest: bytes) -> None:
    """Send a content from where the hub says; raises ``HubTrouble`` when it is cut."""
    size = desk.do(lambda storage: _here(storage, digest))
    if size is None:
        return
    try:
        offset = post.put_part(digest.hex(), size, 0, b"") if size > PART else 0
        rows, stuck, furthest = 1, 0, offset
        while stuck < _PATIENCE:
            part = desk.do(partial(_part, digest=digest, offset=offset, rows=rows))
            told = post.put_part(digest.hex(), size, offset, part)
            if told >= size:
                desk.do(lambda storage: arriving.note_well(storage, digest))
                return
            stuck = stuck + 1 if told <= furthest else 0  # to and fro is not getting on
            offset, furthest = max(told, 0), max(told, furthest)
            rows = min(rows * 2, LARGEST_PART // PART)
    except HubTrouble as trouble:
        if trouble.cause not in (Cause.REFUSED, Cause.TOO_LARGE, Cause.NO_ROOM):
            raise
        why = arriving.NO_ROOM if trouble.cause is Cause.NO_ROOM else arriving.TOO_LARGE
        desk.do(lambda storage: arriving.note_trouble(storage, digest, why))
        return
    raise HubTrouble(
        Cause.BROKEN, Text("The hub does not get on with a file. KamDesk tries again.")
    )


def fetch(
    desk: Desk,
    post: Post,
    *,
    largest: int = BY_ITSELF,
    most: int = AT_ONCE,
    anew: bool = False,
) -> ChangeSet:
    """Fetch contents that lack here, the newest files' first, as far as they are small.

    What was not to be had a short while ago is left out, unless ``anew``. Ends at a cut and goes
    on there the next time. Returns the files that can be read now.
    """
    got: set[tuple[str, Id]] = set()
    for one in desk.do(lambda storage: _due(storage, largest, anew=anew)):
        if most < one.size and not one.wished:
            break
        most -= one.size
        try:
            got |= bring(desk, post, one.digest).records
        except HubTrouble as trouble:
            if trouble.cause not in (*_FOR_GOOD, Cause.GARBLED, Cause.NOT_UNDERSTOOD):
                break
        except StorageTrouble:  # a full disk: said when something is saved
            break
    return ChangeSet(frozenset(got))


def bring(desk: Desk, post: Post, digest: bytes) -> ChangeSet:
    """Fetch one content whatever its size, from where it was cut; return the files that hold it.

    Raises ``HubTrouble`` in words for the user, and ``StorageTrouble``.
    """
    size = desk.do(lambda storage: _size(storage, digest))
    held = desk.do(lambda storage: arriving.held(storage, digest))
    while True:
        try:
            part = post.get_part(digest.hex(), held)
        except HubTrouble as trouble:
            if trouble.cause in _FOR_GOOD:
                desk.do(lambda storage: arriving.note_trouble(storage, digest, arriving.ABSENT))
                raise HubTrouble(trouble.cause, _ABSENT) from trouble
            raise
        if not part:
            break
        if held + len(part) > min(size, LARGEST):
            desk.do(lambda storage: arriving.note_trouble(storage, digest, arriving.WRONG))
            raise HubTrouble(Cause.GARBLED, _WRONG)
        desk.do(partial(arriving.take_part, digest=digest, start=held, part=part))
        held += len(part)
        if held == size:
            break
    files = desk.do(lambda storage: _keep(storage, digest))
    if files is None:
        desk.do(lambda storage: arriving.note_trouble(storage, digest, arriving.WRONG))
        raise HubTrouble(Cause.GARBLED, _WRONG)
    return files


def files_told(storage: Storage) -> Files:
    """Return how many contents are not here (yet), and how many stay on this device."""
    lacks = arriving.wanted(storage, largest=2**62, after=2**62)
    sql = "SELECT count(*) FROM content_trouble WHERE why IN (?, ?)"
    kept = int(storage.reader.ask(sql, *arriving.STAYS).value())
    return Files(len(lacks), sum(one.size for one in lacks), kept)


def wishes(storage: Storage, *, largest: int = BY_ITSELF, most: int = AT_ONCE) -> list[str]:
    """Return the hashes of what ``fetch`` would fetch: to be asked for in a letter."""
    hashes = []
    for one in _due(storage, largest):
        if most < one.size and not one.wished:
            break
        most -= one.size
        hashes.append(one.digest.hex())
    return hashes


def named_by(op: WireOp) -> bytes | None:
    """Return the digest of the content an op gives a file, None for any other op."""
    digest = digest_in(op.cells.get(CELL)) if op.kind == KIND else None
    return bytes.fromhex(digest) if digest else None


def _due(storage: Storage, largest: int, *, anew: bool = False) -> list[arriving.Wanted]:
    since = storage.clock.now().ms + (1 if anew else -AGAIN_AFTER)
    return arriving.wanted(storage, largest=largest, after=since)


def _here(storage: Storage, digest: bytes) -> int | None:
    """Return the size of a content that is here, None for one that is not."""
    sql = "SELECT sum(length(part)) FROM file_parts WHERE digest = ?"
    size = storage.reader.ask(sql, digest).value()
    return None if size is None else int(size)


def _part(storage: Storage, digest: bytes, offset: int, rows: int) -> bytes:
    sql = "SELECT part FROM file_parts WHERE digest = ? AND n >= ? ORDER BY n LIMIT ?"
    first = offset // PART
    parts = storage.reader.ask(sql, digest, first, rows).column()
    return b"".join(parts)[offset - first * PART :]


def _size(storage: Storage, digest: bytes) -> int:
    return int(
        storage.reader.ask("SELECT max(size) FROM files WHERE digest = ?", digest).value() or 0
    )


def _keep(storage: Storage, digest: bytes) -> ChangeSet | None:
    """Put a content that came in its place; None when it is not what its hash says."""
    data = arriving.whole(storage, digest)
    if data is None:
        return None
    with storage.transaction():
        arriving.forget(storage, digest)
        named = "SELECT id FROM files WHERE digest = ?"
        files = storage.reader.ask(named, digest).column()
        if files:
            put_content(storage.connection, data)
    return ChangeSet(frozenset((FILE.name, Id(file)) for file in files))


_PATIENCE: Final = 3
_FOR_GOOD: Final = (Cause.NOT_THERE, Cause.REFUSED, Cause.TOO_LARGE)
_ABSENT: Final = Text(
    "What is in this file is not at the hub yet. It comes once the laptop it was added on has"
    " exchanged."
)
_WRONG: Final = Text(
    "What the hub sent is not what this file held; it was not taken. Ask whoever added the file"
    " to add it once more."
)
