"""A tenant at a hub whose staff send contents of files, by the functions of the hub alone."""

from hashlib import sha256

from kamdesk.hub import blobs, devices, grants, people
from kamdesk.hub.blobs import Named
from kamdesk.hub.bounds import NONE, Bounds
from kamdesk.hub.devices import Device
from kamdesk.hub.hub import Hub

PAPER = bytes(range(256)) * 40
DIGEST = sha256(PAPER).hexdigest()
NOW = 1_800_000_000_000_000


class Room:
    """A tenant with staff, each of one device, on a hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        with hub.turn(0) as turn:
            self.tenant = people.add_tenant(turn, "Probe")

    def device(self, login: str, *accounts: str) -> Device:
        with self.hub.turn(self.tenant) as turn:
            user = people.add_user(turn, login, login)
            for account in accounts:
                grants.grant(turn, user.id, account)
            _, token = devices.make(turn, user.id, login)
            found = devices.known(turn.connection, token)
        assert found is not None
        return found

    def put(
        self,
        device: Device,
        offset: int,
        part: bytes,
        data: bytes = PAPER,
        *,
        at: int = 0,
        bounds: Bounds = NONE,
    ) -> int:
        digest, now = sha256(data).hexdigest(), NOW + at
        with self.hub.turn(self.tenant) as turn:
            return blobs.put_part(
                turn.connection, device, digest, len(data), offset, part, now=now, bounds=bounds
            )

    def name(self, device: Device, account: str, *, digest: str = DIGEST) -> None:
        with self.hub.turn(self.tenant) as turn:
            names = [Named(digest, "c3" * 16, account, "internal")]
            blobs.note_names(turn.connection, device, names)

    def get(self, device: Device, offset: int = 0, digest: str = DIGEST) -> bytes | None:
        with self.hub.turn(self.tenant) as turn:
            return blobs.get_part(turn.connection, device, digest, offset)

    def lacks(self, device: Device, digest: str = DIGEST) -> bool:
        with self.hub.turn(self.tenant) as turn:
            return blobs.lacking(turn.connection, device, [digest]) == [digest]
