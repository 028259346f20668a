"""Fault 23: the disk is full, read-only or busy: what was acknowledged is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from support.team import Team
from support.team_deeds import account, look, person, save
from support.team_desk import TeamDesk

from kamdesk.core.errors import StorageTrouble
from kamdesk.sync.post import HubTrouble
from kamdesk.sync.told import told


@contextmanager
def full(desk: TeamDesk) -> Iterator[None]:
    """Let a desk's file not grow by a page."""
    execute = desk.storage.connection.execute
    pages = execute("PRAGMA page_count").fetchone()[0]
    execute(f"PRAGMA max_page_count = {pages}").fetchall()
    yield
    execute("PRAGMA max_page_count = 4294967294").fetchall()


@contextmanager
def read_only(desk: TeamDesk) -> Iterator[None]:
    """Let a desk's file refuse writes."""
    desk.storage.connection.execute("PRAGMA query_only = ON")
    yield
    desk.storage.connection.execute("PRAGMA query_only = OFF")


@contextmanager
def busy(desk: TeamDesk) -> Iterator[None]:
    """Let another process hold a desk's file."""
    from support.desks import KEY, SALT

    from kamdesk.storage.database import connect

    desk.storage.connection.execute("PRAGMA busy_timeout = 10")
    other = connect(desk.file, KEY, SALT)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("trouble", [full, read_only, busy])
def test_fault_23_a_desk_that_cannot_write_stands_where_it_stood(team: Team, trouble) -> None:  # type: ignore[no-untyped-def]
    boss, other = team.desks[0], team.colleague()
    save(team, other, website="§unsent")
    for n in range(30):
        save(team, boss, look(boss, person(boss)), note=f"§{n} " + "x" * 2000)
    team.exchange(boss)
    before = other.storage.position()
    with trouble(other), pytest.raises((StorageTrouble, HubTrouble)):
        other.round()
    assert other.storage.position() == before
    assert team.at_rest() == []
    assert account(boss).website == "§unsent"


def test_fault_23_a_hub_that_cannot_write_acknowledges_nothing(each_team: Team) -> None:
    """It fails at each of its statements that write, in turn; nothing of the push stays."""
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, look(boss, person(boss)), name="§kept")
    head = team.hub.head()
    failing = 0
    while True:
        with _refuses(team, failing) as met, suppress(DBAPIError, OSError, HubTrouble):
            boss.round()
        if not met:
            break
        assert team.hub.head() == head
        assert not _acknowledged_and_lost(team, "§kept")
        failing += 1
    assert failing >= 3
    assert team.at_rest() == []
    assert person(other).name == "§kept"


@contextmanager
def _refuses(team: Team, number: int) -> Iterator[list[str]]:
    """Let the hub's database refuse its n-th writing statement; yields it once it was met."""
    engine, met, seen = team.hub.hub.engine, list[str](), [0]

    def refuse(
        _connection: object, _cursor: object, statement: str, *_more: object, **_rest: object
    ) -> None:
        if statement.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            if seen[0] == number:
                met.append(statement)
                raise OSError("the disk is full")
            seen[0] += 1

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield met
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def _acknowledged_and_lost(team: Team, word: str) -> bool:
    """True when the boss's desk believes to have sent what the hub does not hold."""
    return not told(team.desks[0].storage).unsent and word not in repr(team.hub.everything())


def test_fault_23_control_an_answer_for_what_is_not_on_the_disk(team: Team) -> None:
    boss = team.desks[0]
    save(team, boss, website="§acknowledged")
    engine = team.hub.hub.engine

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _swallow(
        _connection: object, _cursor: object, said: str, words: object, _context: object, many: bool
    ) -> tuple[str, object]:
        if said.startswith('INSERT INTO "op" '):
            return "DELETE FROM op WHERE 1 = 0", [()] if many else ()
        return said, words

    boss.round()
    event.remove(engine, "before_cursor_execute", _swallow)
    assert _acknowledged_and_lost(team, "§acknowledged")
