"""Random days at several desks, and an oracle that knows nothing of the engine's ways."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from support.desks import untruths
from support.invented import a_person, a_visit, an_account, contested, tables_of
from support.two_desks import Desk, Hub, settle

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.storage.catalogue import LIFE, Kind, Merge
from kamdesk.storage.change import Seen
from kamdesk.storage.erasing import erase
from kamdesk.storage.fold import Verb
from kamdesk.sync.apart.conflicts import conflicts, resolve

DERIVED = ("account_standing", "person_standing")


def same(*desks: Desk) -> None:
    """All tables are equal, and each desk's tables are what its log says."""
    for desk in desks:
        assert untruths(desk.workspace) == []
    for one, other in pairwise(desks):
        assert tables_of(one.workspace, derived=DERIVED) == tables_of(
            other.workspace, derived=DERIVED
        )


def plain_rows(hub: Hub, desk: Desk) -> None:
    """Compare a desk's rows with the plain definition applied to the hub's log."""
    storage = desk.workspace.storage
    erased = {op.record for op in hub.log if op.verb == Verb.ERASE}
    by_record: dict[bytes, list[WireOp]] = {}
    for op in hub.log:
        by_record.setdefault(op.record, []).append(op)
    marks = contested(desk.workspace)
    for kind in storage.catalogue.kinds:
        for row in storage.reader.ask(f"SELECT * FROM {kind.table}"):
            record, ops = row["id"], by_record[row["id"]]
            about = any(_about(kind, op, erased) for op in ops)
            assert record not in erased or kind.outlives
            assert not about or kind.outlives
            ops = [_without(kind, op, erased, about=about) for op in ops]
            sets = [op for op in ops if op.verb in (Verb.SET, Verb.RESOLVE)]
            for cell in kind.cells:
                if cell.merge is Merge.LINKS:
                    sql = f"SELECT target FROM {kind.link_table(cell.name)} WHERE eid = ?"
                    assert set(storage.reader.ask(sql, record).column()) == _links(ops, cell.name)
                    continue
                stand = _standing([op for op in sets if cell.name in op.cells])
                values = {op.cells[cell.name] for op in stand}
                assert ((record, cell.name) in marks) is (len(values) > 1)
                if stand:
                    shown = max(stand, key=lambda op: (op.wall, op.dev)).cells[cell.name]
                    held = tuple(row[column] for column in cell.columns)
                    assert held == (shown if len(held) > 1 else (shown,))
            ends = _standing([op for op in ops if op.verb in (Verb.DELETE, Verb.RESTORE)])
            dead = bool(ends) and all(op.verb == Verb.DELETE for op in ends)
            unseen = [op for op in sets if not any(_saw(end, op) for end in ends)]
            assert bool(row["gone"]) is (dead and not unseen)
            assert ((record, LIFE) in marks) is (dead and bool(unseen))


def _about(kind: Kind, op: WireOp, erased: set[bytes]) -> bool:
    """True when an op names an erased person in a cell that says whose the record is."""
    named = {name for name, value in op.cells.items() if _parts(value) & erased}
    return op.verb == Verb.SET and any(kind.by_name[name].about for name in named)


