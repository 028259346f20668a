"""Writes down an invented account: its file, its sites, its tags and team."""

from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, SiteId
from kamdesk.demo.book import Book
from kamdesk.demo.chance import Hand
from kamdesk.demo.firms import Firm
from kamdesk.demo.material import Language, lines, read, words
from kamdesk.demo.persons import Desk
from kamdesk.demo.where import where
from kamdesk.domain.accounts.model import Account, AccountClass, Organisation, Site
from kamdesk.domain.accounts.store import ACCOUNT, SITE

_HEADS: Final = {
    AccountClass.CORE: (900, 6200),
    AccountClass.HIGH_POTENTIAL: (350, 2600),
    AccountClass.MAINTAIN: (150, 1400),
    AccountClass.TO_IMPROVE: (40, 420),
}
_NOTES: Final = {
    AccountClass.CORE: "core",
    AccountClass.HIGH_POTENTIAL: "high",
    AccountClass.MAINTAIN: "maintain",
    AccountClass.TO_IMPROVE: "improve",
}
_UNCLASSED: Final = frozenset({14, 32, 54, 74})
"""Places among 80 of accounts nobody has put into a class yet."""


def put_account(
    book: Book,
    firm: Firm,
    account: AccountId,
    parent: AccountId | None,
    owner: ColleagueId,
    desk: Desk,
    chance: Random,
    hand: Hand,
    *,
    note: str = "",
) -> None:
    """Add an account's file with its tags and team."""
    tongue = firm.tongue
    heads = round(chance.randint(*_HEADS[firm.grade]), -1)
    private = firm.organisation not in (Organisation.GOVERNMENT, Organisation.PUBLIC_INSTITUTION)
    known = firm.index == 0 or chance.random() < 0.65
    foreign: Language = "zh" if tongue == "en" else "en"
    both = firm.abroad or firm.index == 0 or chance.random() < 0.4
    others = (firm.name.text(foreign),) if both else ()
    if not note and chance.random() < 0.8:
        key = ("account", _NOTES[firm.grade])
        note = hand.some(("prep", *key), lines("prep", *key)).text(desk.language)
    book.add(
        ACCOUNT,
        Account(
            id=account,
            name=firm.name.text(tongue),
            short_name=firm.short.text(tongue),
            other_names=others,
            number=f"KA-{firm.index + 1:04d}",
            credit_code=firm.credit_code if chance.random() < 0.92 else "",
            organisation=firm.organisation,
            listed="股份" in firm.name.zh and chance.random() < 0.5,
            industry=firm.segment.industry.text(tongue),
            group_parent=parent,
            region=firm.city.region.text(tongue),
            province=firm.city.province.text(tongue),
            city=firm.city.name.text(tongue),
            website=f"https://www.{firm.domain}.example" if chance.random() < 0.75 else "",
            phone=f"+86 {firm.city.dialling} 0{chance.randint(1_000_000, 9_999_999)}",
            employees=heads if known else None,
            annual_revenue=heads * chance.randint(60, 160) * 1_000_000
            if known and private
            else None,
            currency="CNY" if known and private else "",
            first_signed=_signed(firm, desk, chance),
            owner=owner,
            class_by_hand=None if firm.index % 80 in _UNCLASSED else firm.grade,
            note=note,
        ).checked(),
    )
    tags = [tag.text(desk.language) for tag in lines("firms", "tags")]
    book.link(
        ACCOUNT, account, "tags", *sorted(chance.sample(tags, chance.choice((0, 1, 1, 2, 3))))
    )
    team = ["sc", "sm"] if firm.grade is AccountClass.CORE else ["sm"]
    served = {owner, *(desk.team[key] for key in team)}
    if firm.grade is AccountClass.CORE:
        served.add(desk.team["exec"])
    book.link(ACCOUNT, account, "team", *sorted(served))


def _signed(firm: Firm, desk: Desk, chance: Random) -> Day | None:
    if firm.index == 0:
        return Day(desk.day.year - 8, 4, 18)
    low, high, share = {
        AccountClass.CORE: (1200, 3600, 1.0),
        AccountClass.HIGH_POTENTIAL: (120, 1500, 0.5),
        AccountClass.MAINTAIN: (500, 3300, 1.0),
        AccountClass.TO_IMPROVE: (300, 2000, 0.45),
    }[firm.grade]
    return desk.day - timedelta(chance.randint(low, high)) if chance.random() < share else None


def put_sites(
    book: Book, firm: Firm, account: AccountId, desk: Desk, chance: Random, hand: Hand
) -> list[Site]:
    """Add the sites of an account and return them, the main one first."""
    kind = firm.segment.kind
    named = lines("places", "sites", {"soe": "utility"}.get(kind, kind))
    if kind == "soe" and firm.segment.key != "water":
        named = lines("places", "sites", "maker")
    many = min(len(named), 1 + (chance.random() < 0.5) + (firm.grade is AccountClass.CORE))
    streets = words(read("places")["streets"])
    gates = "maker" if kind in ("maker", "soe") else "office"
    found = []
    for at in range(many):
        street, latin = chance.choice(streets)
        number, city = chance.randint(2, 388), firm.city.name
        tongue = firm.tongue
        lies = where(account, at, firm.city)
        found.append(
            Site(
                id=SiteId(desk.ids.new()),
                account=account,
                name=named[at].text(tongue),
                address=f"{city.zh}市{lies.district.zh}{street} {number} 号"
                if tongue == "zh"
                else f"{number} {latin}, {lies.district.en}, {city.en}",
                city=city.text(tongue),
                gate=hand.some(("gates", gates), lines("places", "gates", gates)).text(
                    desk.language
                )
                if chance.random() < 0.8
                else "",
                hours=hand.some(("hours",), lines("places", "hours", "any")).text(desk.language)
                if chance.random() < 0.6
                else "",
                lat=lies.lat,
                lon=lies.lon,
                spot_from=lies.spot_from,
            ).checked()
        )
    book.add(SITE, *found)
    return found
