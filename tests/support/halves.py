"""Records as a newer program, another desk or a damaged file may send them: spoiled, by halves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any, Final

from support.customers import Lanchuan, lanchuan

from kamdesk.core.ids import AppointmentId, CalendarId, GroupId, Id
from kamdesk.core.money import Money
from kamdesk.core.spot import Spot
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.appointments.model import Appointment, Calendar
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.model import Group
from kamdesk.domain.chain.store import GROUP
from kamdesk.domain.duplicates.model import NotSame
from kamdesk.domain.duplicates.store import NOT_SAME
from kamdesk.domain.files.model import Incoming
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.lifecycle.task import EvidenceSort, Task
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.own_fields.model import Of
from kamdesk.domain.people.model import Reporting
from kamdesk.domain.people.posts import REPORTING
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.visits.model import Fact
from kamdesk.domain.working_days.calendar import YearList
from kamdesk.storage.catalogue import HOUSE, LOCAL, Cell, Kind, Merge, is_own, own_cell
from kamdesk.storage.exchange import join, receive
from kamdesk.storage.fold import Verb
from kamdesk.storage.ops import APPEND, LOCAL_SCOPE
from kamdesk.storage.rows import whole_of
from kamdesk.sync.ops_as_text import as_text, from_text
from kamdesk.workspace import KINDS, Workspace

SPOILT: Final[dict[str, Any]] = {
    "nothing": None,
    "an unknown word": "no-such-word",
    "blanks": "   ",
    "an empty text": "",
    "a number": 7,
    "a negative number": -3,
    "a huge number": 2**63 - 1,
    "a fraction": 2.5,
    "true": True,
    "false": False,
    "odd bytes": b"odd",
    "a record that is not here": b"\x01\x9a" + bytes(5) + b"\x70" + b"\x80" + bytes(7),
    "a list": ("a", 1, None),
    "an empty list": (),
    "a list in a list": (("a",), (1,)),
    "no day": "2026-13-45",
    "the first moment": "0001-01-01T00:00:00.000Z Nowhere/Land",
    "the last moment": "9999-12-31T23:59:59.999Z Asia/Shanghai",
    "a moment without zone": "2026-03-12T06:00:00",
    "a long word": "阀" * 5000,
}
"""What may stand where something else belongs, by what it is."""


def a_whole_file(desk: Workspace) -> Lanchuan:
    """Fill a workspace with a customer of which there is a record of every kind, and join a hub."""
    found = lanchuan(desk)
    person = found.people["李敏"]
    body = desk.chain.body(found.account.id, "招标小组")
    desk.chain.add_body(replace(body, chair=person), members=(person,))
    desk.visits.note(
        Fact(
            id=desk.storage.new_id(),
            account=found.account.id,
            words="预算已批",
            day=date(2026, 3, 1),
            visit=found.last_visit,
            about=person,
        )
    )
    about = [Incoming(name="记录.txt", data="会议记录".encode())]
    desk.files.keep(found.account.id, given=about, visit=found.last_visit, about=person)
    desk.access_plans.begin(desk.access_plans.new(found.account.id, person), ("准备",))
    deal = desk.opportunities.new(found.account.id, "二号线")
    desk.opportunities.add(
        replace(deal, step=6, amount=Money(260_000_000), expected=date(2026, 6, 30), note="预算")
    )
    with desk.storage.change(Text("Know by a key")) as change:
        change.put(
            KNOWN_AS, KnownAs.of("crm", "K-1", ACCOUNT.name, found.account.id, found.account.id)
        )
        change.put(NOT_SAME, NotSame.of(PERSON.name, person, found.people["陈立新"]))
        (post,) = {held.post for held in desk.people.ask.held_by(person)}
        line = Reporting(id=desk.storage.new_id(), account=found.account.id, post=post)
        change.put(REPORTING, replace(line, valid_from=date(2026, 1, 5), note="任免通知"))
        new = GroupId(desk.storage.new_id())
        change.put(GROUP, Group(id=new, account=found.account.id, name="江陵设计院"))
    desk.playbook.copy(desk.playbook.packs()[0], "本部打法")
    desk.playbook.use("本部打法")
    warned = Finding(rule="stale", said=Text("old"), people=(person,), advice=Text("ask"), weight=3)
    chain = desk.chain.ask.maps(found.account.id)[0]
    desk.playbook.mark(found.account.id, chain.id, warned, right=True, on=date(2026, 3, 1))
    core = Condition(field="class", test=Test.IS, value="core")
    desk.filters.keep("核心客户", "accounts", (core,))
    _week(desk, found)
    for of_kind in Of:
        field = desk.own_fields.new("备案号", of_kind)
        desk.own_fields.add(field)
        table = desk.storage.catalogue[of_kind].table
        first = desk.storage.reader.ask(f"SELECT id FROM {table} ORDER BY rid LIMIT 1").value()
        desk.own_fields.write(first, field, "BA-07")
    join(desk.storage, 1)
    return found


def _week(desk: Workspace, found: Lanchuan) -> None:
    """Fill in what the week stands on: days away, holidays, patterns, tasks, duties, home, ways."""
    desk.habits.keep(Habits(home_address="苏州市昆山市前进路", starts=480))
    desk.habits.learn(Spot(31.30, 120.60), Spot(31.39, 120.98), 55)
    day = date(2026, 3, 13)
    absence = desk.working_days.new(day, desk.team.me)
    desk.working_days.add(replace(absence, begins=540, ends=720, words="体检"))
    off = {date(2027, 1, n): "元旦" for n in range(1, 7)}
    desk.working_days.take_lists([YearList(year=2027, off=off, worked={date(2027, 1, 9): "元旦"})])
    pattern = desk.patterns.new("苏州一圈")
    desk.patterns.make(pattern, [desk.patterns.new_stop(pattern.id, found.account.id)])
    person = found.people["李敏"]
    agreed = desk.cadence.new_agreement(found.account.id, 60, person=person)
    desk.cadence.agree(replace(agreed, until=date(2026, 12, 31), note="只约周三"))
    desk.cadence.pause([found.account.id], until=date(2026, 4, 1), because="招标静默期")
    task = Task.at(found.account.id, "kickoff")
    shown = found.last_visit
    desk.lifecycle.show(
        task, EvidenceSort.VISIT, record=shown, words="纪要", seen=desk.storage.position()
    )
    calendar = Calendar(id=CalendarId(desk.storage.new_id()), name="办公室", file="own.ics")
    calendar = replace(calendar, imported=desk.clock.now(), first=day, until=day)
    appointment = Appointment(
        id=AppointmentId(desk.storage.new_id()), calendar=calendar.id, uid="u", title="例会",
        place="三楼", all_day=True, sequence=2,
    )  # fmt: skip
    with desk.storage.change(Text("Take a calendar")) as change:
        change.put(CALENDAR, calendar)
        change.put(APPOINTMENT, appointment)
        change.link(APPOINTMENT, appointment.id, "times", day.isoformat())


def spoilt_cells(kind: Kind, values: dict[str, Any], bad: Any) -> Iterator[dict[str, Any]]:
    """Yield a record's cells with one spoiled, in every way there is; then that cell alone."""
    own = [own_cell(name) for name in values if is_own(name)]
    for cell in (*kind.valued, *own):
        for value in _ways(cell, values.get(cell.name), bad):
            yield {**values, cell.name: value}
            yield {cell.name: value}


