"""Every verb that saves, with what stands in the workspace before it: the rows of the matrix.

A verb that is missing here fails ``tests/faults/test_no_verb_forgotten.py``.
"""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from support import (
    faults_cadence,
    faults_calendar,
    faults_chain,
    faults_exchange,
    faults_opportunities,
    faults_rhythm,
    faults_travel,
    faults_week,
)
from support import faults_steps as steps
from support.desks import a_desk
from support.faults_seed import (
    ACCOUNT,
    COLLEAGUE,
    DAY,
    PEOPLE,
    PROMISE,
    SEAT,
    VISIT,
    an_id,
    log_visit,
    seed,
)

from kamdesk.core.clock import Instant
from kamdesk.core.ids import PersonId
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import AccessPlan
from kamdesk.domain.access_plans.service import AccessPlans
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.accounts.service import Accounts
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.model import Body, Map, Role, TieKind
from kamdesk.domain.chain.pack_file import write_pack
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.standing import What
from kamdesk.domain.files.model import Incoming
from kamdesk.domain.files.service import Files
from kamdesk.domain.people.model import Basis, Channel, Need, Person
from kamdesk.domain.people.service import People
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.service import Promises
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.service import Team
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.domain.visits.service import Visits
from kamdesk.dossier.debrief import Answers, Item, Newcomer, Seated, Turn
from kamdesk.dossier.debrief_report import Report, write_report
from kamdesk.dossier.playbook import Playbook
from kamdesk.storage import exchange, replay
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.erasing import erase
from kamdesk.storage.history import History
from kamdesk.storage.list_mappings import ListMappings
from kamdesk.storage.soundness import Soundness
from kamdesk.storage.storage import Storage
from kamdesk.storage.undo import Undo
from kamdesk.sync.apart.conflicts import conflicts, resolve
from kamdesk.transfer.bundle.service import Bundles
from kamdesk.transfer.imports import Imports
from kamdesk.transfer.preview import Preview

Step = Callable[[Storage], object]
CHEN, LI, SHEN = PEOPLE
MAPPING = 'kind = "accounts"\n[columns]\n"谁" = "name"\n'
CHAIN: Final = Map(id=an_id(700), account=ACCOUNT.id)  # type: ignore[arg-type]
LIST: Final = """编号,客户名称,简称,行业,城市,地址,负责人,标签
C-1,华东电网有限公司,华东电网,电力,上海,锡士路 1 号,吴启明,华东;核心
C-2,北方钢铁集团,北方钢铁,钢铁,沈阳,,吴启明,华北
"""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb of the user, and what was done before it."""

    run: Step
    before: tuple[Step, ...] = (seed,)


def change_customer(s: Storage) -> None:
    """Save a form: several cells of one customer."""
    changed = replace(ACCOUNT, short_name="澜川轴承", city="苏州", note="改过的备注。" * 200)
    Accounts(s).change(changed, base=ACCOUNT, seen=s.position())


def bring_a_value_back(s: Storage) -> None:
    """Bring the first city back."""
    lines = [line for line in History(s).of("account", ACCOUNT.id) if line.cell == "place"]
    History(s).restore("account", ACCOUNT.id, "place", lines[-1].lid, seen=s.position())


def draw_map(s: Storage) -> None:
    """Save a map with a seat, a judgement and a tie."""
    chain = Chain(s)
    drawn = chain.open_map(ACCOUNT.id)
    chain.seat(drawn, CHEN.id, label=CHEN.name)


def judge(s: Storage) -> None:
    """Judge two people at once."""
    chain = Chain(s)
    drawn = chain.open_map(ACCOUNT.id)
    chain.judge(
        chain.reading(drawn, CHEN.id, What.STANCE, "1", on=DAY),
        chain.reading(drawn, LI.id, What.STANCE, "-1", on=DAY),
    )


def tie(s: Storage) -> None:
    """Tie two people."""
    chain = Chain(s)
    drawn = chain.open_map(ACCOUNT.id)
    chain.join(chain.tie(drawn, TieKind.INFLUENCES, LI.id, CHEN.id, strength=3))


def add_body(s: Storage) -> None:
    """Save a deciding body of two."""
    body = Body(id=an_id(720), account=ACCOUNT.id, name="总办会")  # type: ignore[arg-type]
    Chain(s).add_body(body, members=(CHEN.id, LI.id))


def report_to(s: Storage) -> None:
    """Let one post report to another."""
    people = People(s)
    first, second = (post.id for post in people.ask.posts(ACCOUNT.id)[:2])
    people.report_to(first, second)


def reach(s: Storage) -> None:
    """Save another way of contact."""
    people = People(s)
    people.reach(people.way(LI, Channel.EMAIL, "li@lanchuan.example"))


def put_need(s: Storage) -> None:
    """Note a need."""
    People(s).put_need(
        Need(id=an_id(610), account=ACCOUNT.id, person=LI.id, words="要一个能展示的项目")  # type: ignore[arg-type]
    )


def put_site(s: Storage) -> None:
    """Save a site."""
    Accounts(s).put_site(Site(id=an_id(620), account=ACCOUNT.id, name="一号厂区"))  # type: ignore[arg-type]


ACCESS: Final = AccessPlan(id=an_id(730), account=ACCOUNT.id, person=CHEN.id)  # type: ignore[arg-type]


WARNED: Final = Finding(
    rule="stale", said=Text("old"), people=(CHEN.id,), advice=Text("ask"), weight=3
)


def copy_pack(s: Storage) -> None:
    """Make a pack of the house's own."""
    Playbook(s).copy(Playbook(s).packs()[0], "本部")


