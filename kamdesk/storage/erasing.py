"""Erasing a person: from the rows, the log, the search and what lies beside the database, for good.

The erasure itself is one transaction. What must follow outside of it (free pages, the write-ahead
log, the shadow list, old backups) is remembered in the file until it is done.
"""

import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import erased_list, mentions
from kamdesk.storage.backups import found, remove
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.change import Change
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.fold import TEXTS, Verb, fold
from kamdesk.storage.layout import DATABASE, put_aside
from kamdesk.storage.naming import name_columns
from kamdesk.storage.ops import APPEND
from kamdesk.storage.rotation import OLDEST
from kamdesk.storage.scrubbing import naming
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.storage.taking_out import take_out

NAME: Final = Text("Erase a person")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away: how many records of each kind, and in how many texts a name.

    ``swept`` is False while free pages may still hold words, which the next opening sweeps.
    """

    records: Mapping[str, int]
    texts: int = 0
    swept: bool = True


def erase(storage: Storage, kind: Kind, person: Id, *, texts: bool = False) -> Erased:
    """Erase a person with all that is about them; their ERASE goes to the others.

    With ``texts`` their name is blanked in everybody's notes too. Raises ``RuleBroken`` for
    somebody who is not there, ``StorageTrouble``; then all is as it was. ``sweep`` follows.
    """
    if not storage.log.of_record(kind.name, person) or person in listed(storage):
        raise RuleBroken(Text("There is nobody of this id; maybe they were erased already."))
    entry = Listed.on(kind.name, storage.clock.today().isoformat(), texts=texts)
    with storage.transaction():
        gone, blanked = _carried_out(storage, {person: entry}, tell=True)
    counts = Counter(name for name, _ in gone)
    return Erased(dict(sorted(counts.items())), blanked)


def reapply_erasures(storage: Storage, folder: Path) -> int:
    """Erase from a database what the shadow list in ``folder`` holds and the database does not.

    For one that was restored or put back. Returns how many records were listed; raises
    ``StorageTrouble``.
    """
    known = listed(storage)
    late = {r: entry for r, entry in erased_list.in_folder(folder).items() if r not in known}
    if late:
        with storage.transaction():
            _carried_out(storage, late)
    return len(late)


def _carried_out(
    storage: Storage, late: Mapping[bytes, Listed], *, tell: bool = False
) -> tuple[set[tuple[str, Id]], int]:
    """Erase within a transaction; return what went, and in how many texts a name was blanked.

    With ``tell`` an ERASE of each goes to the others, and of each record that is about them: the
    hub, which knows no kinds, forgets those too.
    """
    first = (
        int(storage.connection.execute("SELECT coalesce(max(lid), 0) FROM op").fetchone()[0]) + 1
    )
    change = _begun(storage)
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for record, entry in late.items():
        kind = storage.catalogue.find(entry.kind)
        if kind and kind.called:
            names[entry.texts] |= mentions.names_of(storage, kind, Id(record))
    gone = take_out(storage, change, late)
    if tell:
        for kind_name, record in sorted(gone):
            _say_erased(storage, kind_name, record, change.action, late.get(record))
    in_texts, anywhere = naming(names[True]), naming(names[True] | names[False])
    blanked = mentions.blank(storage, change, in_texts) if in_texts else 0
    if anywhere:
        mentions.blank_unsaved(storage, anywhere)
    if storage.log.own:
        storage.log.number(storage.log.own, first=first)
    storage.follow(change)
    for follower in storage.followers:
        follower.forget(storage.connection)
    storage.keep(SWEEP, 1)
    return gone, blanked


def bring_level(storage: Storage, folder: Path) -> None:
    """Bring database and shadow list level, and finish what an erasure left to do.

    Raises ``StorageTrouble``, for a file open for reading only whenever somebody would be shown
    who was erased.
    """
    known, shadow = listed(storage), erased_list.in_folder(folder)
    if storage.readonly:
        if shadow.keys() - known.keys():
            raise StorageTrouble(
                Text(
                    "People were erased after this copy of the workspace was made. Open it once in"
                    " the window, so that they are erased here too."
                )
            )
        return
    if shadow.keys() - known.keys():
        reapply_erasures(storage, folder)
        known = listed(storage)
    with suppress(StorageTrouble):  # a full disk is told when something is saved; then next time
        if known.keys() - shadow.keys():
            erased_list.write_shadow(folder, known)
    if storage.number(SWEEP):
        sweep(storage, folder)
    if known:
        last = max(entry.day for entry in known.values())
        _drop_backups(storage, folder, made_before=last)


def sweep(storage: Storage, folder: Path | None) -> bool:
    """Leave nothing of what was erased in free pages, the write-ahead log and old backups.

    No backup past its age survives a younger; younger ones are cleaned when they are restored.

    Returns whether it is done; where somebody else reads or the disk is full, the next opening
    finishes it.
    """
    ask = storage.reader.ask
    try:
        if folder is not None:
            erased_list.write_shadow(folder, listed(storage))
            _drop_backups(storage, folder)
        ask("VACUUM")
        if ask("PRAGMA wal_checkpoint(TRUNCATE)").value():  # somebody reads what was before
            return False
        storage.remember(SWEEP, 0)
    except StorageTrouble:
        return False
    ask("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def listed(storage: Storage) -> dict[bytes, Listed]:
    """Return the erased records by id."""
    return erased_list.in_table(storage.connection)


def _begun(storage: Storage) -> Change:
    """Return a change under an action that no undo goes back on."""
    action = storage.connection.execute(
        "INSERT INTO actions (name, plural, said, at, by) VALUES (?, ?, ?, ?, ?)",
        (*name_columns(NAME), str(storage.clock.now()), storage.remembered("me")),
    ).lastrowid
    return storage.change_under(action)


def _say_erased(storage: Storage, kind: str, record: Id, action: int, entry: Listed | None) -> None:
    """Write ERASE into every scope a record ever stood in: whoever may know it, learns it.

    What outlives the person it is about goes on without the cells that do not; deleted, it stays
    deleted, which a later value alone would put in doubt.
    """
    known, pack = storage.catalogue.find(kind), storage.dictionary.pack
    says = [(Verb.ERASE, pack({TEXTS: True} if entry and entry.texts else {}))]
    if entry is None and known is not None and known.outlives:
        ends = [name for name in known.by_name if name not in known.outlives]
        ended = pack(dict.fromkeys(ends))
        says = [(Verb.SET, ended), (Verb.FORGET, ended)]
        if fold(storage.log.of_record(kind, record)).gone:
            says.append((Verb.DELETE, pack({})))
    scopes = "SELECT DISTINCT scope FROM op WHERE eid = ? ORDER BY scope"
    number = storage.dictionary.number(kind)
    for (scope,) in storage.connection.execute(scopes, (record,)).fetchall():
        for verb, cells in says:
            storage.connection.execute(
                APPEND,
                (
                    action, 0, None, storage.position(), storage.clock.now().ms, scope, number,
                    record, int(verb), cells, None,
                ),
            )  # fmt: skip


def _drop_backups(storage: Storage, folder: Path, *, made_before: str = "9999") -> None:
    """Remove backups past their age (made up to a day), and what a restore put aside as early.

    What cannot be removed stays.

    The newest good one stays until there is a younger: by a clock that is wrong all are old, and a
    restore erases again anyway.
    """
    now = datetime.fromtimestamp(storage.clock.now().ms / 1000, UTC)
    every = found(folder)
    newest = next((one for one in every if one.looks_whole), None)
    for backup in every:
        past = now - backup.at > OLDEST and f"{backup.at:%Y-%m-%d}" <= made_before
        if past and backup is not newest:
            remove(backup)
    for aside in put_aside(folder):
        at = datetime.fromtimestamp((aside / DATABASE).stat().st_mtime, UTC)
        past = now - at > OLDEST and f"{at:%Y-%m-%d}" <= made_before
        if past and newest is not None and at < newest.at:
            shutil.rmtree(aside, ignore_errors=True)
