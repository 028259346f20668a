"""The hub itself, without a network: it answers exchanges, and gives snapshots and numbers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from kamdesk.core.clock import Clock
from kamdesk.hub import devices
from kamdesk.hub.devices import Device
from kamdesk.hub.turn import Turn, moment, writing
from kamdesk.sync.wire.messages import Answer, Exchange, SnapshotAsk, SnapshotPage


class Hub:
    """A team's log on a database; stateless: any number of them may stand on one database.

    Every call raises ``ShutOut`` for a device revoked meanwhile, and the database's own errors;
    then nothing of it happened.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock

    @contextmanager
    def turn(self, tenant: int, actor: str = "") -> Iterator[Turn]:
        """Give a transaction that writes to a tenant, for what administrators do."""
        with writing(self.engine) as connection:
            yield Turn(connection=connection, tenant=tenant, now=moment(self.clock), actor=actor)

    def exchange(self, device: Device, ask: Exchange) -> Answer:
        """Take what a desk pushes and return what it lacks. Never waits for news."""
        raise NotImplementedError

    def snapshot(self, device: Device, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        raise NotImplementedError

    def renumber(self, device: Device) -> int:
        """Return a fresh number for a device whose number another copy writes under."""
        with self.turn(device.tenant, device.user) as turn:
            return devices.renumber(turn, device)
