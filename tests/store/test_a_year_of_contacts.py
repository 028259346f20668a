"""A year lived day by day: nobody is overdue without the list having said so that very day."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.a_year import Year, wrong_on
from support.desks import untruths

from kamdesk.core.clock import Day
from kamdesk.domain.cadence import facts
from kamdesk.domain.cadence.duty import Channel, Duty
from kamdesk.domain.cadence.facts import Contacts, Subject
from kamdesk.dossier import due
from kamdesk.dossier.due import DueLine, due_list
from kamdesk.workspace import Workspace

LAST = date(2026, 12, 30)


def listed(desk: Workspace, today: Day) -> list[DueLine]:
    """Return the list of a day, as the user's page asks for it."""
    return due_list(desk.storage.reader, today=today, me=desk.team.me)


def errors(year: Year, until: Day) -> Iterable[str]:
    """Live until a day, and yield what each day's list says wrongly."""
    while year.today < until:
        year.live()
        yield from wrong_on(year, listed(year.desk, year.today))


@pytest.mark.parametrize("seed", range(6))
def test_a_year_of_contacts(tmp_path: Path, seed: int) -> None:
    year = Year(tmp_path, seed)
    assert list(errors(year, LAST)) == []
    assert untruths(year.desk) == []
    kinds = {(one.kind, one.real) for customer in year.customers for one in customer.past}
    assert len(kinds) == 6  # what counts and what does not, both happened
    for turn in ("quiet", "agreed", "newcomer"):
        assert any(getattr(customer, turn) for customer in year.customers), turn
    assert sum(one.late_days for one in year.customers if one.class_word == "core") > 100


def a_touch_counts(patch: pytest.MonkeyPatch) -> None:
    """Let a call reset the clock of visits."""
    count = Contacts.that_count

    def all_count(self: Contacts, channel: Channel, *, in_person: bool = False) -> list[Day]:
        return count(self, Channel.TOUCH, in_person=in_person)

    patch.setattr(facts.Contacts, "that_count", all_count)


def planned_is_done(patch: pytest.MonkeyPatch) -> None:
    """Take what is planned for what was done."""
    reckon = due.duties_towards

    def hopeful(subject: Subject, **more: object) -> list[Duty]:
        last = subject.planned.visit or subject.last.visit
        return reckon(replace(subject, last=subject.last._replace(visit=last)), **more)  # type: ignore[arg-type]

    patch.setattr(due, "duties_towards", hopeful)


@pytest.mark.parametrize("mutant", [a_touch_counts, planned_is_done])
def test_a_clock_that_is_reset_wrongly_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    year = Year(tmp_path, 1)
    mutant(monkeypatch)
    assert next(iter(errors(year, date(2026, 4, 30))), None) is not None


def test_one_contact_counted_twice_is_caught(tmp_path: Path) -> None:
    year = Year(tmp_path, 1)
    list(errors(year, date(2026, 3, 2)))
    lines = listed(year.desk, year.today)
    assert wrong_on(year, lines) == []
    assert wrong_on(year, [*lines, lines[0]]) != []
    one = next(line for line in lines if line.source == "class")
    twice = one._replace(cycle=one.cycle._replace(done=one.cycle.done + 1))
    assert wrong_on(year, [twice if line is one else line for line in lines]) != []
