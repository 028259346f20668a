"""What moved on a map between two days, and on which days anything did."""

from dataclasses import replace
from datetime import date, timedelta

from support.customers import lanchuan

from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.chain_moves import Event, Moved, moved_between
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.new_at_visit import Stranger
from kamdesk.workspace import Workspace

FIRST, LAST = date(2026, 2, 1), date(2026, 3, 12)


def said(moved: tuple[Moved, ...]) -> list[str]:
    """Return what is said, in English."""
    return [one.said.plain for one in moved]


def test_a_customer_without_a_map_has_nothing_that_moved(desk: Workspace) -> None:
    account = desk.accounts.new("新客户")
    desk.accounts.add(account)
    assert moved_between(desk.storage.reader, account.id, FIRST, LAST) == ()


def test_all_that_moves_is_said_with_its_day(desk: Workspace) -> None:
    here = lanchuan(desk)
    reader, account = desk.storage.reader, here.account.id
    chain = desk.chain.open_map(account)

    def seen() -> Network:
        return read_chain(reader, account, at=desk.clock.now())

    by_name = {node.name: node for node in seen().nodes}
    tie = next(t for t in seen().ties if t.source == here.people["赵磊"])
    tied = desk.chain.tie(
        chain, TieKind.CLOSE, here.people["王镕"], here.people["赵磊"], since=LAST
    )
    desk.chain.ties.change(replace(tie, strength=3), base=tie, on=date(2026, 3, 5))
    desk.chain.join(tied)
    desk.chain.ties.end(tied, on=LAST + timedelta(days=1))  # after the last day: not yet
    desk.seating.put_under(chain, [by_name["王镕"]], by_name["李敏"], on=date(2026, 3, 6))
    desk.seating.add(chain, Stranger("钱程", "", "班长"), on=LAST, roles=(Role.USER,))
    desk.chain.seats.unseat(chain, by_name["项目负责人"], on=LAST)
    still = desk.chain.reading(chain, here.people["李敏"], What.STANCE, "0", on=LAST)
    desk.chain.judge(still)
    moved = moved_between(reader, account, FIRST, LAST)
    assert said(moved) == [
        "李敏: stance doubtful → neutral",
        "赵磊 influences 沈建国: +2 → +3",
        "王镕: reports to 李敏, before to 沈建国",
        "钱程: roles not known → user",
        "项目负责人: no longer on the map",
        "钱程: new on the map",
        "王镕 close to 赵磊: new",
    ]
    days = [one.day for one in moved]
    assert days == [date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 6), *[LAST] * 4]
    boss = next(one for one in moved if one.what is Event.BOSS)
    assert (boss.node, boss.other) == (here.people["王镕"], here.people["李敏"])
    assert moved_between(reader, account, date(2026, 3, 1), date(2026, 3, 4)) == ()


def test_a_seat_that_goes_on_in_a_group_did_not_come_or_go(desk: Workspace) -> None:
    here = lanchuan(desk)
    account = here.account.id
    chain, seats = desk.chain.open_map(account), desk.chain.seats
    nodes = read_chain(desk.storage.reader, account, at=desk.clock.now()).people
    seats.make_group(chain, seats.new_group(chain, "财务部"), *nodes[:3], on=LAST)
    assert moved_between(desk.storage.reader, account, date(2026, 3, 2), LAST) == ()


def test_who_must_not_be_shown_moved_nowhere(desk: Workspace) -> None:
    here = lanchuan(desk)
    desk.people.restrict(here.people["李敏"], "不愿被记录")
    assert moved_between(desk.storage.reader, here.account.id, FIRST, LAST) == ()
