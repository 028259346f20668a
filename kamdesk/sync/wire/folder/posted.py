"""What letters between two laptops say: the messages of the exchange, and which answer is to what.

A desk has one question out at a time; a later letter takes the place of an earlier one. The keeper
may answer ahead: the questions that must follow from an answer are answered in the same letter.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from kamdesk.sync.wire.messages import (
    Answer,
    Count,
    Done,
    Exchange,
    Scope,
    SnapshotAsk,
    SnapshotPage,
    said,
)
from kamdesk.sync.wire.routes import Enrolled, Sha256
from kamdesk.sync.wire.strict import Garbled

NOTHING: Final = Raw(b"null")


class FromDesk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A desk's letter: one question, and the contents it would like to have.

    ``exchange`` is an ``Exchange``, ``snapshot`` a ``SnapshotAsk``, as JSON; ``renumber`` the
    number of a device that asks for another.
    """

    exchange: Raw = NOTHING
    snapshot: Raw = NOTHING
    renumber: Count | None = None
    wants: Annotated[list[Sha256], Meta(max_length=500)] = []


class Given(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer; ``to`` is the sign of its question.

    ``exchange`` is an ``Answer``, ``snapshot`` a ``SnapshotPage`` of ``scopes``, as JSON.
    """

    to: Annotated[str, Meta(max_length=64)]
    exchange: Raw = NOTHING
    snapshot: Raw = NOTHING
    scopes: list[Scope] = []
    renumber: Count | None = None


class FromKeeper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keeper's letter: the answers to letter ``to`` of the desk (0: to none yet).

    ``at``: when it was written, in milliseconds. ``welcome`` stands in the letters until the desk
    first wrote. ``holds``: contents of the desk's that need not lie in the folder any longer;
    ``without``: contents it asked for that are not there, or not for it.
    """

    to: Count
    at: Count
    answers: list[Given] = []
    holds: list[Sha256] = []
    without: list[Sha256] = []
    welcome: Enrolled | None = None
    shut: bool = False
    """True when the keeper took this device's access away."""


def sign_of(ask: Exchange | SnapshotAsk | int) -> str:
    """Return what tells an answer's question: for an exchange where the desk stands, no more.

    What it pushes besides may grow from one letter to the next: an answer to the shorter push
    settles what it settles.
    """
    if isinstance(ask, Exchange):
        stands = (ask.epoch, ask.dev, ask.start, ask.access, [(m.seq, m.at) for m in ask.marks[:1]])
        words = f"exchange {ask.proto} {stands}".encode()
    elif isinstance(ask, SnapshotAsk):
        words = b"snapshot " + said(msgspec.structs.replace(ask, scopes=[], limit=1))
    else:
        words = f"renumber {ask}".encode()
    return sha256(words).hexdigest()


def narrowed(page: SnapshotPage, scopes: Sequence[Scope]) -> SnapshotPage:
    """Return what a page has of these scopes alone: a desk may want fewer than were foreseen."""
    wanted = {n for n, scope in enumerate(page.scopes) if scope in set(scopes)}
    return msgspec.structs.replace(page, ops=[op for op in page.ops if op.scope in wanted])


def moves(ask: Exchange, answer: Answer) -> bool:
    """Return whether a desk that takes an answer stands elsewhere then, and asks otherwise."""
    return isinstance(answer, Done) and not idle(ask, answer)


def idle(ask: Exchange, answer: Answer) -> bool:
    """Return whether an answer moves nothing: the desk stands there already."""
    if not isinstance(answer, Done):
        return False
    moved = answer.ops or answer.own or answer.more or answer.access or answer.settled.rejected
    stands = bool(ask.marks) and ask.marks[0] == answer.mark
    return not moved and stands and answer.settled.last < ask.start and answer.epoch == ask.epoch


L = TypeVar("L", FromDesk, FromKeeper)


def read_letter(body: bytes, kind: type[L]) -> L:
    """Return what a letter says; its messages are still to be read. Raises ``Garbled``."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise Garbled(str(error)) from error


def message(raw: Raw) -> bytes | None:
    """Return a message within a letter as JSON; None where there is none."""
    body = bytes(raw)
    return None if body == b"null" else body


def within(message: Struct) -> Raw:
    """Return a message as it stands within a letter."""
    return Raw(said(message))
