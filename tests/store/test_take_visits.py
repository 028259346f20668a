"""A log of old visits comes in: on its own days, with its people, authors and promises; once."""

from datetime import date
from pathlib import Path

import pytest

from kamdesk.core.clock import Instant
from kamdesk.core.wording import say
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Side, VisitKind, VisitState
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Decision, Verdict
from kamdesk.transfer.preview import Preview
from kamdesk.workspace import Workspace

LOG = """客户名称,拜访日期,拜访方式,主题,关键人,记录人,拜访内容,下一步,下一步日期,\
我方承诺,对方承诺,承诺日期
澜川精密轴承有限公司,2024-11-05 14:30,上门拜访,技术交流会,李敏;周工（设备部）,吴启明,谈了 ROI,\
送样件,2024-11-20,双语 ROI 模型,给出预算,2024-12-01
澜川精密轴承有限公司,2025/3/8,电话,,李敏,王离职,没有接受报价,,,,,
不认识的公司,2025-03-09,,,,,问了交期,,,,,
澜川精密轴承有限公司,,,没有日期,,,,,,,,
"""


def put(folder: Path, text: str = LOG, name: str = "visits.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def taken(desk: Workspace, path: Path, **wishes) -> Preview:
    shown = desk.imports.look(path, **wishes)
    desk.imports.take(shown)
    return shown


def last(desk: Workspace) -> int:
    return desk.storage.reader.ask("SELECT max(lid) FROM op").value()


@pytest.fixture
def lanchuan(desk: Workspace) -> Account:
    account = desk.accounts.new("澜川精密轴承有限公司")
    desk.accounts.add(account)
    desk.people.add(desk.people.new("李敏", account.id), title="财务总监")
    desk.team.add(desk.team.new("吴启明"))
    return account


def test_a_log_of_visits_is_known_by_its_headings_and_shown_row_by_row(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    before = last(desk)
    shown = desk.imports.look(put(tmp_path))
    assert shown.mapping.kind is ImportKind.VISITS
    assert [one.verdict for one in shown.judgements] == [
        Verdict.NEW,
        Verdict.NEW,
        Verdict.CONFLICT,
        Verdict.REJECTED,
    ]
    said = [say(one.why, "en") for one in shown.judgements]
    assert said[0] == "New, and 周工 with it."
    assert said[2] == "“不认识的公司” is no customer here."
    assert said[3] == "The row has no day."
    assert [say(one, "en") for one in shown.report.remarks] == [
        "1 visit has a day and no time: it is put at 9:00."
    ]
    assert last(desk) == before


def test_days_people_words_and_promises_are_kept(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    taken(desk, put(tmp_path))
    call, talk = desk.visits.ask.whole(lanchuan.id)
    zone = desk.clock.now().zone
    assert talk.start == Instant.at(date(2024, 11, 5), 14, 30, zone=zone)
    assert (talk.topic, talk.said, talk.next_step) == ("技术交流会", "谈了 ROI", "送样件")
    assert (talk.next_step_by, talk.state) == (date(2024, 11, 20), VisitState.CLOSED)
    names = {person.id: person.name for person in desk.people.ask.of_account(lanchuan.id)}
    table = {
        names.get(one.who) or desk.team.ask.get(one.who).name: (one.side, one.part)
        for one in desk.visits.ask.attendees(talk.id)
    }
    assert table == {
        "吴启明": (Side.OURS, "notes"),
        "李敏": (Side.THEIRS, ""),
        "周工": (Side.THEIRS, ""),
    }
    assert [(p.side, p.words, p.due, p.state) for p in desk.promises.ask.of_visit(talk.id)] == [
        (PromiseSide.OURS, "双语 ROI 模型", date(2024, 12, 1), PromiseState.OPEN),
        (PromiseSide.THEIRS, "给出预算", date(2024, 12, 1), PromiseState.OPEN),
    ]
    assert (call.kind, call.start.local.hour) == (VisitKind.CALL, 9)
    assert call.said == "没有接受报价\n— 王离职"
    assert desk.team.ask.named("王离职") is None


def test_the_same_log_twice_changes_nothing_and_one_undo_takes_it_back(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    taken(desk, put(tmp_path))
    before = last(desk)
    again = taken(desk, put(tmp_path))
    assert (again.report.new, again.report.updated, again.report.same) == (0, 0, 2)
    assert last(desk) == before
    desk.undo.undo()
    assert desk.visits.ask.whole(lanchuan.id) == []
    assert [p.name for p in desk.people.ask.of_account(lanchuan.id)] == ["李敏"]
    assert taken(desk, put(tmp_path)).report.new == 2


def test_a_mended_row_completes_its_visit(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    taken(desk, put(tmp_path))
    mended = LOG.replace("谈了 ROI", "谈了 ROI，他们要双语").replace("双语 ROI 模型", "样件")
    shown = taken(desk, put(tmp_path, mended))
    assert [one.verdict for one in shown.judgements][:1] == [Verdict.UPDATE]
    assert set(shown.judgements[0].changes) == {"said", "our_promises"}
    talk = desk.visits.ask.whole(lanchuan.id)[1]
    assert talk.said == "谈了 ROI，他们要双语"
    assert len(desk.visits.ask.attendees(talk.id)) == 3
    assert len(desk.promises.ask.of_visit(talk.id)) == 3


def test_a_visit_logged_here_already_is_met_not_doubled(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    own = desk.visits.new(lanchuan.id, Instant.at(date(2025, 3, 8), 16))
    desk.visits.plan(own)
    shown = taken(desk, put(tmp_path))
    assert shown.judgements[1].record == own.id
    met = desk.visits.ask.get(own.id)
    assert (met.start, met.kind, met.state) == (own.start, VisitKind.CALL, VisitState.CLOSED)
    assert len(desk.visits.ask.whole(lanchuan.id)) == 2


def test_the_user_says_which_customer_is_meant_or_that_it_is_new(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    table = desk.imports.read(put(tmp_path))
    linked = desk.imports.preview(table, decisions={4: Decision(record=lanchuan.id)})
    assert linked.judgements[2].verdict is Verdict.NEW
    desk.imports.take(desk.imports.preview(table, decisions={4: Decision()}))
    made = desk.accounts.ask.by_name("不认识的公司")[0]
    assert [one.said for one in desk.visits.ask.whole(made)] == ["问了交期"]
    assert desk.imports.preview(table).report.same == 3


def test_a_restricted_person_gets_no_seat(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    min_li = desk.people.ask.named("李敏")[0]
    desk.people.restrict(min_li, "asked")
    taken(desk, put(tmp_path))
    visits = desk.visits.ask.whole(lanchuan.id)
    seated = {one.who for visit in visits for one in desk.visits.ask.attendees(visit.id)}
    assert min_li not in seated
    assert desk.people.ask.named("李敏") == []


def test_a_key_finds_a_visit_again_after_everything_else_changed(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    first = "visit id,customer,date,subject\nV-1,澜川精密轴承有限公司,2025-01-02,old\n"
    taken(desk, put(tmp_path, first))
    moved = first.replace("2025-01-02", "2025-01-03 10:00").replace("old", "new")
    shown = taken(desk, put(tmp_path, moved))
    assert shown.report.updated == 1
    visits = desk.visits.ask.whole(lanchuan.id)
    assert [(one.topic, one.start.day) for one in visits] == [("new", date(2025, 1, 3))]
