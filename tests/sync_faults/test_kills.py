"""Fault 2: killed at any statement of an exchange: row and op both or neither, never ahead."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import event
from support.desks import untruths
from support.team import Team
from support.team_deeds import account, look, person, save
from support.team_desk import TeamDesk

from kamdesk.storage.storage import Storage

KILLED = 9
IN_CI = 25


@contextmanager
def _each_by_itself(storage: Storage) -> Iterator[None]:
    """Stand for a transaction that is none: each statement counts at once."""
    yield


def _exchange_in_child(
    team: Team, desk: TeamDesk, *, dies_at: int, transaction: Any = Storage.transaction
) -> bool:
    """Exchange in a process that ends at its n-th statement; return whether it had as many.

    Statements are the desk's and the hub's together, in the order they come.
    """
    desk.workspace.close()
    team.hub.hub.engine.dispose()
    child = os.fork()
    if child == 0:
        left = [dies_at]

        def tick(*_words: object, **_more: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)

        try:
            desk.open_again()
            desk.storage.connection.set_trace_callback(tick)
            event.listen(team.hub.hub.engine, "before_cursor_execute", tick)
            event.listen(team.hub.hub.engine, "commit", tick)
            with patch.object(Storage, "transaction", transaction):
                desk.round()
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    desk.open_again()
    return code == KILLED


def _both_wrote(team: Team) -> TeamDesk:
    """Return a desk with much to send and much to take in, a conflict and a grant among it."""
    boss, other = team.desks[0], team.colleague()
    save(team, other, website="§theirs", phone="§theirs too")
    save(team, other, look(other, person(other)), note="one\n\ntwo\n\nthree")
    team.exchange(other)
    team.exchange(boss)
    save(team, boss, look(boss, person(boss)), note="one\n\ntwo\n\nTHREE", name="§mine")
    save(team, boss, website="§mine")
    save(team, other, look(other, person(other)), note="ONE\n\ntwo\n\nthree")
    save(team, other, website="§theirs again")
    team.exchange(other)
    return boss


def test_fault_02_killed_at_any_statement(each_team: Team, request: pytest.FixtureRequest) -> None:
    team = each_team
    boss = _both_wrote(team)
    disk, before = boss.copied(), boss.storage.position()
    team.hub.copy()
    others = [desk.copied() for desk in team.desks[1:]]
    most = 1
    while _dies(team, boss, disk, most):
        most *= 2
    points = list(range(most))
    if not request.config.getoption("--all"):
        points = sorted(Random(2).sample(points, min(IN_CI, len(points))))
    for point in points:
        for desk, copy in zip(team.desks[1:], others, strict=True):
            desk.set_back(copy)
        if not _dies(team, boss, disk, point):
            continue
        assert untruths(boss.workspace) == [], point
        assert before <= boss.storage.position() <= team.hub.head(), point
        assert team.at_rest() == [], point
        assert account(boss).phone == "§theirs too"


def _dies(team: Team, desk: TeamDesk, disk: bytes, point: int, **more: Any) -> bool:
    team.hub.set_back()
    desk.set_back(disk)
    return _exchange_in_child(team, desk, dies_at=point, **more)


def test_fault_02_control_without_transactions_a_half_is_left(team: Team) -> None:
    boss = _both_wrote(team)
    disk = boss.copied()
    team.hub.copy()
    for point in Random(2).sample(range(300), 40):
        if not _dies(team, boss, disk, point, transaction=_each_by_itself):
            continue
        if untruths(boss.workspace):
            return
    pytest.fail("a process killed anywhere without transactions left nothing half done")


def test_fault_02_control_a_cursor_ahead_of_the_rows_is_noticed(team: Team) -> None:
    boss = _both_wrote(team)
    boss.storage.remember("position", team.hub.head())
    mark = team.hub.mark()
    boss.storage.connection.execute("INSERT INTO marks (seq, at) VALUES (?, ?)", mark)
    assert team.at_rest() != []
