"""A week of March 2026 as tests of the planner need it: customers around Suzhou, visits, duties."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kamdesk.core.clock import Instant
from kamdesk.core.spot import Spot
from kamdesk.domain.accounts.model import Account, AccountClass
from kamdesk.domain.visits.model import Visit, VisitState
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_read import WeekItem, WeekRead
from kamdesk.workspace import Workspace

MONDAY = date(2026, 3, 16)
HOME = Spot(31.30, 120.60)


def at_home(desk: Workspace, **habits: Any) -> None:
    """Say where the user starts."""
    own = desk.habits.ask.habits()
    desk.habits.keep(replace(own, home_lat=HOME.lat, home_lon=HOME.lon, home_from="hand", **habits))


def a_customer(
    desk: Workspace,
    name: str,
    *,
    of: AccountClass | None = AccountClass.CORE,
    spot: Spot | None = HOME,
    seen_days_ago: int | None = None,
    hours: str = "",
    **fields: Any,
) -> Account:
    """Return a customer of mine with a site, really visited so many days before now."""
    account = replace(desk.accounts.new(name), class_by_hand=of, owner=desk.team.me, **fields)
    desk.accounts.add(account)
    if spot is not None:
        site = desk.accounts.new_site(account.id)
        desk.accounts.put_site(
            replace(
                site, name="总部", address="民生路 1 号", hours=hours, lat=spot.lat, lon=spot.lon
            )
        )
    if seen_days_ago is not None:
        start = desk.clock.now().plus(days=-seen_days_ago)
        a_visit_at(desk, account, start, objective="定下日期", state=VisitState.HELD)
    return account


def a_visit_at(desk: Workspace, account: Account, start: Instant, **fields: Any) -> Visit:
    """Return a visit that is saved."""
    visit = replace(desk.visits.new(account.id, start), **fields)
    desk.visits.plan(visit)
    return visit


def on(day: int, hour: int, minute: int = 0) -> Instant:
    """Return a time of the week; day 0 is its Monday."""
    return Instant.at(MONDAY + timedelta(days=day), hour, minute)


def the_week(desk: Workspace, monday: date = MONDAY) -> WeekRead:
    """Return the user's week."""
    return read_week(desk.storage.reader, monday, me=desk.team.me, now=desk.clock.now())


def named(read: WeekRead) -> dict[str, WeekItem]:
    """Return everything of a week by name."""
    return {item.name: item for item in read.items.values()}
