"""What is asked of the exchange after every change stays cheap however much waits."""

from typing import Final

import pytest
from support.asked import scans, statements
from support.two_desks import Desk, Pair, edit, settle, the_person

from kamdesk.storage.team import FORMER, UNPLACED
from kamdesk.sync.apart.came_together import came_together, came_together_in
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.sync.apart.conflicts import settle as decide
from kamdesk.sync.apart.waiting import waiting
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.sharing import in_conflict, shared, signs_of
from kamdesk.sync.steps import forking, losing
from kamdesk.sync.told import lost_list, reports, told, unsent_list

SMALL: Final = {
    "state",
    "contested",
    "quarantine",
    "parked",
    "reports",
    "scopes",
    "snapshots_under_way",
}
"""Tables that hold what waits, not what was ever written."""
ASKED: Final = {
    "how it stands": lambda storage, _: told(storage),
    "what is unsent": lambda storage, _: unsent_list(storage),
    "what was refused": lambda storage, _: quarantined(storage),
    "what the hub lost": lambda storage, _: (
        storage.keep(UNPLACED, 1),
        lost_list(storage),
    ),
    "what differed": lambda storage, _: reports(storage),
    "what is to be decided": lambda storage, _: waiting(storage),
    "what came together": lambda storage, _: came_together(storage),
    "what came together in a record": lambda storage, record: came_together_in(
        storage, "person", record
    ),
    "what goes out": lambda storage, _: shared(storage),
    "what is to go": lambda storage, _: losing.next_lost(storage),
    "what is to be said again": lambda storage, _: (
        storage.remember(FORMER, "7 8"),
        forking.stranded(storage),
    ),
    "the badge of a record": lambda storage, record: (
        signs_of(storage, [record]),
        in_conflict(storage, record),
    ),
}


def read_whole(desk: Desk, asked: str) -> set[str]:
    """Return the tables a question reads whole, but for those that stay small."""
    storage, record = desk.workspace.storage, the_person(desk).id
    said = statements(desk.workspace, lambda: ASKED[asked](storage, record))
    assert said
    found = {table for one in said for table in scans(desk.workspace, one)}
    return {table for table in found if table.split(" by ")[0] not in SMALL}


@pytest.fixture
def apart(pair: Pair) -> Pair:
    """Two desks that wrote one field apart and exchanged; one has written on."""
    one, other = pair
    edit(one, focus="mine")
    edit(other, focus="theirs")
    settle(*pair)
    edit(one, department="more")
    return pair


def put_right(pair: Pair) -> None:
    """Leave nothing open: the fixture compares both desks at the end."""
    storage = pair[0].workspace.storage
    decide(storage, [(one, one.sides[0].value) for one in conflicts(storage)])
    settle(*pair)


def test_no_question_reads_the_log_whole(apart: Pair) -> None:
    for asked in ASKED:
        assert read_whole(apart[0], asked) == set(), asked
    put_right(apart)


def test_a_missing_index_is_noticed(apart: Pair) -> None:
    desk = apart[0]
    execute = desk.workspace.storage.connection.execute
    (made,) = execute("SELECT sql FROM sqlite_master WHERE name = 'op_record'").fetchone()
    execute("DROP INDEX op_record")
    for asked in ("what is to be decided", "what came together in a record"):
        assert any(table.startswith("op") for table in read_whole(desk, asked)), asked
    execute(made)
    put_right(apart)


def test_what_waits_is_counted_in_the_index_alone(apart: Pair) -> None:
    """Else each of a hundred thousand changes is fetched after every change more."""
    desk = apart[0].workspace
    said = statements(desk, lambda: told(desk.storage))
    (counts,) = (one for one in said if "count(*) FROM op" in one)
    (plan,) = desk.storage.reader.ask(f"EXPLAIN QUERY PLAN {counts}")
    assert "COVERING INDEX op_numbered (dev=? AND dseq>?)" in plan["detail"]
    put_right(apart)


def test_more_that_waits_asks_no_more(apart: Pair) -> None:
    desk = apart[0]
    storage = desk.workspace.storage
    few = len(statements(desk.workspace, lambda: told(storage)))
    before = told(storage).unsent
    for n in range(30):
        edit(desk, focus=f"{n}")
    assert told(storage).unsent == before + 30 == len(unsent_list(storage))
    assert len(statements(desk.workspace, lambda: told(storage))) == few
    put_right(apart)
