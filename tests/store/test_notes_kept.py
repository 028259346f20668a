"""A note that stays on this computer: in no message, whatever is done with it."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import MORNING
from support.invented import a_person, a_visit, an_account
from support.schedules import untruths
from support.scripted_hub import Member, MemoryHub, both, settle
from support.two_desks import Desk, Hub

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import Fact
from kamdesk.domain.visits.store import FACT
from kamdesk.dossier.debrief import Answers, Item, read_answers, write_answers
from kamdesk.dossier.debrief_report import Report, write_report
from kamdesk.storage.exchange import offer, receive, unsent
from kamdesk.storage.fold import Verb
from kamdesk.storage.undo import Undo
from kamdesk.sync import quarantine
from kamdesk.sync.ops_as_text import as_text
from kamdesk.sync.wire.messages import said
from kamdesk.workspace import Workspace

WORDS = "墨鹭川阀门 quietmagnolia"


@pytest.fixture
def one(tmp_path: Path) -> Desk:
    """A desk of a team with a customer and a visit the hub has."""
    desk = Desk(tmp_path / "1", Hub(), 1, name="林晓彤")
    account = an_account(desk.workspace)
    a_visit(desk.workspace, account)
    desk.exchange()
    return desk


def note(desk: Workspace, *, here: bool) -> Fact:
    """Note something at the first visit."""
    account = desk.accounts.ask.everything()[0]
    visit = desk.visits.ask.whole(account.id)[0]
    fact = replace(desk.visits.new_fact(visit, WORDS), here=here)
    desk.visits.note(fact)
    return fact


def notes(desk: Workspace) -> list[Fact]:
    account = desk.accounts.ask.everything()[0]
    return desk.visits.ask.facts(account.id)


def leaving(desk: Workspace) -> list[WireOp]:
    return unsent(desk.storage)


def says(ops: list[WireOp]) -> bool:
    """True when the words are in a message of these changes, or the mark."""
    return any(part in as_text(ops) for part in (*WORDS.split(), '"here"'))


def test_a_marked_note_is_in_no_message_and_another_is(one: Desk) -> None:
    desk = one.workspace
    note(desk, here=True)
    assert leaving(desk) == []
    (kept,) = notes(desk)
    assert (kept.words, kept.here) == (WORDS, True)
    other = note(desk, here=False)
    assert [op.record for op in leaving(desk)] == [other.id]
    assert WORDS in as_text(leaving(desk))
    assert '"here"' not in as_text(leaving(desk))
    desk.storage.close()


def test_what_a_debrief_learnt_and_keeps_here_is_in_no_message(one: Desk) -> None:
    desk = one.workspace

    def debrief(*, here: bool) -> None:
        visit = desk.visits.ask.whole(desk.accounts.ask.everything()[0].id)[0]
        learnt = (Item(words=WORDS, here=here),)
        answers = read_answers(write_answers(Answers(learnt=learnt, next_step="报价")))
        write_report(desk.storage, Report(visit=visit, planned=True, answers=answers))

    debrief(here=True)
    assert leaving(desk) != []
    assert not says(leaving(desk))
    (kept,) = notes(desk)
    assert (kept.words, kept.here) == (WORDS, True)
    desk.visits.forget_fact(kept.id)
    debrief(here=False)
    assert says(leaving(desk))
    desk.storage.close()


def test_many_at_once_are_kept_too(one: Desk) -> None:
    desk = one.workspace
    visit = desk.visits.ask.whole(desk.accounts.ask.everything()[0].id)[0]
    some = [replace(desk.visits.new_fact(visit, f"{WORDS} {n}"), here=n < 2) for n in range(3)]
    with desk.storage.change(Text("Change")) as change:
        change.put_all(FACT, some)
    assert [op.record for op in leaving(desk)] == [some[2].id]
    desk.storage.close()


def test_marked_later_it_is_deleted_there_and_stays_here(one: Desk) -> None:
    desk = one.workspace
    fact = note(desk, here=False)
    one.exchange()
    desk.visits.keep_here(fact.id, True)
    (told,) = leaving(desk)
    assert (told.verb, told.cells, told.record) == (Verb.DELETE, {}, fact.id)
    (kept,) = notes(desk)
    assert (kept.words, kept.here) == (WORDS, True)
    one.exchange()
    assert notes(desk) == [kept]
    Undo(desk.storage).undo()
    assert says(leaving(desk))
    assert notes(desk) == [fact]
    desk.storage.close()


def test_unmarked_it_goes_out_from_then_on(one: Desk) -> None:
    desk = one.workspace
    fact = note(desk, here=True)
    desk.visits.keep_here(fact.id, False)
    (sent,) = leaving(desk)
    assert sent.cells["words"] == WORDS
    assert "here" not in sent.cells
    one.exchange()
    Undo(desk.storage).undo()
    assert [op.verb for op in leaving(desk)] == [Verb.DELETE]
    assert [kept.here for kept in notes(desk)] == [True]
    desk.storage.close()


def test_taking_it_back_and_undoing_that_says_nothing(one: Desk) -> None:
    desk = one.workspace
    fact = note(desk, here=True)
    desk.visits.forget_fact(fact.id)
    assert notes(desk) == []
    Undo(desk.storage).undo()
    assert [kept.here for kept in notes(desk)] == [True]
    assert leaving(desk) == []
    desk.storage.close()


@pytest.mark.parametrize("marked", [True, False])
def test_what_was_marked_before_anything_left_never_leaves(tmp_path: Path, marked: bool) -> None:
    one = Desk(tmp_path / "1", Hub(), 1, accounts=())
    desk = one.workspace
    account = an_account(desk)
    a_visit(desk, account)
    fact = note(desk, here=False)
    if marked:
        desk.visits.keep_here(fact.id, True)
    offer(desk.storage, [account.id])
    assert says(leaving(desk)) is not marked
    assert (fact.id in {op.record for op in leaving(desk)}) is not marked
    desk.storage.close()


def test_nobody_else_says_what_stays_here(one: Desk) -> None:
    desk = one.workspace
    fact = note(desk, here=False)
    one.exchange()
    seq = desk.storage.position() + 1
    about = (2, 1, desk.clock.now().ms, seq - 1, 1, (fact.account, "internal"))
    op = WireOp(*about, "fact", fact.id, int(Verb.SET), {"here": 1}, "Change", None, seq)
    receive(desk.storage, [op], seq)
    assert notes(desk) == [fact]
    desk.storage.close()


def test_a_lost_customer_s_note_is_readable_where_refused_changes_are(tmp_path: Path) -> None:
    hub = MemoryHub(StoppedClock(MORNING.plus(minutes=60)))
    one, other = Member(tmp_path / "1", hub, 1, name="林晓彤"), Member(tmp_path / "2", hub, 2)
    account = an_account(one.workspace)
    a_person(one.workspace, account)
    a_visit(one.workspace, account)
    one.round()
    hub.grant(2, *both(account.id))
    settle(one, other)
    kept, shared = note(other.workspace, here=True), note(other.workspace, here=True)
    other.workspace.visits.keep_here(shared.id, False)
    settle(one, other)
    assert [fact.id for fact in notes(one.workspace)] == [shared.id]
    hub.grant(2, *both(account.id), given=False)
    settle(one, other)
    rows = other.storage.reader.ask("SELECT id FROM facts").column()
    assert rows == []
    (refused,) = quarantine.quarantined(other.storage)
    assert (refused.record, refused.cells["words"]) == (kept.id, WORDS)
    left = other.storage.reader.ask("SELECT count(*) FROM op WHERE eid = ?", Id(kept.id)).value()
    assert left == 0
    for member in (one, other):
        assert untruths(member.workspace) == []
        member.workspace.close()


@pytest.mark.parametrize("here", [True, False])
def test_no_message_to_the_hub_holds_the_words_or_it_is_no_mark(tmp_path: Path, here: bool) -> None:
    hub = MemoryHub(StoppedClock(MORNING.plus(minutes=60)))
    one = Member(tmp_path / "1", hub, 1, name="林晓彤")
    account = an_account(one.workspace)
    a_visit(one.workspace, account)
    one.round()
    fact = note(one.workspace, here=here)
    one.round()
    one.workspace.visits.forget_fact(fact.id)
    one.round()
    Undo(one.storage).undo()
    one.round()
    every = b"\n".join(said(ask) for ask in hub.asked).decode()
    found = [word in every for word in (*WORDS.split(), fact.id.hex())]
    assert found == [not here] * 3
    assert account.name in every
    assert untruths(one.workspace) == []
    one.workspace.close()
