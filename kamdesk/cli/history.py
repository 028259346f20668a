"""History and undo: who changed what, from what to what; back one action, and forward again."""

from typing import TYPE_CHECKING, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.dossier.told import field_words, value_words
from kamdesk.storage.catalogue import CellValue
from kamdesk.storage.history import HistoryLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Changed(NamedTuple):
    """One line of a history, its ids turned into names."""

    at: Instant | None
    by: str
    name: Text
    kind: str
    cell: str
    before: str
    after: str


_COLUMNS: tuple[Column[Changed], ...] = (
    Column(
        Text("When"), lambda line: f"{line.at.local:%Y-%m-%d %H:%M}" if line.at else "", whole=True
    ),
    Column(Text("Who"), lambda line: line.by),
    Column(Text("Action"), lambda line: line.name),
    Column(Text("Field"), lambda line: field_words(line.kind, line.cell)),
    Column(Text("Before"), lambda line: line.before),
    Column(Text("After"), lambda line: line.after),
)


@command(Text("Show who changed what of a record, the newest first."))
@click.argument("record", metavar="RECORD")
@option("--limit", type=Count(0, 10_000_000), said=Text("At most so many."))
def history(session: Session, record: str, limit: int | None) -> None:
    """Print the history of a customer, a person, a visit or a promise."""
    with session.reading() as desk:
        found = pick.pick(desk, record, *pick.KINDS, "promise")
        lines = desk.history.of(found.kind, found.id)[:limit]
        shown = [_changed(session, desk, line) for line in lines]
    session.give(
        [
            {
                "lid": line.lid,
                "kind": found.kind,
                "id": found.id,
                "cell": line.cell,
                "before": line.before,
                "after": line.after,
                "action": line.action,
                "name": line.name,
                "at": line.at,
                "by": line.by,
                "by_name": said.by,
            }
            for line, said in zip(lines, shown, strict=True)
        ]
    )
    session.tell(found.title)
    session.list(_COLUMNS, shown, Text("Nothing was written about it yet."))


@command(Text("Undo the last action; with --redo, do the last undone one again."))
@option("--redo", is_flag=True, said=Text("Do again what was undone last."))
def undo(session: Session, redo: bool) -> None:
    """Go back one action, or forward again."""
    from kamdesk.storage.undo import words_of_left

    with session.writing() as desk:
        step = desk.undo.next_redo() if redo else desk.undo.next_undo()
        touched = desk.undo.redo() if redo else desk.undo.undo()
    name = step.name if step else Text("Change")
    session.give(
        {
            "action": touched.action,
            "name": name,
            "records": touched.reverted,
            "left": [{"kind": kind, "id": one, "cell": cell} for kind, one, cell in touched.left],
        }
    )
    again, back = Text("Done again: {name}.", name=name), Text("Undone: {name}.", name=name)
    session.tell(again if redo else back)
    for left in words_of_left(touched):
        session.tell(left)


def _changed(session: Session, desk: "Workspace", line: HistoryLine) -> Changed:
    def called(record: Id) -> str:
        return pick.name_of(desk, record)

    def read(value: CellValue) -> str:
        return value_words(line.kind, line.cell, value, called=called, said=session.say)

    by = called(Id(line.by)) if line.by else ""
    return Changed(
        line.at, by, line.name, line.kind, line.cell, read(line.before), read(line.after)
    )
