"""The hub inside a keeper's workspace: an encrypted SQLite file, its own desk, those it invited."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from kamdesk.core.clock import Clock
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.hub import blobs, devices, invites, people
from kamdesk.hub.blobs import BadPart
from kamdesk.hub.devices import Device, ShutOut
from kamdesk.hub.hub import Hub
from kamdesk.hub.keeping.boxes import METADATA, Boxes
from kamdesk.hub.migrations import bring_level
from kamdesk.hub.roster import user_called
from kamdesk.hub.schema import TENANT, tune_sqlite
from kamdesk.hub.turn import moment, writing
from kamdesk.sync.wire.messages import Answer, Exchange, SnapshotAsk, SnapshotPage
from kamdesk.sync.wire.routes import Enrolled

LEASE: Final = 3650
"""Days a laptop may go without the keeper: whoever shares a folder lends nothing."""
_ALL: Final = "all"
_KEEPER: Final = "keeper"
_TENANT: Final = 1


@contextmanager
def trouble() -> Iterator[None]:
    """Turn what the database says into ``StorageTrouble`` in plain words."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageTrouble(
            Text("The log this computer keeps cannot be read or written. Check disk and folder.")
        ) from error


@dataclass(frozen=True, slots=True)
class Local:
    """The keeper's own way to its hub: a ``Post`` without a network."""

    hub: Hub
    token: str

    def exchange(self, ask: Exchange) -> Answer:
        """Push, pull and settle."""
        with trouble():
            return self.hub.exchange(self._device(), ask)

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page of the state of scopes, or of their past."""
        with trouble():
            return self.hub.snapshot(self._device(), ask)

    def renumber(self, dev: int) -> int:
        """Return a fresh number for this device."""
        with trouble():
            return self.hub.renumber(self._device())

    def lacking(self, hashes: list[str]) -> list[str]:
        """Return which contents the hub does not hold whole."""
        with trouble(), self.hub.engine.connect() as connection:
            return blobs.lacking(connection, self._device(), hashes)

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Give a part of a content; return the offset at which the hub goes on.

        Raises ``BadPart``; then what came of it is gone.
        """
        device = self._device()
        try:
            with trouble(), writing(self.hub.engine) as connection:
                now = moment(self.hub.clock)
                return blobs.put_part(connection, device, sha256, size, offset, part, now=now)
        except BadPart:
            with trouble(), writing(self.hub.engine) as connection:
                blobs.drop_upload(connection, device, sha256)
            raise

    def get_part(self, sha256: str, offset: int) -> bytes | None:
        """Return a content from an offset on; None where it is not, or not theirs."""
        with trouble(), self.hub.engine.connect() as connection:
            return blobs.get_part(connection, self._device(), sha256, offset)

    def _device(self) -> Device:
        with trouble(), writing(self.hub.engine) as connection:
            found = devices.known(connection, self.token)
        if found is None:
            raise ShutOut
        return found


class Keeper:
    """The hub of one workspace. ``connect`` opens its file, ``driver`` is the driver's module."""

    def __init__(self, connect: Callable[[], Any], driver: Any, clock: Clock) -> None:
        engine = create_engine("sqlite://", creator=connect, module=driver, poolclass=NullPool)
        tune_sqlite(engine)
        bring_level(engine)
        with engine.begin() as connection:
            METADATA.create_all(connection)
        self.hub: Final = Hub(engine, clock)
        self.boxes: Final = Boxes(self.hub, self.let_in)

    def begin(self, me: bytes, name: str) -> Enrolled:
        """Make the log of this workspace and let its own desk in, for the user ``me``.

        Once: a second time the desk is let in anew.
        """
        called = one_line(name, longest=80) or "KamDesk"
        with self.hub.turn(0) as turn:
            if turn.connection.execute(select(TENANT.c.tenant)).first() is None:
                people.add_tenant(turn, called)
        with self._turn() as turn:
            if user_called(turn, _KEEPER) is None:
                user = people.add_user(turn, _KEEPER, called, "admin", me.hex())
                people.add_team(turn, _ALL)
                people.add_member(turn, _ALL, user.id, manager=True)
        return self.let_in(self.myself(), "KamDesk", None)

    def myself(self) -> str:
        """Return the keeper's own user: their second laptop is let in for the same one."""
        with self._turn() as turn:
            found = user_called(turn, _KEEPER)
        if found is None:
            raise LookupError("the log has not begun")
        return found.id

    def let_in(self, user: str, device: str, me: str | None) -> Enrolled:
        """Let a device of a user in; ``me`` is their record as a colleague on that desk.

        Raises ``RuleBroken`` for a user there is not.
        """
        with self._turn() as turn:
            secret = invites.make(turn, user)
            called = one_line(device, longest=80) or "KamDesk"
            enrolled = invites.enrol(turn, secret, called, me)
        if enrolled is None:
            raise ShutOut
        return msgspec.structs.replace(enrolled, lease=LEASE)

    def colleague(self, name: str) -> str:
        """Return the user of a colleague who exchanges everything with the keeper; a new one.

        Raises ``RuleBroken`` without a name.
        """
        with self._turn() as turn:
            login = f"{len(devices.devices(turn.connection, turn.tenant))}.{turn.entry()[-8:]}"
            user = people.add_user(turn, login, name)
            people.add_member(turn, _ALL, user.id, manager=True)
        return user.id

    def end(self, laptop: str) -> None:
        """Take a laptop's access away, or an invitation back; ``laptop``: its id or its name.

        It hears so in its next round. Raises ``RuleBroken`` where there is none, or several.
        """
        found = [
            one
            for one in self.boxes.all()
            if one.box.hex().startswith(laptop.lower()) or one.whom == laptop
        ]
        if len(found) != 1 or not laptop:
            raise RuleBroken(Text("No laptop, or more than one, is called “{name}”.", name=laptop))
        (box,) = found
        device = self.boxes.device_of(box.box)
        if device is None:
            self.boxes.drop(box.box)
            return
        with self._turn() as turn:
            devices.revoke(turn, device)

    def post(self, token: str) -> Local:
        """Return the way to this hub for a device."""
        return Local(self.hub, token)

    def close(self) -> None:
        """Let go of the file."""
        self.hub.engine.dispose()

    def _turn(self) -> Any:
        return self.hub.turn(_TENANT, _KEEPER)