def _without(kind: Kind, op: WireOp, erased: set[bytes], *, about: bool) -> WireOp:
    """Return an op as it would be, had the erased people never been named in it."""

    def kept(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(kept(part) for part in value)
        return None if isinstance(value, bytes) and value in erased else value

    cells = {
        name: kept(value) for name, value in op.cells.items() if not about or name in kind.outlives
    }
    return op._replace(cells=cells)


def _parts(value: Any) -> set[Any]:
    return set(value) if isinstance(value, tuple) else {value}


def _links(ops: list[WireOp], cell: str) -> set[Any]:
    found = set()
    touched = [op for op in ops if op.verb in (Verb.LINK, Verb.UNLINK) and cell in op.cells]
    for target in {target for op in touched for target in op.cells[cell]}:
        stand = _standing([op for op in touched if target in op.cells[cell]])
        if any(op.verb == Verb.LINK for op in stand):
            found.add(target)
    return found


def _standing(ops: list[WireOp]) -> list[WireOp]:
    return [op for op in ops if not any(_saw(other, op) for other in ops)]


def _saw(later: WireOp, earlier: WireOp) -> bool:
    if later.dev == earlier.dev:
        return earlier.dseq < later.dseq
    return (earlier.seq or 0) <= later.ctx


class Player:
    """Does something by chance at one desk, also from forms opened a while ago."""

    def __init__(self, desk: Desk, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self.forms: list[tuple[Person, Seen]] = []

    def _account(self) -> AccountId:
        return self.chance.choice(self.desk.workspace.accounts.ask.everything()).id

    def open(self) -> None:
        people = self.desk.workspace.people.ask.everybody()
        if people:
            self.forms.append((self.chance.choice(people), self.desk.workspace.storage.position()))

    def save(self) -> None:
        if not self.forms:
            self.open()
        if not self.forms:
            return
        form, seen = self.forms.pop(self.chance.randrange(len(self.forms)))
        changed = replace(
            form,
            **{
                field: self.chance.choice("abc")
                for field in self.chance.sample(["note", "focus", "name", "department"], 2)
            },
        )
        if self.chance.random() < 0.15:
            changed = replace(changed, account=self._account())
        with suppress(RuleBroken):  # a form of somebody erased meanwhile
            self.desk.workspace.people.change(changed, base=form, seen=seen)

    def add(self) -> None:
        person = self.desk.workspace.people.new("新人", self._account())
        self.desk.workspace.people.add(person, title="处长")

    def drop(self) -> None:
        people = self.desk.workspace.people.ask.everybody()
        if people:
            self.desk.workspace.people.drop(self.chance.choice(people).id)

    def erase(self) -> None:
        people = self.desk.workspace.people.ask.everybody()
        if people and self.chance.random() < 0.4:
            erase(self.desk.workspace.storage, PERSON, Id(self.chance.choice(people).id))

    def host(self) -> None:
        workspace = self.desk.workspace
        visits, people = (
            workspace.visits.ask.whole(self._account()),
            workspace.people.ask.everybody(),
        )
        if visits and people:
            changed = replace(visits[0], host=self.chance.choice(people).id)
            workspace.visits.change(changed, base=visits[0], seen=workspace.storage.position())

    def restore(self) -> None:
        gone = self.desk.workspace.storage.reader.ask("SELECT id FROM people WHERE gone").column()
        if gone:
            with self.desk.workspace.storage.change(Text("Restore")) as change:
                change.restore(PERSON, self.chance.choice(gone))

    def tag(self) -> None:
        add, remove = self.chance.sample("xyz", 2)
        self.desk.workspace.accounts.tag(self._account(), add=(add,), remove=(remove,))

    def seat(self) -> None:
        visits = self.desk.workspace.visits.ask.whole(self._account())
        people = self.desk.workspace.people.ask.everybody()
        if visits and people:
            who, point = self.chance.choice(people).id, self.chance.choice(["", "价格", "交期"])
            seat = Attendee.at(visits[0], who, Side.THEIRS, point=point)
            self.desk.workspace.visits.seat(seat)

    def unseat(self) -> None:
        visits = self.desk.workspace.visits.ask.whole(self._account())
        seats = self.desk.workspace.visits.ask.attendees(visits[0].id) if visits else []
        if seats:
            self.desk.workspace.visits.unseat(self.chance.choice(seats))

    def card(self) -> None:
        account = self.desk.workspace.accounts.ask.get(self._account())
        fields = {
            field: self.chance.choice("uvw")
            for field in self.chance.sample(["city", "region", "note", "short_name"], 2)
        }
        seen = Seen(self.chance.randint(0, self.desk.workspace.storage.position()))
        self.desk.workspace.accounts.change(replace(account, **fields), base=account, seen=seen)

    def take_in(self) -> None:
        account = self._account()
        known = [
            KnownAs.of("crm", key, "account", account, account, digest=self.chance.randbytes(1))
            for key in self.chance.choices("123", k=3)
        ]
        with self.desk.workspace.storage.change(Text("Import")) as change:
            change.put_all(KNOWN_AS, known)

    def resolve(self) -> None:
        found = conflicts(self.desk.workspace.storage)
        if found:
            conflict = self.chance.choice(found)
            side = self.chance.choice(conflict.sides)
            resolve(self.desk.workspace.storage, conflict, side.value)

    def undo(self) -> None:
        undo = self.desk.workspace.undo
        if undo.next_undo() and self.chance.random() < 0.7:
            undo.undo()
        elif undo.next_redo():
            undo.redo()

    def bring_back(self) -> None:
        people = self.desk.workspace.people.ask.everybody()
        if people:
            person = self.chance.choice(people)
            history = self.desk.workspace.history
            lines = [x for x in history.of("person", person.id) if x.cell in ("note", "name")]
            if lines:
                line = self.chance.choice(lines)
                seen = self.desk.workspace.storage.position()
                history.restore("person", person.id, line.cell, line.lid, seen=seen)

    def exchange(self) -> None:
        self.desk.push(lost_reply=self.chance.random() < 0.3, most=self.chance.choice([1, 5, 500]))
        if self.chance.random() < 0.7:
            self.desk.pull(most=self.chance.choice([3, 500]))

    def something(self) -> None:
        doings: list[Callable[[], None]] = [
            self.open,
            self.save,
            self.save,
            self.save,
            self.add,
            self.drop,
            self.restore,
            self.tag,
            self.seat,
            self.unseat,
            self.card,
            self.erase,
            self.host,
            self.take_in,
            self.resolve,
            self.undo,
            self.bring_back,
            self.exchange,
            self.exchange,
        ]
        self.desk.clock.move(minutes=self.chance.choice([0, 1, 60, -60]))
        self.chance.choice(doings)()


def play(folder: Path, seed: int, *, steps: int = 30, devices: int = 2) -> None:
    """Play one schedule and check it at the end."""
    chance, hub = Random(seed), Hub()
    desks = [
        Desk(folder / str(dev), hub, dev, chance=Random(f"{seed}.{dev}"))
        for dev in range(1, devices + 1)
    ]
    first = desks[0].workspace
    for name in ("甲", "乙"):
        account = an_account(first, name)
        a_person(first, account)
    a_visit(first, account)
    settle(*desks)
    players = [Player(desk, chance) for desk in desks]
    for _ in range(steps):
        chance.choice(players).something()
    settle(*desks)
    same(*desks)
    for desk in desks:
        plain_rows(hub, desk)
        desk.workspace.close()
