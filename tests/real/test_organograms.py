"""The nine published tables of posts: who reports to whom, and what is wrong in them, is found."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kamdesk.transfer.chart.chart import Chart, Wrong
from kamdesk.transfer.chart.columns import read_table

DATA = Path(__file__).resolve().parents[3] / "shared/data/6_org"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")

FOUND = {
    "cabinet_office-2011-03-31": (216, {}),
    "cabinet_office-2012-03-31": (228, {Wrong.NOT_SAID: 147, Wrong.VACANT: 9}),
    "department_for_business_innovation_and_skills-2011-09-30": (
        194,
        {Wrong.NOT_SAID: 147, Wrong.VACANT: 7, Wrong.TWICE: 4, Wrong.LOOP: 1},
    ),
    "department_of_education-2011-09-30": (
        122,
        {Wrong.NOT_SAID: 102, Wrong.SPELT: 8, Wrong.TWICE: 6},
    ),
    "english_heritage-2011-09-30": (21, {Wrong.NOT_SAID: 16}),
    "hm_treasury-2011-09-30": (97, {Wrong.NOT_SAID: 87, Wrong.TWICE: 18}),
    "land_registry-2011-09-30": (24, {Wrong.NOT_SAID: 14, Wrong.VACANT: 3}),
    "natural_england-2011-09-30": (23, {}),
    "uk_border_agency-2011-09-30": (82, {Wrong.NOT_SAID: 53}),
}
"""Posts taken, and how many problems of each sort, by table."""


def chart(path: Path) -> Chart:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return read_table(list(rows[0]), list(enumerate(rows, 2)))


@pytest.mark.parametrize("name", FOUND)
def test_a_published_table_comes_in(name: str) -> None:
    found = chart(DATA / "uk_organograms" / f"{name}-senior.csv")
    posts, problems = FOUND[name]
    assert len(found.rows) == posts
    assert Counter(problem.wrong for problem in found.problems) == problems


def test_pairs_of_managers_come_in() -> None:
    found = chart(DATA / "krackhardt_hightech/ht_reports.csv")
    assert len(found.rows) == 21
    assert [row.key for row in found.rows if not row.above] == ["7"]
