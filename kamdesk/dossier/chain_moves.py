"""What moved on a customer's map between two days: judgements, seats, ties, bosses, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id, MapId, PostId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, TIE_WORDS, Map, Role, Seat, Tie, TieKind
from kamdesk.domain.chain.standing import STANCE_WORDS, WHAT_WORDS, Reading, What
from kamdesk.domain.chain.store import ChainStore
from kamdesk.domain.people.model import Holding, Post, Reporting
from kamdesk.domain.people.posts import bosses_on, posts_on
from kamdesk.domain.people.store import PersonStore
from kamdesk.storage.database import Reader

WATCHED: Final = (
    What.STANCE,
    What.INFLUENCE,
    What.ROLES,
    What.COVERAGE,
    What.COACH,
    What.VETO,
    What.LEAVING,
)
"""Judgements whose change is a move on the map; wishes and tests are none."""


class Event(StrEnum):
    """What else can happen on a map."""

    NEW = "new"
    GONE = "gone"
    TIED = "tied"
    TIED_OTHERWISE = "tied_otherwise"
    UNTIED = "untied"
    BOSS = "boss"


class Moved(NamedTuple):
    """One thing that is otherwise from ``day`` on.

    ``before`` and ``after`` are values as they are stored ("" for none); ``other`` is the second
    one of a tie, or the new boss.
    """

    day: Day
    node: Id
    what: What | Event
    before: str
    after: str
    said: Text
    other: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """All of a map that has days, and how its people, posts and bodies are called."""

    readings: list[Reading] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    lines: list[Reporting] = field(default_factory=list)
    names: Mapping[Id, str] = field(default_factory=dict)


def moved_between(
    reader: Reader, account: AccountId, first: Day, last: Day, *, map_id: MapId | None = None
) -> tuple[Moved, ...]:
    """Return what moved after ``first`` until ``last``, the earliest first.

    ``map_id`` chooses a map; else the customer's own. Without a map nothing moved.
    """
    chain = ChainStore(reader).map_of(account, map_id)
    if chain is None:
        return ()
    return moves(_dated(reader, chain, until=last), first=first, last=last)


def moves(of: Dated, *, first: Day, last: Day) -> tuple[Moved, ...]:
    """Return what moved after ``first`` until ``last``, by day. Judges no longer shown are out."""
    every = [*_judged(of), *_seated(of), *_tied(of), *_bosses(of)]
    return tuple(sorted((m for m in every if first < m.day <= last), key=lambda m: m.day))


def _dated(reader: Reader, chain: Map, *, until: Day) -> Dated:
    chains, people = ChainStore(reader), PersonStore(reader)
    account, hidden = chain.account, people.hidden(chain.account)
    names: dict[Id, str] = {one.id: one.name for one in people.of_account(account)}
    names |= {body.id: body.name for body in chains.bodies(account)}
    posts = people.posts(account)
    names |= {post.id: post.title for post in posts}
    return Dated(
        readings=[r for r in chains.readings(chain.id, until=until) if r.subject not in hidden],
        seats=[seat for seat in chains.seats(chain.id) if seat.person not in hidden],
        ties=[t for t in chains.every_tie(chain.id) if not {t.source, t.target} & set(hidden)],
        posts=posts,
        holdings=[held for held in people.holdings(account) if held.person not in hidden],
        lines=people.reportings(account),
        names=names,
    )


def _judged(of: Dated) -> Iterator[Moved]:
    by_value: dict[tuple[Id, What, Id | None], list[Reading]] = defaultdict(list)
    for reading in of.readings:
        if reading.what in WATCHED and reading.subject in of.names:
            by_value[reading.subject, reading.what, reading.colleague].append(reading)
    for (subject, what, _), readings in by_value.items():
        held = ""
        for at, reading in enumerate(readings):
            if at + 1 < len(readings) and readings[at + 1].valid_from == reading.valid_from:
                continue
            if reading.value != held:
                said = Text(
                    "{name}: {what} {before} → {after}",
                    name=of.names[subject],
                    what=WHAT_WORDS[what],
                    before=_word(what, held),
                    after=_word(what, reading.value),
                )
                yield Moved(reading.valid_from, subject, what, held, reading.value, said)
            held = reading.value


def _word(what: What, value: str) -> object:
    if not value:
        return Text("not known")
    if what is What.STANCE:
        return STANCE_WORDS[int(value)]
    if what is What.ROLES:
        return tuple(ROLE_WORDS[role] for role in Role if role in value.split())
    if what in (What.COACH, What.VETO):
        return Text("yes") if value == "1" else Text("no")
    return value


def _seated(of: Dated) -> Iterator[Moved]:
    """Say who came and who went; a seat that only goes on otherwise is neither."""
    spells: dict[Id, list[Seat]] = defaultdict(list)
    for seat in of.seats:
        spells[Id(seat.person or seat.body or seat.post or seat.id)].append(seat)
    for node, seats in spells.items():
        starts = {seat.since for seat in seats}
        ends = {seat.until for seat in seats}
        name = of.names.get(node) or next((s.label for s in seats if s.label), "")
        for day in sorted(day for day in starts - ends if day):
            said = Text("{name}: new on the map", name=name or Text("an empty seat"))
            yield Moved(day, node, Event.NEW, "", name, said)
        for day in sorted(day for day in ends - starts if day):
            said = Text("{name}: no longer on the map", name=name or Text("an empty seat"))
            yield Moved(day, node, Event.GONE, name, "", said)


def _tied(of: Dated) -> Iterator[Moved]:
    pairs: dict[tuple[TieKind, Id, Id], list[Tie]] = defaultdict(list)
    for tie in of.ties:
        if tie.source in of.names and tie.target in of.names:
            pairs[tie.kind, tie.source, tie.target].append(tie)
    for ties in pairs.values():
        began = {tie.since: tie for tie in ties if tie.since}
        ended = {tie.until + timedelta(days=1): tie for tie in ties if tie.until}
        for day in sorted({*began, *ended}):
            new, old = began.get(day), ended.get(day)
            if new and old and _strength(new) == _strength(old):
                continue
            one = new or old
            if one is None:
                continue
            event = Event.TIED_OTHERWISE if new and old else Event.TIED if new else Event.UNTIED
            before, after = _strength(old), _strength(new)
            said = _said_of(of, one, event, before, after)
            yield Moved(day, one.source, event, before, after, said, other=one.target)


def _said_of(of: Dated, tie: Tie, event: Event, before: str, after: str) -> Text:
    source, target, how = of.names[tie.source], of.names[tie.target], TIE_WORDS[tie.kind]
    if event is Event.TIED:
        return Text("{one} {how} {other}: new", one=source, how=how, other=target)
    if event is Event.UNTIED:
        return Text("{one} {how} {other}: no longer", one=source, how=how, other=target)
    return Text(
        "{one} {how} {other}: {before} → {after}",
        one=source,
        how=how,
        other=target,
        before=before,
        after=after,
    )


def _strength(tie: Tie | None) -> str:
    if tie is None:
        return ""
    sign = "\N{MINUS SIGN}" if tie.negative else "+"
    return f"{sign}{tie.strength}" if tie.kind is TieKind.INFLUENCES else "+"


def _bosses(of: Dated) -> Iterator[Moved]:
    """Say whose boss is another one; of the posts that anybody or anything sits in on the map."""
    for day in sorted({line.valid_from for line in of.lines if line.valid_from}):
        before = bosses_on(of.posts, of.lines, day - timedelta(days=1))
        after = bosses_on(of.posts, of.lines, day)
        holders = {post.id: Id(who) for who, post in posts_on(of.posts, of.holdings, day).items()}
        for post in dict.fromkeys(line.post for line in of.lines if line.valid_from == day):
            old, new = before.get(post), after.get(post)
            if old == new:
                continue
            node = holders.get(post, Id(post))
            boss = holders.get(new, Id(new)) if new else None
            said = Text(
                "{name}: reports to {after}, before to {before}",
                name=of.names.get(node) or Text("an empty seat"),
                before=_called(of, holders, old),
                after=_called(of, holders, new),
            )
            yield Moved(
                day, node, Event.BOSS, old.hex() if old else "", new.hex() if new else "",
                said, other=boss,
            )  # fmt: skip


def _called(of: Dated, holders: Mapping[PostId, Id], post: PostId | None) -> object:
    if post is None:
        return Text("nobody")
    return of.names.get(holders.get(post, Id(post))) or Text("an empty seat")
