"""The holiday lists that come with the program (``resources/working_days``)."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from kamdesk.assets import asset
from kamdesk.core.clock import Day
from kamdesk.domain.working_days.calendar import YearList


@cache
def shipped_years() -> tuple[YearList, ...]:
    """Return the shipped lists, oldest year first."""
    years = tomllib.loads(asset("working_days", "china.toml").read_text(encoding="utf-8"))
    return tuple(_year(int(year), festivals) for year, festivals in sorted(years.items()))


def _year(year: int, festivals: dict[str, list[str] | dict[str, str]]) -> YearList:
    off, worked = {}, {}
    for name, days in festivals.items():
        if isinstance(days, dict):
            worked = {_day(year, day): festival for day, festival in days.items()}
        else:
            off.update({day: name for stretch in days for day in _days(year, stretch)})
    return YearList(year=year, off=off, worked=worked)


def _day(year: int, text: str) -> Day:
    return Day.fromisoformat(f"{year}-{text}")


def _days(year: int, stretch: str) -> Iterator[Day]:
    first, _, last = stretch.partition("/")
    begins, ends = _day(year, first), _day(year, last or first)
    return (begins + timedelta(days=n) for n in range((ends - begins).days + 1))
