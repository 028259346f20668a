"""The hub itself, without a network: it answers exchanges, and gives snapshots and numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, Engine, update

from kamdesk.core.clock import Clock
from kamdesk.core.wire_op import Verb
from kamdesk.hub import devices, erasing, pull, snapshots
from kamdesk.hub.access import Rights, rights_at
from kamdesk.hub.bounds import DAY, NONE, Bounds, EnoughToday, see_room, until_tomorrow
from kamdesk.hub.devices import Device
from kamdesk.hub.push import Prepared, Taking, prepare
from kamdesk.hub.schema import DEVICE
from kamdesk.hub.scopes import Numbers
from kamdesk.hub.stand import Odd, Stand, begin_epoch, objection, settled, stand
from kamdesk.hub.turn import Turn, lock, moment, retried, writing
from kamdesk.sync.wire import messages
from kamdesk.sync.wire.messages import (
    AHEAD,
    PROTO,
    Answer,
    Done,
    Elsewhere,
    Exchange,
    Mark,
    SnapshotAsk,
    SnapshotPage,
    Upgrade,
)

_MOST_REMEMBERED: Final = 500
_EPOCH: Final = 60_000_000
"""How often at most an epoch begins because a desk knows another log, in microseconds."""
MOST_NUMBERS: Final = 1000
"""Numbers one device may come by."""
_NOTED: Final = 600_000_000
"""How often at most a device's contact is noted, in microseconds."""


