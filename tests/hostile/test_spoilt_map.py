"""A map as another desk may send it: circles, nobody at the end of a line, days nobody lived."""

from datetime import date

import pytest
from support.desks import a_desk
from support.halves import Stranger, a_whole_file

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import say
from kamdesk.desktop.chain.drawing import drawn
from kamdesk.desktop.chain.narrowing import Narrowing
from kamdesk.desktop.chain.reading import read_seen
from kamdesk.desktop.chain.slider import TimeTrack
from kamdesk.desktop.chain.slider_changes import changes_of, read_moved, ticks_of
from kamdesk.domain.chain.analysis import analysed
from kamdesk.domain.chain.standing import What
from kamdesk.domain.chain.what_if import LeaveMove, cheapest, outcome
from kamdesk.dossier.chain_picture import picture
from kamdesk.dossier.chain_view import read_chain
from kamdesk.workspace import Workspace

NOWHERE = b"\x01\x9a" + bytes(5) + b"\x70\x80" + bytes(7)
TODAY = date(2026, 3, 12)
DAYS = ("0001-01-01", "1969-07-20", "2026-03-12", "2026-02-30", "2030-01-01", "9999-12-31", None)


def spoil(desk: Workspace) -> AccountId:
    """Send a customer's map everything a map must not hold; return the customer."""
    found, ask = a_whole_file(desk), desk.storage.reader.ask
    account, sent = found.account.id, Stranger(desk)
    chain = desk.chain.ask.maps(account)[0].id
    people = list(found.people.values())
    posts = [post.id for post in desk.people.ask.posts(account)]
    body = ask("SELECT id FROM bodies").value()

    def write(kind: str, **cells: object) -> None:
        sent.write(kind, desk.storage.new_id(), {"account": account, **cells})

    for post, boss in zip(posts, [*posts[1:], posts[0]], strict=True):
        for above, day in ((boss, "2026-03-01"), (post, "2026-03-02"), (NOWHERE, "0001-01-01")):
            write("reporting", joins=(post, above, day))
    for person in people:
        for stays in (("0001-01-01", None), ("2026-09-01", "2026-01-01"), (None, "9999-12-31")):
            write("seat", map=chain, taken_by=(None, person, None), label="twice", stays=stays)
        write("seat", map=chain, taken_by=(person, person, person), place=(9e15, -9e15))
        write("seat", map=chain, taken_by=(None, person, None), in_group=NOWHERE)
        for end in (NOWHERE, person, body, chain, people[0]):
            for kind in ("influences", "close", "conflict", "odd"):
                for since in (("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01")):
                    write("tie", joins=(chain, kind, person, end), strength=(-7, None), since=since)
        for what in What:
            for value in ("2", "99", "x", "decider  buyer"):
                for day in DAYS:
                    about = (chain, person, what.value)
                    write("reading", about=about, value=(value, day), colleague=NOWHERE)
    write("body", name="怪", chair=NOWHERE, secretary=body, meets=("", "9999-12-31"))
    write("map", name="二", opportunity=NOWHERE)
    sent.send()
    return account


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, AccountId]:
    desk = a_desk(tmp_path_factory.mktemp("spoilt"))
    return desk, spoil(desk)


@pytest.mark.parametrize(
    "day", [date(1971, 1, 1), date(2026, 3, 1), TODAY, date(2030, 1, 1)], ids=str
)
def test_a_spoilt_map_is_read_judged_and_drawn(
    spoilt: tuple[Workspace, AccountId], day: date
) -> None:
    desk, account = spoilt
    pack = desk.playbook.in_force()
    for chain in (None, *(one.id for one in desk.chain.ask.maps(account))):
        net = read_chain(desk.storage.reader, account, at=Instant.at(day, 12), map_id=chain)
        found = analysed(net, pack=pack, before=net)
        for one in found.findings:
            assert all(say(words, "zh") for words in (one.said, one.advice))
        shown = Narrowing().of(picture(net))
        for view in ("organisation", "influence"):
            assert drawn(shown, view, language="zh", width=900).plan.places.keys() == {
                card.id for card in shown.cards
            }
        for node in net.nodes[:2]:
            outcome(net, [LeaveMove(node.id)])
        cheapest(net)
        assert read_seen(desk, account, map_id=chain, day=day).net.day == day


def test_circles_are_said_and_cut(spoilt: tuple[Workspace, AccountId]) -> None:
    desk, account = spoilt
    net = read_chain(desk.storage.reader, account, at=Instant.at(TODAY, 12))
    assert net.loops
    assert len(net.nodes) == len(net.by_id)
    for node in net.nodes:
        way = [node.id]
        while (boss := net.by_id[way[-1]].boss) is not None:
            assert boss not in way
            way.append(boss)


def test_the_slider_reaches_no_day_nobody_can_reckon_with(
    spoilt: tuple[Workspace, AccountId], application: object, qtbot: object
) -> None:
    desk, account = spoilt
    moved = read_moved(desk, account, None, TODAY)
    assert moved
    assert changes_of(moved, {})
    track = TimeTrack()
    track.show_days(ticks_of(moved), TODAY, TODAY)
    assert track.first.year >= 1970
    assert all(one.day.year >= 1971 for one in moved)
