"""kamdesk place: where customers lie, where home is, how long ways take."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory

from kamdesk.core.ids import AccountId, read_id


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(a_territory)


def test_an_address_a_link_and_numbers_are_placed(line: CommandLine) -> None:
    said = line.do("place", "of", "江苏苏州昆山市前进路1号").out
    assert "苏州市昆山市 by the address" in said
    assert line.ask("place", "of", "31.30, 120.60")["lat"] == 31.3
    link = "https://uri.amap.com/marker?position=120.985,31.385"
    assert "by a link of Amap" in line.do("place", "of", link).out
    assert "No place is found" in line.refused("place", "of", "nowhere at all")


def test_customers_are_placed_listed_and_let_go_again(line: CommandLine) -> None:
    every = line.ask("place", "list")
    assert every
    customer = every[-1]
    assert customer["lat"] is not None
    assert "has no site yet" in line.refused("place", "set", customer["name"], "31.3, 120.6")
    desk = line.desk()
    site = desk.accounts.new_site(AccountId(read_id(customer["account"])))
    desk.accounts.put_site(replace(site, name="一号厂区"))
    desk.close()
    line.do("place", "set", customer["name"], "31.2304, 121.4737")
    found = next(one for one in line.ask("place", "list") if one["name"] == customer["name"])
    assert (found["lat"], found["lon"]) == (31.2304, 121.4737)
    assert "by the address again" in line.do("place", "set", customer["name"]).out
    assert "No point is found" in line.refused("place", "set", customer["name"], "by the river")


def test_home_is_an_address_or_a_point(line: CommandLine) -> None:
    assert line.ask("place", "home", "苏州市昆山市前进路")["home_lat"] == 31.3876
    assert "Home: " in line.do("place", "home").out
    assert line.ask("place", "home", "31.30, 120.60")["home_from"] == "typed"
    assert "write the city" in line.refused("place", "home", "鼓楼区中山路")


def test_a_way_is_asked_and_corrected(line: CommandLine) -> None:
    one, other = (found["name"] for found in line.ask("place", "list")[-2:])
    by_rule = line.ask("place", "way", one, other)["minutes"]
    assert line.ask("place", "way", one, other, by_rule - 7)["minutes"] == by_rule - 7
    assert line.ask("place", "way", other, one)["minutes"] == by_rule - 7
    assert "from 1 to" in line.refused("place", "way", one, other, 5000)
    (learnt,) = line.ask("place", "ways")
    assert (learnt["minutes"], learnt["by_rule"]) == (by_rule - 7, by_rule)
    named = sorted([*learnt["one"]["customers"], *learnt["other"]["customers"]])
    assert all(
        name.startswith(short) for name, short in zip(sorted([one, other]), named, strict=True)
    )
    assert str(by_rule - 7) in line.do("place", "ways").out
    assert line.run("place", "way", one, other, "9", "--forget").status == 2
    assert line.ask("place", "way", one, other, "--forget")["minutes"] == by_rule
    assert line.ask("place", "ways") == []
