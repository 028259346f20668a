"""The hub stands on another log than this file knows: it was put back from an older backup."""

from kamdesk.storage import team
from kamdesk.storage.storage import Storage
from kamdesk.sync.contents_again import SEEN
from kamdesk.sync.steps import settling


def turn_back(storage: Storage, epoch: int, start: int, last: int) -> None:
    """Forget all places beyond ``start`` and stand there; offer own ops beyond ``last`` again.

    Nothing is wiped: others' ops stay without a place until they come again, under their numbers.
    Where rights came or went beyond ``start``, the hub is to say all of them anew.
    """
    with storage.transaction():
        execute = storage.connection.execute
        execute("UPDATE op SET seq = NULL WHERE seq > ?", (start,))
        execute(
            "UPDATE op SET ctx = ?1 WHERE ctx > ?1 AND dev IN (0, ?2) AND seq IS NULL"
            " AND (dseq IS NULL OR dseq > ?3)",
            (start, storage.log.own, last),
        )
        storage.connection.executemany(
            "UPDATE op SET ctx = ?1 WHERE ctx > ?1 AND dev = ?2 AND seq IS NULL",
            [(start, number) for number in team.former_numbers(storage)],
        )
        execute("DELETE FROM marks WHERE seq > ?", (start,))
        execute("UPDATE snapshots_under_way SET after = '', at = 0 WHERE at > ?", (start,))
        storage.keep(SEEN, 0)
        storage.keep("position", min(storage.position(), start))
        if storage.number(team.ACCESS) > start:
            storage.keep(team.ACCESS, 0)
        storage.keep(team.UNPLACED, 1)
        storage.keep(team.EPOCH, epoch)
        settling.take_back(storage, last)
