"""Whatever stands in the file is shown as plain text, cut, and stops no page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from kamdesk.core.clock import Instant
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Route
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

MARKUP = "<img src=/etc/passwd><b>&lt;澜&amp;</b>"
TURNED = "\u202e反向\u202c"
LONG = "长" * 100_000
HEAPED = "a" + "\u0301" * 200
NAME = f"{MARKUP}{TURNED}{HEAPED}"[:400]


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        account = replace(
            desk.accounts.new(NAME), note=LONG, industry=MARKUP, city=TURNED, website=LONG[:9000]
        )
        desk.accounts.add(account)
        person = replace(desk.people.new(NAME, account.id), department=LONG, focus=TURNED)
        desk.people.add(person, title=MARKUP)
        chain = desk.chain.open_map(account.id)
        desk.chain.seat(chain, person.id, label=NAME)
        visit = replace(
            desk.visits.new(account.id, Instant.at(DAY, 15)),
            topic=LONG,
            objective=MARKUP + LONG[:90_000],
            ask=TURNED,
        )
        desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS))
        held = replace(
            desk.visits.new(account.id, Instant.at(date(2026, 1, 8), 9)),
            said=LONG,
            outcome=MARKUP,
            state=VisitState.HELD,
        )
        desk.visits.plan(held)
        desk.promises.make(desk.promises.new(account.id, PromiseSide.THEIRS, MARKUP + TURNED))

    return more


def labels(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_every_tab_of_a_hostile_customer_is_plain_and_cut(here: Here) -> None:
    page = here.go(Route("account", _id(here)))
    for tab in ("overview", "people", "visits", "history"):
        page.tabs.choose(tab)
        page._choose(tab)
        here.answered()
    said = labels(page)
    assert any(MARKUP in words for words in said)
    assert not any("\u202e" in words for words in said)
    assert max(map(len, said)) <= looks.LONGEST


def test_its_papers_are_made_all_the_same(here: Here) -> None:
    page = here.go(Route("brief", _id(here), "account"))
    assert page.made.data.startswith(b"%PDF")
    page.actions_here["paper.turn"].trigger()
    here.answered()
    assert page.made.data.startswith(b"%PDF")


def _id(here: Here) -> bytes:
    desk = here.desk()
    try:
        return bytes(next(line.id for line in desk.accounts.ask.lines() if "img" in line.name))
    finally:
        desk.close()
