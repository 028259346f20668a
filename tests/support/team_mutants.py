"""Wrong ways to exchange, as patches of the real engine and hub: each must be caught.

The first seven are those of the protocol's simulator, the last two the holes found in it since.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from enum import Enum
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace as changed
from support.everywhere import everywhere

from kamdesk.core import heads as core_heads
from kamdesk.core.wire_op import WireOp
from kamdesk.hub import hub as hubs
from kamdesk.hub import stand as stands
from kamdesk.hub.devices import Device
from kamdesk.hub.hub import Hub
from kamdesk.storage.storage import Storage
from kamdesk.sync.steps import pulling
from kamdesk.sync.wire.messages import AHEAD, Answer, Done, Exchange, Settled
from kamdesk.sync.wire.strict import Garbled

FOR_EVER = 2**62
Asked = Callable[[Hub, Device, Exchange], Answer]


class Mutant(Enum):
    """A wrong way, and what it does."""

    NAIVE_CURSOR = "places are given before others can see them"
    TS_CURSOR = "the cursor is a time stamp"
    NO_IDEMPOTENCY = "a push that comes twice is taken twice"
    LWW_ONLY = "the last writer by the clock wins"
    CLIENT_REJECTS_DRIFT = "a desk refuses ops from the future"
    TRUST_CLOCK = "the hub takes any clock's word"
    NO_FORK_CHECK = "nobody looks whether two write under one number"
    FORGETS_REFUSALS = "last and rejected are said once, with the push they belong to"
    CTX_AT_SAVE = "what was seen is what is there when it is saved"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let the fault be there within."""
        with ExitStack() as stack:
            for one in _WAYS[self]():
                stack.enter_context(one)
            yield


def _answering(wrong: Callable[[Asked], Asked]) -> AbstractContextManager[Any]:
    return patch.object(Hub, "exchange", wrong(Hub.exchange))


def _naive_cursor() -> list[AbstractContextManager[Any]]:
    unseen: dict[int, int] = {}

    def wrong(plain: Asked) -> Asked:
        def exchange(hub: Hub, device: Device, ask: Exchange) -> Answer:
            before = _head(hub, device)
            answer = plain(hub, device, ask)
            if not isinstance(answer, Done):
                return answer
            for seq in list(unseen):
                unseen[seq] -= 1
                if unseen[seq] < 0:
                    del unseen[seq]
            if ask.ops:
                unseen.update(dict.fromkeys(range(before + 1, answer.head + 1), 3))
            return changed(answer, ops=[op for op in answer.ops if op.seq not in unseen])

        return exchange

    return [_answering(wrong)]


def _head(hub: Hub, device: Device) -> int:
    from kamdesk.hub.turn import head_of

    with hub.engine.connect() as connection:
        return head_of(connection, device.tenant)


def _ts_cursor() -> list[AbstractContextManager[Any]]:
    reached: dict[int, int] = defaultdict(int)

    def wrong(plain: Asked) -> Asked:
        def exchange(hub: Hub, device: Device, ask: Exchange) -> Answer:
            answer = plain(hub, device, ask)
            if not isinstance(answer, Done):
                return answer
            ops = [op for op in answer.ops if op.wall > reached[ask.dev]]
            reached[ask.dev] = max([reached[ask.dev], *(op.wall for op in ops)])
            return changed(answer, ops=ops)

        return exchange

    return [_answering(wrong)]


def _no_idempotency() -> list[AbstractContextManager[Any]]:
    pushing: list[Exchange] = []
    plain_push, plain_stand = Hub._push, hubs.stand

    def push(hub: Hub, device: Device, ask: Exchange, *rest: Any) -> Any:
        pushing.append(ask)
        try:
            return plain_push(hub, device, ask, *rest)
        finally:
            pushing.pop()

    def stand(*words: Any) -> Any:
        here = plain_stand(*words)
        if not pushing:
            return here
        ask = pushing[-1]
        return replace(here, last=min(here.last, ask.start - 1), chain=ask.chain)

    return [patch.object(Hub, "_push", push), patch.object(hubs, "stand", stand)]


def _lww_only() -> list[AbstractContextManager[Any]]:
    def latest(ops: Sequence[Any]) -> list[Any]:
        return [core_heads.shown(ops)] if ops else []

    return [everywhere(core_heads.heads, latest)]


def _trust_clock() -> list[AbstractContextManager[Any]]:
    return [patch.object(hubs, "AHEAD", FOR_EVER)]


def _client_rejects_drift() -> list[AbstractContextManager[Any]]:
    plain = pulling.page

    def page(answer: Done, cursor: int) -> list[WireOp]:
        if any(op.wall > answer.now + AHEAD for op in answer.ops):
            raise Garbled("an op from the future")
        return plain(answer, cursor)

    return [*_trust_clock(), patch.object(pulling, "page", page)]


def _no_fork_check() -> list[AbstractContextManager[Any]]:
    def wrong(plain: Asked) -> Asked:
        def exchange(hub: Hub, device: Device, ask: Exchange) -> Answer:
            answer = plain(hub, device, ask)
            last = min(answer.settled.last, ask.start - 1 + len(ask.ops))
            return changed(answer, settled=changed(answer.settled, last=last))

        return exchange

    return [
        _answering(wrong),
        patch.object(stands, "_chain_agrees", lambda ask, here: True),
    ]


def _forgets_refusals() -> list[AbstractContextManager[Any]]:
    told: set[tuple[int, int]] = set()

    def wrong(plain: Asked) -> Asked:
        def exchange(hub: Hub, device: Device, ask: Exchange) -> Answer:
            answer = plain(hub, device, ask)
            if not isinstance(answer, Done):
                return changed(answer, settled=Settled(last=ask.start - 1))
            fresh = [one for one in answer.settled.rejected if (ask.dev, one.dseq) not in told]
            told.update((ask.dev, one.dseq) for one in fresh)
            return changed(answer, settled=changed(answer.settled, rejected=fresh))

        return exchange

    return [_answering(wrong)]


def _ctx_at_save() -> list[AbstractContextManager[Any]]:
    plain = Storage.change

    def change(storage: Storage, *words: Any, seen: object = None, **more: Any) -> Any:
        return plain(storage, *words, **more)

    return [patch.object(Storage, "change", change)]


_WAYS: dict[Mutant, Callable[[], list[AbstractContextManager[Any]]]] = {
    Mutant.NAIVE_CURSOR: _naive_cursor,
    Mutant.TS_CURSOR: _ts_cursor,
    Mutant.NO_IDEMPOTENCY: _no_idempotency,
    Mutant.LWW_ONLY: _lww_only,
    Mutant.CLIENT_REJECTS_DRIFT: _client_rejects_drift,
    Mutant.TRUST_CLOCK: _trust_clock,
    Mutant.NO_FORK_CHECK: _no_fork_check,
    Mutant.FORGETS_REFUSALS: _forgets_refusals,
    Mutant.CTX_AT_SAVE: _ctx_at_save,
}
