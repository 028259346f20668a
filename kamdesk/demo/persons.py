"""Writes down the people of an account: person, ways to reach them, what they need."""

import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, Ids, NeedId
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Cast, Member
from kamdesk.demo.chance import Hand
from kamdesk.demo.firms import Firm
from kamdesk.demo.material import Language, Line, lines, read, spaced
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.people.model import (
    Channel,
    Need,
    NeedLevel,
    NeedState,
    Person,
    Way,
)
from kamdesk.domain.people.posts import HOLDING, POST
from kamdesk.domain.people.store import NEED, PERSON, WAY

_LEVELS: Final = {
    "b": NeedLevel.BUSINESS,
    "o": NeedLevel.ORGANISATION,
    "p": NeedLevel.PERSONAL,
}
_STATES: Final = (NeedState.OPEN, NeedState.OPEN, NeedState.ANSWERED, NeedState.PROVED)
_OURS: Final = {
    "boss": "exec",
    "vice": "exec",
    "tech": "sc",
    "it": "dev",
    "user": "sm",
    "project": "pm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every account of a territory shares: day, language, and our own side by role."""

    day: Day
    language: Language
    ids: Ids
    team: dict[str, ColleagueId]
    calls: dict[str, Line]


def other(language: Language) -> Language:
    """Return the language it is not."""
    return "en" if language == "zh" else "zh"


def put_people(
    book: Book, firm: Firm, account: AccountId, site: Site, cast: Cast, desk: Desk, chance: Random
) -> None:
    """Add posts, people, holdings, ways and needs of an account to the book."""
    book.add(POST, *cast.posts)
    book.add(HOLDING, *cast.holdings)
    hand = Hand(chance)
    for member in cast.members:
        language = firm.tongue if firm.index == 0 or chance.random() < 0.94 else other(firm.tongue)
        book.add(PERSON, _person(firm, account, site, member, desk, language, hand, chance))
        book.add(WAY, *_ways(firm, account, member, desk.ids, chance))
        if member.seen:
            book.add(NEED, *_needs(firm, account, member, desk, language, hand, chance))


def _person(
    firm: Firm,
    account: AccountId,
    site: Site,
    member: Member,
    desk: Desk,
    language: Language,
    hand: Hand,
    chance: Random,
) -> Person:
    name, role = member.name, member.role
    written = written_as(firm, member)
    latin = written != name.written
    function, known = role.function, member.seen

    def said(key: str, share: float) -> str:
        if not known or chance.random() > share:
            return ""
        where = told_of(firm, function, key)
        return spaced(hand.some(where, lines(*where)).text(language))

    focus = spaced(member.focus.text(desk.language)) if member.focus else said("focus", 0.8)
    near = firm.grade.value in ("core", "high_potential") and role.influence >= 3
    owner = desk.team[_OURS.get(function, "me")] if near and chance.random() < 0.4 else None
    return Person(
        id=member.id,
        account=account,
        name=written,
        family_name=name.family_read if latin else name.family,
        given_name=name.given_read if latin else name.given,
        honorific="Dr" if chance.random() < 0.03 else "",
        form_of_address=name.call(desk.language, role.suffix),
        department=role.department.text(firm.tongue),
        site=site.id,
        birthday=f"--{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        if known and chance.random() < 0.15
        else "",
        preferred_channel=chance.choice(("wechat", "wechat", "mobile", "phone", "email"))
        if known and chance.random() < 0.6
        else "",
        background=_background(hand, chance, language) if known and chance.random() < 0.3 else "",
        focus=focus,
        their_task=said("task", 0.5),
        our_aim=said("aim", 0.5 if near else 0.15),
        owner=owner or (desk.team["me"] if near and known else None),
        note=_left(member, language) if member.until else _habit(hand, chance, language, known),
    ).checked()


def written_as(firm: Firm, member: Member) -> str:
    """Return how the file writes a name: in Latin letters where the firm does so."""
    latin = firm.tongue == "en" and firm.abroad
    return member.name.read if latin else member.name.written


def told_of(firm: Firm, function: str, key: str) -> tuple[str, ...]:
    """Return where it stands what people in a function care about; public bodies differ."""
    public = read("people")["public"].get(function, {})
    if firm.segment.kind in ("hospital", "university", "government") and key in public:
        return ("people", "public", function, key)
    return ("people", function, key)


def _background(hand: Hand, chance: Random, language: Language) -> str:
    found = hand.some(("background",), lines("people", "background"))
    schools = read("people")["schools"].split(",")
    school = Line(*chance.choice(schools).strip().split(maxsplit=1))
    values = {
        "school": school.text(language),
        "years": chance.randint(8, 24),
        "few": chance.randint(2, 6),
    }
    return spaced(found.text(language).format_map(values))


def _left(member: Member, language: Language) -> str:
    day = member.until
    return f"{day} 离任" if language == "zh" else f"Left the post on {day}"


def _habit(hand: Hand, chance: Random, language: Language, known: bool) -> str:
    if not known or chance.random() > 0.15:
        return ""
    return hand.some(("note",), lines("people", "note")).text(language)


def _needs(
    firm: Firm,
    account: AccountId,
    member: Member,
    desk: Desk,
    language: Language,
    hand: Hand,
    chance: Random,
) -> list[Need]:
    found: list[tuple[str, Line]] = []
    for need in lines(*told_of(firm, member.role.function, "need")):
        mark, _, zh = need.zh.partition(" ")
        if chance.random() < 0.5:
            found.append((mark, Line(zh, need.en)))
    if member.personal:
        found.append(("pu", member.personal))
        language = desk.language
    elif chance.random() < 0.3 and member.role.influence >= 2:
        own = "personal_high" if member.role.influence >= 4 else "personal"
        found.append(("pu", hand.some((own,), lines("people", own))))
    return [
        Need(
            id=NeedId(desk.ids.new()),
            account=account,
            person=member.id,
            words=spaced(text.text(language)),
            level=_LEVELS[mark[0]],
            stated=mark[1] == "s",
            special=chance.random() < 0.3,
            weight=chance.choice((1, 2, 2, 3)),
            state=chance.choice(_STATES),
        ).checked()
        for mark, text in found
    ]


def _ways(firm: Firm, account: AccountId, member: Member, ids: Ids, chance: Random) -> list[Way]:
    """Return ways of contact that reach nobody: unassigned numbers, reserved domains."""
    mail = _ascii(member.name.read).split()
    digits = chance.randint(0, 99_999_999)
    ways = []
    if chance.random() < 0.88:
        number = f"+86 154 {digits // 10000:04d} {digits % 10000:04d}"
        ways.append((Channel.MOBILE, number))
    if chance.random() < 0.3:
        ways.append(
            (Channel.PHONE, f"+86 {firm.city.dialling} 0{digits % 1000:03d} {digits // 10000:04d}")
        )
    if chance.random() < 0.7:
        ways.append((Channel.EMAIL, f"{mail[-1]}.{mail[0]}@{firm.domain}.example"))
    if member.seen and chance.random() < 0.6:
        ways.append((Channel.WECHAT, f"{mail[0]}{mail[-1][:2]}_{digits % 10000:04d}"))
    return [
        Way(id=ids.new(), account=account, person=member.id, channel=channel, value=value).checked()
        for channel, value in ways
    ]


def _ascii(text: str) -> str:
    plain = text.lower().replace("ø", "o").replace("ß", "ss").replace("ü", "u")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
