"""Every column is in the catalogue, with a privacy tag; nothing else is stored."""

import pytest

from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import Merge
from kamdesk.storage.held import Held
from kamdesk.workspace import KINDS, Workspace

_OWN = {"rid", "id", "gone"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_table_has_the_columns_of_its_cells_and_no_others(desk: Workspace, kind) -> None:
    stored = {row["name"] for row in desk.storage.reader.ask(f"PRAGMA table_info({kind.table})")}
    assert stored - _OWN == set(kind.columns)
    assert stored >= _OWN


_DECLARED = {
    "TEXT": {Held.TEXT},
    "INTEGER": {Held.WHOLE},
    "REAL": {Held.REAL},
    "BLOB": {Held.ID, Held.BYTES},
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_cell_holds_what_its_columns_are_declared_for(desk: Workspace, kind) -> None:
    for cell in kind.cells:
        table = kind.table if cell.columns else kind.link_table(cell.name)
        rows = desk.storage.reader.ask(f"PRAGMA table_info({table})")
        declared = {row["name"]: row["type"] for row in rows}
        columns = cell.columns or ("target",)
        assert len(cell.held) == len(columns)
        for column, held in zip(columns, cell.held, strict=True):
            assert held in _DECLARED[declared[column]], f"{table}.{column}"
    named = {name for names in kind.holds.values() for name in names}
    assert named <= {*kind.columns, *kind.by_name}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_cell_says_how_private_it_is(kind) -> None:
    assert all(isinstance(cell.privacy, Privacy) for cell in kind.cells)


def test_each_set_has_its_table(desk: Workspace) -> None:
    tables = set(desk.storage.reader.ask("SELECT name FROM sqlite_master").column())
    sets = [(k, c) for k in KINDS for c in k.cells if c.merge is Merge.LINKS]
    assert sets
    for kind, cell in sets:
        assert kind.link_table(cell.name) in tables


def test_columns_take_anything_as_strangers_and_halves_do_arrive(desk: Workspace) -> None:
    for kind in KINDS:
        for row in desk.storage.reader.ask(f"PRAGMA table_info({kind.table})"):
            if row["name"] not in _OWN:
                assert not row["notnull"], f"{kind.table}.{row['name']} must be nullable"


def test_an_account_scoped_kind_names_its_account(desk: Workspace) -> None:
    for kind in KINDS:
        if kind.scope_of not in ("id", "house", "local"):
            assert kind.scope_of in kind.columns
