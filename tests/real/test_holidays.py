"""The yearly notices as the list holiday-cn holds them: read, and the same as what is shipped."""

from pathlib import Path

import pytest

from kamdesk.domain.working_days.calendar import Calendar
from kamdesk.domain.working_days.shipped import shipped_years
from kamdesk.transfer.holiday_lists import read_lists

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "3_ical" / "holiday-cn"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder with real files is not here"),
]


def test_the_shipped_year_is_the_published_one() -> None:
    (found,) = (one for one in read_lists(DATA / "2024.ics") if one.year == 2024)
    shipped = Calendar(shipped_years()).of_year(2024)
    assert shipped is not None
    assert (set(found.off), set(found.worked)) == (set(shipped.off), set(shipped.worked))


def test_every_published_year_is_read_with_its_make_up_days() -> None:
    years = sorted(DATA.glob("*.ics"))
    assert len(years) == 11
    for path in years:
        (found,) = (one for one in read_lists(path) if one.year == int(path.stem))
        assert 9 <= len(found.off) <= 40
        assert 3 <= len(found.worked) <= 12
        assert not set(found.off) & set(found.worked)
