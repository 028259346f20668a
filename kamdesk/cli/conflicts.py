"""What was written apart, from the shell: list it, take one side of a field."""

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session, session_of
from kamdesk.cli.spoken import Group, command, option, standing
from kamdesk.cli.values import OneOf
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.dossier.record_words import kind_words
from kamdesk.dossier.told import field_words, value_words
from kamdesk.storage.catalogue import LIFE, CellValue
from kamdesk.sync.apart.conflicts import Conflict, Side, before, conflicts, settle, typed

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

MINE, THEIRS, BEFORE = "mine", "theirs", "before"


class Line(NamedTuple):
    """A field that waits, in words; ``id`` names it to ``take``."""

    id: str
    kind: str
    record: Id
    called: str
    cell: str
    mine: str
    theirs: str
    before: str


@click.group(
    "conflicts",
    cls=Group,
    invoke_without_command=True,
    said=Text("What you and others wrote to the same field without seeing each other's."),
)
@standing
@click.pass_context
def group(ctx: click.Context) -> None:
    """List what waits, unless a command follows."""
    if ctx.invoked_subcommand is None:
        _list(session_of(ctx))


@command(Text("List the fields that wait for a decision."), name="list", under=group)
def list_(session: Session) -> None:
    """List what waits."""
    _list(session)


@command(Text("Decide a field: take mine, theirs, or what stood before."), under=group)
@click.argument("field", metavar="ID")
@click.argument("side", metavar="mine|theirs|before", type=OneOf(MINE, THEIRS, BEFORE))
@option("--all", "every", is_flag=True, said=Text("Every field of the record at once."))
def take(session: Session, field: str, side: str, every: bool) -> None:
    """Decide one field, or all of a record."""
    with session.writing() as desk:
        some = _named(desk, field) if every else [_meant(desk, field)]
        decided = [(one, _value(desk, one, side)) for one in some]
        lines = [_decided(session, desk, one, side, value) for one, value in decided]
        settle(desk.storage, decided)
    session.give(lines if every else lines[0])
    for line in lines:
        _tell(session, line)


@command(Text("Decide a field by words of your own."), under=group)
@click.argument("field", metavar="ID")
@click.argument("words", metavar="WORDS")
def write(session: Session, field: str, words: str) -> None:
    """Decide one field by what is written here."""
    with session.writing() as desk:
        conflict = _meant(desk, field)
        if not typed(desk.storage.catalogue[conflict.kind].by_name.get(conflict.cell)):
            raise RuleBroken(
                Text("That is chosen, not written: take mine, theirs or before."), field="words"
            )
        value = words.strip() or None
        line = _decided(session, desk, conflict, "own", value)
        settle(desk.storage, [(conflict, value)])
    session.give(line)
    _tell(session, line)


def _decided(
    session: Session, desk: "Workspace", conflict: Conflict, taken: str, value: CellValue
) -> dict[str, Any]:
    line = _line(session, desk, conflict)
    return {
        "id": line.id,
        "taken": taken,
        "value": value,
        "words": _words(session, desk, conflict, value),
        "called": line.called,
        "field": field_words(line.kind, line.cell),
    }


def _tell(session: Session, line: dict[str, Any]) -> None:
    session.tell(
        Text("{record}, {field}: {value}", record=line["called"], field=line["field"],
             value=line["words"] or "–")
    )  # fmt: skip


def _list(session: Session) -> None:
    with session.reading() as desk:
        found = conflicts(desk.storage)
        lines = [_line(session, desk, one) for one in found]
        given = [
            {**line._asdict(), "sides": [_side(session, desk, one, side) for side in one.sides]}
            for one, line in zip(found, lines, strict=True)
        ]
    session.give(given)
    session.list(_COLUMNS, lines, Text("Nothing waits for you."))


_COLUMNS: tuple[Column[Line], ...] = (
    Column(Text("Id"), lambda line: line.id, whole=True),
    Column(Text("Record"), lambda line: line.called or kind_words(line.kind)),
    Column(Text("Field"), lambda line: field_words(line.kind, line.cell)),
    Column(Text("Mine"), lambda line: line.mine),
    Column(Text("Theirs"), lambda line: line.theirs),
    Column(Text("Before"), lambda line: line.before),
)


def _name(conflict: Conflict) -> str:
    return f"{pick.short(conflict.record)}:{conflict.cell}"


def _named(desk: "Workspace", words: str) -> list[Conflict]:
    """Return the fields meant by an id, or by the record's. Raises ``RuleBroken`` for none."""
    wanted = words.strip().casefold()
    found = [
        one
        for one in conflicts(desk.storage)
        if wanted in (_name(one).casefold(), pick.short(one.record), one.record.hex())
    ]
    if not found:
        raise RuleBroken(Text("Nothing waits under “{words}”.", words=words), field="id")
    return found


def _meant(desk: "Workspace", words: str) -> Conflict:
    """Return the one field meant by its id, or by its record where that has one only."""
    first, *more = _named(desk, words)
    if more:
        raise RuleBroken(
            Text("“{words}” has {n} fields that wait: name one as in the list, like {example}.",
                 words=words, n=1 + len(more), example=_name(first)),
            field="id",
        )  # fmt: skip
    return first


def _of(conflict: Conflict, side: str) -> Side | None:
    """Return a side: of several others' the one shown, else the latest."""
    fits = [one for one in conflict.sides if one.mine == (side == MINE)]
    return max(fits, key=lambda one: (one.shown, one.at.ms), default=None)


def _value(desk: "Workspace", conflict: Conflict, side: str) -> CellValue:
    if side == BEFORE:
        if conflict.cell == LIFE:
            raise RuleBroken(Text("Take mine or theirs: delete it, or keep it."), field="side")
        was = before(desk.storage, conflict)
        return was.value if was else None
    found = _of(conflict, side)
    if found is None:
        raise RuleBroken(
            Text("None of the values was written on this computer: take theirs."), field="side"
        )
    return found.value


def _words(session: Session, desk: "Workspace", conflict: Conflict, value: CellValue) -> str:
    if conflict.cell == LIFE:
        return session.say(Text("deleted") if value is None else Text("not deleted"))

    def called(record: Id) -> str:
        return pick.name_of(desk, record)

    return value_words(conflict.kind, conflict.cell, value, called=called, said=session.say)


def _line(session: Session, desk: "Workspace", conflict: Conflict) -> Line:
    mine, theirs = _of(conflict, MINE), _of(conflict, THEIRS)
    was = before(desk.storage, conflict)

    def words(side: Side | None) -> str:
        return _words(session, desk, conflict, side.value) if side is not None else ""

    return Line(
        _name(conflict),
        conflict.kind,
        conflict.record,
        pick.name_of(desk, conflict.record),
        conflict.cell,
        words(mine),
        words(theirs),
        words(was),
    )


def _side(session: Session, desk: "Workspace", conflict: Conflict, side: Side) -> dict[str, Any]:
    return {
        "value": side.value,
        "words": _words(session, desk, conflict, side.value),
        "mine": side.mine,
        "at": side.at,
        "by": side.by,
        "by_name": pick.name_of(desk, Id(side.by)) if side.by else "",
        "action": side.action,
        "visit": side.visit,
        "shown": side.shown,
    }
