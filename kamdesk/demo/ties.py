"""Who moves whom inside a customer: influence, friendship, old quarrels, and bodies that decide."""

from datetime import timedelta
from typing import Final

from kamdesk.core.ids import BodyId, Id
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.material import Language, fields, line, lines, read, spaced
from kamdesk.demo.politics import map_of, seat
from kamdesk.demo.workdays import working
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.model import Body, Tie, TieKind
from kamdesk.domain.chain.store import BODY, SEAT, TIE

_ACROSS: Final = (
    ("finance", "boss", 3),
    ("tech", "boss", 3),
    ("user", "tech", 2),
    ("buyer", "finance", 2),
    ("quality", "tech", 2),
    ("vice", "boss", 2),
    ("gate", "boss", 1),
    ("it", "tech", 1),
    ("it", "finance", 2),
    ("safety", "vice", 1),
    ("user", "vice", 1),
    ("project", "boss", 2),
    ("legal", "buyer", 1),
)
_NEGATIVE: Final = frozenset({("it", "tech"), ("it", "finance"), ("finance", "boss")})


def tell_ties(told: Telling, book: Book) -> None:
    """Add the ties and deciding bodies of a rich map."""
    if told.map is None:
        return
    now = told.cast.now(told.desk.day)
    if told.firm.grade not in (AccountClass.CORE, AccountClass.HIGH_POTENTIAL):
        return
    _influences(told, book)
    seen = [member for member in now if member.seen]
    core = told.firm.grade is AccountClass.CORE
    for kind, many in ((TieKind.CLOSE, 1 + core), (TieKind.CONFLICT, 1)):
        for _ in range(many):
            if len(seen) >= 4 and told.chance.random() < 0.75:
                a, b = told.chance.sample(seen, 2)
                book.add(TIE, tie(told, kind, a.id, b.id, 2, story(told, kind.value, a, b)))
    for row in read("politics")["body"].get(told.firm.posts, "").strip().split("\n"):
        if told.chance.random() < (0.9 if told.firm.posts != "private" else 0.5):
            put_body(told, book, row)


def _influences(told: Telling, book: Book) -> None:
    chance, day = told.chance, told.desk.day
    for source, target, strength in _ACROSS:
        a, b = told.cast.first(source, day), told.cast.first(target, day)
        if a is None or b is None or a is b or chance.random() > 0.72:
            continue
        negative = (source, target) in _NEGATIVE and chance.random() < 0.55
        key = "minus_" + source if negative else source
        if key not in read("politics")["tie"]:
            key = "other"
        note = story(told, key, a, b) if chance.random() < 0.6 else ""
        book.add(TIE, tie(told, TieKind.INFLUENCES, a.id, b.id, strength, note, negative=negative))


def story(told: Telling, key: str, a: Member, b: Member) -> str:
    """Return why two people are tied."""
    language = told.tongue()
    found = told.hand.some(("tie", key), lines("politics", "tie", key)).text(language)
    return spaced(found.format_map({"a": a.call(language), "b": b.call(language)}))


def tie(
    told: Telling,
    kind: TieKind,
    source: Id,
    target: Id,
    strength: int,
    note: str,
    *,
    negative: bool = False,
) -> Tie:
    """Return a tie between two people; some have a known beginning."""
    since = told.desk.day - timedelta(told.chance.randint(60, 900))
    return Tie(
        id=told.desk.ids.new(),
        account=told.id,
        map=map_of(told),
        kind=kind,
        source=source,
        target=target,
        strength=strength,
        negative=negative,
        since=since if told.chance.random() < 0.4 else None,
        note=note,
    ).checked()


def put_body(told: Telling, book: Book, row: str) -> None:
    """Add a deciding body with its members, chair and the one who prepares its papers."""
    language: Language = told.firm.tongue
    name, decides, meets = (line(part).text(language) for part in fields(row))
    leaders = [m for m in told.cast.now(told.desk.day) if m.role.influence >= 4]
    if not leaders:
        return
    office = told.cast.first("gate", told.desk.day)
    chair = next((m for m in leaders if m.role.key == "sec"), leaders[0])
    soon = working(told.desk.day + timedelta(told.chance.randint(4, 32)))
    body = Body(
        id=BodyId(told.desk.ids.new()),
        account=told.id,
        name=name,
        decides=spaced(decides) if language == "zh" else decides,
        meets=meets,
        next_day=soon if told.chance.random() < 0.6 else None,
        chair=chair.id,
        secretary=office.id if office else None,
    ).checked()
    book.add(BODY, body)
    book.link(BODY, body.id, "members", *(member.id for member in leaders))
    book.add(SEAT, seat(told, body=body.id, label=name))
    boss = told.cast.first("boss", told.desk.day)
    if boss is not None:
        book.add(TIE, tie(told, TieKind.INFLUENCES, body.id, boss.id, 3, ""))
