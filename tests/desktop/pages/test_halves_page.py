"""The pages of a customer of whom spoilt records arrived: they show what makes sense."""

from collections.abc import Callable
from typing import Any

import pytest
from support.halves import SPOILT, Stranger, a_whole_file

from kamdesk.desktop.pages import Route
from kamdesk.workspace import Workspace


@pytest.fixture(params=["an unknown word", "a huge number"])
def fill(request: pytest.FixtureRequest) -> Callable[[Workspace], object]:
    def spoil(desk: Workspace) -> None:
        a_whole_file(desk)
        Stranger(desk).spoil_all(SPOILT[request.param])

    return spoil


def test_every_page_shows_itself(here: Any) -> None:
    desk = here.desk()
    (account,) = desk.accounts.ask.by_name("澜川轴承")
    accounts = [one.id for one in desk.accounts.ask.everything()]
    visits = [one.id for one in desk.visits.ask.whole(account)]
    strays = [line.id for line in desk.visits.ask.lines() if line.account is None]
    desk.close()
    assert strays
    for route in (
        Route("accounts"),
        *(Route("account", one) for one in (account, *accounts[-4:])),
        *(Route("brief", one, "visit") for one in (*visits[:2], strays[0])),
        Route("review"),
        Route("own_fields"),
    ):
        page = here.go(route)
        assert page.route == route
        for _ in range(4 if route.page == "account" else 0):
            page.tabs.step(1)
            here.answered()
    assert here.crashes == []
