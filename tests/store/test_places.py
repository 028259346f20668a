"""Where customers lie: by the site's own spot, its address, the customer's city."""

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.spot import Spot, kilometres
from kamdesk.domain.accounts.model import Account, Site
from kamdesk.domain.travel.model import Habits
from kamdesk.dossier.places import place_of, spot_of, spots_of
from kamdesk.workspace import Workspace

KUNSHAN, BUND = Spot(31.386, 120.976), Spot(31.2304, 121.4737)


def customer(desk: Workspace, name: str, *, city: str = "", province: str = "") -> Account:
    from dataclasses import replace

    new = replace(desk.accounts.new(name), city=city, province=province)
    desk.accounts.add(new)
    return new


def site(desk: Workspace, account: Account, **said: object) -> Site:
    new = Site(id=desk.storage.new_id(), account=account.id, name="x", **said)  # type: ignore[arg-type]
    desk.accounts.put_site(new)
    return new


def test_the_site_says_it_before_its_address_and_that_before_the_city(desk: Workspace) -> None:
    reader = desk.storage.reader
    account = customer(desk, "恒汀", city="上海", province="上海")
    assert (by_city := spot_of(reader, account.id)) is not None
    assert by_city.said.plain.startswith("by the city")
    main = site(desk, account, address="江苏苏州昆山市前进路1号", hours="周二")
    assert (by_address := spot_of(reader, account.id)) is not None
    assert (by_address.site, by_address.hours, by_address.district) == (
        main.id,
        "周二",
        "苏州市昆山市",
    )
    assert kilometres(by_address.spot, KUNSHAN) < 5
    other = site(desk, account, lat=BUND.lat, lon=BUND.lon, spot_from="amap")
    assert (there := place_of(other, "上海", "上海")) is not None
    assert (there.spot, there.within) == (BUND, 0)
    assert there.said.plain == "by a link of Amap"
    assert spot_of(reader, account.id) == by_address


def test_the_next_site_helps_where_the_main_one_says_nothing(desk: Workspace) -> None:
    account = customer(desk, "恒汀")
    site(desk, account)
    assert spot_of(desk.storage.reader, account.id) is None
    second = site(desk, account, lat=31.0, lon=121.0)
    found = spot_of(desk.storage.reader, account.id)
    assert found is not None
    assert found.site == second.id
    assert found.said.plain == "by the numbers you gave"


def test_many_customers_take_one_question(desk: Workspace) -> None:
    every = [customer(desk, f"客户{n}", city="无锡") for n in range(30)]
    nowhere = customer(desk, "无处")
    asked: list[str] = []
    reader = desk.storage.reader
    before, reader.ask = (
        reader.ask,
        lambda sql, *values: (asked.append(sql), before(sql, *values))[1],
    )  # type: ignore[method-assign,assignment]
    found = spots_of(reader, [one.id for one in (*every, nowhere)])
    assert len(asked) == 1
    assert set(found) == {one.id for one in every}


def test_habits_are_kept_and_home_lies_where_its_address_does(desk: Workspace) -> None:
    assert desk.habits.ask.habits() == Habits()
    desk.habits.keep(Habits(home_address="苏州市昆山市前进路", starts=480))
    kept = desk.habits.ask.habits()
    assert kept.starts == 480
    assert kept.home is not None
    assert kilometres(kept.home, KUNSHAN) < 5
    from dataclasses import replace

    desk.habits.keep(
        replace(kept, home_lat=BUND.lat, home_lon=BUND.lon, home_from="typed"), base=kept
    )
    assert desk.habits.ask.habits().home == BUND
    desk.undo.undo()
    assert desk.habits.ask.habits() == kept


def test_the_first_habits_are_undone_and_kept_again(desk: Workspace) -> None:
    desk.habits.keep(Habits(starts=480))
    desk.undo.undo()
    assert desk.habits.ask.habits() == Habits()
    desk.habits.keep(Habits(starts=420))
    assert desk.habits.ask.habits().starts == 420


def test_a_corrected_way_is_kept_changed_and_forgotten(desk: Workspace) -> None:
    habits = desk.habits
    by_rule = habits.ask.travel().minutes(KUNSHAN, BUND)
    habits.learn(KUNSHAN, BUND, 55)
    assert habits.ask.travel().minutes(BUND, KUNSHAN) == 55
    habits.learn(BUND, KUNSHAN, 70)
    assert [leg.minutes for leg in habits.ask.learnt()] == [70]
    habits.forget(KUNSHAN, BUND)
    assert habits.ask.travel().minutes(KUNSHAN, BUND) == by_rule
    habits.learn(KUNSHAN, BUND, 60)
    assert habits.ask.travel().minutes(KUNSHAN, BUND) == 60
    with pytest.raises(RuleBroken):
        habits.learn(KUNSHAN, BUND, 0)


def test_no_lunch_and_no_gate_are_kept_as_said(desk: Workspace) -> None:
    without = Habits(lunch_minutes=0, gate_minutes=0)
    desk.habits.keep(without)
    assert desk.habits.ask.habits() == without
    desk.habits.keep(Habits(), base=without)
    assert desk.habits.ask.habits() == Habits()
