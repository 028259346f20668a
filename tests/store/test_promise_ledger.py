"""The ledger of promises: its order, what became of each, how many were kept, reminders."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.asked import scans, statements
from support.invented import a_person, a_visit, an_account

from kamdesk.core.ids import AccountId
from kamdesk.domain.promises.keeping import KeptRate, Outcome, kept_rate_of
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.dossier import promise_ledger
from kamdesk.dossier.day import read_day
from kamdesk.dossier.promise_ledger import LedgerRead, Which, read_ledger
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)
OURS, THEIRS = PromiseSide
KEPT, BROKEN, DROPPED = PromiseState.KEPT, PromiseState.BROKEN, PromiseState.DROPPED


def day(ahead: int) -> date:
    """Return a day so many days from now."""
    return TODAY + timedelta(days=ahead)


def promised(
    desk: Workspace,
    account: AccountId,
    words: str,
    side: PromiseSide = OURS,
    **fields: object,
) -> Promise:
    """Return a promise in the file."""
    made = replace(desk.promises.new(account, side, words), **fields)  # type: ignore[arg-type]
    desk.promises.make(made)
    return made


def read(desk: Workspace, **how: object) -> LedgerRead:
    """Return the ledger of today."""
    return read_ledger(desk.storage.reader, today=TODAY, **how)  # type: ignore[arg-type]


@pytest.fixture
def account(desk: Workspace) -> AccountId:
    """Return a customer."""
    return an_account(desk).id


def test_what_we_owe_and_is_overdue_comes_first(desk: Workspace, account: AccountId) -> None:
    promised(desk, account, "他们逾期更久", THEIRS, due=day(-9))
    promised(desk, account, "没有日期")
    promised(desk, account, "我方将到期", due=day(3))
    promised(desk, account, "我方逾期", due=day(-2))
    promised(desk, account, "对方将到期", THEIRS, due=day(1))
    promised(desk, account, "早先兑现", state=KEPT, settled_on=day(-30))
    promised(desk, account, "昨日兑现", state=KEPT, settled_on=day(-1))
    every = read(desk, which=Which.ALL)
    assert [line.words for line in every.lines] == [
        "我方逾期", "他们逾期更久", "对方将到期", "我方将到期", "没有日期", "昨日兑现", "早先兑现",
    ]  # fmt: skip
    assert [line.days_over for line in every.lines] == [2, 9, 0, 0, 0, 0, 0]
    assert [line.words for line in read(desk, side=THEIRS).lines] == ["他们逾期更久", "对方将到期"]
    assert len(read(desk, which=Which.SETTLED).lines) == 2


def test_a_line_names_who_answers_for_it_and_where_it_was_given(
    desk: Workspace, account: AccountId
) -> None:
    who = a_person(desk, desk.accounts.ask.get(account))
    visit = a_visit(desk, desk.accounts.ask.get(account))
    promised(desk, account, "停机清单", THEIRS, person=who.id, visit=visit.id, remind=day(1))
    (line,) = read(desk).lines
    assert (line.owner, line.visit, line.remind) == (who.name, visit.id, day(1))
    assert line.met == visit.start


def test_mine_are_my_own_and_those_nobody_answers_for_at_my_customers(desk: Workspace) -> None:
    me, other = desk.team.new("林晓彤"), desk.team.new("陈浩")
    desk.team.add(me)
    desk.team.add(other)
    mine, his = an_account(desk, "我的客户"), an_account(desk, "他的客户")
    for one, owner in ((mine, me), (his, other)):
        desk.accounts.change(replace(one, owner=owner.id), base=one, seen=desk.storage.position())
    promised(desk, his.id, "我答应的", colleague=me.id)
    promised(desk, mine.id, "没人负责")
    promised(desk, mine.id, "他负责", colleague=other.id)
    promised(desk, his.id, "他客户的", THEIRS)
    found = read_ledger(desk.storage.reader, today=TODAY, of=me.id)
    assert {line.words for line in found.lines} == {"我答应的", "没人负责"}


def test_the_outcome_of_each_is_told_apart(desk: Workspace, account: AccountId) -> None:
    for words, fields in {
        "overdue": {"due": day(-1)},
        "open": {"due": TODAY},
        "kept": {"due": day(-5), "state": KEPT, "settled_on": day(-5)},
        "kept late": {"due": day(-5), "state": KEPT, "settled_on": day(-4)},
        "broken": {"due": day(-5), "state": BROKEN, "settled_on": day(-4)},
        "dropped": {"due": day(-5), "state": DROPPED, "settled_on": day(-4)},
    }.items():
        promised(desk, account, words, **fields)
    found = read(desk, which=Which.ALL).lines
    assert {line.words: line.outcome for line in found} == {str(one): one for one in Outcome}


def test_the_rate_of_a_year_says_what_it_counts(desk: Workspace, account: AccountId) -> None:
    for n, fields in enumerate((
        {"due": day(-5), "state": KEPT, "settled_on": day(-6)},
        {"due": day(9), "state": KEPT, "settled_on": day(-6)},
        {"due": day(-9), "state": KEPT, "settled_on": day(-2)},
        {"state": KEPT, "settled_on": day(-2)},
        {"state": BROKEN, "settled_on": day(-2)},
        {"due": day(-9), "state": DROPPED, "settled_on": day(-2)},
        {"due": day(-1)},
        {"due": day(4)},
        {"due": day(-500), "state": BROKEN, "settled_on": day(-400)},
    )):  # fmt: skip
        promised(desk, account, f"承诺 {n}", **fields)
    promised(desk, account, "对方", THEIRS, due=day(-1), state=KEPT, settled_on=day(-1))
    found = read(desk, rates=True)
    ours = found.rate(account, OURS)
    assert ours == KeptRate(on_time=2, late=1, broken=1, overdue=1, undated=1)
    assert ours.said.plain == "2 of 5 kept on time"
    assert [words.plain for words in ours.because] == [
        "1 late", "1 broken", "1 overdue", "1 not judged: no day was agreed",
    ]  # fmt: skip
    assert found.rate(account, THEIRS) == KeptRate(on_time=1)
    every = desk.promises.ask.of_account(account)
    assert [kept_rate_of(every, side, TODAY) for side in (OURS, THEIRS)] == [
        found.rate(account, side) for side in (OURS, THEIRS)
    ]
    other = an_account(desk, "另一家")
    assert found.rate(other.id, OURS).said.plain == "no promise to judge by"


def test_of_a_house_with_many_open_ones_only_a_look_is_listed(
    desk: Workspace, account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        promised(desk, account, f"未结 {n}", due=day(n))
        promised(desk, account, f"已结 {n}", state=KEPT, settled_on=day(-n))
    assert not read(desk, which=Which.ALL).cut
    monkeypatch.setattr(promise_ledger, "MOST", 2)
    monkeypatch.setattr(promise_ledger, "A_LOOK", 1)
    some = read(desk, which=Which.ALL)
    assert ([line.words for line in some.lines], some.cut) == (["未结 0", "已结 0"], True)
    assert len(read(desk, which=Which.SETTLED).lines) == 3


def test_many_are_settled_and_reminded_of_as_one_action(
    desk: Workspace, account: AccountId
) -> None:
    both = [promised(desk, account, words).id for words in ("一", "二")]
    desk.promises.settle_all(both, BROKEN, seen=desk.storage.position())
    assert [desk.promises.ask.get(one).state for one in both] == [BROKEN] * 2
    desk.undo.undo()
    desk.promises.remind(both, day(3), seen=desk.storage.position())
    assert [desk.promises.ask.get(one).remind for one in both] == [day(3)] * 2
    desk.undo.undo()
    assert [desk.promises.ask.get(one).remind for one in both] == [None] * 2


def test_a_reminder_stands_on_its_day_until_the_promise_is_settled(
    desk: Workspace, account: AccountId
) -> None:
    late = promised(desk, account, "到期在后", due=day(40))
    now = desk.clock.now()

    def ours() -> list[str]:
        return [line.words for line in read_day(desk.storage.reader, None, now=now, me=None).ours]

    assert ours() == []
    desk.promises.remind([late.id], day(1), seen=desk.storage.position())
    assert ours() == []
    desk.promises.remind([late.id], TODAY, seen=desk.storage.position())
    assert ours() == ["到期在后"]
    desk.promises.settle(late.id, KEPT, seen=desk.storage.position())
    assert ours() == []


@pytest.mark.parametrize("which", Which)
def test_no_question_reads_the_whole_table(
    desk: Workspace, account: AccountId, which: Which
) -> None:
    promised(desk, account, "一", due=day(-1))
    promised(desk, account, "二", due=day(-1), state=KEPT, settled_on=TODAY)
    for how in ({}, {"account": account}, {"side": OURS}):

        def work(how: dict[str, object] = how) -> None:
            read(desk, which=which, rates=True, **how)

        asked = statements(desk, work)
        assert len(asked) <= 8
        read_whole = {step for sql in asked for step in scans(desk, sql)}
        assert read_whole <= {"promises by promises_open", "promises by promises_settled"}
