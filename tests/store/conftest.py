"""Two desks and the hub between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.invented import a_person, a_visit, an_account
from support.schedules import same
from support.two_desks import Desk, Hub, Pair, settle


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def pair(tmp_path: Path, hub: Hub) -> Iterator[Pair]:
    """Two desks that share one account with a person and a visit, and have seen it all."""
    one, other = Desk(tmp_path / "1", hub, 1, name="林晓彤"), Desk(tmp_path / "2", hub, 2)
    account = an_account(one.workspace)
    a_person(one.workspace, account)
    a_visit(one.workspace, account)
    settle(one, other)
    yield one, other
    settle(one, other)
    same(one, other)
    for desk in (one, other):
        desk.workspace.close()
