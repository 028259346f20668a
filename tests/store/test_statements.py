"""How many statements a page or a save runs: not more when there is more to show."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from support.asked import statements
from support.desks import a_desk
from support.invented import a_person, an_account

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.desktop.account.reading import read_account
from kamdesk.desktop.past.reading import read_history
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.day import read_day
from kamdesk.dossier.due import read_due
from kamdesk.dossier.lifecycle import tasks_of_owner
from kamdesk.dossier.promise_ledger import read_ledger
from kamdesk.dossier.week import read_week
from kamdesk.papers.brief.gather import of_visit
from kamdesk.papers.month.gather import month_of
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
PAGE, BRIEF, SAVE, UNDO = 33, 47, 56, 60
"""The most statements for a customer's page, a brief, saving a visit, undoing that."""


@pytest.fixture(scope="module")
def town() -> Iterator[Workspace]:
    """Twelve accounts, one of them rich; read only."""
    with tempfile.TemporaryDirectory() as folder:
        clock = demo_clock(DAY)
        desk = a_desk(Path(folder), name="", clock=clock, ids=demo_ids(clock, 1))
        fill(desk, accounts=12, day=DAY)
        yield desk
        desk.close()


def of_page(desk: Workspace, account: AccountId) -> int:
    """Return how many statements the customer's page runs."""
    return len(statements(desk, lambda: read_account(desk, account)))


def test_a_rich_page_asks_no_more_than_a_poor_one_but_for_its_bodies(town: Workspace) -> None:
    for account in town.accounts.ask.everything():
        assert of_page(town, account.id) <= PAGE, account.name


def test_more_people_and_visits_do_not_make_a_page_ask_more(desk: Workspace) -> None:
    account = an_account(desk)
    for _ in range(2):
        person = a_person(desk, account, "王建")
        visit = desk.visits.new(account.id, desk.clock.now().plus(days=-3))
        desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS))
    before = of_page(desk, account.id)
    for _ in range(6):
        person = a_person(desk, account, "李敏")
        visit = desk.visits.new(account.id, desk.clock.now().plus(days=-9))
        desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS))
    assert of_page(desk, account.id) == before


WEEK: Final[dict[str, Callable[[Workspace], object]]] = {
    "due": lambda desk: read_due(desk.storage.reader, today=DAY, me=desk.team.me),
    "promises": lambda desk: read_ledger(
        desk.storage.reader, today=DAY, of=desk.team.me, rates=True
    ),
    "week": lambda desk: read_week(desk.storage.reader, DAY, me=desk.team.me, now=desk.clock.now()),
    "month": lambda desk: month_of(desk.storage.reader, DAY, me=desk.team.me, now=desk.clock.now()),
    "calendars": lambda desk: [
        desk.appointments.ask.calendars(now=desk.clock.now()),
        desk.working_days.ask.absences(DAY, DAY.replace(year=2027)),
        working_calendar(desk.storage.reader),
    ],
    "patterns": lambda desk: desk.patterns.ask.all(),
    "tasks": lambda desk: tasks_of_owner(desk.storage, desk.team.me),
}
"""What is asked for the week's pages and papers, by what it is shown on."""


def test_the_week_s_pages_ask_no_more_where_there_is_more(town: Workspace, tmp_path: Path) -> None:
    clock = demo_clock(DAY)
    small = a_desk(tmp_path, name="", clock=clock, ids=demo_ids(clock, 1))
    fill(small, accounts=3, day=DAY)
    for page, asked in WEEK.items():
        few, many = (
            len(statements(desk, lambda desk=desk, asked=asked: asked(desk)))
            for desk in (small, town)
        )
        assert many <= min(PAGE, few + 2), (page, few, many)
    small.close()


def test_lists_are_one_question_each(town: Workspace) -> None:
    for ask in (
        town.accounts.ask.lines,
        town.people.ask.lines,
        town.visits.ask.lines,
        lambda: town.promises.ask.due(by=date.max, of=None),
    ):
        assert len(statements(town, ask)) == 1


def test_a_brief_is_gathered_with_few_questions(town: Workspace) -> None:
    now, me = town.clock.now(), town.team.me
    for visit in town.visits.ask.between(now, now.plus(days=14)):
        said = statements(
            town,
            lambda visit=visit: of_visit(
                town.storage.reader, visit.id, now=now, me=me, language="zh"
            ),
        )
        assert len(said) <= BRIEF


def test_the_day_is_read_with_few_questions_however_full_it_is(town: Workspace) -> None:
    def of(day: date) -> int:
        reader, now, me = town.storage.reader, town.clock.now(), town.team.me
        return len(statements(town, lambda: read_day(reader, day, now=now, me=me)))

    empty, full = of(date(2031, 1, 1)), of(DAY)
    assert full <= empty + 2  # who sits there, and how they stand
    assert full <= 14


def test_history_reads_a_customer_not_record_by_record(town: Workspace) -> None:
    (account,) = town.accounts.ask.by_number("KA-0001")
    assert len(statements(town, lambda: read_history(town, account))) <= 14


def save(desk: Workspace, account: AccountId, many: int) -> list[str]:
    """Return the statements of saving a visit with as many attendees and promises."""
    visit = replace(desk.visits.new(account, desk.clock.now()), topic="试点", said="谈到预算")
    theirs = [Attendee.at(visit, desk.storage.new_id(), Side.THEIRS) for _ in range(many)]

    def work() -> None:
        with desk.storage.change(Text("Log visit")) as change:
            desk.visits.put_new(change, visit, *theirs)
            for number in range(many):
                promise = desk.promises.new(account, PromiseSide.OURS, f"提供 {number}")
                change.put(PROMISE, replace(promise, visit=visit.id).checked())

    return statements(desk, work)


def test_saving_a_visit_is_a_bounded_work(desk: Workspace) -> None:
    account = an_account(desk)
    save(desk, account.id, 1)  # the first learns the words of the log
    three, nine = len(save(desk, account.id, 3)), len(save(desk, account.id, 9))
    assert three <= SAVE
    assert nine - three <= 6 * 9  # for each one more: op, row and search row of seat and promise
    assert len(statements(desk, desk.undo.undo)) <= UNDO + nine


def test_importing_many_asks_in_batches(desk: Workspace, tmp_path: Path) -> None:
    def of(many: int) -> int:
        path = tmp_path / f"{many}.csv"
        lines = [f"{many}-{n},客户{many}第{n}号" for n in range(many)]
        path.write_text("\n".join(["代码,客户名称", *lines]), encoding="utf-8")
        said = statements(desk, lambda: desk.imports.take(desk.imports.look(path)))
        return sum(statement.lstrip().startswith("SELECT") for statement in said)

    of(5)
    assert of(400) - of(40) <= 5


def test_an_n_plus_one_is_noticed(town: Workspace) -> None:
    (account,) = town.accounts.ask.by_number("KA-0001")

    def one_by_one() -> None:
        read_account(town, account)
        for person in town.people.ask.of_account(account):
            town.people.ask.ways(person.id)

    assert len(statements(town, one_by_one)) > PAGE
