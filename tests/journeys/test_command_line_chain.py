"""The decision chain and the playbook from the command line: judged, supposed, drawn, exchanged."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.commands import CommandLine

from kamdesk.core.clock import Instant
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.standing import What
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 1)


def lanchuan(desk: Workspace) -> None:
    """Three on a map: one we know, who moves the decider, who never met us; and an opponent."""
    account = replace(desk.accounts.new("澜川精密轴承有限公司"), number="KA-7")
    desk.accounts.add(account)
    chain = desk.chain.open_map(account.id)
    people = {}
    for name, role, stance, influence in (
        ("陈立新", Role.DECIDER, "0", "5"),
        ("李敏", Role.APPROVER, "1", "4"),
        ("赵磊", Role.USER, "-1", "4"),
    ):
        person = desk.people.new(name, account.id)
        desk.people.add(person, title="总监")
        people[name] = person.id
        desk.chain.seat(chain, person.id, label=name)
        desk.chain.judge(
            *(
                desk.chain.reading(chain, person.id, what, value, on=DAY)
                for what, value in (
                    (What.ROLES, role.value),
                    (What.STANCE, stance),
                    (What.INFLUENCE, influence),
                )
            ),
        )
    desk.chain.judge(desk.chain.reading(chain, people["李敏"], What.COVERAGE, "4", on=DAY))
    desk.chain.join(
        desk.chain.tie(chain, TieKind.INFLUENCES, people["李敏"], people["陈立新"], strength=3)
    )
    visit = replace(
        desk.visits.new(account.id, Instant.at(DAY, 10)), topic="交流", state=VisitState.HELD
    )
    desk.visits.plan(visit, Attendee.at(visit, people["李敏"], Side.THEIRS))


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(lanchuan)


def test_the_chain_says_score_gaps_flow_ways_in_and_who_would_cut_us_off(
    kamdesk: CommandLine,
) -> None:
    data = kamdesk.ask("chain", "KA-7")
    assert data["support"] == pytest.approx(50 + 25 * (8 - 4) / 27)
    assert data["support_parts"]["known_power"] == 1
    rules = {gap["rule"]: gap for gap in data["gaps"]}
    assert rules["decider_unmet"]["people"][0]["name"] == "陈立新"
    assert rules["opponent_unhandled"]["evidence"][0]["said"].startswith("stance: doubtful")
    assert rules["opponent_unhandled"]["advice"].startswith("Give 赵磊 an owner")
    assert data["flow"]["paths"][0]["people"][0]["name"] == "李敏"
    names = [step["to"]["name"] for step in data["ways_in"][0]["steps"]]
    assert names == ["李敏", "陈立新"]
    assert [one["name"] for one in data["cut"]] == ["李敏"]
    assert data["movement"] is None
    assert (data["people"][0]["claim"], data["people"][0]["attention"]) == (None, None)
    assert kamdesk.ask("chain", "KA-7", "--as-of", "2026-02-01")["people"][0]["influence"] is None
    way = kamdesk.ask("chain", "KA-7", "--way-to", "李敏")["ways_in"][0]
    assert [step["to"]["name"] for step in way["steps"]] == ["李敏"]


def test_what_is_supposed_moves_the_score_and_is_not_saved(kamdesk: CommandLine) -> None:
    before = kamdesk.ask("chain", "KA-7")["support"]
    for move in ("陈立新=+2", "赵磊 leaves", "赵磊=+1", "赵磊离开"):
        found = kamdesk.ask("chain", "KA-7", "--what-if", move)["what_if"]
        assert found["before"] == before
        assert found["after"] > before
        assert found["low"] <= found["after"] <= found["high"]
        assert len(found["cheapest"]) <= 3
    both = kamdesk.ask("chain", "KA-7", "--what-if", "赵磊>陈立新=-3", "--what-if", "陈立新=?")
    assert both["support"] == before
    assert kamdesk.ask("chain", "KA-7")["support"] == before
    assert "nothing is saved" in kamdesk.do("chain", "KA-7", "--what-if", "李敏 = +2").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--what-if", "夜郎=+1"), "is not on this map. On it: 陈立新, 李敏, 赵磊"),
        (("--what-if", "陈立新=7"), "supposes nothing KamDesk knows"),
        (("--what-if", "陈立新>陈立新=2"), "A tie joins two different people."),
        (("--way-to", "夜郎"), "is not on this map"),
        (("--map", "夜郎"), "There is no map “夜郎”"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    kamdesk: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in kamdesk.refused("chain", "KA-7", *words)


def test_the_chain_is_read_in_both_languages_and_drawn(
    kamdesk: CommandLine, tmp_path: Path
) -> None:
    told = kamdesk.do("chain", "KA-7").out
    assert "Findings" in told
    assert "Every introduction from us to the decider goes through 李敏." in told
    chinese = kamdesk.do("chain", "KA-7", "--lang", "zh").out
    assert "我们到决策者的引荐全要经过李敏。" in chinese
    assert "{" not in told + chinese
    for ending, begins in (("svg", b"<?xml"), ("pdf", b"%PDF")):
        kamdesk.do("chain", "KA-7", "-o", tmp_path / f"map.{ending}")
        assert (tmp_path / f"map.{ending}").read_bytes().startswith(begins)
    both = kamdesk.run("chain", "KA-7", "-o", "a.pdf", "--what-if", "李敏=+2")
    assert both.status == 2


def test_packs_are_listed_used_and_exchanged(kamdesk: CommandLine, tmp_path: Path) -> None:
    packs = kamdesk.ask("playbook", "list")
    assert [one["id"] for one in packs if one["in_force"]] == ["six-roles"]
    assert kamdesk.ask("chain", "KA-7")["pack"] == "six-roles"
    kamdesk.do("playbook", "use", "c139")
    assert kamdesk.ask("chain", "KA-7")["pack"] == "c139"
    file = tmp_path / "c139.json"
    kamdesk.do("playbook", "export", "c139", "-o", file)
    mine = json.loads(file.read_text("utf-8"))
    mine["title"] = {"zh": "华东打法"}
    file.write_text(json.dumps(mine), "utf-8")
    kamdesk.do("playbook", "import", file)
    assert "华东打法" in kamdesk.do("playbook", "list").out
    kamdesk.do("playbook", "use", "华东打法")
    rules = kamdesk.ask("playbook", "list", "华东打法")
    assert {"id", "title", "on", "weight", "settings", "right", "of"} <= set(rules[0])
    assert "Supporter not seen" in kamdesk.do("playbook", "list", "华东打法").out
    file.write_text("no pack", "utf-8")
    assert "no pack of rules KamDesk can take" in kamdesk.refused("playbook", "import", file)
    assert "cannot be read" in kamdesk.refused("playbook", "import", tmp_path)
    assert "There is no pack “spin”" in kamdesk.refused("playbook", "use", "spin")