def begin_access(s: Storage) -> None:
    """Begin an executive plan with two steps."""
    AccessPlans(s).begin(ACCESS, ("准备", "见面"))


def write_access(s: Storage) -> None:
    """Write both next steps into the executive plan."""
    written = replace(ACCESS, our_next="送方案", their_next="安排试点", aim_to="见面")
    AccessPlans(s).change(written, base=ACCESS, seen=s.position())


def close_access(s: Storage) -> None:
    """Close the executive plan."""
    found = AccessPlans(s).ask.find(ACCESS.id)
    AccessPlans(s).close(found, on=DAY, core=False, seen=s.position())  # type: ignore[arg-type]


def tick_step(s: Storage) -> None:
    """Say that the first step of the executive plan is done."""
    (first, *_) = AccessPlans(s).ask.steps(ACCESS.id)
    AccessPlans(s).put_step(replace(first, done_on=DAY), base=first)


def keep_files(s: Storage) -> None:
    """Keep two files of several parts."""
    given = [Incoming(name=f"{n}.bin", data=bytes([n]) * 300_000) for n in (1, 2)]
    Files(s).keep(ACCOUNT.id, given=given)


def rename_file(s: Storage) -> None:
    """Give a file another name."""
    files = Files(s)
    files.rename(files.ask.of_account(ACCOUNT.id)[0], "合同", seen=s.position())


def stranger(s: Storage) -> None:
    """Save somebody whose customer is not known, with a post and a way of contact."""
    people = People(s)
    somebody = replace(people.new("周海燕", None), id=PersonId(an_id(250)))
    people.add(somebody, title="主管", ways=(people.way(somebody, Channel.MOBILE, "13900139000"),))


def bring_along(s: Storage) -> None:
    """Say whose the stranger is: what hangs on her comes along."""
    people = People(s)
    before = people.ask.get(PersonId(an_id(250)))
    people.change(replace(before, account=ACCOUNT.id), base=before, seen=s.position())


def hold(s: Storage) -> None:
    """Say that the visit took place."""
    Visits(s).hold(VISIT.id, seen=s.position())


def with_next_step(s: Storage) -> None:
    """Note the next step of the held visit."""
    before = Visits(s).ask.get(VISIT.id)
    Visits(s).change(replace(before, next_step="提供说明"), base=before, seen=s.position())


def new_promise(s: Storage) -> None:
    """Note a promise of theirs."""
    promise = Promise(
        id=an_id(320),  # type: ignore[arg-type]
        account=ACCOUNT.id,
        side=PromiseSide.THEIRS,
        words="开通只读账号",
    )
    Promises(s).make(promise)


