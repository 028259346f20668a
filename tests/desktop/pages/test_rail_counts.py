"""The numbers in the rail: late promises of ours, visits to write up; they follow what is done."""

from dataclasses import replace

import pytest

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop.rail import RailItem
from kamdesk.desktop.rail_counts import RailCounts
from kamdesk.domain.promises.model import PromiseState
from kamdesk.workspace import Workspace

from .conftest import Here


@pytest.fixture
def counts(here: Here) -> RailCounts:
    made = RailCounts(here.window, here.bench)
    made.ask()
    here.answered()
    return made


def spoken(here: Here) -> dict[str, str]:
    """What the pages are called in the rail."""
    return {one.kind.id: one.accessibleName() for one in here.window.rail.findChildren(RailItem)}


def test_what_wants_a_hand_is_counted_and_follows_what_is_done(
    here: Here, counts: RailCounts
) -> None:
    assert spoken(here)["today"] == "Today 1"
    assert spoken(here)["visits"] == "Visits 1"
    assert spoken(here)["people"] == "People"

    def kept(desk: Workspace) -> ChangeSet:
        (promise,) = desk.promises.ask.of_account(here.account.id)
        return desk.promises.settle(promise.id, PromiseState.KEPT, seen=desk.storage.position())

    def closed(desk: Workspace) -> ChangeSet:
        held = desk.visits.ask.whole(here.account.id)[-1]
        after, seen = replace(held, next_step="再约").closed(), desk.storage.position()
        return desk.visits.change(after, base=held, seen=seen)

    here.bench.do(here.window.page, kept)
    here.answered()
    assert (spoken(here)["today"], spoken(here)["visits"]) == ("Today", "Visits 1")
    here.bench.do(here.window.page, closed)
    here.answered()
    assert (spoken(here)["today"], spoken(here)["visits"]) == ("Today", "Visits")


def test_more_than_ninety_nine_is_many(here: Here) -> None:
    here.window.count("visits", 100)
    assert spoken(here)["visits"] == "Visits 99+"
    here.window.count("visits", 0)
    assert spoken(here)["visits"] == "Visits"
