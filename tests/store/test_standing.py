"""Roll-ups follow what they roll up, whatever way it changed, and say when they do not."""

from dataclasses import replace
from datetime import date

from support.invented import a_person, a_visit, an_account

from kamdesk.core.clock import Instant
from kamdesk.domain.people.model import Channel
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.dossier.standing import Standing
from kamdesk.storage.change import Seen
from kamdesk.workspace import Workspace

NOW = Seen(0)
STANDING = Standing()


def lines(desk: Workspace) -> dict[str, tuple[str, str]]:
    """When each account was and will be visited, as days."""
    return {
        line.name: (line.last_visit[:10], line.next_visit[:10])
        for line in desk.accounts.ask.lines()
    }


def true(desk: Workspace) -> bool:
    return STANDING.findings(desk.storage.connection) == []


def test_a_planned_visit_is_the_next_and_a_held_one_the_last(desk: Workspace) -> None:
    visit = a_visit(desk, an_account(desk, "甲"))
    assert lines(desk) == {"甲": ("", "2026-03-12")}
    desk.visits.hold(visit.id, seen=NOW)
    assert lines(desk) == {"甲": ("2026-03-12", "")}
    desk.undo.undo()
    assert lines(desk) == {"甲": ("", "2026-03-12")}
    desk.undo.undo()
    assert lines(desk) == {"甲": ("", "")}


def test_a_visit_moved_or_dropped_is_followed(desk: Workspace) -> None:
    visit = a_visit(desk, an_account(desk, "甲"))
    desk.visits.move(visit.id, Instant.at(date(2026, 5, 4), 9), seen=NOW)
    assert lines(desk) == {"甲": ("", "2026-05-04")}
    desk.visits.drop(visit.id, seen=NOW)
    assert lines(desk) == {"甲": ("", "")}


def test_both_accounts_follow_a_visit_that_changes_the_account(desk: Workspace) -> None:
    visit, other = a_visit(desk, an_account(desk, "甲")), an_account(desk, "乙")
    desk.visits.change(replace(visit, account=other.id), base=visit, seen=NOW)
    assert lines(desk) == {"甲": ("", ""), "乙": ("", "2026-03-12")}


def test_a_person_stands_with_post_phone_and_last_meeting(desk: Workspace) -> None:
    account = an_account(desk)
    person = a_person(desk, account)
    visit = a_visit(desk, account)
    desk.people.take_post(person, "总经理")
    desk.people.reach(desk.people.way(person, Channel.MOBILE, "138 0000 0000"))
    seat = Attendee.at(visit, person.id, Side.THEIRS)
    desk.visits.seat(seat)
    desk.visits.hold(visit.id, seen=NOW)
    (line,) = desk.people.ask.lines()
    assert (line.post, line.phone, line.last_met[:10]) == ("总经理", "138 0000 0000", "2026-03-12")
    desk.visits.unseat(seat)
    desk.people.drop_way(desk.people.ask.ways(person.id)[0].id)
    desk.people.leave(person.id, last_day=None)
    (line,) = desk.people.ask.lines()
    assert (line.post, line.phone, line.last_met) == ("", "", "")


def test_a_lie_is_found_and_a_rebuilding_mends_it(desk: Workspace) -> None:
    a_person(desk, an_account(desk))
    connection = desk.storage.connection
    for lie in (
        "UPDATE account_standing SET last_visit = 'x'",
        "DELETE FROM account_standing",
        "UPDATE person_standing SET phone = 'x'",
        "INSERT INTO person_standing (id) VALUES (x'00')",
    ):
        assert true(desk)
        connection.execute(lie)
        assert not true(desk)
        STANDING.rebuild(connection)
    assert true(desk)
