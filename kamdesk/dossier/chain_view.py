"""The decision chain of a customer as of a day, put together from the customer's file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId, PersonId, PostId
from kamdesk.domain.chain.network import CONTACT_DAYS, Cover, Network, Node, NodeKind, Ours
from kamdesk.domain.chain.standing import Reading, What, latest
from kamdesk.domain.visits.together import Together, together
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.storage.database import Reader


def read_chain(
    reader: Reader, account: AccountId, *, at: Instant, map_id: MapId | None = None
) -> Network:
    """Return a customer's map as of a moment. Raises ``LookupError`` for an account not there.

    ``map_id`` chooses a map; else the account's own one. Without any map it has no nodes.
    """
    file = read_file(reader, account, at=at, map_id=map_id)
    met = together(reader, account, before=at, lately=CONTACT_DAYS)
    return network(file, met=met)


def network(file: CustomerFile, *, met: Iterable[Together] = ()) -> Network:
    """Return the map of a file as nodes and ties.

    ``met`` says who of theirs and ours sat together when.
    """
    met = list(met)
    by_subject: dict[Id, list[Reading]] = {}
    for reading in file.readings:
        by_subject.setdefault(reading.subject, []).append(reading)
    nodes = [*_people(file, by_subject), *_others(file, by_subject)]
    loops = _loops(file.bosses)
    cut = {loop[-1] for loop in loops}
    at_post = {node.post_id: node.id for node in nodes if node.post_id}
    nodes = [_under_boss(file, node, at_post, cut) for node in nodes]
    shown = {node.id for node in nodes}
    people = {post.id: who for who, post in file.post_of.items()}
    return Network(
        day=file.day,
        account=file.account.id,
        account_name=file.account.short_name or file.account.name,
        map=file.chain,
        nodes=tuple(nodes),
        ties=tuple(tie for tie in file.ties if tie.source in shown and tie.target in shown),
        covers=tuple(_covers(file, by_subject, shown, met)),
        groups=tuple(file.groups),
        ours=tuple(Ours(c.id, c.name, c.title) for c in file.colleagues.values()),
        contacts=_contacts(met),
        needs={who: len(known) for who, known in file.needs.items() if known},
        in_play=file.in_play,
        loops=tuple(tuple(Id(people.get(post, post)) for post in loop) for loop in loops),
    )


def _people(file: CustomerFile, by_subject: Mapping[Id, list[Reading]]) -> list[Node]:
    seats = {who: seat for seat in file.seats if (who := file.sits_at(seat))}
    found = []
    for who in file.on_map():
        person, post, seat = file.people[who], file.post_of.get(who), seats.get(who)
        met = file.last_met.get(who)
        found.append(
            Node(
                id=who,
                name=person.name,
                post=post.title if post else "",
                department=(post.department if post else "") or person.department,
                group=seat.in_group if seat else None,
                post_id=post.id if post else None,
                seat=seat,
                wanted=seat.wanted if seat else (),
                stands=file.stands(who),
                latest=latest(by_subject.get(who, ())),
                last_met=met.day if met else None,
                owner=person.owner,
            )
        )
    return found


def _others(file: CustomerFile, by_subject: Mapping[Id, list[Reading]]) -> list[Node]:
    """Return posts without holder, ghosts, parties outside and deciding bodies."""
    held, groups = {post.id for post in file.post_of.values()}, {g.id: g for g in file.groups}
    posts = {post.id: post for post in file.posts}
    seats = {seat.body: seat for seat in file.seats if seat.body}
    found = []
    for seat in file.seats:
        if seat.person or seat.body or seat.post in held:
            continue
        post = posts.get(seat.post) if seat.post else None
        group = groups.get(seat.in_group) if seat.in_group else None
        if seat.post and post is None:
            continue
        if post and post.title:
            kind, name = NodeKind.VACANT, ""
        elif group and group.outside and not seat.wanted:
            kind, name = NodeKind.OUTSIDE, seat.label or group.name
        else:
            kind, name = NodeKind.GHOST, seat.label
        found.append(
            Node(
                id=post.id if post else seat.id,
                kind=kind,
                name=name,
                post=post.title if post else "",
                department=post.department if post else "",
                group=seat.in_group,
                post_id=post.id if post else None,
                seat=seat,
                wanted=seat.wanted,
            )
        )
    for body in file.bodies:
        if body.id in file.off_map:
            continue
        members = tuple(PersonId(Id(who)) for who in sorted(file.members.get(body.id, ())))
        found.append(
            Node(
                id=body.id,
                kind=NodeKind.BODY,
                name=body.name,
                post=body.decides or body.meets,
                seat=seats.get(body.id),
                stands=file.stands(body.id),
                latest=latest(by_subject.get(body.id, ())),
                chair=body.chair,
                secretary=body.secretary,
                members=members,
                meets=body.meets or (body.next_day.isoformat() if body.next_day else ""),
            )
        )
    return found


def _under_boss(
    file: CustomerFile, node: Node, at_post: Mapping[PostId, Id], cut: set[PostId]
) -> Node:
    """Return a node under the nearest one above it that is on the map."""
    if node.post_id is None:
        return node
    above, passed = node.post_id, {node.post_id}
    while above not in cut and (boss := file.bosses.get(above)) and boss not in passed:
        if boss in at_post and at_post[boss] != node.id:
            return replace(node, boss=at_post[boss])
        above = boss
        passed.add(boss)
    return node


def _loops(bosses: Mapping[PostId, PostId]) -> list[tuple[PostId, ...]]:
    """Return the circles of reporting lines, each once, from its smallest post upwards."""
    found, done = [], set[PostId]()
    for start in sorted(bosses):
        way: list[PostId] = []
        at: PostId | None = start
        while at is not None and at not in done and at not in way:
            way.append(at)
            at = bosses.get(at)
        if at in way:
            circle = way[way.index(at) :]
            first = circle.index(min(circle))
            found.append((*circle[first:], *circle[:first]))
        done.update(way)
    return found


def _covers(
    file: CustomerFile,
    by_subject: Mapping[Id, list[Reading]],
    shown: set[Id],
    sat: Iterable[Together],
) -> list[Cover]:
    found: dict[tuple[Id, ColleagueId | None], Cover] = {}
    met: dict[tuple[Id, ColleagueId | None], Day] = {
        (who, None): at.day for who, at in file.last_met.items()
    } | {(one.theirs, one.ours): one.last.day for one in sat}
    for who, readings in by_subject.items():
        if who not in shown:
            continue
        for reading in readings:
            if reading.what not in (What.COVERAGE, What.COVERAGE_WANTED):
                continue
            key = who, reading.colleague
            cover = found.get(key) or Cover(
                node=who, colleague=reading.colleague, last_met=met.get(key)
            )
            value = int(reading.value) if reading.value else None
            found[key] = (
                replace(cover, wanted=value)
                if reading.what is What.COVERAGE_WANTED
                else replace(cover, now=value, since=reading.valid_from, note=reading.note)
            )
    return list(found.values())


def _contacts(met: Iterable[Together]) -> dict[Id, int]:
    """Return at how many visits of the last half year each of theirs sat with any of ours."""
    found: Counter[Id] = Counter()
    for one in met:
        found[one.theirs] = max(found[one.theirs], one.lately)
    return {who: n for who, n in found.items() if n}
