"""Records quickly made for tests of storage: an account, its people, a visit, and log readings."""

from collections.abc import Sequence
from typing import Any

from kamdesk.core.ids import AccountId, Id
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.domain.visits.model import Visit
from kamdesk.storage.catalogue import Kind, Merge
from kamdesk.storage.fold import Verb
from kamdesk.storage.ops import Scope
from kamdesk.workspace import Workspace


def an_account(desk: Workspace, name: str = "华东重工", **fields: Any) -> Account:
    """Return an account that is saved."""
    account = Account(id=AccountId(desk.storage.new_id()), name=name, **fields)
    desk.accounts.add(account)
    return account


def a_person(desk: Workspace, account: Account | None = None, name: str = "张伟") -> Person:
    """Return a person that is saved."""
    person = desk.people.new(name, account.id if account else None)
    desk.people.add(person)
    return person


def a_visit(desk: Workspace, account: Account) -> Visit:
    """Return a planned visit that is saved."""
    visit = desk.visits.new(account.id, desk.clock.now())
    desk.visits.plan(visit)
    return visit


def ops_of(desk: Workspace, record: bytes) -> list[tuple[Scope, int, dict[str, Any]]]:
    """Return the ops of a record as (scope, verb, cells), oldest first."""
    words = desk.storage.dictionary
    return [
        (words.scope_at(row["scope"]), row["verb"], words.unpack(row["cells"]))
        for row in desk.storage.reader.ask("SELECT * FROM op WHERE eid = ? ORDER BY lid", record)
    ]


def contested(desk: Workspace) -> set[tuple[bytes, str]]:
    """Return which cells of which records are contested."""
    return {(row[0], row[1]) for row in desk.storage.reader.ask("SELECT eid, cell FROM contested")}


def tables_of(desk: Workspace, *, derived: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all records, sets and contested marks, without the rows' own numbers."""
    ask = desk.storage.reader.ask
    found: dict[str, list[tuple[Any, ...]]] = {}
    for kind in desk.storage.catalogue.kinds:
        columns = ", ".join(("id", "gone", *kind.columns))
        found[kind.table] = [tuple(r) for r in ask(f"SELECT {columns} FROM {kind.table}")]
        for cell in kind.cells:
            if not cell.columns:
                table = kind.link_table(cell.name)
                found[table] = [tuple(r) for r in ask(f"SELECT eid, target FROM {table}")]
    for table in ("contested", *derived):
        found[table] = [tuple(r) for r in ask(f"SELECT * FROM {table}")]
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


def wrote_nothing(desk: Workspace) -> "Counted":
    """Return a guard that fails when anything is written within it."""
    return Counted(desk)


class Counted:
    """Counts the log's ops, actions, words and scopes before and after."""

    def __init__(self, desk: Workspace) -> None:
        self._ask = desk.storage.reader.ask

    def _counts(self) -> list[int]:
        tables = ("op", "actions", "words", "scopes")
        return [self._ask(f"SELECT count(*) FROM {table}").value() for table in tables]

    def __enter__(self) -> None:
        self._before = self._counts()

    def __exit__(self, *raised: object) -> None:
        assert self._counts() == self._before


def as_id(value: bytes) -> Id:
    """Return bytes as an id."""
    return Id(value)


def somebody_else_writes(
    desk: Workspace, kind: Kind, record: bytes, cells: dict[str, Any] | None
) -> None:
    """Write to a record as a colleague who saw all of it; ``None`` deletes it."""
    from kamdesk.core.wire_op import WireOp
    from kamdesk.storage.exchange import acknowledge, join, receive

    storage = desk.storage
    if not storage.number("dev"):
        join(storage, 1)
    position = storage.position() + 1000
    verb = Verb.DELETE if cells is None else Verb.SET
    if cells and kind.by_name[next(iter(cells))].merge is Merge.LINKS:
        verb = Verb.LINK
    scope = ops_of(desk, record)[-1][0]
    wall = storage.clock.now().ms + position
    op = WireOp(2, position, wall, position - 1, 1, scope, kind.name, record, verb, cells or {})
    unseen = storage.reader.ask("SELECT dseq FROM op WHERE dseq AND seq IS NULL").column()
    acknowledge(storage, {dseq: position - 1000 + n for n, dseq in enumerate(unseen, 1)})
    receive(storage, [op._replace(seq=position)], position)
