"""What a week stands on, as damage or another desk may leave it: it is read, planned and shown."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from support.halves import a_whole_file

from kamdesk.core.wording import Text
from kamdesk.domain.week import planning
from kamdesk.dossier.day_moves import read_moves
from kamdesk.dossier.due import due_list
from kamdesk.dossier.lifecycle import read_lifecycle
from kamdesk.dossier.patterns import lay_out
from kamdesk.dossier.promise_ledger import read_ledger
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_told import told
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.held import Held
from kamdesk.workspace import Workspace

MONDAYS = (date(2026, 3, 9), date(2026, 3, 16))
KINDS = (
    *("site", "agreement", "pause", "task", "absence", "year_list", "pattern", "pattern_stop"),
    *("habits", "learnt_leg", "calendar", "appointment", "visit"),
)
ODD: dict[Held, tuple[Any, ...]] = {
    Held.WHOLE: (None, -5, 7, 10**12, -(2**63)),
    Held.REAL: (None, -90.1, 1e308),
    Held.TEXT: (None, "no-such-word", "9999-12-31"),
    Held.ID: (None, b"\xff" * 16),
    Held.BYTES: (None,),
}
"""What may stand where something else belongs, by the sort of value a column takes."""


class Spoilt(NamedTuple):
    """A cell of a record with one column spoilt, and as it was."""

    record: bytes
    cell: Cell
    bad: tuple[Any, ...]
    good: tuple[Any, ...]


def spoilt(desk: Workspace, kind: Kind) -> Iterator[Spoilt]:
    """Yield each column of the newest record of a kind, spoilt in each way."""
    row = desk.storage.reader.ask(f"SELECT * FROM {kind.table} ORDER BY rid DESC").first()
    assert row is not None
    for cell in kind.valued:
        good = tuple(row[column] for column in cell.columns)
        for at, held in enumerate(cell.held):
            for value in ODD[held]:
                yield Spoilt(row["id"], cell, (*good[:at], value, *good[at + 1 :]), good)


def write(desk: Workspace, kind: Kind, one: Spoilt, values: tuple[Any, ...]) -> None:
    """Write a cell past all rules."""
    with desk.storage.change(Text("Change")) as change:
        value = values if len(values) > 1 else values[0]
        change.write(kind, one.record, {one.cell.name: value})


def walk(desk: Workspace) -> None:
    """Read all that plans and lists; plan what can be planned."""
    reader, me, now = desk.storage.reader, desk.team.me, desk.clock.now()
    for monday in MONDAYS:
        read = read_week(reader, monday, me=me, now=now)
        told(read, planning.first(read.problem))
    due_list(reader, today=now.day, me=me, touches=True)
    read_ledger(reader, today=now.day, of=me, rates=True)
    read_moves(desk.storage, now=now, me=me)
    for account in desk.accounts.ask.everything():
        read_lifecycle(desk.storage, account.id)
    for pattern in desk.patterns.ask.all():
        if desk.patterns.ask.stops(pattern.id):
            lay_out(desk.storage, pattern, date(2026, 5, 11), 1, me)


@pytest.mark.parametrize("name", KINDS)
def test_a_week_is_read_past_what_cannot_be(name: str, desk: Workspace) -> None:
    a_whole_file(desk)
    kind = desk.storage.catalogue[name]
    for one in list(spoilt(desk, kind)):
        write(desk, kind, one, one.bad)
        try:
            walk(desk)
        except Exception as broken:
            raise AssertionError(f"{name} {one.cell.columns} = {one.bad!r:.200}") from broken
        write(desk, kind, one, one.good)
