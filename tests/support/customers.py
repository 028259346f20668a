"""An invented customer with a story, for tests that need a whole file."""

from dataclasses import dataclass, replace
from datetime import date

from kamdesk.core.clock import Instant
from kamdesk.core.ids import PersonId, VisitId
from kamdesk.domain.accounts.model import Account, AccountClass, Site
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.domain.people.model import Channel, NeedLevel
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Atmosphere, Attendee, Side, VisitState
from kamdesk.workspace import Workspace

PEOPLE = (
    # name, post, reports to, roles, stance, influence, focus
    ("陈立新", "总经理", "", "decider", 0, 5, "现金流、集团 KPI；两年内回本"),
    ("李敏", "财务总监", "总经理", "approver", -1, 5, "投资回收期、付款节奏"),
    ("沈建国", "总工程师", "总经理", "technical influencer", 1, 4, "振动阈值可解释"),
    ("周海燕", "采购部经理", "财务总监", "buyer", -1, 3, ""),
    ("Michael Tan", "VP Operations", "总经理", "influencer", 2, 4, "group-wide standard"),
    ("赵磊", "二号产线经理", "总工程师", "user", 2, 3, "停机时间、夜班误报率"),
    ("王镕", "设备主管", "总工程师", "", None, None, ""),
)


@dataclass(frozen=True, slots=True)
class Lanchuan:
    """The customer's ids by what a test calls them."""

    account: Account
    people: dict[str, PersonId]
    last_visit: VisitId
    next_visit: VisitId


def lanchuan(desk: Workspace) -> Lanchuan:
    """Fill ``desk`` with one customer: seven people, a chain, a past and a planned visit."""
    account = replace(
        desk.accounts.new("澜川精密轴承有限公司"),
        short_name="澜川轴承",
        other_names=("Lanchuan Precision Bearing Co., Ltd.",),
        number="KA-0173",
        industry="通用设备制造业",
        city="无锡",
        first_signed=date(2023, 6, 1),
        class_by_hand=AccountClass.CORE,
        owner=desk.team.me,
    )
    desk.accounts.add(account, tags=("轴承", "华东"))
    site = Site(
        id=desk.storage.new_id(),
        account=account.id,
        name="一号厂区",
        address="无锡市新吴区锡士路 88 号",
        gate="东门登记，带身份证",
    )
    desk.accounts.put_site(site)
    people = _people(desk, account)
    _chain(desk, account, people)
    last = _last_visit(desk, account, people)
    coming = _next_visit(desk, account, people)
    return Lanchuan(account, people, last, coming)


def _people(desk: Workspace, account: Account) -> dict[str, PersonId]:
    found: dict[str, PersonId] = {}
    posts = {}
    for name, title, boss, _, _, _, focus in PEOPLE:
        posts[title] = desk.people.add_post(account.id, title, reports_to=posts.get(boss))
        posts[title] = posts[title].id
        person = replace(desk.people.new(name, account.id), focus=focus, form_of_address=name[:1])
        mobile = desk.people.way(person, Channel.MOBILE, "+86 138 0013 8000")
        desk.people.add(person, title=title, ways=(mobile,))
        found[name] = person.id
    need = replace(
        desk.people.need(desk.people.ask.get(found["陈立新"]), "年底竞聘，需要一个可展示的项目"),
        level=NeedLevel.PERSONAL,
    )
    desk.people.put_need(need)
    return found


def _chain(desk: Workspace, account: Account, people: dict[str, PersonId]) -> None:
    chain = desk.chain.open_map(account.id)
    for name, _, _, roles, stance, influence, _ in PEOPLE:
        who, on = people[name], date(2026, 1, 22)
        desk.chain.seat(chain, who, label=name)
        known = ((What.ROLES, roles), (What.STANCE, stance), (What.INFLUENCE, influence))
        desk.chain.judge(
            *(
                desk.chain.reading(
                    chain, who, what, str(value), on=on, sureness=Sureness.MEDIUM, note="1 月拜访"
                )
                for what, value in known
                if value not in (None, "")
            )
        )
    desk.chain.judge(
        desk.chain.reading(chain, people["李敏"], What.STANCE, "0", on=date(2026, 3, 1))
    )
    desk.chain.ghost(chain, Role.INITIATOR, label="项目负责人")
    ties = (
        ("赵磊", "沈建国", 2, False),
        ("沈建国", "陈立新", 2, False),
        ("李敏", "陈立新", 3, True),
    )
    desk.chain.join(
        *(
            desk.chain.tie(
                chain, TieKind.INFLUENCES, people[a], people[b], strength=n, negative=minus
            )
            for a, b, n, minus in ties
        )
    )


def _last_visit(desk: Workspace, account: Account, people: dict[str, PersonId]) -> VisitId:
    visit = replace(
        desk.visits.new(account.id, Instant.at(date(2026, 2, 18), 14)),
        topic="技术交流会",
        objective="演示预警案例",
        said="沈总认可算法，但要求说明阈值来源，并担心与 2019 年上线的系统冲突。",
        outcome="开放二号产线 3 台磨床 6 周数据",
        atmosphere=Atmosphere.SMOOTH,
        next_step="提供模型说明",
        next_step_by=date(2026, 3, 10),
        state=VisitState.CLOSED,
    )
    desk.visits.plan(
        visit,
        Attendee.at(visit, people["沈建国"], Side.THEIRS),
        Attendee.at(visit, people["赵磊"], Side.THEIRS),
        Attendee.at(visit, desk.team.me, Side.OURS, part="leads"),
    )
    ours = replace(
        desk.promises.new(account.id, PromiseSide.OURS, "提供 ROI 模型（双语）"),
        due=date(2026, 3, 10),
        visit=visit.id,
        colleague=desk.team.me,
    )
    theirs = replace(
        desk.promises.new(account.id, PromiseSide.THEIRS, "开通只读账号"),
        due=date(2026, 3, 20),
        visit=visit.id,
        person=people["赵磊"],
    )
    desk.promises.make(ours, theirs)
    return visit.id


def _next_visit(desk: Workspace, account: Account, people: dict[str, PersonId]) -> VisitId:
    visit = replace(
        desk.visits.new(account.id, Instant.at(date(2026, 3, 12), 14)),
        minutes=90,
        place="3 号楼 502 会议室",
        topic="二号产线状态监测",
        objective="让陈总同意把试点推进到预算立项，并指定项目负责人",
        ask="书面确认二季度预算占位",
        fallback="拿到近 12 个月停机数据",
        red_line="不承诺折扣\n不评价别家产品",
        agenda="14:00 开场 | 林晓彤\n14:10 试点数据\n15:10 下一步",
        questions="今年只能立一个数字化项目，按什么标准选？",
        materials="试点数据一页纸\n样机",
        host=people["沈建国"],
    )
    points = {"陈立新": "先讲结论：24 个月回本", "李敏": "口径逐项对齐", "沈建国": "", "王镕": ""}
    desk.visits.plan(
        visit,
        *(
            Attendee.at(visit, people[name], Side.THEIRS, point=point)
            for name, point in points.items()
        ),
        Attendee.at(visit, desk.team.me, Side.OURS, part="leads", point="结论与请求"),
    )
    return visit.id
