"""The verbs that are cut at every call that writes, and the small workspace they work on."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from support.faults_workspace import CHEAP, PASSPHRASE

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Id, Ids
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Catalogue, Cell, Kind, Merge
from kamdesk.storage.followers import Follower
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.opening import Opened, create, open_file
from kamdesk.storage.storage import Storage
from kamdesk.storage.undo import Undo

SLIP: Final = Kind(
    "slip",
    table="slips",
    scope_of="account",
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("worth", columns=("amount", "currency"), privacy=Privacy.MONEY),
        Cell("said", privacy=Privacy.NOTE, merge=Merge.TEXT),
        Cell("state", privacy=Privacy.BUSINESS),
        Cell("met", privacy=Privacy.CONTACT, merge=Merge.LINKS),
    ),
)
TABLES: Final = """
CREATE TABLE slips (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, amount INTEGER,
    currency TEXT, said TEXT, state TEXT, gone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE slips_met (eid BLOB NOT NULL, target BLOB NOT NULL, PRIMARY KEY (eid, target))
    WITHOUT ROWID;
"""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A record with a bit of everything."""

    id: Id
    account: Id
    amount: int | None = None
    currency: str = ""
    said: str = ""
    state: str = "planned"


def _id(n: int) -> Id:
    return Id(n.to_bytes(16, "big"))


ACCOUNT = _id(7)
OLD = Slip(id=_id(100), account=ACCOUNT, amount=120_000, currency="CNY", said="第一次拜访。" * 40)


def seed(storage: Storage) -> None:
    """What stands in the workspace before the verb."""
    with storage.change(Text("Seed")) as change:
        change.put(SLIP, OLD)
        change.link(SLIP, OLD.id, "met", _id(200), _id(201))


def save(storage: Storage) -> None:
    """One form saved: two new records, one changed in several cells, links added and taken."""
    with storage.change(Text("Log visit")) as change:
        for n in (101, 102):
            change.put(SLIP, replace(OLD, id=_id(n), said="新的记录。" * 300, amount=n))
            change.link(SLIP, _id(n), "met", _id(202), _id(203))
        change.put(SLIP, replace(OLD, said="改过的话。" * 200, amount=5, state="held"), base=OLD)
        change.unlink(SLIP, OLD.id, "met", _id(200))


def undo(storage: Storage) -> None:
    """The last action undone."""
    Undo(storage).undo()


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb of the user, and what was done before it."""

    before: tuple[Callable[[Storage], None], ...]
    run: Callable[[Storage], None]


VERBS: Final = {
    "save": Verb(before=(seed,), run=save),
    "undo": Verb(before=(seed, save), run=undo),
}


def new_workspace(folder: Path, ring: KeyRing) -> None:
    """Make the workspace the verbs work on."""
    create(folder, PASSPHRASE, keys=ring, cost=CHEAP)
    opened = open_file(folder, keys=ring)
    opened.connection.executescript(TABLES)
    opened.close()


def storage_on(opened: Opened, *followers: Follower) -> Storage:
    """Return the road for writes on an open file, such that the same verb writes the same bytes."""
    clock = StoppedClock(Instant.at(date(2026, 3, 12), 8, 10))
    ids = Ids(clock, chance=random.Random(7).getrandbits)
    return Storage(opened.connection, Catalogue((SLIP,)), clock=clock, ids=ids, followers=followers)
