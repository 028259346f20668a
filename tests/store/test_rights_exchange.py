"""Erased on one desk, erased on all: whatever the others write meanwhile, send again or join."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import KEY, untruths
from support.raw_pages import in_clear
from support.schedules import same
from support.two_desks import Desk, Hub, Pair, settle, the_account, the_person, the_visit

from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.storage import exchange, heeding
from kamdesk.storage.erasing import erase, listed, sweep
from kamdesk.storage.exchange import unsent
from kamdesk.storage.fold import Verb
from kamdesk.sync.ops_as_text import as_text

WORDS = ("zqnotebyother", "zqneedbyother", "zqpointbyother", "zqfocusbyother")


def forget(desk: Desk, person: Id, *, texts: bool = False) -> None:
    storage = desk.workspace.storage
    erase(storage, PERSON, person, texts=texts)
    sweep(storage, desk.workspace.folder)


def write_everywhere(desk: Desk) -> None:
    """Write about the person in every way, in words of its own."""
    workspace, person, visit = desk.workspace, the_person(desk), the_visit(desk)
    seen = workspace.storage.position()
    workspace.people.change(replace(person, note=WORDS[0], focus=WORDS[3]), base=person, seen=seen)
    workspace.people.put_need(workspace.people.need(person, WORDS[1]))
    workspace.visits.seat(Attendee.at(visit, Id(person.id), Side.THEIRS, point=WORDS[2]))
    workspace.visits.change(replace(visit, host=person.id), base=visit, seen=seen)


def left(desk: Desk) -> list[str]:
    """Return which words still lie anywhere in a desk's file."""
    storage, folder = desk.workspace.storage, desk.workspace.folder
    assert folder
    sweep(storage, folder)
    content = in_clear(folder / "kamdesk.db", KEY)
    return [word for word in WORDS if word[4:].encode() in content]


def test_what_the_other_wrote_meanwhile_is_erased_on_both(pair: Pair) -> None:
    one, other = pair
    person = Id(the_person(one).id)
    forget(one, person)
    write_everywhere(other)
    assert len(left(other)) == len(WORDS)
    settle(one, other)
    for desk in pair:
        assert desk.workspace.people.ask.find(person) is None
        assert desk.workspace.storage.reader.ask("SELECT count(*) FROM needs").value() == 0
        assert the_visit(desk).host is None
        (seat,) = desk.workspace.visits.ask.attendees(the_visit(desk).id)
        assert (seat.who, seat.point, seat.side) == (None, "", Side.THEIRS)
        assert left(desk) == []
        assert listed(desk.workspace.storage).keys() == listed(one.workspace.storage).keys()


def test_without_the_list_it_would_come_back(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: a desk that takes in whatever comes has the person again."""

    def taken(_storage: object, op: WireOp, _erased: object) -> tuple[int, dict[str, object], bool]:
        return op.verb, dict(op.cells), False

    one, other = pair
    forget(one, Id(the_person(one).id))
    write_everywhere(other)
    other.push()
    with monkeypatch.context() as patched:
        patched.setattr(heeding, "swallowed", taken)
        one.pull()
    assert left(one) != []
    assert untruths(one.workspace) != []
    with one.workspace.storage.transaction():  # mend what was broken on purpose
        execute = one.workspace.storage.connection.execute
        execute("DELETE FROM needs")
        execute("DELETE FROM attendees")
        execute("DELETE FROM op WHERE dev = 2 AND seq IS NOT NULL AND seq > 0")
        execute("UPDATE visits SET host = NULL")
        execute("UPDATE state SET value = 0 WHERE key = 'position'")
        for follower in one.workspace.storage.followers:
            follower.rebuild(one.workspace.storage.connection)


def test_a_desk_that_joins_later_never_holds_the_person(
    pair: Pair, hub: Hub, tmp_path: Path
) -> None:
    one, other = pair
    write_everywhere(other)
    settle(one, other)
    person = Id(the_person(one).id)
    forget(one, person)
    settle(one, other)
    third = Desk(tmp_path / "3", hub, 3)
    for _ in range(len(hub.log)):
        third.pull(most=3)
    assert third.workspace.people.ask.find(person) is None
    assert left(third) == []
    settle(third, one, other)
    same(one, third)
    third.workspace.close()


def test_what_was_never_sent_leaves_as_empty_shells(pair: Pair) -> None:
    one, other = pair
    person = one.workspace.people.new("Zqx Unsentname", the_account(one).id)
    one.workspace.people.add(person, title="Clerk")
    forget(one, Id(person.id))
    sent = unsent(one.workspace.storage)
    assert "Unsentname" not in as_text(sent)
    shells = [op for op in sent if op.record == person.id]
    assert shells
    assert all(op.verb == Verb.ERASE and not op.cells for op in shells)
    settle(one, other)
    assert other.workspace.people.ask.find(person.id) is None
    assert person.id in listed(other.workspace.storage)


def test_both_erase_the_same_person(pair: Pair) -> None:
    person = Id(the_person(pair[0]).id)
    for desk in pair:
        forget(desk, person)
    settle(*pair)
    for desk in pair:
        assert desk.workspace.people.ask.find(person) is None


def test_a_blanked_name_goes_to_the_other_as_an_ordinary_change(pair: Pair) -> None:
    one, other = pair
    visit, person = the_visit(one), the_person(one)
    said = replace(visit, said=f"{person.name}有疑虑")
    one.workspace.visits.change(said, base=visit, seen=one.workspace.storage.position())
    settle(one, other)
    forget(one, Id(person.id), texts=True)
    settle(one, other)
    for desk in pair:
        assert the_visit(desk).said == "[erased]有疑虑"
        lines = desk.workspace.history.of("visit", Id(visit.id))
        assert not any(person.name in str((line.before, line.after)) for line in lines)


def test_a_newer_program_s_kinds_that_name_the_person_go_whole(pair: Pair) -> None:
    one, _ = pair
    storage, person = one.workspace.storage, Id(the_person(one).id)
    account = the_account(one).id

    def gift(dseq: int, words: str) -> WireOp:
        cells = {"to": person, "words": words}
        scope, wall = (account, "internal"), storage.clock.now().ms
        return WireOp(
            9,
            dseq,
            wall,
            0,
            dseq,
            scope,
            "gift",
            bytes([dseq]) * 16,
            Verb.SET,
            cells,
            seq=900 + dseq,
        )

    position = storage.position()
    exchange.receive(storage, [gift(1, WORDS[0])], 901)
    assert left(one) == [WORDS[0]]
    forget(one, person)
    assert left(one) == []
    exchange.receive(storage, [gift(2, WORDS[1])], 902)
    assert left(one) == []
    assert untruths(one.workspace) == []
    with storage.transaction():  # the hub knows nothing of those
        storage.connection.execute("DELETE FROM op WHERE dev = 9")
        storage.keep("position", position)
