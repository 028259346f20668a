"""What a salvage saved, and what is known to be missing."""

from dataclasses import dataclass
from pathlib import Path

from kamdesk.storage.catalogue import Catalogue
from kamdesk.storage.database import Connection
from kamdesk.storage.reconciling import Reconciled
from kamdesk.storage.remains import Remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many records of a kind were saved, how many of those may lack something, and lost."""

    kind: str
    saved: int
    partly: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What was saved. ``broken`` of ``pages`` were damaged; ``ops`` is the history, in changes.

    ``from_log`` records came back from the history, ``said_anew`` lost theirs in part.
    """

    folder: Path
    pages: int
    broken: int
    kinds: tuple[Kept, ...]
    ops_saved: int
    ops_lost: int
    from_log: int
    said_anew: int


def count(
    connection: Connection,
    remains: Remains,
    catalogue: Catalogue,
    target: Path,
    found: Reconciled,
) -> Salvaged:
    """Count what was saved, and what is known to be missing: named by an index, or by its number.

    Numbers of ops have no gaps but those that an erasure leaves.
    """
    sql = "SELECT lid FROM op WHERE lid <= ?"
    saved_lids = {row[0] for row in connection.execute(sql, (found.saved,))}
    record_of = {lid: record for record, lid in remains.entries("op_record")}
    known = record_of.keys() | saved_lids
    if connection.execute("SELECT 1 FROM erased").fetchone() is None:
        known = known | set(range(1, max(known, default=0) + 1))
    lost_ops = known - saved_lids
    short = {record_of.get(lid) for lid in lost_ops}  # None: of some record nobody can name
    kinds = []
    for kind in catalogue.kinds:
        saved = {row[0] for row in connection.execute(f"SELECT id FROM {kind.table}")}
        named = {entry[0] for entry in remains.entries(f"sqlite_autoindex_{kind.table}_1")}
        rebuilt = {record for name, record in found.from_log if name == kind.name}
        partly = len(rebuilt if None in short else rebuilt & short)
        kinds.append(Kept(kind=kind.name, saved=len(saved), partly=partly, lost=len(named - saved)))
    return Salvaged(
        folder=target,
        pages=remains.count,
        broken=remains.broken(),
        kinds=tuple(kinds),
        ops_saved=len(saved_lids),
        ops_lost=len(lost_ops),
        from_log=len(found.from_log),
        said_anew=len(found.said_anew),
    )