def change_promise(s: Storage) -> None:
    """Give the promise a day."""
    Promises(s).change(replace(PROMISE, due=DAY), base=PROMISE, seen=s.position())


def note(s: Storage) -> None:
    """Note what was learnt."""
    Visits(s).note(Fact(id=an_id(420), account=ACCOUNT.id, words="停机三十一小时", day=DAY))  # type: ignore[arg-type]


@cache
def shown() -> Preview:
    """Return what importing a small list would do, read once by the reading child."""
    folder = Path(tempfile.mkdtemp())
    (folder / "list.csv").write_text(LIST, "utf-8")
    with closing(a_desk(folder)) as desk:
        return Imports(desk.storage).look(folder / "list.csv")


def take(s: Storage) -> None:
    """Import the list."""
    Imports(s).take(shown())


@cache
def from_afar() -> tuple[WireOp, ...]:
    """Return ops of another device: a customer of its own, and another name for ours."""
    with tempfile.TemporaryDirectory() as folder, closing(a_desk(Path(folder), name="")) as desk:
        desk.accounts.add(ACCOUNT)
        exchange.join(desk.storage, 2)
        changed = replace(ACCOUNT, city="北京")
        desk.accounts.change(changed, base=ACCOUNT, seen=desk.storage.position())
        desk.accounts.add(replace(ACCOUNT, id=an_id(8), name="远方电子有限公司"))
        ops = exchange.unsent(desk.storage)
    return tuple(op._replace(seq=1000 + n) for n, op in enumerate(ops))


@cache
def bundle() -> Path:
    """Return an open bundle of another workspace."""
    folder = Path(tempfile.mkdtemp())
    with closing(a_desk(folder)) as desk:
        desk.accounts.add(replace(ACCOUNT, id=an_id(9), name="远方轴承有限公司"), tags=("远",))
        desk.people.add(Person(id=an_id(260), name="周海燕", account=an_id(9)), title="主管")
        Bundles(desk.storage).write(folder / "other.zip")
    return folder / "other.zip"


def join(s: Storage) -> None:
    """Give the file its device number; all is offered."""
    exchange.join(s, 1)


def join_with_nothing(s: Storage) -> None:
    """Give the file its device number; no customer is offered."""
    exchange.join(s, 1, ())


def offer(s: Storage) -> None:
    """Offer the customer."""
    exchange.offer(s, [ACCOUNT.id])


def acknowledge(s: Storage) -> None:
    """Note the places the hub gave."""
    exchange.acknowledge(s, {op.dseq: n for n, op in enumerate(exchange.unsent(s), 1)})


def receive(s: Storage) -> None:
    """Take in what others wrote."""
    exchange.receive(s, from_afar(), 2000)


def settle_conflict(s: Storage) -> None:
    """Settle the first conflict on the value of one side."""
    first = conflicts(s)[0]
    resolve(s, first, first.sides[0].value)


def write_up(storage: Storage) -> object:
    """Close the visit by a debrief: a newcomer, promises, a fact, a stance, a next step."""
    new = Newcomer(key="+1", name="王强", department="采购部", title="经理")
    told = Answers(
        newcomers=(new,),
        seated=(Seated(who="+1", name="王强"), Seated(who=CHEN.id.hex(), name=CHEN.name)),
        outcome="同意立项评审。" * 50,
        ours=(Item(words="敏感性分析", day=DAY),),
        theirs=(Item(words="停机记录", who="+1", name="王强"),),
        learnt=(Item(words="预算四月批", who=CHEN.id.hex()),),
        turns=(Turn(who=CHEN.id.hex(), name=CHEN.name, after=1),),
        next_step="评审会",
    )
    return write_report(storage, Report(visit=VISIT, planned=True, answers=told))


