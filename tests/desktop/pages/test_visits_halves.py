"""The pages of visits when spoilt halves of visits arrived: they show what makes sense."""

from collections.abc import Callable

import pytest
from support.halves import SPOILT, Stranger, a_whole_file, spoilt_cells

from kamdesk.desktop.pages import Route
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT
from kamdesk.storage.rows import whole_of
from kamdesk.workspace import Workspace

from .conftest import DAY, Here


@pytest.fixture(params=["an unknown word", "a huge number"])
def fill(request: pytest.FixtureRequest) -> Callable[[Workspace], object]:
    """Every cell of visits, seats, facts and promises spoilt, in whole records and alone."""

    def spoil(desk: Workspace) -> None:
        a_whole_file(desk)
        stranger = Stranger(desk)
        for kind in (VISIT, ATTENDEE, FACT, PROMISE):
            row = desk.storage.reader.ask(f"SELECT * FROM {kind.table} ORDER BY rid").first()
            values = whole_of(desk.storage.reader.ask, kind, row)
            for cells in spoilt_cells(kind, values, SPOILT[request.param]):
                stranger.write(kind.name, desk.storage.new_id(), cells)
        stranger.send()

    return spoil


def test_log_calendar_and_pages_show_themselves(here: Here) -> None:
    desk = here.desk()
    lines = desk.visits.ask.lines()
    desk.close()
    page = here.go(Route("visits", None, f"week:{DAY}"))
    for view in ("month", "day", "log"):
        page.show_view(view)
        here.answered()
    strays = [line for line in lines if line.account is None]
    assert strays
    shown = {line.id: line for line in (*strays[:2], *lines[:6])}
    for visit in shown:
        assert here.go(Route("visit", visit)).isVisible()
    assert here.crashes == []
