"""What wants a hand is one's own, over, and counted as the day lists it."""

from dataclasses import replace
from datetime import date

from support.invented import an_account

from kamdesk.core.clock import Instant
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.dossier.day import read_day
from kamdesk.dossier.wanting import MOST, Wanting, wanting
from kamdesk.workspace import Workspace


def found(desk: Workspace) -> Wanting:
    return wanting(desk.storage.reader, now=desk.clock.now(), me=desk.team.me)


def test_only_mine_only_late_only_over(desk: Workspace) -> None:
    account, wu = an_account(desk), desk.team.new("吴启明")
    desk.team.add(wu)
    today = desk.clock.today()
    for side, due, who in (
        (PromiseSide.OURS, date(2026, 3, 10), desk.team.me),
        (PromiseSide.OURS, date(2026, 3, 10), wu.id),
        (PromiseSide.THEIRS, date(2026, 3, 10), None),
        (PromiseSide.OURS, today, None),
    ):
        promise = desk.promises.new(account.id, side, "方案")
        desk.promises.make(replace(promise, due=due, colleague=who))
    for day, hour, who in ((11, 9, desk.team.me), (11, 14, wu.id), (12, 8, desk.team.me)):
        visit = desk.visits.new(account.id, Instant.at(date(2026, 3, day), hour))
        desk.visits.plan(visit, Attendee.at(visit, who, Side.OURS))
    assert found(desk) == Wanting(overdue=1, to_write_up=1)  # the one at 8:00 still runs
    day = read_day(desk.storage.reader, None, now=desk.clock.now(), me=desk.team.me)
    assert len(day.to_write_up) == 1


def test_it_stops_counting_where_the_number_says_many(desk: Workspace) -> None:
    account = an_account(desk)
    for _ in range(MOST + 3):
        promise = desk.promises.new(account.id, PromiseSide.OURS, "方案")
        desk.promises.make(replace(promise, due=date(2026, 3, 1)))
    assert found(desk).overdue == MOST
