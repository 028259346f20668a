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
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.service import Accounts
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.service import People
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit
from kamdesk.domain.visits.service import Visits
from kamdesk.dossier.standing import Standing
from kamdesk.dossier.wrap_up import Debrief, wrap_up
from kamdesk.search.index import SearchIndex
from kamdesk.storage.creating import create
from kamdesk.storage.followers import Follower
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.opening import Opened
from kamdesk.storage.storage import Storage
from kamdesk.storage.undo import Undo
from kamdesk.workspace import catalogue

DAY: Final = date(2026, 3, 12)


def _id(n: int) -> Id:
    return Id(n.to_bytes(16, "big"))


ACCOUNT: Final = Account(id=_id(7), name="澜川精密轴承有限公司", city="无锡", note="老客户。" * 40)
PEOPLE: Final = tuple(
    Person(id=_id(200 + n), name=name, account=ACCOUNT.id)
    for n, name in enumerate(("陈立新", "李敏", "沈建国"))
)
VISIT: Final = Visit(
    id=_id(100),
    account=ACCOUNT.id,
    start=Instant.at(DAY, 7),
    topic="二号产线",
    objective="同意试点",
)


def seed(storage: Storage) -> None:
    """What stands in the workspace before the verb."""
    Accounts(storage).add(ACCOUNT, tags=("轴承", "华东"))
    for person in PEOPLE:
        People(storage).add(person, title="经理")
    Visits(storage).plan(VISIT, Attendee.at(VISIT, PEOPLE[0].id, Side.THEIRS))


def log_visit(storage: Storage) -> None:
    """A debrief: the visit closed, three at the table, two facts, three promises."""
    held = replace(VISIT, said="他们认可算法，要求说明阈值来源。" * 60, next_step="提供模型说明")
    promises = tuple(
        Promise(id=_id(300 + n), account=ACCOUNT.id, side=side, words=f"承诺 {n}", due=DAY)
        for n, side in enumerate((PromiseSide.OURS, PromiseSide.OURS, PromiseSide.THEIRS))
    )
    facts = tuple(
        Fact(id=_id(400 + n), account=ACCOUNT.id, words="停机三十一小时", day=DAY) for n in (0, 1)
    )
    seats = tuple(Attendee.at(VISIT, person.id, Side.THEIRS, point="先讲结论") for person in PEOPLE)
    wrap_up(
        storage,
        Debrief(
            visit=held, base=VISIT, attendees=seats, facts=facts, promises=promises, close=True
        ),
    )


def change_customer(storage: Storage) -> None:
    """A form saved: several cells of one customer."""
    changed = replace(ACCOUNT, short_name="澜川轴承", city="苏州", note="改过的备注。" * 200)
    Accounts(storage).change(changed, base=ACCOUNT, seen=storage.position())


def undo(storage: Storage) -> None:
    """The last action undone."""
    Undo(storage).undo()


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb of the user, and what was done before it."""

    before: tuple[Callable[[Storage], None], ...]
    run: Callable[[Storage], None]


VERBS: Final = {
    "log visit": Verb(before=(seed,), run=log_visit),
    "change customer": Verb(before=(seed,), run=change_customer),
    "undo": Verb(before=(seed, log_visit), run=undo),
}


def new_workspace(folder: Path, ring: KeyRing) -> None:
    """Make the workspace the verbs work on."""
    create(folder, PASSPHRASE, keys=ring, cost=CHEAP)


def storage_on(opened: Opened, *followers: Follower) -> Storage:
    """Return the road for writes on an open file, such that the same verb writes the same bytes."""
    clock = StoppedClock(Instant.at(DAY, 8, 10))
    ids = Ids(clock, chance=random.Random(7).getrandbits)
    kinds = catalogue()
    return Storage(
        opened.connection,
        kinds,
        clock=clock,
        ids=ids,
        followers=(Standing(), SearchIndex(kinds), *followers),
    )
