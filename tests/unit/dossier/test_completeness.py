"""How complete a file is: points only for what can be judged, steps by what they gain."""

from dataclasses import replace

from support.customers import lanchuan

from kamdesk.dossier.completeness import completeness
from kamdesk.dossier.customer_file import read_file
from kamdesk.workspace import Workspace


def test_an_empty_file_is_not_judged_where_nothing_can_be(desk: Workspace) -> None:
    account = desk.accounts.new("新客户")
    desk.accounts.add(account)
    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    found = completeness(file)
    assert found.points == 0
    assert found.percent == 0
    assert {"stances", "owners", "needs", "ways", "hours"}.isdisjoint(s.key for s in found.steps)
    assert len(found.not_judged) == 4
    assert found.of == sum(step.points for step in found.steps)
    assert found.after(len(found.steps)) == 100
    assert [s.points for s in found.steps] == sorted((s.points for s in found.steps), reverse=True)


def test_each_step_gains_its_points(desk: Workspace) -> None:
    customer = lanchuan(desk)
    file = read_file(desk.storage.reader, customer.account.id, at=desk.clock.now())
    before = completeness(file)
    assert "phone" in {step.key for step in before.steps}
    richer = replace(file, account=replace(file.account, phone="0510-1"))
    after = completeness(richer, team=[b"one of us"])
    assert after.points == before.points + 3 + 3
    assert {"phone", "team"}.isdisjoint(step.key for step in after.steps)
    assert "decider" not in {step.key for step in before.steps}


def test_what_is_known_is_never_a_step_and_all_opens_lead_somewhere(desk: Workspace) -> None:
    customer = lanchuan(desk)
    found = completeness(read_file(desk.storage.reader, customer.account.id, at=desk.clock.now()))
    assert "next" not in {step.key for step in found.steps}
    places = {step.opens.partition(":")[0] for step in found.steps}
    assert places <= {"field", "site", "people", "chain", "visit"}
    assert found.percent == found.points * 100 // found.of