def _ways(cell: Cell, value: Any, bad: Any) -> Iterator[Any]:
    yield bad
    width = len(cell.columns)
    if width > 1:
        good = value if isinstance(value, tuple) else (None,) * width
        for at in range(width):
            yield (*good[:at], bad, *good[at + 1 :])
        yield (bad,) * width
        yield (*good, bad)


class Stranger:
    """Another device at the hub whose program writes what ours would not."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk
        self._seq = count(desk.storage.position() + 1)
        (self._account,) = desk.accounts.ask.by_name("澜川轴承")
        self.ops: list[WireOp] = []

    def spoil_all(self, bad: Any) -> None:
        """Write every cell of every kind wrongly: in copies of whole records, and alone."""
        for kind in KINDS:
            rows = self._desk.storage.reader.ask(f"SELECT * FROM {kind.table} ORDER BY rid")
            values = whole_of(self._desk.storage.reader.ask, kind, rows[0])
            for cells in spoilt_cells(kind, values, bad):
                self.write(kind.name, self._desk.storage.new_id(), cells)
            self.write(kind.name, self._desk.storage.new_id(), {})
            for cell in kind.cells:
                if cell.merge is Merge.LINKS:
                    for targets in ((bad,), bad):
                        self.write(kind.name, rows[0]["id"], {cell.name: targets}, Verb.LINK)
                    self.write(kind.name, rows[0]["id"], {cell.name: bad})
        self.send()

    def write(self, kind: str, record: bytes, cells: dict[str, Any], verb: int = Verb.SET) -> None:
        """Write an op as it is; of a kind that is each desk's own, as damage to the file."""
        seq = next(self._seq)
        found = self._desk.storage.catalogue.find(kind)
        if found is not None and found.scope_of == LOCAL:
            self._damage(found, record, cells, verb)
            return
        house = found is not None and found.scope_of == HOUSE
        scope = (None, "house") if house else (self._account, "internal")
        wall = self._desk.clock.now().ms + seq
        self.ops.append(
            WireOp(2, seq, wall, 0, seq, scope, kind, record, int(verb), cells, "Change", None, seq)
        )

    def _damage(self, kind: Kind, record: bytes, cells: dict[str, Any], verb: int) -> None:
        """Put an op into the desk's own log, and make the row what the log says."""
        storage = self._desk.storage
        words, wall = storage.dictionary, storage.clock.now().ms
        written = (words.scope(LOCAL_SCOPE), words.number(kind.name), record, int(verb))
        with storage.transaction():
            storage.connection.execute(
                APPEND, (0, 0, None, 0, wall, *written, words.pack(cells), None)
            )
            change = storage.change_under(0)
            change.fold(kind, Id(record))
            storage.follow(change)

    def send(self) -> None:
        """Let the desk receive what was written, by way of the wire."""
        storage = self._desk.storage
        receive(storage, from_text(as_text(self.ops)), self.ops[-1].seq or 0)
        self.ops.clear()
