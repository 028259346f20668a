"""Foreign charts come into the file and onto the map once, whole, as one action that goes back."""

from datetime import timedelta

from support.invented import a_person, an_account
from support.tables import living

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import say
from kamdesk.domain.chain.model import TieKind
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.dossier.chain_view import read_chain
from kamdesk.transfer.chart.chart import Chart, Wrong
from kamdesk.transfer.chart.indented import read_text
from kamdesk.transfer.chart.taking import Charts
from kamdesk.transfer.chart.ties import take_ties
from kamdesk.workspace import Workspace

TWELVE = """
陈立新 总经理
  李敏 财务总监
    周海燕 采购部经理
    孙悦 IT经理
  沈建国 总工程师
    赵磊 二号线经理
    王强 设备主管
  空缺 总经办主任
"""


def take(desk: Workspace, account: AccountId, chart: Chart) -> list[str]:
    """Take a chart today; return what could not be drawn, in English."""
    charts = Charts(desk.storage)
    maps = desk.chain.ask.maps(account)
    plan = charts.look(account, chart, map_id=maps[0].id if maps else None)
    _, problems = charts.take(plan, on=desk.clock.today(), chain=maps[0] if maps else None)
    return [say(problem.said, "en") for problem in problems]


def seen(desk: Workspace, account: AccountId, days: int = 0) -> Network:
    now = desk.clock.now()
    day = now.day + timedelta(days=days)
    return read_chain(desk.storage.reader, account, at=Instant.at(day, 23, 59, zone=now.zone))


def bosses(found: Network) -> dict[str, str]:
    names = {node.id: node.name or node.post for node in found.nodes}
    return {names[node.id]: names[node.boss] if node.boss else "" for node in found.nodes}


def test_a_chart_comes_in_with_its_lines_and_the_empty_post(desk: Workspace) -> None:
    account = an_account(desk)
    assert take(desk, account.id, read_text(TWELVE)) == []
    assert bosses(seen(desk, account.id)) == {
        "陈立新": "",
        "李敏": "陈立新",
        "周海燕": "李敏",
        "孙悦": "李敏",
        "沈建国": "陈立新",
        "赵磊": "沈建国",
        "王强": "沈建国",
        "总经办主任": "陈立新",
    }
    vacant = [node for node in seen(desk, account.id).nodes if node.kind is NodeKind.VACANT]
    assert [node.post for node in vacant] == ["总经办主任"]


def test_the_map_of_yesterday_stays_empty(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text(TWELVE))
    assert seen(desk, account.id, -1).nodes == ()


def test_the_same_chart_again_changes_nothing(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text(TWELVE))
    before = living(desk)
    assert (
        Charts(desk.storage)
        .look(account.id, read_text(TWELVE), map_id=desk.chain.ask.maps(account.id)[0].id)
        .counts.nothing
    )
    take(desk, account.id, read_text(TWELVE))
    assert living(desk) == before


def test_one_undo_takes_all_of_it_back(desk: Workspace) -> None:
    account = an_account(desk)
    before = living(desk)
    take(desk, account.id, read_text(TWELVE))
    assert living(desk) != before
    desk.undo.undo()
    assert living(desk) == before


def test_who_is_in_the_file_is_not_made_twice(desk: Workspace) -> None:
    account = an_account(desk)
    a_person(desk, account, "李敏")
    plan = Charts(desk.storage).look(account.id, read_text(TWELVE))
    assert plan.counts.people == 6
    take(desk, account.id, read_text(TWELVE))
    assert [one.name for one in desk.people.ask.of_account(account.id)].count("李敏") == 1


def test_another_boss_holds_from_today_on(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text("王甲 总经理\n  王乙 总工\n    王丙 主管"))
    desk.clock.move(days=3)  # type: ignore[attr-defined]
    assert take(desk, account.id, read_text("王甲 总经理\n  王乙 总工\n  王丙 主管")) == []
    assert bosses(seen(desk, account.id))["王丙"] == "王甲"
    assert bosses(seen(desk, account.id, -1))["王丙"] == "王乙"


def test_a_line_that_closes_a_circle_with_the_file_is_explained(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text("王甲 总经理\n  王乙 总工"))
    (said,) = take(desk, account.id, read_text("王乙 总工\n  王甲 总经理"))
    assert "王甲 → 王乙 → 王甲" in said
    assert bosses(seen(desk, account.id)) == {"王甲": "", "王乙": "王甲"}


def test_another_title_in_the_file_stays_and_is_named(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text("王甲 总经理"))
    plan = Charts(desk.storage).look(account.id, read_text("王甲 董事长"))
    assert [problem.wrong for problem in plan.problems] == [Wrong.OTHERWISE]
    take(desk, account.id, read_text("王甲 董事长"))
    assert [node.post for node in seen(desk, account.id).nodes] == ["总经理"]


def test_two_of_one_name_are_two(desk: Workspace) -> None:
    account = an_account(desk)
    chart = read_text("王甲 总经理\n  王强 设备主管\n  王强 质量经理")
    take(desk, account.id, chart)
    take(desk, account.id, chart)
    assert [one.name for one in desk.people.ask.of_account(account.id)].count("王强") == 2


def test_pairs_tie_people_once(desk: Workspace) -> None:
    account = an_account(desk)
    take(desk, account.id, read_text(TWELVE))
    (chain,) = desk.chain.ask.maps(account.id)
    pairs = [("赵磊", "沈建国"), ("沈建国", "陈立新"), ("赵磊", "不在"), ("沈建国", "赵磊")]
    today = desk.clock.today()
    _, new, problems = take_ties(desk.storage, chain, pairs, TieKind.CLOSE, on=today)
    assert new == 2
    assert [problem.lines for problem in problems] == [(3,)]
    _, again, _ = take_ties(desk.storage, chain, pairs, TieKind.CLOSE, on=today)
    assert again == 0
    _, directed, _ = take_ties(desk.storage, chain, pairs, TieKind.INFLUENCES, on=today)
    assert directed == 3
