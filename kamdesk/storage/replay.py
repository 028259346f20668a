"""The invariant of the workspace: all tables rebuilt from the log alone equal the tables."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from kamdesk.core.ids import Id
from kamdesk.storage import basis, own_values
from kamdesk.storage.catalogue import Kind, Merge
from kamdesk.storage.fold import TEXTS, Folded, RecordOp, fold
from kamdesk.storage.rows import columns_of, materialise, targets_of
from kamdesk.storage.storage import Storage


def differences(storage: Storage, *, most: int = 20) -> list[str]:
    """Return what differs between the tables and the log, in words for a developer.

    Empty when the workspace is true. Reads every record once, ordered by id; names ids and
    columns, never a customer's words.
    """
    found: list[str] = []
    with closing(storage.log.records()) as records:
        for line in _differences(storage, records):
            found.append(line)
            if len(found) >= most:
                break
    return found


def rebuild(storage: Storage) -> None:
    """Make all tables anew from the log: after a repair, or when a new program knows more of it.

    Raises ``StorageTrouble``; then all is as it was.
    """
    with storage.transaction():
        execute = storage.connection.execute
        execute("DELETE FROM contested")
        execute("DELETE FROM basis")
        execute(f"DELETE FROM {own_values.TABLE}")
        for kind in storage.catalogue.kinds:
            strangers = (
                "NOT IN (SELECT op.eid FROM op JOIN words ON words.n = op.kind WHERE word = ?)"
            )
            execute(f"DELETE FROM {kind.table} WHERE id {strangers}", (kind.name,))
            for cell in kind.cells:
                if cell.merge is Merge.LINKS:
                    table = kind.link_table(cell.name)
                    execute(f"DELETE FROM {table} WHERE eid {strangers}", (kind.name,))
        with closing(storage.log.records()) as records:
            for name, record, ops in records:
                if name in storage.catalogue:
                    materialise(storage.connection, storage.catalogue[name], record, fold(ops))
        for follower in storage.followers:
            follower.rebuild(storage.connection)


def _differences(
    storage: Storage, records: Iterable[tuple[str, Id, list[RecordOp]]]
) -> Iterator[str]:
    ask = storage.reader.ask
    counts: dict[str, int] = {}
    contested: dict[tuple[str, bytes], set[str]] = {}
    bases, own = basis.of_all(ask), own_values.of_all(ask)
    for row in ask("SELECT kind, eid, cell FROM contested"):
        contested.setdefault((row[0], row[1]), set()).add(row[2])
    for name, record, ops in records:
        if name not in storage.catalogue:
            continue
        kind = storage.catalogue[name]
        folded = fold(ops)
        row = ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
        if folded.erased:
            if row is not None or any(op.cells.keys() - {TEXTS} for op in ops):
                yield f"{name} {record.hex()}: erased, and not gone"
            continue
        counts[name] = counts.get(name, 0) + 1
        if row is None:
            yield f"{name} {record.hex()}: in the log, not in its table"
            continue
        yield from _of_row(storage, kind, record, folded, row)
        if bases.pop(record, {}) != basis.said(kind, folded.values):
            yield f"{name} {record.hex()}: what its values stand on differs"
        if own.pop(record, {}) != own_values.said(kind, folded.values):
            yield f"{name} {record.hex()}: values of own fields differ"
        if contested.pop((name, record), set()) != folded.contested:
            yield f"{name} {record.hex()}: contested cells differ"
    for kind in storage.catalogue.kinds:
        stored = ask(f"SELECT count(*) FROM {kind.table}").value()
        if stored != counts.get(kind.name, 0):
            yield f"{kind.name}: {stored} rows, {counts.get(kind.name, 0)} records in the log"
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                table = kind.link_table(cell.name)
                sql = f"SELECT count(*) FROM {table} WHERE eid NOT IN (SELECT id FROM {kind.table})"
                if astray := ask(sql).value():
                    yield f"{kind.name}: {astray} links {cell.name} of no record"
    for left in bases:
        yield f"{left.hex()}: values of no record stand on something"
    for left in own:
        yield f"{left.hex()}: values of own fields of no record"
    for name, left in contested:
        yield f"{name} {left.hex()}: contested, not in the log"


def _of_row(
    storage: Storage, kind: Kind, record: bytes, folded: Folded, row: object
) -> Iterator[str]:
    label = f"{kind.name} {record.hex()}"
    if bool(row["gone"]) != folded.gone:  # type: ignore[index]  # a sqlite row
        yield f"{label}: gone differs"
    for cell in kind.cells:
        if cell.merge is Merge.LINKS:
            table = kind.link_table(cell.name)
            stored = set(
                storage.reader.ask(f"SELECT target FROM {table} WHERE eid = ?", record).column()
            )
            if stored != targets_of(cell, folded):
                yield f"{label}: links {cell.name} differ"
            continue
        for column, value in columns_of(cell, folded.values.get(cell.name)):
            if row[column] != value:  # type: ignore[index]
                yield f"{label}: column {column} differs"
