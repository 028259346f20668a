"""The messages of one exchange, strict: an unknown field, a double key or an odd number is refused.

One exchange is one ``POST /v1/sync``: the desk pushes, the hub answers with what the desk lacks.
"""

from functools import cache
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from kamdesk.sync.wire.strict import Garbled, may_hold_nul, see_whole, vetted

PROTO: Final = 2
"""The version of this wire format. A hub speaks it and the one before."""
LARGEST_PAGE: Final = 5000
"""How many ops a page holds at most, either way; a page never parts an action (``txn``)."""
LARGEST_BODY: Final = 8 * 1024 * 1024
"""How many bytes a body may have, unpacked."""
AHEAD: Final = 300_000
"""How far an op's clock may be ahead of the hub's, in milliseconds."""

M = TypeVar("M", bound=Struct)
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Word = Annotated[str, Meta(max_length=80)]
Name = Annotated[str, Meta(max_length=2000)]
IdText = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
"""An id, and nothing behind it: `$` would let a line's end pass, and two texts be one id."""
MOST_MARKS: Final = 64
"""Marks one message may hold; each is looked up while others wait."""


class Scope(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Whose ops: an account's for one audience; without an account the house's."""

    account: IdText | None
    audience: Word


class Push(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One op on its way to the hub. ``scope`` counts into the message's ``scopes``.

    ``cells`` is a JSON object by cell, kept as its bytes: a hub need not understand it. ``name``
    is the action's, said with its first op only.
    """

    dseq: Count
    wall: Count
    ctx: Count
    txn: Count
    scope: Count
    kind: Word
    record: IdText
    verb: Count
    cells: Raw
    name: Name = ""


class Pull(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One op of the log on its way to a desk; ``by`` is its author's id as a colleague."""

    seq: Count
    dev: Count
    dseq: Count
    wall: Count
    ctx: Count
    txn: Count
    scope: Count
    kind: Word
    record: IdText
    verb: Count
    cells: Raw
    name: Name = ""
    by: IdText | None = None


class Mark(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A place of the log and what the hub noted there: shows whether it is still the same log."""

    seq: Count
    at: Count


class Exchange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a desk says.

    ``start``: the number of the first op pushed, one more than the last the desk knows settled;
    ``chain``: the chain of its numbers up to there (see ``chains``). ``marks``: up to where it
    holds the log, newest first (one; more after an ``Elsewhere``). ``access``: the place of the log
    up to which it knows its grants. ``wait``: seconds the hub may hold the answer back while there
    is nothing new.
    """

    proto: int
    epoch: Count
    dev: Count
    start: Count
    chain: Word
    marks: Annotated[list[Mark], Meta(max_length=MOST_MARKS)]
    access: Count
    scopes: Annotated[list[Scope], Meta(max_length=LARGEST_PAGE)] = []
    ops: Annotated[list[Push], Meta(max_length=LARGEST_PAGE)] = []
    limit: Annotated[int, Meta(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE
    wait: Annotated[int, Meta(ge=0, le=60)] = 0


class Rejected(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """An op the hub did not take, and why: a word of ``reasons``."""

    dseq: Count
    reason: Word


class Check(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The checksum of a scope at the answer's ``mark``: live cells, and the sum of their heads."""

    scope: Count
    cells: Count
    sum: Word


class Access(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changed in a desk's rights since the place it named, as of ``at``.

    ``gained`` it asks a snapshot of; ``lost`` it takes from the disk. ``writes`` are those of the
    gained it may write to. Numbers count into the message's ``scopes``.
    """

    at: Count
    gained: list[Count] = []
    lost: list[Count] = []
    writes: list[Count] = []


class Settled(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every answer to a known device says first: its last number here, what was refused.

    ``rejected``: of the numbers from the desk's ``start`` on; a repeated push hears them again.
    """

    last: Count
    rejected: list[Rejected] = []


class Done(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="done"):
    """The push is in the log; here is a page of what the desk lacks.

    ``mark``: the place the desk stands at once it has taken the page. ``own``: (dseq, seq) of the
    desk's own ops among it. ``more``: ask again at once. ``epoch``: the hub's. ``access``: None
    when nothing changed. ``checks``: of scopes this page touches and no later one does.
    """

    settled: Settled
    epoch: Count
    head: Count
    now: Count
    mark: Mark
    more: bool
    scopes: list[Scope] = []
    ops: list[Pull] = []
    own: list[tuple[Count, Count]] = []
    access: Access | None = None
    checks: list[Check] = []


class Expect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="expect"):
    """Numbers are missing in between: go on from ``settled.last`` + 1."""

    settled: Settled


class Forked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="fork"):
    """Somebody else writes under this number: a copied or restored disk. Take a new number."""

    settled: Settled


class Clock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="clock"):
    """The device's clock is ahead; nothing was taken. ``now``: the hub's, in milliseconds."""

    settled: Settled
    now: Count


class Upgrade(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="upgrade"):
    """The hub no longer speaks this version; the desk works on and keeps its outbox."""

    settled: Settled
    proto: Count


class Elsewhere(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="epoch"):
    """The hub's log is not the one the desk knows (restored from an old backup).

    ``start``: the last place both have in common, None while the hub needs more ``marks``. The
    desk forgets later places, goes back there and offers its own later ops anew.
    """

    settled: Settled
    epoch: Count
    start: Count | None


Answer = Done | Expect | Forked | Clock | Upgrade | Elsewhere


class SnapshotAsk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for the state of scopes just gained, or, with ``past``, for their older ops.

    ``after`` is where the page before ended ("" at first); ``at`` the place that came with it.
    """

    proto: int
    scopes: Annotated[list[Scope], Meta(max_length=LARGEST_PAGE)]
    after: Word = ""
    at: Count = 0
    past: bool = False
    limit: Annotated[int, Meta(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE


class SnapshotPage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Standing ops, each with only the cells it is a head of; all ops of a record on one page.

    ``at``: the head when the first page was read; what came later may lie in it too, and comes
    again in the log from there. ``after``: "" when this was the last page.
    """

    at: Mark
    after: Word
    scopes: list[Scope] = []
    ops: list[Pull] = []


def read(body: bytes, kind: type[M]) -> M:
    """Return the message of this kind in an unpacked body. Raises ``Garbled``."""
    message: M = _taken(body, kind)
    return message


def read_answer(body: bytes) -> Answer:
    """Return what the hub answered to an ``Exchange``. Raises ``Garbled``."""
    answer: Answer = _taken(body, Answer)
    return answer


def said(message: Struct) -> bytes:
    """Return a message as JSON."""
    return _ENCODER.encode(message)


_ENCODER: Final = msgspec.json.Encoder()


@cache
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)


def _taken(body: bytes, kind: Any) -> Any:
    if len(body) > LARGEST_BODY:
        raise Garbled("a body too large")
    vetted(body)
    try:
        message = _decoder(kind).decode(body)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise Garbled(str(error)) from error
    if may_hold_nul(body):
        see_whole(message)
    return message
