"""Changes a newer program wrote: kept in the log, counted, and read once this program can."""

from kamdesk.core.changes import ChangeSet
from kamdesk.storage.inbox import fold_again, understood
from kamdesk.storage.storage import Storage


def replay(storage: Storage) -> ChangeSet:
    """Let parked changes that this program understands count; nothing is written when none is."""
    words = storage.dictionary
    rows = [
        row
        for row in storage.reader.ask(
            "SELECT op.lid, kind, eid, verb, cells FROM parked JOIN op ON op.lid = parked.lid"
        )
        if understood(
            storage.catalogue, words.word(row["kind"]), row["verb"], words.unpack(row["cells"])
        )
    ]
    if not rows:
        return ChangeSet()
    with storage.transaction():
        storage.connection.executemany(
            "DELETE FROM parked WHERE lid = ?", [(row["lid"],) for row in rows]
        )
        return fold_again(storage, rows)
