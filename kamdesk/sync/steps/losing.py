"""A scope that was taken away goes from the disk: rows, log, drafts, search, contents, free pages.

What was written before goes to the hub first; what it refused lies in quarantine. So do, once
nothing of the customer can be read here any more, the notes on it that stayed on this computer.
"""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wire_op import Verb
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.database import Row
from kamdesk.storage.exchange import ops_of_scope
from kamdesk.storage.naming import name_columns
from kamdesk.storage.ops import LOCAL_SCOPE
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.storage.withdrawing import still_of, withdraw
from kamdesk.sync import quarantine
from kamdesk.sync.steps.snapshots import HELD, LOSING, under_way
from kamdesk.sync.wire.reasons import NO_RIGHT

_NAME = Text("Change")
_NOT_OURS = """
SELECT scope FROM op INDEXED BY op_outbox JOIN scopes ON n = scope
WHERE dseq BETWEEN 1 AND ? AND seq IS NULL AND dev = ? AND held <> ? LIMIT 1"""
_LEFT = "SELECT 1 FROM op JOIN scopes ON scopes.n = op.scope WHERE account = ? LIMIT 1"


def next_lost(storage: Storage) -> int | None:
    """Return the number of a scope that is to go; None when there is none.

    The log is read to its end. So what the hub took and gave no place here lies where the user may
    not read: given and taken away between two contacts.
    """
    ask = storage.reader.ask
    number: int | None = ask("SELECT n FROM scopes WHERE held = ? LIMIT 1", LOSING).value()
    if number is None and not under_way(storage):
        settled = storage.number(team.SETTLED)
        number = ask(_NOT_OURS, settled, storage.log.own, HELD).value()
    return number


def lose(storage: Storage, scope: int) -> ChangeSet:
    """Take a scope out of the file in one transaction; ``erasing.bring_level`` is to follow.

    Own changes the hub never got are kept in quarantine.
    """
    ask, execute = storage.reader.ask, storage.connection.execute
    with storage.transaction():
        account = ask("SELECT account FROM scopes WHERE n = ?", scope).value()
        settled = storage.number(team.SETTLED)
        own = [
            (lid, op._replace(dev=op.dev if op.dseq else 0, dseq=op.dseq or lid))
            for lid, op in ops_of_scope(storage, scope)
            if not 0 < op.dseq <= settled  # the hub took it; its place one may not know any more
        ]
        touched = quarantine.put_ops(storage, own, {op.dseq: NO_RIGHT for _, op in own}).records
        rows = ask("SELECT lid, action, eid FROM op WHERE scope = ?", scope)
        touched |= withdraw(storage, [row["lid"] for row in rows]).records
        ends = account is not None and execute(_LEFT, (account,)).fetchone() is None
        if ends:
            here = still_of(storage, account)
            touched |= _put_aside(storage, here).records
            rows += here
        _forget_names(storage, {row["action"] for row in rows})
        gone = {
            eid
            for eid in {row["eid"] for row in rows}
            if not execute("SELECT 1 FROM op WHERE eid = ? LIMIT 1", (eid,)).fetchone()
        }
        if ends:
            gone.add(account)
        storage.connection.executemany(
            "DELETE FROM drafts WHERE instr(place, ?1) OR instr(content, ?1)",
            [(record.hex(),) for record in gone],
        )
        execute("UPDATE scopes SET held = 0, writes = 0, offered = 0 WHERE n = ?", (scope,))
        for follower in storage.followers:
            follower.forget(storage.connection)
        storage.keep(SWEEP, 1)
    return ChangeSet(touched)


def _put_aside(storage: Storage, rows: list[Row]) -> ChangeSet:
    """Keep in quarantine what a note says that stays here; of one that went out nothing stays."""
    stays = {row["lid"] for row in rows if row["here"]}
    local = storage.dictionary.scope(LOCAL_SCOPE)
    ops = [
        (lid, op._replace(dev=0, dseq=lid))
        for lid, op in (ops_of_scope(storage, local) if stays else ())
        if lid in stays and op.verb == Verb.SET
    ]
    touched = quarantine.put_ops(storage, ops, {op.dseq: NO_RIGHT for _, op in ops}).records
    rest = {row["lid"] for row in rows} - {lid for lid, _ in ops}
    return ChangeSet(touched | withdraw(storage, sorted(rest)).records)


def _forget_names(storage: Storage, actions: set[int]) -> None:
    """Leave no customer's word in the names of actions; those with nothing left go."""
    named = name_columns(_NAME)
    storage.connection.executemany(
        "UPDATE actions SET name = ?, plural = ?, said = ? WHERE id = ?",
        [(*named, action) for action in actions],
    )
    storage.connection.execute(
        "DELETE FROM actions WHERE id NOT IN (SELECT action FROM op)"
        " AND first_lid IS NULL AND undoes IS NULL AND redoes IS NULL"
    )
