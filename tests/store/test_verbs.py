"""Verbs of the user that no command says yet: each one action, each undone as one."""

from dataclasses import replace

import pytest
from support.invented import a_person, a_visit, an_account

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.workspace import Workspace


def test_colleagues_join_the_team_of_a_customer(desk: Workspace) -> None:
    account, chen = an_account(desk), desk.team.new("陈浩")
    desk.team.add(chen)
    desk.accounts.join_team(account.id, chen.id)
    assert desk.accounts.ask.team(account.id) == [chen.id]
    desk.undo.undo()
    assert desk.accounts.ask.team(account.id) == []


def test_a_group_knows_its_parts_and_never_runs_in_a_circle(desk: Workspace) -> None:
    group, part = an_account(desk, "集团"), an_account(desk, "子公司")
    seen = desk.storage.position()
    under = replace(part, group_parent=group.id)
    desk.accounts.change(under, base=part, seen=seen)
    assert desk.accounts.ask.parts_of(group.id) == [part.id]
    with pytest.raises(RuleBroken, match="circle"):
        desk.accounts.change(replace(group, group_parent=part.id), base=group, seen=seen)


def test_a_post_reports_to_another_and_never_in_a_circle(desk: Workspace) -> None:
    account = an_account(desk)
    boss, clerk = (desk.people.add_post(account.id, title) for title in ("总经理", "科员"))
    desk.people.report_to(clerk.id, boss.id)
    assert desk.people.ask.post(clerk.id).reports_to == boss.id
    with pytest.raises(RuleBroken, match="circle"):
        desk.people.report_to(boss.id, clerk.id)
    desk.people.report_to(clerk.id, None)
    assert desk.people.ask.post(clerk.id).reports_to is None


def test_what_one_wants_of_an_attendee_is_changed(desk: Workspace) -> None:
    account = an_account(desk)
    visit, person = a_visit(desk, account), a_person(desk, account)
    seat = Attendee.at(visit, person.id, Side.THEIRS)
    desk.visits.seat(seat)
    desk.visits.change_seat(
        replace(seat, point="让他说出预算"), base=seat, seen=desk.storage.position()
    )
    assert [one.point for one in desk.visits.ask.attendees(visit.id)] == ["让他说出预算"]
    desk.undo.undo()
    assert [one.point for one in desk.visits.ask.attendees(visit.id)] == [""]
