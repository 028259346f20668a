"""Words of strangers on the pages of visits: shown plain, cut, none becomes markup or a key."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

MARKUP = "<b>&Open</b> <img src=x> \u202egnp"
LONG = "长" * 100_000
MARKS = "e" + "\u0301" * 200


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A customer, a person, a visit, a fact and a promise made of nothing but trouble."""

    def trouble(desk: Workspace) -> None:
        account = desk.accounts.new(MARKUP)
        desk.accounts.add(account)
        person = desk.people.new(MARKUP, account.id)
        desk.people.add(person, title=MARKS)
        visit = replace(
            desk.visits.new(account.id, Instant.at(DAY, 14)),
            topic=MARKUP, objective=MARKUP, agenda=LONG, said=LONG, questions=MARKS, place=MARKUP,
        )  # fmt: skip
        desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS, point=MARKUP))
        desk.visits.note(desk.visits.new_fact(visit, LONG))
        promise = desk.promises.new(account.id, PromiseSide.THEIRS, MARKUP)
        desk.promises.make(replace(promise, visit=visit.id))

    return trouble


def seen(page: Any) -> None:
    """Check every part that is shown: plain, short, without keys out of words."""
    assert page.isVisible()
    for part in page.findChildren(QWidget):
        if isinstance(part, QLabel):
            assert part.textFormat() is Qt.TextFormat.PlainText
            assert len(part.text()) <= 2_000
            assert "\u202e" not in part.text()
        if isinstance(part, QAbstractButton):
            assert part.shortcut().isEmpty()
            assert "\u202e" not in part.accessibleName()
            assert len(part.accessibleName()) <= 2_000
        assert "<img" not in part.toolTip()
    assert all(len(one.key().toString()) < 20 for one in page.findChildren(QShortcut))


def test_log_calendar_and_page_show_words_as_they_are(here: Here) -> None:
    page = here.go(Route("visits", None, f"week:{DAY}"))
    for view in ("week", "month", "day", "log"):
        page.show_view(view)
        here.answered()
        seen(page)
    hostile = next(line for line in page.log.list.every if line.topic.startswith("<b>"))
    page.show_view("week")
    here.answered()
    page.timetable.hours.choose(hostile.id)
    assert "‹RLO›" in page._footing.words.text()
    visit = here.go(Route("visit", hostile.id))
    seen(visit)
    assert "‹RLO›" in visit._head.title.text()
    here.qtbot.keyClicks(visit.body.seats.line.field, "open")
    here.answered()
    seen(visit)


def test_the_form_offers_words_as_they_are(here: Here) -> None:
    page = here.go(Route("visits", None, "week"))
    page.begin_new()
    here.answered()
    here.qtbot.keyClicks(page.form.customer.field, "img")
    here.answered()
    assert page.form.customer.offers
    seen(page)
