"""Where customers lie, where home is, how long ways take: asked, set and corrected."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import not_together
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.minutes import length
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.travel.coordinates import FROM_WORDS, From, read_pasted
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.places import located

if TYPE_CHECKING:
    from kamdesk.dossier.learnt_ways import End, LearntWay


class PlaceLine(NamedTuple):
    """Where somebody lies: no spot where that is not known."""

    account: AccountId | None
    name: str
    lat: float | None
    lon: float | None
    district: str
    sure: bool
    said: Text


@click.group("place", cls=Group, said=Text("Where customers lie and how long ways take."))
def place() -> None:
    """Where customers lie, where home is, how long ways take."""


@command(Text("Say where an address, a link of a map or two numbers lie."), name="of", under=place)
@click.argument("words", nargs=-1, required=True)
def of(session: Session, words: tuple[str, ...]) -> None:
    """Say where something lies; no customer is needed."""
    line = _heard(" ".join(words))
    if line is None:
        raise RuleBroken(_NOWHERE)
    session.give(line)
    session.tell(_line_said(line))


@command(Text("List where customers lie, those not known first."), name="list", under=place)
def listing(session: Session) -> None:
    """List where customers lie."""
    from kamdesk.dossier.places import spots_of

    with session.reading() as desk:
        every = desk.accounts.ask.lines()
        known = spots_of(desk.storage.reader, [one.id for one in every])
    lines = [
        PlaceLine(one.id, one.name, found.spot.lat, found.spot.lon, found.district,
                  found.sure, found.said)
        if (found := known.get(one.id))
        else PlaceLine(one.id, one.name, None, None, "", False, Text("not known"))
        for one in every
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.lat is not None, line.sure))
    session.give(lines)
    session.list(_COLUMNS, lines, Text("There are no customers yet."))


@command(Text("Say where a customer's main site lies."), name="set", under=place)
@click.argument("customer")
@click.argument("where", nargs=-1)
def set_place(session: Session, customer: str, where: tuple[str, ...]) -> None:
    """Keep a link or numbers as the spot of a site; without any the address says it again."""
    words = " ".join(where)
    spot, source = read_pasted(words) if words else (None, None)
    with session.writing() as desk:
        account = pick.account(desk, customer)
        sites = desk.accounts.ask.sites(account)
        if not sites:
            raise RuleBroken(Text("This customer has no site yet: add one with its address."))
        new = replace(
            sites[0],
            lat=spot.lat if spot else None,
            lon=spot.lon if spot else None,
            spot_from=source or "",
        )
        desk.accounts.put_site(new, base=sites[0])
        name = desk.accounts.ask.get(account).name
    session.give(new)
    where_said = FROM_WORDS[source] if source else Text("by the address again")
    session.tell(Text("{name} lies {where}.", name=name, where=where_said))


@command(Text("Say where you live: days start and end there."), name="home", under=place)
@click.argument("where", nargs=-1)
def home(session: Session, where: tuple[str, ...]) -> None:
    """Show home, or keep an address, a link or numbers as home."""
    words = " ".join(where)
    if not words:
        with session.reading() as desk:
            habits = desk.habits.ask.habits()
    else:
        with session.writing() as desk:
            base = desk.habits.ask.habits()
            desk.habits.keep(_at_home(words, base), base=base)
            habits = desk.habits.ask.habits()
    session.give(habits)
    spot = habits.home
    if spot is None:
        session.tell(Text("Home is not known."))
    else:
        at = f"{spot.lat:.4f}, {spot.lon:.4f}"
        session.tell(Text("Home: {address} ({at})", address=habits.home_address or "–", at=at))


@command(Text("Say how long the way from one customer to another takes."), name="way", under=place)
@click.argument("one")
@click.argument("other")
@click.argument("minutes", type=int, required=False)
@option("--forget", is_flag=True, said=Text("Go by the rule again."))
def way(session: Session, one: str, other: str, minutes: int | None, forget: bool) -> None:
    """Show how long a way takes, or correct it: the next ones are reckoned by that."""
    from kamdesk.dossier.places import spot_of

    if forget and minutes is not None:
        raise not_together("--forget", "MINUTES")
    with session.writing() if forget or minutes is not None else session.reading() as desk:
        ends: list[Spot] = []
        for words in (one, other):
            account = pick.account(desk, words)
            found = spot_of(desk.storage.reader, account)
            if found is None:
                name = desk.accounts.ask.get(account).name
                raise RuleBroken(Text("Nobody knows where {name} lies.", name=name))
            ends.append(found.spot)
        if minutes is not None:
            desk.habits.learn(ends[0], ends[1], minutes)
        elif forget:
            desk.habits.forget(ends[0], ends[1])
        took = desk.habits.ask.travel().minutes(ends[0], ends[1])
    session.give({"minutes": took})
    session.tell(Text("{length}, the gate included", length=length(took)))


@command(Text("List the ways that were corrected."), name="ways", under=place)
def ways(session: Session) -> None:
    """List what the planner learnt of ways, and what it taught about all of them."""
    from kamdesk.dossier.learnt_ways import learnt_ways

    with session.reading() as desk:
        found = learnt_ways(desk.storage.reader, me=desk.team.sits_here)
        taught = desk.habits.ask.travel().learnt_said
    session.give(
        [
            {"one": _end(way.one), "other": _end(way.other), "minutes": way.minutes,
             "by_rule": way.reckoned}
            for way in found
        ]
    )  # fmt: skip
    none = Text("No way was corrected yet: kamdesk place way ONE OTHER MINUTES does it.")
    session.list(_WAYS, found, none)
    if taught is not None:
        session.tell(taught)


def _end(end: "End") -> dict[str, object]:
    return {"home": end.is_home, "customers": end.customers, **end.spot._asdict()}


def _called(end: "End") -> Text | str:
    if end.is_home:
        return Text("Home")
    return ", ".join(end.customers[:3]) or f"{end.spot.lat:.2f}, {end.spot.lon:.2f}"


def _at_home(words: str, base: Habits) -> Habits:
    try:
        spot, source = read_pasted(words)
    except RuleBroken:
        found = located(words)
        if found is None or not found.sure:
            raise RuleBroken(found.said if found else _NOWHERE) from None
        return replace(base, home_address=words, home_lat=None, home_lon=None, home_from="")
    return replace(base, home_lat=spot.lat, home_lon=spot.lon, home_from=source)


def _heard(words: str) -> PlaceLine | None:
    try:
        spot, source = read_pasted(words)
    except RuleBroken:
        found = located(words)
        if found is None:
            return None
        at = found.spot
        return PlaceLine(None, words, at.lat, at.lon, found.district, found.sure, found.said)
    return PlaceLine(None, words, spot.lat, spot.lon, "", True, FROM_WORDS[From(source)])


def _line_said(line: PlaceLine) -> Text:
    at = f"{line.lat:.4f}, {line.lon:.4f}"
    return Text("{at} {district} {said}", at=at, district=line.district, said=line.said)


_NOWHERE: Final = Text("No place is found in this: write the city and the district.")
_COLUMNS: Final[tuple[Column[PlaceLine], ...]] = (
    Column(Text("Customer"), lambda line: line.name),
    Column(Text("Place"), lambda line: line.district or "–"),
    Column(Text("By what"), lambda line: line.said),
)
_WAYS: Final[tuple[Column["LearntWay"], ...]] = (
    Column(Text("From"), lambda way: _called(way.one)),
    Column(Text("To"), lambda way: _called(way.other)),
    Column(Text("Minutes"), lambda way: str(way.minutes), right=True),
    Column(Text("By the rule"), lambda way: str(way.reckoned), right=True),
)
