"""A file under whose number another writes takes a new one, and says again what never came back.

First the log is read to its end, so that what the hub has of this file is known by its number of
old; only the rest is numbered anew.
"""

from kamdesk.storage import team
from kamdesk.storage.database import Row
from kamdesk.storage.restoring import FORKED
from kamdesk.storage.storage import Storage
from kamdesk.sync.steps.snapshots import under_way
from kamdesk.sync.wire.strict import Garbled

_STRANDED = """
SELECT lid, ctx, eid, dev FROM op INDEXED BY op_outbox JOIN actions ON actions.id = op.action
WHERE seq IS NULL AND dseq IS NOT NULL AND first_lid IS NOT NULL AND dev IN ({})"""


def take_number(storage: Storage, dev: int) -> None:
    """Go on under ``dev``; own ops without a place wait under their numbers of old.

    Raises ``Garbled`` for a number that this file or anybody it knows of ever wrote under.
    """
    met = storage.reader.ask("SELECT 1 FROM op WHERE dev = ? LIMIT 1", dev).value()
    if dev < 1 or dev == storage.log.own or met is not None:
        raise Garbled("a number that somebody has")
    with storage.transaction():
        old, execute = storage.log.own, storage.connection.execute
        if not storage.number(team.REKEYING):
            execute(
                "UPDATE op SET dev = 0 WHERE dev = ? AND seq IS NULL AND dseq IS NOT NULL", (old,)
            )
            storage.keep(team.REKEYING, old)
        execute("DELETE FROM chains")
        former = sorted({*team.former_numbers(storage), old} - {0})
        storage.keep(team.FORMER, " ".join(map(str, former)))
        for key, value in (("dev", dev), ("dseq", 0), (team.SETTLED, 0), (FORKED, 0)):
            storage.keep(key, value)
        storage.log.reload()


def stranded(storage: Storage) -> bool:
    """True where the hub lost what this file wrote under numbers it gave up.

    To be asked once the log is read to its end: nobody else says it again.
    """
    return not under_way(storage) and bool(_stranded(storage))


def number_anew(storage: Storage) -> None:
    """Number what never came back, in the order it was written, before what was written since."""
    with storage.transaction():
        own, old = storage.log.own, storage.number(team.REKEYING)
        execute, many = storage.connection.execute, storage.connection.executemany
        rows = execute(
            "SELECT lid, ctx, eid, dev FROM op WHERE seq IS NULL AND dseq IS NOT NULL"
            " AND dev IN (0, ?)",
            (own,),
        ).fetchall()
        rows = sorted([*rows, *_stranded(storage)], key=lambda row: int(row["lid"]))
        many("UPDATE op SET dev = 0, dseq = NULL WHERE lid = ?", [(row["lid"],) for row in rows])
        many(
            "UPDATE op SET dev = ?, dseq = ?, ctx = ? WHERE lid = ?",
            [(own, n, _had_seen(storage, row, old), row["lid"]) for n, row in enumerate(rows, 1)],
        )
        storage.keep("dseq", len(rows))
        storage.keep(team.REKEYING, 0)


def _stranded(storage: Storage) -> list[Row]:
    former = team.former_numbers(storage)
    sql = _STRANDED.format(",".join("?" * len(former)))
    return list(storage.connection.execute(sql, former).fetchall()) if former else []


def _had_seen(storage: Storage, row: Row, old: int) -> int:
    """Return the position an op had seen, now that its own earlier ops are another device's.

    Where nobody else wrote to the record in between, its writer had seen up to the own one.
    """
    lid, ctx, record = int(row["lid"]), int(row["ctx"]), row["eid"]
    execute = storage.connection.execute
    seen: int | None = execute(
        "SELECT max(seq) FROM op WHERE eid = ? AND dev = ? AND lid < ?", (record, old, lid)
    ).fetchone()[0]
    if seen is None or seen <= ctx:
        return ctx
    others = "SELECT 1 FROM op WHERE eid = ? AND seq > ? AND seq <= ? AND NOT (dev = ? AND lid < ?)"
    met = execute(others, (record, ctx, seen, old, lid)).fetchone()
    return int(ctx if met else seen)