class Hub:
    """A team's log on a database; stateless: any number of them may stand on one database.

    Every call raises ``ShutOut`` for a device revoked meanwhile, and the database's own errors;
    then nothing of it happened.
    """

    def __init__(self, engine: Engine, clock: Clock, bounds: Bounds = NONE) -> None:
        self.engine, self.clock, self.bounds = engine, clock, bounds
        self._numbers: dict[int, Numbers] = {}
        self._epochs: dict[int, int] = {}
        self._rights: dict[tuple[int, str], tuple[int, Rights]] = {}

    @contextmanager
    def turn(self, tenant: int, actor: str = "") -> Iterator[Turn]:
        """Give a transaction that alone writes to a tenant, for what administrators do."""
        with writing(self.engine) as connection:
            lock(connection, tenant)
            yield Turn(connection=connection, tenant=tenant, now=moment(self.clock), actor=actor)

    def exchange(self, device: Device, ask: Exchange) -> Answer:
        """Take what a desk pushes and return what it lacks. Never waits for news.

        Raises ``Odd`` for a message no honest desk says, ``NoRoom`` for ops it cannot keep.
        """
        answer = None
        if ask.ops:
            see_room(self.engine, self.bounds)
            ops = prepare(ask)
            answer = retried(lambda: self._push(device, ask, ops))
        if answer is None:
            answer = self._pull(device, ask)
        if any(op.verb in (Verb.ERASE, Verb.FORGET) for op in ask.ops):
            erasing.sweep(self.engine)
        if isinstance(answer, Elsewhere) and self._moved_on(device.tenant):
            with self.turn(device.tenant) as turn:
                begin_epoch(turn.connection, turn.tenant, answer.epoch)
        return answer

    def snapshot(self, device: Device, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        with self.engine.connect() as connection, connection.begin():
            here = stand(connection, device, device.dev)
            rights = self._rights_of(connection, device, here)
            numbers = self._numbers_of(connection, device.tenant, here.scopes)
            return snapshots.page(connection, device.tenant, here, rights, numbers, ask)

    def renumber(self, device: Device) -> int:
        """Return a fresh number for a device whose number another copy writes under.

        Raises ``Odd`` for one that asks without end.
        """
        with self.turn(device.tenant, device.user) as turn:
            if devices.numbers_of(turn, device) >= MOST_NUMBERS:
                raise Odd("more numbers than a disk is ever copied")
            return devices.renumber(turn, device)

    def _push(self, device: Device, ask: Exchange, ops: list[Prepared]) -> Answer | None:
        """Take what is new; return an answer where nothing can be taken."""
        with self.turn(device.tenant, device.user) as turn:
            connection = turn.connection
            here = stand(connection, device, ask.dev)
            refusal = self._refusal(connection, device, ask, here)
            if refusal:
                return refusal
            fresh = ops[here.last + 1 - ask.start :]
            if not fresh:
                return None
            if max(one.op.wall for one in fresh) > turn.now // 1000 + AHEAD:
                told = settled(connection, turn.tenant, ask, here.last)
                return messages.Clock(settled=told, now=turn.now // 1000)
            rights = self._rights_of(connection, device, here)
            numbers = self._numbers_of(connection, turn.tenant, here.scopes)
            brought = self._brought(here, fresh, turn.now)
            Taking(turn, device, here, rights, numbers).take(ask, fresh)
            _note(connection, device, ask, here, turn.now, brought)
        return None

    def _brought(self, here: Stand, fresh: list[Prepared], now: int) -> int:
        """Return the bytes a device has brought today with these. Raises ``EnoughToday``."""
        before = here.brought if here.day == now // DAY else 0
        names: dict[int, str] = {}
        brought = before
        for one in fresh:
            if one.op.name:
                names[one.op.txn] = one.op.name
            brought += pull.size(one.cells + names.get(one.op.txn, ""))  # as it is written down
        if before and brought > self.bounds.a_day:
            raise EnoughToday(until_tomorrow(now))
        return brought

    def _pull(self, device: Device, ask: Exchange) -> Answer:
        now = moment(self.clock)
        with self.engine.connect() as connection, connection.begin():
            here = stand(connection, device, ask.dev)
            answer = self._refusal(connection, device, ask, here)
            if answer is None:
                answer = self._page(connection, device, ask, here, now)
        if _to_note(ask, here, now):
            with self.turn(device.tenant) as turn:
                _note(turn.connection, device, ask, here, now)
        return answer

    def _page(
        self, connection: Connection, device: Device, ask: Exchange, here: Stand, now: int
    ) -> Done:
        tenant, after = device.tenant, ask.marks[0] if ask.marks else Mark(0, 0)
        rights = self._rights_of(connection, device, here)
        numbers = self._numbers_of(connection, tenant, here.scopes)
        scopes = pull.Scopes(numbers)
        access = None
        if not ask.access or ask.access < here.changed:
            known = ask.access if ask.access <= here.head else 0
            then = rights_at(connection, tenant, device.user, known)
            access = pull.changes(rights, then, scopes)
        page = pull.Found([], whole=True)
        if ask.access:
            if after.seq < here.head:
                wanted = [numbers.number_of[s] for s in rights.scopes if s in numbers.number_of]
                page = pull.found(connection, tenant, wanted, after.seq, here.head, ask.limit)
            after = pull.page_mark(page, Mark(here.head, here.head_at))
        ops, own = pull.told(page.rows, ask.dev, scopes)
        touched = sorted({row.scope for row in page.rows})
        return Done(
            settled=settled(connection, tenant, ask, here.last),
            epoch=here.epoch,
            head=here.head,
            now=now // 1000,
            mark=after,
            more=not page.whole,
            ops=ops,
            own=own,
            access=access,
            checks=pull.checks(connection, tenant, touched, here.head, scopes, after.seq),
            scopes=scopes.named,
        )

    def _refusal(
        self, connection: Connection, device: Device, ask: Exchange, here: Stand
    ) -> Answer | None:
        told = settled(connection, device.tenant, ask, here.last)
        if not PROTO - 1 <= ask.proto <= PROTO:
            return Upgrade(settled=told, proto=PROTO)
        return objection(connection, device.tenant, ask, here, told)

    def _moved_on(self, tenant: int) -> bool:
        """True when an epoch may begin on a desk's word: one that lies does not do it all day."""
        now, last = moment(self.clock), self._epochs.get(tenant)
        if last is not None and abs(now - last) < _EPOCH:
            return False
        self._epochs[tenant] = now
        return True

    def _rights_of(self, connection: Connection, device: Device, here: Stand) -> Rights:
        """Return what a device's user may do at the head; remembered until it changes."""
        key = (device.tenant, device.user)
        changed, rights = self._rights.get(key, (-1, None))
        if rights is None or changed != here.changed or rights.staff != here.staff:
            rights = rights_at(connection, device.tenant, device.user, here.head, staff=here.staff)
            if len(self._rights) >= _MOST_REMEMBERED:
                self._rights.clear()
            self._rights[key] = (here.changed, rights)
        return replace(rights, at=here.head)

    def _numbers_of(self, connection: Connection, tenant: int, highest: int) -> Numbers:
        numbers = self._numbers.setdefault(tenant, Numbers(tenant))
        numbers.learn(connection, highest)
        return numbers


def _to_note(ask: Exchange, here: Stand, now: int) -> bool:
    """True when the hub should write down a contact: now and then, and what a device heard."""
    return ask.access > here.access or now - here.seen > _NOTED


def _note(
    connection: Connection,
    device: Device,
    ask: Exchange,
    here: Stand,
    now: int,
    brought: int | None = None,
) -> None:
    today = {} if brought is None else {"day": now // DAY, "brought": brought}
    connection.execute(
        update(DEVICE)
        .where(DEVICE.c.tenant == device.tenant, DEVICE.c.device == device.device)
        .values(seen=now, access=max(ask.access, here.access), **today)
    )
