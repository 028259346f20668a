"""Small decision chains for what is reckoned on them: people by number, ties by pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.domain.chain.model import Role, Tie, TieKind
from kamdesk.domain.chain.network import Cover, Network, Node, NodeKind, Ours
from kamdesk.domain.chain.standing import Reading, Standing, Sureness, What

TODAY = date(2026, 3, 12)
ACCOUNT = AccountId(Id(bytes(16)))
MAP = MapId(Id(bytes(15) + b"\x01"))
LIN = Ours(ColleagueId(Id(b"\xff" * 16)), "Lin", "KAM")


def nr(number: int) -> Id:
    return Id(number.to_bytes(16, "big"))


def a_person(
    number: int,
    *roles: Role,
    stance: int | None = None,
    influence: int | None = 3,
    judged: int = 10,
    sureness: Sureness | None = None,
    boss: int | None = None,
    met: int | None = None,
    **more: object,
) -> Node:
    """Person ``number``, judged so many days ago, met so many days ago (None: never)."""
    fields = {k: more.pop(k) for k in list(more) if k in Node.__dataclass_fields__}
    stands = Standing(
        roles=roles, stance=stance, influence=influence, stance_sureness=sureness, **more
    )
    latest = {}
    if stance is not None:
        latest[What.STANCE] = Reading(
            id=nr(10_000 + number),
            account=ACCOUNT,
            map=MAP,
            subject=nr(number),
            what=What.STANCE,
            value=str(stance),
            valid_from=TODAY - timedelta(days=judged),
        )
    node = Node(
        id=nr(number),
        name=f"P{number}",
        stands=stands,
        latest=MappingProxyType(latest),
        boss=None if boss is None else nr(boss),
        last_met=None if met is None else TODAY - timedelta(days=met),
    )
    return replace(node, **fields)


def a_body(number: int, *roles: Role, chair: int | None = None, members: Iterable[int] = ()):
    return Node(
        id=nr(number),
        kind=NodeKind.BODY,
        name=f"B{number}",
        stands=Standing(roles=roles),
        chair=None if chair is None else nr(chair),
        members=tuple(nr(member) for member in members),
    )


def a_tie(
    source: int,
    target: int,
    strength: int = 2,
    *,
    negative: bool = False,
    kind: TieKind = TieKind.INFLUENCES,
) -> Tie:
    return Tie(
        id=nr(1000 * (source + 1) + target),
        account=ACCOUNT,
        map=MAP,
        kind=kind,
        source=nr(source),
        target=nr(target),
        strength=strength,
        negative=negative,
    )


def knows(number: int, now: int, *, met: int = 0, colleague: Ours | None = LIN) -> Cover:
    """One of ours knows person ``number`` so well and met them so many days ago."""
    return Cover(
        node=nr(number),
        colleague=colleague.id if colleague else None,
        now=now,
        last_met=TODAY - timedelta(days=met),
    )


def a_network(
    *nodes: Node,
    ties: Iterable[Tie] = (),
    covers: Iterable[Cover] = (),
    contacts: Mapping[int, int] | None = None,
    **more: object,
) -> Network:
    return Network(
        day=TODAY,
        account=ACCOUNT,
        nodes=nodes,
        ties=tuple(ties),
        covers=tuple(covers),
        ours=(LIN,),
        contacts={nr(who): n for who, n in (contacts or {}).items()},
        **more,
    )


@st.composite
def networks(draw: st.DrawFn, *, most: int = 8, contrary: bool = True) -> Network:
    """A chain of up to ``most`` people; person 0 decides."""
    size = draw(st.integers(2, most))
    people = [
        a_person(
            number,
            *((Role.DECIDER,) if number == 0 else ()),
            stance=draw(st.sampled_from((None, -2, -1, 0, 1, 2))),
            influence=draw(st.sampled_from((None, 1, 2, 3, 4, 5))),
            sureness=draw(st.sampled_from((None, *Sureness))),
            boss=draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None,
        )
        for number in range(size)
    ]
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    joined = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * size))
    ties = [
        a_tie(a, b, draw(st.integers(1, 3)), negative=contrary and draw(st.booleans()))
        for a, b in joined
    ]
    known = draw(st.lists(st.integers(0, size - 1), unique=True))
    covers = [knows(n, draw(st.integers(1, 5)), met=draw(st.integers(0, 200))) for n in known]
    return a_network(*people, ties=ties, covers=covers)
