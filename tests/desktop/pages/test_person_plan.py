"""N on the page of a person plans a visit with them at their customer; its draft leads back."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop.pages import Route
from kamdesk.desktop.unfinished import route_of
from kamdesk.domain.visits.model import Side
from kamdesk.workspace import Workspace

from .conftest import Here


def opened(here: Here, name: str) -> Any:
    desk = here.desk()
    [found] = desk.people.ask.named(name)
    desk.close()
    return here.go(Route("person", found))


def test_n_plans_a_visit_with_the_person_at_their_customer(here: Here) -> None:
    page = opened(here, "李敏")
    here.qtbot.keyClick(page, Qt.Key.Key_N)
    here.answered()
    form = page.step
    assert form.account == here.account.id
    assert [who for who, box in form.people.items() if box.isChecked()] == [page.person]
    assert form.when.hasFocus()
    here.qtbot.keyClicks(form.when, "3-20 9:30")
    here.qtbot.keyClick(form.when, Qt.Key.Key_Return)
    assert here.told() == "The visit is planned."
    here.answered()
    assert not page.panel.isVisible()
    newest = page.content.visits[0]
    assert newest.start.day == date(2026, 3, 20)
    desk = here.desk()
    seats = desk.visits.ask.attendees(newest.id)
    desk.close()
    assert [seat.who for seat in seats if seat.side is Side.THEIRS] == [page.person]


def test_what_was_typed_waits_and_unticked_stays_unticked(here: Here) -> None:
    page = opened(here, "李敏")
    here.qtbot.keyClick(page, Qt.Key.Key_N)
    here.answered()
    form = page.step
    form.topic.setText("预算口径")
    form.people[page.person].setChecked(False)
    here.qtbot.keyClick(form.topic, Qt.Key.Key_Escape)
    here.answered()
    place = f"person:{page.person.hex()}:plan"
    assert route_of(place) == Route("person", page.person)
    assert route_of("visits::plan") == Route("visits")
    again = opened(here, "李敏")
    again.resume(place)
    here.answered()
    assert again.step.topic.text() == "预算口径"
    assert not again.step.people[page.person].isChecked()


def test_of_somebody_without_customer_the_customer_is_asked_first(here: Here) -> None:
    def joined(desk: Workspace) -> ChangeSet:
        return desk.people.add(replace(desk.people.new("何静", None), department="设计院"))

    here.bench.do(here.window.page, joined)
    here.answered()
    page = opened(here, "何静")
    here.qtbot.keyClick(page, Qt.Key.Key_N)
    here.answered()
    assert page.step.account is None
    assert page.step.customer.field.hasFocus()
