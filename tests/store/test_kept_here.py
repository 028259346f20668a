"""What is each desk's own neither leaves with an exchange nor is written by another desk."""

from pathlib import Path

from support.halves import Stranger, a_whole_file
from support.two_desks import Desk, Hub, settle

from kamdesk.core.ids import Id
from kamdesk.core.spot import Spot
from kamdesk.core.wire_op import WireOp
from kamdesk.domain.travel.model import HABITS_ID, Habits
from kamdesk.storage.catalogue import LOCAL, Kind
from kamdesk.storage.exchange import receive, unsent
from kamdesk.storage.fold import Verb
from kamdesk.workspace import KINDS, Workspace

OWN = [kind for kind in KINDS if kind.scope_of == LOCAL]
EVERY = 100_000


def sent_by(desk: Workspace) -> set[str]:
    """Return the kinds of what would leave now."""
    return {op.kind for op in unsent(desk.storage, limit=EVERY)}


def rows_of(desk: Workspace, kind: Kind) -> int:
    return len(desk.storage.reader.ask(f"SELECT id FROM {kind.table}").column())


def from_afar(desk: Workspace, kind: str, record: Id, **cells: object) -> None:
    """Let an op of another device arrive that says it is the house's."""
    seq = desk.storage.position() + 1
    about = (2, seq, desk.clock.now().ms, 0, seq, (None, "house"))
    op = WireOp(*about, kind, record, int(Verb.SET), cells, "Change", None, seq)
    receive(desk.storage, [op], seq)


def test_of_each_kind_there_is_a_record_and_only_what_is_the_house_s_leaves(
    desk: Workspace,
) -> None:
    a_whole_file(desk)
    assert {kind.name for kind in OWN} >= {
        *("habits", "learnt_leg", "calendar", "appointment", "pattern", "pattern_stop"),
    }
    assert all(rows_of(desk, kind) for kind in KINDS)
    assert sent_by(desk) == {kind.name for kind in KINDS} - {kind.name for kind in OWN}


def test_what_is_written_after_joining_stays_here_too(tmp_path: Path) -> None:
    hub = Hub()
    one, other = (Desk(tmp_path / name, hub, n) for n, name in enumerate(("one", "other"), 1))
    settle(one, other)
    one.workspace.habits.keep(Habits(home_address="苏州市昆山市前进路"))
    one.workspace.habits.learn(Spot(31.30, 120.60), Spot(31.39, 120.98), 55)
    one.workspace.patterns.make(one.workspace.patterns.new("苏州一圈"), [])
    working_days = one.workspace.working_days
    working_days.add(working_days.new(one.workspace.clock.today()))
    assert sent_by(one.workspace) == {"absence"}  # the control: it is the house's
    settle(one, other)
    assert other.workspace.habits.ask.habits() == Habits()
    assert [rows_of(other.workspace, kind) for kind in OWN] == [0] * len(OWN)
    one.workspace.close()
    other.workspace.close()


def test_nobody_else_says_where_one_lives_or_what_one_s_calendar_holds(desk: Workspace) -> None:
    a_whole_file(desk)
    before = desk.habits.ask.habits(), [rows_of(desk, kind) for kind in OWN]
    from_afar(desk, "habits", HABITS_ID, home=("Elsewhere", 10.0, 10.0, "hand"))
    for kind in OWN:
        from_afar(desk, kind.name, desk.storage.new_id())
    assert (desk.habits.ask.habits(), [rows_of(desk, kind) for kind in OWN]) == before
    from_afar(desk, "colleague", desk.storage.new_id(), name="吴启明")
    assert "吴启明" in {one.name for one in desk.team.ask.everybody()}


def test_damage_still_spoils_what_is_one_s_own(desk: Workspace) -> None:
    """The control of the stranger: what the exchange passes over is written into the file."""
    a_whole_file(desk)
    Stranger(desk).write("habits", HABITS_ID, {"home": ("Elsewhere", 10.0, 10.0, "hand")})
    assert desk.habits.ask.habits().home_address == "Elsewhere"