VERBS: Final[dict[str, Verb]] = {
    "log visit": Verb(run=log_visit),
    "write report": Verb(before=(seed, draw_map), run=write_up),
    "import": Verb(run=take, before=()),
    "change customer": Verb(run=change_customer),
    "undo": Verb(before=(seed, log_visit), run=lambda s: Undo(s).undo()),
    "redo": Verb(before=(seed, log_visit, lambda s: Undo(s).undo()), run=lambda s: Undo(s).redo()),
    "undo an import": Verb(before=(take,), run=lambda s: Undo(s).undo()),
    "bring a value back": Verb(before=(seed, change_customer), run=bring_a_value_back),
    "add customer": Verb(before=(), run=lambda s: Accounts(s).add(ACCOUNT, tags=("轴承", "华东"))),
    "tag customer": Verb(
        run=lambda s: Accounts(s).tag(ACCOUNT.id, add=("重点",), remove=("轴承",))
    ),
    "join account team": Verb(run=lambda s: Accounts(s).join_team(ACCOUNT.id, COLLEAGUE.id)),
    "set account team": Verb(
        run=lambda s: Accounts(s).set_team(ACCOUNT.id, (COLLEAGUE.id,), base=())
    ),
    "confirm a value": Verb(
        run=lambda s: Accounts(s).confirm(
            replace(ACCOUNT, industry="轴承"), "industry", seen=s.position()
        )
    ),
    "delete customer": Verb(run=lambda s: Accounts(s).drop(ACCOUNT.id)),
    "delete site": Verb(before=(seed, put_site), run=lambda s: Accounts(s).drop_site(an_id(620))),  # type: ignore[arg-type]
    "use a pack": Verb(run=lambda s: Playbook(s).use("c139")),
    "copy a pack": Verb(run=copy_pack),
    "set a rule": Verb(
        before=(seed, copy_pack),
        run=lambda s: Playbook(s).set_rule(Playbook(s).found("本部"), "stale", on=False),
    ),
    "take in a pack": Verb(
        run=lambda s: Playbook(s).take_in(write_pack(Playbook(s).packs()[1].pack).encode())
    ),
    "delete a pack": Verb(
        before=(seed, copy_pack), run=lambda s: Playbook(s).drop(Playbook(s).found("本部"))
    ),
    "mark a warning": Verb(
        run=lambda s: Playbook(s).mark(ACCOUNT.id, None, WARNED, right=True, on=DAY)
    ),
    "begin access": Verb(run=begin_access),
    "write access": Verb(before=(seed, begin_access), run=write_access),
    "close access": Verb(before=(seed, begin_access, write_access), run=close_access),
    "give access up": Verb(
        before=(seed, begin_access),
        run=lambda s: AccessPlans(s).give_up(ACCESS, on=DAY, seen=s.position()),
    ),
    "reopen access": Verb(
        before=(seed, begin_access, write_access, close_access),
        run=lambda s: AccessPlans(s).reopen(
            AccessPlans(s).ask.find(ACCESS.id),  # type: ignore[arg-type]
            seen=s.position(),
        ),
    ),
    "delete access": Verb(
        before=(seed, begin_access), run=lambda s: AccessPlans(s).drop(ACCESS.id)
    ),
    "tick step": Verb(before=(seed, begin_access), run=tick_step),
    "delete step": Verb(
        before=(seed, begin_access),
        run=lambda s: AccessPlans(s).drop_step(AccessPlans(s).ask.steps(ACCESS.id)[0].id),
    ),
    "keep files": Verb(run=keep_files),
    "rename file": Verb(before=(seed, keep_files), run=rename_file),
    "delete file": Verb(
        before=(seed, keep_files),
        run=lambda s: Files(s).drop(Files(s).ask.of_account(ACCOUNT.id)[0].id),
    ),
    "put site": Verb(run=put_site),
    "add person": Verb(run=stranger),
    "change person": Verb(before=(seed, stranger), run=bring_along),
    "delete person": Verb(run=lambda s: People(s).drop(LI.id)),
    "reach": Verb(run=reach),
    "delete way": Verb(run=lambda s: People(s).drop_way(an_id(600))),
    "restrict person": Verb(run=lambda s: People(s).restrict(LI.id, "不愿被联系")),
    "release person": Verb(
        before=(seed, lambda s: People(s).restrict(LI.id, "不愿被联系")),
        run=lambda s: People(s).release(LI.id),
    ),
    "state basis": Verb(
        run=lambda s: People(s).state_basis(LI.id, Basis.CONSENT, source="名片", told_on=DAY)
    ),
    "keep person": Verb(run=lambda s: People(s).keep(LI.id, DAY)),
    "erase person": Verb(
        before=(seed, log_visit), run=lambda s: erase(s, PERSON, LI.id, texts=True)
    ),
    "add post": Verb(run=lambda s: People(s).add_post(ACCOUNT.id, "总工程师")),
    "report to": Verb(run=report_to),
    "take post": Verb(run=lambda s: People(s).take_post(SHEN, "总工程师", since=DAY)),
    "leave": Verb(run=lambda s: People(s).leave(CHEN.id, last_day=DAY)),
    "put need": Verb(run=put_need),
    "open map": Verb(run=lambda s: Chain(s).open_map(ACCOUNT.id)),
    "seat on map": Verb(
        before=(seed, draw_map),
        run=lambda s: Chain(s).seat(Chain(s).open_map(ACCOUNT.id), LI.id, label=LI.name),
    ),
    "ghost": Verb(
        before=(seed, draw_map),
        run=lambda s: Chain(s).ghost(Chain(s).open_map(ACCOUNT.id), Role.INITIATOR),
    ),
    "add body": Verb(run=add_body),
    "judge": Verb(before=(seed, draw_map), run=judge),
    "tie": Verb(before=(seed, draw_map), run=tie),
    **{
        name: Verb(before=(seed, faults_chain.draw), run=step)
        for name, step in faults_chain.STEPS.items()
    },
    **{
        name: Verb(before=(seed, faults_opportunities.add), run=step)
        for name, step in faults_opportunities.STEPS.items()
    },
    **{
        name: Verb(before=(seed, faults_cadence.begin), run=step)
        for name, step in faults_cadence.STEPS.items()
    },
    **{
        name: Verb(before=(seed, faults_rhythm.begin), run=step)
        for name, step in faults_rhythm.STEPS.items()
    },
    **{
        name: Verb(before=(seed, faults_travel.begin), run=step)
        for name, step in faults_travel.STEPS.items()
    },
    "take a calendar": Verb(run=faults_calendar.begin),
    **{
        name: Verb(before=(seed, faults_calendar.begin), run=step)
        for name, step in faults_calendar.STEPS.items()
    },
    **{
        name: Verb(before=(seed, faults_week.begin), run=step)
        for name, step in faults_week.STEPS.items()
    },
    "plan visit": Verb(
        run=lambda s: Visits(s).plan(replace(VISIT, id=an_id(101)), SEAT)  # type: ignore[arg-type]
    ),
    "log a contact": Verb(
        run=lambda s: Visits(s).log(
            replace(VISIT, id=an_id(101), no_next_step_because="问候"), SEAT
        )
    ),
    "change visit": Verb(
        run=lambda s: Visits(s).change(
            replace(VISIT, agenda="开场\n数据" * 50), base=VISIT, seen=s.position()
        )
    ),
    "move visit": Verb(
        run=lambda s: Visits(s).move(VISIT.id, Instant.at(DAY, 9), seen=s.position())
    ),
    "hold visit": Verb(run=hold),
    "close visit": Verb(
        before=(seed, hold, with_next_step),
        run=lambda s: Visits(s).close(VISIT.id, seen=s.position()),
    ),
    "drop visit": Verb(run=lambda s: Visits(s).drop(VISIT.id, seen=s.position())),
    "seat at visit": Verb(run=lambda s: Visits(s).seat(Attendee.at(VISIT, LI.id, Side.THEIRS))),
    "unseat": Verb(run=lambda s: Visits(s).unseat(SEAT)),
    "change seat": Verb(
        run=lambda s: Visits(s).change_seat(
            replace(SEAT, point="先讲结论"), base=SEAT, seen=s.position()
        )
    ),
    "note fact": Verb(run=note),
    "make promise": Verb(run=new_promise),
    "change promise": Verb(run=change_promise),
    "remind of promise": Verb(
        run=lambda s: Promises(s).remind([PROMISE.id], DAY, seen=s.position())
    ),
    "settle promise": Verb(
        run=lambda s: Promises(s).settle(PROMISE.id, PromiseState.KEPT, seen=s.position())
    ),
    "add colleague": Verb(run=lambda s: Team(s).add(Colleague(id=an_id(501), name="吴启明"))),  # type: ignore[arg-type]
    "change colleague": Verb(
        run=lambda s: Team(s).change(
            replace(COLLEAGUE, name="陈浩然"), base=COLLEAGUE, seen=s.position()
        )
    ),
    "i am": Verb(run=lambda s: Team(s).i_am(Colleague(id=an_id(501), name="吴启明"))),
    "keep draft": Verb(run=lambda s: Drafts(s).keep("visit.log", {"said": "还没写完。" * 500})),
    "drop draft": Verb(
        before=(seed, lambda s: Drafts(s).keep("visit.log", {"said": "还没写完。"})),
        run=lambda s: Drafts(s).drop("visit.log"),
    ),
    "keep mapping": Verb(run=lambda s: ListMappings(s).keep("f00d", MAPPING)),
    "forget mapping": Verb(
        before=(seed, lambda s: ListMappings(s).keep("f00d", MAPPING)),
        run=lambda s: ListMappings(s).forget("f00d"),
    ),
    "keep filter": Verb(run=steps.keep_filter),
    "change filter": Verb(before=(seed, steps.keep_filter), run=steps.change_filter),
    "delete filter": Verb(before=(seed, steps.keep_filter), run=steps.drop_filter),
    "add own field": Verb(run=steps.add_field),
    "change own field": Verb(before=(seed, steps.add_fields), run=steps.change_field),
    "move own field": Verb(before=(seed, steps.add_fields), run=steps.move_field),
    "retire own field": Verb(before=(seed, steps.add_fields), run=steps.retire_field),
    "write own field": Verb(before=(seed, steps.add_fields), run=steps.write_field),
    "date a post": Verb(run=steps.date_holding),
    "take a fact back": Verb(before=(seed, log_visit), run=steps.forget_fact),
    "keep a fact here": Verb(before=(seed, log_visit), run=steps.keep_fact_here),
    "plan visit again": Verb(before=(seed, steps.drop_visit), run=steps.plan_again),
    "seat newcomer": Verb(run=steps.seat_newcomer),
    "tag many": Verb(before=(seed, steps.add_other), run=steps.tag_many),
    "change many": Verb(before=(seed, steps.add_other), run=steps.change_many),
    "merge people": Verb(before=(seed, log_visit, steps.add_twin), run=steps.merge_people),
    "merge customers": Verb(before=(seed, log_visit, steps.add_other), run=steps.merge_customers),
    "not the same": Verb(before=(seed, steps.add_twin), run=steps.not_same),
    "the same human": Verb(before=(seed, steps.add_same_elsewhere), run=steps.same_human),
    "new employer": Verb(before=(seed, draw_map, steps.add_other), run=steps.move_on),
    "keep PIN": Verb(run=steps.put_pin),
    "start undo here": Verb(run=lambda s: s.start_undo_here()),
    "rebuild": Verb(before=(seed, log_visit), run=replay.rebuild),
    "note soundness": Verb(run=lambda s: Soundness(s, Path("kamdesk.db")).note(DAY)),
    "add from a bundle": Verb(run=lambda s: Bundles(s).take(bundle())),
    "become a bundle": Verb(before=(), run=lambda s: Bundles(s).take(bundle())),
    "join": Verb(run=join),
    "offer": Verb(before=(seed, join_with_nothing), run=offer),
    "acknowledge": Verb(before=(seed, join), run=acknowledge),
    "receive": Verb(before=(seed, join), run=receive),
    "take a state": Verb(before=(seed, join), run=lambda s: exchange.take_state(s, from_afar())),
    **{name: Verb(before=before, run=run) for name, (before, run) in faults_exchange.STEPS.items()},
    "settle conflict": Verb(before=(seed, join, change_customer, receive), run=settle_conflict),
}
