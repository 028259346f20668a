"""What else stands on a rich map: parties outside, who of ours knows whom, why a guide is one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId, GroupId, Id
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.chance import dice
from kamdesk.demo.deals import tell_deals
from kamdesk.demo.material import Line, line, lines, read, rows, spaced
from kamdesk.demo.politics import map_of, seat
from kamdesk.demo.workdays import working
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.model import Group, GroupSort, Seat, Tie, TieKind
from kamdesk.domain.chain.standing import Level, Part, Reading, Sureness, What
from kamdesk.domain.chain.standing import Line as OfLine
from kamdesk.domain.chain.store import GROUP, READING, SEAT, TIE
from kamdesk.domain.people.model import Reporting
from kamdesk.domain.people.posts import REPORTING

_MATCH: Final = {
    "tech": "sc", "user": "pm", "quality": "sc", "it": "sc", "boss": "exec", "finance": "exec",
    "vice": "exec",
}  # fmt: skip
"""Which colleague is of the same trade."""
_LINES: Final = {
    "boss": OfLine.BUSINESS, "vice": OfLine.BUSINESS, "user": OfLine.BUSINESS,
    "tech": OfLine.TECHNOLOGY, "it": OfLine.TECHNOLOGY, "quality": OfLine.TECHNOLOGY,
}  # fmt: skip
_INTEREST: Final = {"user": 5, "tech": 4, "boss": 4, "quality": 3, "it": 3, "finance": 3}
_KNOWN: Final = {AccountClass.CORE: 6, AccountClass.HIGH_POTENTIAL: 2}
"""How many of theirs our team's relations are judged for."""


def tell_around(told: Telling, book: Book) -> None:
    """Add what makes the map of a rich account whole. Its dice are its own."""
    if told.firm.grade not in _KNOWN:
        return
    chance = dice(told.firm.credit_code, "around")
    tell_deals(told, book, chance)
    if told.map is None:
        return
    judged = [one for one in book.of(READING) if one.account == told.id]
    book.add(READING, *_covers(told, judged, chance), *_guide(told, judged, chance))
    if told.firm.grade is AccountClass.CORE:
        book.add(READING, *_places(told, judged))
        _outside(told, book)
        _moved(told, book, chance)
    if told.firm.index == 0:
        _parent(told, book)


def _reading(
    told: Telling,
    subject: Id,
    what: What,
    value: str,
    day: Day,
    *,
    note: str = "",
    colleague: ColleagueId | None = None,
) -> Reading:
    return Reading(
        id=told.desk.ids.new(),
        account=told.id,
        map=map_of(told),
        subject=subject,
        what=what,
        value=value,
        valid_from=day,
        note=note,
        sureness=Sureness.MEDIUM,
        colleague=colleague,
    ).checked()


def _covers(told: Telling, judged: list[Reading], chance: Random) -> Iterator[Reading]:
    """Yield whose relations those of the map are, and which are wanted."""
    now = told.cast.now(told.desk.day)
    weighty = sorted(now, key=lambda member: -member.role.influence)
    last = {one.subject: one for one in judged if one.what is What.COVERAGE}
    for member in weighty[: _KNOWN[told.firm.grade]]:
        known, peer = last.get(member.id), told.desk.team.get(_MATCH.get(member.role.function, ""))
        day = known.valid_from if known else told.desk.day - timedelta(chance.randint(20, 200))
        level = int(known.value) if known else 0
        wanted = min(5, level + 1) if member.role.influence >= 4 else max(level, 2)
        ours = {told.owner: (level, wanted)}
        if peer is not None:
            had = max(0, level - 1 - (chance.random() < 0.4))
            ours.setdefault(peer, (had, min(4, max(2, level))))
        for colleague, (has, wants) in ours.items():
            if has:
                yield _reading(told, member.id, What.COVERAGE, str(has), day, colleague=colleague)
            yield _reading(
                told, member.id, What.COVERAGE_WANTED, str(wants), day, colleague=colleague
            )


