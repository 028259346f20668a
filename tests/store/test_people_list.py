"""The list of people and the page of one ask by indexes, in a few statements."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from support.asked import scans, statements
from support.desks import a_desk

from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.domain.people.store import PERSON
from kamdesk.dossier.merging import Merging
from kamdesk.dossier.one_person import read_person
from kamdesk.dossier.people_list import Entry, count, entries, page
from kamdesk.storage.part_of_id import records_with
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
SMALL = {"colleagues", "not_same", "own_fields", "went"}


@pytest.fixture(scope="module")
def town() -> Iterator[Workspace]:
    """Twelve accounts and their people."""
    with tempfile.TemporaryDirectory() as folder:
        clock = demo_clock(DAY)
        desk = a_desk(Path(folder), name="", clock=clock, ids=demo_ids(clock, 1))
        fill(desk, accounts=12, day=DAY)
        yield desk
        desk.close()


def everybody(desk: Workspace) -> list[Entry]:
    return page(desk.storage.reader, DAY, 10_000)[0]


def weightiest(desk: Workspace) -> Entry:
    return max(everybody(desk), key=lambda entry: len(entry.roles))


def merge(desk: Workspace) -> None:
    """Merge somebody's twin into them, and take it back."""
    entry = weightiest(desk)
    twin = desk.people.new(entry.name, entry.account)
    desk.people.add(twin)
    Merging(desk.storage).merge("person", entry.id, twin.id)
    desk.undo.undo()
    desk.undo.undo()


ROADS: dict[str, Callable[[Workspace], object]] = {
    "a page": lambda desk: page(desk.storage.reader, DAY, 50),
    "what was found": lambda desk: entries(
        desk.storage.reader, DAY, [entry.id for entry in everybody(desk)[:20]]
    ),
    "a person": lambda desk: read_person(desk.storage, weightiest(desk).id),
    "who holds a merged id": lambda desk: desk.people.ask.merged_into(weightiest(desk).id),
}


@pytest.mark.parametrize("road", ROADS)
def test_no_road_reads_a_table_whole(town: Workspace, road: str) -> None:
    said = statements(town, lambda: ROADS[road](town))
    assert said
    whole = {table for one in said for table in scans(town, one) if table not in SMALL}
    assert whole == set()


def test_a_list_costs_two_statements_and_counting_one_index(town: Workspace) -> None:
    assert len(statements(town, lambda: page(town.storage.reader, DAY, 50))) == 2
    [counted] = statements(town, lambda: count(town.storage.reader))
    assert scans(town, counted) == ["search_names by search_names_sound"]
    part = everybody(town)[3].id.hex()[-8:]
    [looked] = statements(town, lambda: records_with(town.storage.reader, PERSON, part))
    assert scans(town, looked) == ["people by sqlite_autoindex_people_1"]


def test_pages_follow_each_other_without_gap_or_repetition(town: Workspace) -> None:
    whole, after, found = everybody(town), None, []
    while True:
        lines, after = page(town.storage.reader, DAY, 7, *([after] if after else []))
        found += lines
        if after is None:
            break
    assert [one.id for one in found] == [one.id for one in whole]
    assert [one.sound for one in whole] == sorted(one.sound for one in whole)
    assert count(town.storage.reader) == len(whole) == town.people.ask.count()


def test_the_list_shows_what_the_map_says(town: Workspace) -> None:
    for entry in everybody(town):
        if entry.account is None:
            continue
        seen = read_person(town.storage, entry.id)
        assert seen is not None
        assert (entry.stance, entry.roles) == (seen.stands.stance, seen.stands.roles)


def test_merging_a_person_looks_only_into_their_customers_file(town: Workspace) -> None:
    said = statements(town, lambda: merge(town))
    wide = {table for one in said for table in scans(town, one)}
    assert wide <= {"bodies_members", *SMALL, "erased", "contested", "state", "words"}
