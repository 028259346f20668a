"""Districts of another table, written as people write them, are found where they lie."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kamdesk.core.spot import Spot, kilometres
from kamdesk.domain.travel.datum import from_gcj
from kamdesk.domain.travel.places import located

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
HERE = DATA.is_dir()

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not HERE, reason="the folder with real files is not beside the project"),
]
OTHER, SHARES = DATA / "7_locations", DATA / "5_companies_cn"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


Written = Callable[[str, str, str], str]
WAYS: list[tuple[str, Written, float]] = [
    ("whole", lambda province, city, area: f"{province}{city}{area}人民路 88 号", 0.999),
    ("no province", lambda _, city, area: f"{city}{area}人民路 88 号", 0.999),
    (
        "short",
        lambda province, city, area: f"{province[:2]}{city.rstrip('市')}{area[:-1]}工业园",
        0.93,
    ),
    ("no city", lambda province, _, area: f"{province}{area}人民路 88 号", 0.99),
    ("district alone", lambda _, __, area: f"{area}人民路 88 号", 0.98),
]


@pytest.mark.parametrize(("way", "written", "least"), WAYS, ids=[way for way, _, _ in WAYS])
def test_districts_are_found_as_people_write_them(way: str, written: Written, least: float) -> None:
    provinces = {row["code"]: row["name"] for row in rows(OTHER / "modood" / "provinces.csv")}
    cities = {row["code"]: row["name"] for row in rows(OTHER / "modood" / "cities.csv")}
    lies = {
        row["adcode"][:6]: from_gcj(Spot(float(row["latitude"]), float(row["longitude"])))
        for row in rows(OTHER / "cn_adcodes_lonlat.csv")
        if row["longitude"]
    }
    asked = near = sure_and_far = 0
    for row in rows(OTHER / "modood" / "areas.csv"):
        if row["code"] not in lies or row["code"][4] == "7":
            continue
        city = cities.get(row["cityCode"], "")
        city = "" if city in ("市辖区", "县") or "直辖" in city else city
        asked += 1
        found = located(written(provinces[row["provinceCode"]], city, row["name"]))
        if found is None:
            continue
        off = kilometres(found.spot, lies[row["code"]])
        near += off < 40
        sure_and_far += found.sure and off > 40
    print(f"{way}: {near / asked:.1%} of {asked} found within 40 km, {sure_and_far} surely wrong")
    assert near / asked >= least
    assert sure_and_far / asked < 0.03


@pytest.mark.parametrize("name", ["a_share_basic_2019_utf8.csv", "a_share_basic_2026_utf8bom.csv"])
def test_every_area_of_the_listed_companies_is_known(name: str) -> None:
    areas = {row["area"] for row in rows(SHARES / name)}
    assert len(areas) > 30
    assert [area for area in areas if located("", area) is None] in ([], [""], ["area"])