def _guide(told: Telling, judged: list[Reading], chance: Random) -> Iterator[Reading]:
    """Yield the tests of a guide that were passed: two, or all three."""
    last = {one.subject: one for one in judged if one.what is What.COACH}
    for subject, coach in last.items():
        if coach.value != "1":
            continue
        tests = [What.BELIEVED, What.GAINS, *[What.PROVED] * (chance.random() < 0.5)]
        for test in tests:
            why = chance.choice(lines("chain", "guide", test.value)).text(told.desk.language)
            yield _reading(told, subject, test, "1", coach.valid_from, note=why)


def _places(told: Telling, judged: list[Reading]) -> Iterator[Reading]:
    """Yield level, line, part and interest of those whose influence was judged."""
    since = {one.subject: one.valid_from for one in judged if one.what is What.INFLUENCE}
    for member in told.cast.members:
        if member.id not in since:
            continue
        weight, function, day = member.role.influence, member.role.function, since[member.id]
        level = (Level.OPERATION, Level.MANAGEMENT, Level.DECISION)[(weight >= 3) + (weight >= 4)]
        part = (Part.INFORMED, Part.TAKING, Part.LEADING)[(weight >= 2) + (weight >= 4)]
        for what, value in (
            (What.LEVEL, level),
            (What.LINE, _LINES.get(function, OfLine.MANAGEMENT)),
            (What.PART, part),
            (What.INTEREST, str(_INTEREST.get(function, 2))),
        ):
            yield _reading(told, member.id, what, str(value), day)


def _outside(told: Telling, book: Book) -> None:
    """Add a party outside that moves somebody."""
    kind = "maker" if told.firm.segment.kind in ("maker", "soe") else "other"
    for sort, name, function, why in rows(read("chain")["outside"][kind]):
        moved = told.cast.first(function, told.desk.day)
        if moved is None:
            continue
        group = _group(told, line(name), GroupSort(sort))
        whole = replace(seat(told, label=group.name), in_group=group.id)
        book.add(GROUP, group)
        book.add(SEAT, whole)
        book.add(
            TIE,
            Tie(
                id=told.desk.ids.new(),
                account=told.id,
                map=map_of(told),
                kind=TieKind.INFLUENCES,
                source=Id(whole.id),
                target=Id(moved.id),
                strength=2,
                note=spaced(line(why).text(told.desk.language)),
            ).checked(),
        )


def _moved(told: Telling, book: Book, chance: Random) -> None:
    """Let one post have reported to the head of the house before it went under another."""
    posts, head = {post.id: post for post in told.cast.posts}, told.cast.posts[0].id
    fits = [
        member
        for member in told.cast.now(told.desk.day)
        if posts[member.post].reports_to not in (None, head) and member.post != head
    ]
    if not fits:
        return
    who: Member = chance.choice(fits)
    day = working(told.desk.day - timedelta(chance.randint(40, 160)))
    why = chance.choice(lines("chain", "line", "moved")).text(told.desk.language)
    boss = posts[who.post].reports_to
    for above, since, note in ((head, None, ""), (boss, day, why)):
        new = told.desk.ids.new()
        book.add(
            REPORTING,
            Reporting(
                id=new, account=told.id, post=who.post, boss=above, valid_from=since, note=note
            ).checked(),
        )


def _parent(told: Telling, book: Book) -> None:
    """Seat the partner's executive in a group of his own."""
    group = _group(told, line(read("chain")["group"]["parent"]), GroupSort.PARENT)
    book.add(GROUP, group)
    away = {member.id for member in told.cast.members if member.role.key == "apac"}

    def grouped(one: Seat) -> Seat:
        return replace(one, in_group=group.id) if one.person in away else one

    book.rewrite(SEAT, grouped)


def _group(told: Telling, name: Line, sort: GroupSort) -> Group:
    new = GroupId(told.desk.ids.new())
    return Group(id=new, account=told.id, name=name.text(told.firm.tongue), sort=sort).checked()
