"""The small workspace faults happen to: one customer, its people, a visit, a map, a promise."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from support.faults_workspace import CHEAP, PASSPHRASE

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Id, Ids
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.service import Accounts
from kamdesk.domain.people.model import Channel, Person
from kamdesk.domain.people.service import People
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.domain.promises.service import Promises
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.service import Team
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit
from kamdesk.domain.visits.service import Visits
from kamdesk.dossier.standing import Standing
from kamdesk.dossier.wrap_up import Debrief, wrap_up
from kamdesk.search.index import SearchIndex
from kamdesk.storage.creating import Created, create
from kamdesk.storage.followers import Follower
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.opening import Opened
from kamdesk.storage.storage import Storage
from kamdesk.workspace import catalogue

DAY: Final = date(2026, 3, 12)


def an_id(n: int) -> Id:
    """Return the id a test knows as ``n``."""
    return Id(n.to_bytes(16, "big"))


ACCOUNT: Final = Account(
    id=an_id(7), name="澜川精密轴承有限公司", city="无锡", note="老客户。" * 40
)
PEOPLE: Final = tuple(
    Person(id=an_id(200 + n), name=name, account=ACCOUNT.id)
    for n, name in enumerate(("陈立新", "李敏", "沈建国"))
)
VISIT: Final = Visit(
    id=an_id(100),
    account=ACCOUNT.id,
    start=Instant.at(DAY, 7),
    topic="二号产线",
    objective="同意试点",
)
SEAT: Final = Attendee.at(VISIT, PEOPLE[0].id, Side.THEIRS)
PROMISE: Final = Promise(
    id=an_id(310), account=ACCOUNT.id, side=PromiseSide.OURS, words="提供 ROI 模型"
)
COLLEAGUE: Final = Colleague(id=an_id(500), name="陈浩")


def seed(storage: Storage) -> None:
    """Save the customer with people, a planned visit, a promise and a colleague."""
    Team(storage).add(COLLEAGUE)
    Accounts(storage).add(ACCOUNT, tags=("轴承", "华东"))
    people = People(storage)
    for person in PEOPLE:
        way = replace(people.way(person, Channel.MOBILE, "+86 138 0013 8000"), id=an_id(600))
        people.add(person, title="经理", ways=(way,) if person is PEOPLE[0] else ())
    Visits(storage).plan(VISIT, SEAT)
    Promises(storage).make(PROMISE)


def log_visit(storage: Storage) -> None:
    """Save a debrief: the visit closed, three at the table, two facts, three promises."""
    held = replace(VISIT, said="他们认可算法，要求说明阈值来源。" * 60, next_step="提供模型说明")
    promises = tuple(
        Promise(id=an_id(300 + n), account=ACCOUNT.id, side=side, words=f"承诺 {n}", due=DAY)
        for n, side in enumerate((PromiseSide.OURS, PromiseSide.OURS, PromiseSide.THEIRS))
    )
    facts = tuple(
        Fact(id=an_id(400 + n), account=ACCOUNT.id, words="停机三十一小时", day=DAY) for n in (0, 1)
    )
    seats = tuple(Attendee.at(VISIT, person.id, Side.THEIRS, point="先讲结论") for person in PEOPLE)
    wrap_up(
        storage,
        Debrief(
            visit=held, base=VISIT, attendees=seats, facts=facts, promises=promises, close=True
        ),
    )


def new_workspace(folder: Path, ring: KeyRing) -> Created:
    """Make the workspace the verbs work on."""
    return create(folder, PASSPHRASE, keys=ring, cost=CHEAP)


def storage_on(opened: Opened, *followers: Follower, chance: int = 7) -> Storage:
    """Return the road for writes on an open file, such that the same verb writes the same bytes."""
    clock = StoppedClock(Instant.at(DAY, 8, 10))
    kinds = catalogue()
    return Storage(
        opened.connection,
        kinds,
        clock=clock,
        ids=Ids(clock, chance=random.Random(chance).getrandbits),
        followers=(Standing(), SearchIndex(kinds), *followers),
    )
