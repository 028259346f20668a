"""Packs of the house's own, the one in force, and warnings that keep score."""

from dataclasses import replace
from datetime import date

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text, say
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.pack_file import write_pack
from kamdesk.domain.chain.packs import SHIPPED, shipped
from kamdesk.domain.playbook.model import Precision
from kamdesk.domain.playbook.store import PACK
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)


def warned(rule: str, n: int) -> Finding:
    who = Id(n.to_bytes(16, "big"))
    return Finding(rule=rule, said=Text("old"), people=(who,), advice=Text("ask"), weight=3)


def test_the_six_roles_are_in_force_till_another_pack_is_chosen(desk: Workspace) -> None:
    assert desk.playbook.in_force() is shipped("six-roles")
    desk.playbook.use("c139")
    assert desk.playbook.in_force().id == "c139"
    assert [kept.key for kept in desk.playbook.packs() if kept.in_force] == ["c139"]
    desk.playbook.use("MEDDIC-like")
    assert desk.playbook.in_force().id == "meddic-like"
    desk.undo.undo()
    assert desk.playbook.in_force().id == "c139"
    with pytest.raises(RuleBroken, match="no pack “spin”"):
        desk.playbook.use("spin")


def test_a_shipped_pack_stays_and_a_copy_is_changed(desk: Workspace) -> None:
    first = desk.playbook.packs()[0]
    with pytest.raises(RuleBroken, match="Make a copy first"):
        desk.playbook.set_rule(first, "stale", on=False)
    desk.playbook.copy(first, "Our {way}")
    with pytest.raises(RuleBroken) as twin:
        desk.playbook.copy(first, "our {WAY}")
    assert twin.value.field == "name"
    desk.playbook.use("our {way}")
    own = desk.playbook.found("Our {way}")
    desk.playbook.set_rule(own, "supporter_unseen", settings={"days": 45})
    own = desk.playbook.found("Our {way}")
    desk.playbook.set_rule(own, "stale", on=False)
    pack = desk.playbook.in_force()
    assert pack.rule("supporter_unseen").settings == {"days": 45}
    assert not pack.rule("stale").on
    assert shipped("six-roles").rule("supporter_unseen").settings == {"days": 90}
    with pytest.raises(RuleBroken) as wrong:
        desk.playbook.set_rule(own, "supporter_unseen", settings={"days": 0})
    assert wrong.value.field == "days"
    desk.playbook.drop(own)
    assert desk.playbook.in_force().id == SHIPPED[0]


def test_a_pack_is_taken_in_from_a_file_and_followed_by_the_next(desk: Workspace) -> None:
    desk.playbook.take_in(write_pack(shipped("c139")).encode())
    desk.playbook.take_in(write_pack(shipped("c139")).encode())
    own = [kept for kept in desk.playbook.packs() if kept.own]
    assert [kept.pack for kept in own] == [shipped("c139")]
    with pytest.raises(RuleBroken) as wrong:
        desk.playbook.take_in(b"nothing")
    assert wrong.value.field == "file"


def test_a_pack_that_cannot_be_read_is_left_out(desk: Workspace) -> None:
    desk.playbook.copy(desk.playbook.packs()[0], "Ours")
    desk.playbook.use("Ours")
    (own,) = desk.playbook.ask.packs()
    with desk.storage.change(Text("Spoil")) as change:
        change.put(PACK, replace(own, content="{"), base=own)
    assert desk.playbook.in_force().id == SHIPPED[0]
    assert len(desk.playbook.packs()) == len(SHIPPED)


def test_warnings_keep_score_and_noisy_rules_go_quiet(desk: Workspace) -> None:
    account = desk.accounts.new("Lanchuan")
    desk.accounts.add(account)

    def mark(rule: str, n: int, right: bool) -> None:
        desk.playbook.mark(account.id, None, warned(rule, n), right=right, on=DAY)

    for n in range(5):
        mark("stale", n, n < 1)
        mark("vacant", n, n < 2)
    for n in range(4):
        mark("loop", n, False)
    assert desk.playbook.precision()["stale"] == Precision(1, 5)
    assert set(desk.playbook.quiet()) == {"stale"}
    assert say(desk.playbook.quiet()["stale"], "en") == "listed last: right in 1 of 5 warnings"
    mark("stale", 4, True)  # said again, the later word holds
    assert desk.playbook.precision()["stale"] == Precision(2, 5)
    assert desk.playbook.quiet() == {}
    assert len(desk.playbook.ask.verdicts(account.id)) == 14
    desk.undo.undo()
    assert desk.playbook.precision()["stale"] == Precision(1, 5)


def test_the_score_is_read_from_its_index(desk: Workspace) -> None:
    asked: list[str] = []
    desk.storage.connection.set_trace_callback(asked.append)
    desk.playbook.precision()
    desk.storage.connection.set_trace_callback(None)
    (plan,) = desk.storage.reader.ask(f"EXPLAIN QUERY PLAN {asked[-1]}")
    assert "INDEX verdicts_rule" in plan["detail"]
