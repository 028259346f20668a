"""All calendar files of the trial data come in, or are refused in plain words, within limits."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.transfer.calendar.file import read_calendar_file
from kamdesk.transfer.calendar.found import MOST_TIMES, Found
from kamdesk.transfer.calendar.reader import read_calendar
from kamdesk.workspace import Workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder with real files is not here"),
]
FILES = [
    *sorted(DATA.glob("3_ical/**/*.ics")),
    *sorted(DATA.glob("9_hostile/icalendar_fuzz/*.ics")),
    *sorted(DATA.glob("9_hostile/synthetic/*.ics")),
]
SPANS = [(date(year, 1, 1), date(year + 12, 1, 1)) for year in range(1994, 2030, 12)]
"""What a user would have looked at in other years: most of the files are of long ago."""


def _over_the_years(path: Path) -> Found:
    """Return what a file holds, the times of all years together."""
    whole = Found()
    for first, last in SPANS:
        with path.open("rb") as file:
            found = read_calendar(file, home="Asia/Shanghai", first=first, last=last)
        assert all(0 < len(entry.times) <= MOST_TIMES for entry in found.entries)
        whole.entries += found.entries
        whole.refused, whole.events = found.refused, found.events
    return whole


WERE = {
    "whole": 247,
    "in part": 4,
    "none of it": 53,
    "without appointments": 44,
    "refused whole": 21,
}
REASONS = {
    "It does not say when it begins.": 85,
    "Its beginning cannot be read.": 4,
    "It repeats by a rule that cannot be read.": 4,
    "It is no calendar file.": 21,
}


def test_each_is_read_or_refused_in_plain_words_and_this_is_how_many() -> None:
    assert sum(path.is_relative_to(DATA / "3_ical") for path in FILES) == 334
    became: Counter[str] = Counter()
    why: Counter[str] = Counter()
    for path in FILES:
        try:
            found = _over_the_years(path)
        except RuleBroken as broken:
            became["refused whole"] += 1
            why[broken.said.plain] += 1
            continue
        why.update(one.why.plain for one in found.refused)
        if found.entries:
            became["in part" if found.refused else "whole"] += 1
        elif not found.events:
            became["without appointments"] += 1
        else:
            assert found.refused
            became["none of it"] += 1
    assert (became, why) == (Counter(WERE), Counter(REASONS))


@pytest.mark.parametrize("path", FILES[::20], ids=lambda path: path.stem)
def test_the_child_reads_the_same(path: Path, desk: Workspace) -> None:
    first, last = SPANS[-1]
    with path.open("rb") as file:
        try:
            here: object = read_calendar(file, home="Asia/Shanghai", first=first, last=last)
        except RuleBroken as broken:
            here = broken.said.plain
    try:
        there: object = read_calendar_file(path, home="Asia/Shanghai", first=first, last=last)
    except RuleBroken as broken:
        there = broken.said.plain.partition("cannot be imported: ")[2]
    assert there == here
