"""The ledger of the load finds nothing wrong with the hub, and everything with hubs that are."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy import delete, insert, select, update
from support.hub_load import Ledger, LoadDevice, Verdict, places
from support.hub_made import crews

from kamdesk.core.clock import SystemClock
from kamdesk.hub import devices, schema
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import OP, SCOPE, TENANT
from kamdesk.sync.wire.messages import Answer, Done, Exchange, Pull, Scope, read, read_answer, said

Spoil = Callable[["Scene"], None]
Tamper = Callable[["Scene", LoadDevice, Answer], Answer]


class Scene:
    """Six devices in two groups at one hub, that write and hear by turns."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'hub.db'}"
        self.hub = Hub(schema.engine_for(url), SystemClock())
        self.ledger = Ledger()
        for number, crew in enumerate(crews(url, 2, partners=2, each=2)):
            said_to = ("internal", "partner") if crew.internal else ("partner",)
            scopes = [(bytes.fromhex(a), word) for a in crew.accounts for word in said_to]
            device = LoadDevice(*crew.seat, writes=scopes, reads=scopes, seed=number)
            self.ledger.devices.append(device)

    def run(self, tamper: Tamper | None = None, spoil: Spoil | None = None) -> Verdict:
        chance = Random(3)
        for turn in range(60):
            device = chance.choice(self.ledger.devices)
            device.write(chance.randint(1, 8), 1_700_000_000_000 + turn)
            self.exchange(device, tamper, limit=5)
        if spoil:
            spoil(self)
        for device in self.ledger.devices:
            self.exchange(device, tamper)
        found = self.ledger.judge(places(self.hub.engine))
        self.hub.engine.dispose()
        return found

    def exchange(self, device: LoadDevice, tamper: Tamper | None, *, limit: int = 5000) -> None:
        fresh = True
        while fresh or device.busy:
            fresh = False
            ask = read(said(device.ask(limit=limit)), Exchange)
            with self.hub.engine.connect() as connection:
                known = devices.known(connection, device.token)
            assert known is not None
            answer = read_answer(said(self.hub.exchange(known, ask)))
            device.hear(tamper(self, device, answer) if tamper else answer)


def test_nothing_is_wrong_with_the_hub(tmp_path: Path) -> None:
    verdict = Scene(tmp_path).run()
    assert verdict.clean, verdict
    assert verdict.judged > 200


def drops(_: Scene, __: LoadDevice, answer: Answer) -> Answer:
    if isinstance(answer, Done) and answer.ops:
        return msgspec.structs.replace(answer, ops=answer.ops[:-1])
    return answer


def forgets_places(_: Scene, __: LoadDevice, answer: Answer) -> Answer:
    if isinstance(answer, Done) and answer.own:
        return msgspec.structs.replace(answer, own=answer.own[1:])
    return answer


def says_twice(_: Scene, __: LoadDevice, answer: Answer) -> Answer:
    if isinstance(answer, Done) and answer.ops:
        return msgspec.structs.replace(answer, ops=[*answer.ops, answer.ops[0]])
    return answer


def says_otherwise(_: Scene, __: LoadDevice, answer: Answer) -> Answer:
    if isinstance(answer, Done) and answer.ops:
        first: Pull = answer.ops[0]
        odd = msgspec.structs.replace(first, cells=msgspec.Raw(b'{"text":"x"}'))
        return msgspec.structs.replace(answer, ops=[odd, *answer.ops[1:]])
    return answer


def says_of_others(scene: Scene, device: LoadDevice, answer: Answer) -> Answer:
    if isinstance(answer, Done) and answer.ops:
        other = next(d for d in scene.ledger.devices if not d.reads & device.reads)
        account, audience = next(iter(other.reads))
        scopes = [Scope(account.hex() if account else None, audience), *answer.scopes]
        ops = [msgspec.structs.replace(op, scope=op.scope + 1) for op in answer.ops]
        ops[0] = msgspec.structs.replace(ops[0], scope=0)
        return msgspec.structs.replace(answer, scopes=scopes, ops=ops)
    return answer


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (drops, "skipped"),
        (forgets_places, "lost"),
        (says_twice, "double"),
        (says_otherwise, "changed"),
        (says_of_others, "foreign"),
    ],
)
def test_a_hub_that_answers_wrong_is_caught(tmp_path: Path, tamper: Tamper, found: str) -> None:
    verdict = Scene(tmp_path).run(tamper)
    assert getattr(verdict, found) > 0
    assert not verdict.clean


PARTNERS = select(SCOPE.c.scope).where(SCOPE.c.audience == "partner")
LAST = select(OP).where(OP.c.dev > 0, OP.c.scope.in_(PARTNERS)).order_by(OP.c.seq.desc())


def lose(scene: Scene) -> None:
    """Lose the last op of the log, after its writer heard that it is settled."""
    with scene.hub.engine.begin() as connection:
        row = connection.execute(LAST).first()
        assert row is not None
        connection.execute(delete(OP).where(OP.c.seq == row.seq))


def store_twice(scene: Scene) -> None:
    """Store the last op of the log once more, as a hub without numbers would."""
    with scene.hub.engine.begin() as connection:
        row = connection.execute(LAST).mappings().first()
        assert row is not None
        head = connection.execute(select(TENANT.c.head)).scalar_one() + 1
        connection.execute(insert(OP).values({**row, "seq": head}))
        connection.execute(update(TENANT).values(head=head))


def mislay(scene: Scene) -> None:
    """Put an op into the scope of another group."""
    with scene.hub.engine.begin() as connection:
        row = connection.execute(LAST).first()
        assert row is not None
        home = connection.execute(
            select(SCOPE.c.account).where(SCOPE.c.scope == row.scope)
        ).scalar_one()
        group = next(d for d in scene.ledger.devices if (bytes.fromhex(home), "partner") in d.reads)
        other = next(d for d in scene.ledger.devices if not d.reads & group.reads)
        accounts = [account.hex() for account, _ in other.reads if account]
        scope = connection.execute(
            select(SCOPE.c.scope).where(
                SCOPE.c.account.in_(accounts), SCOPE.c.audience == "partner"
            )
        )
        connection.execute(
            update(OP).where(OP.c.seq == row.seq).values(scope=scope.scalars().first())
        )


@pytest.mark.parametrize("spoil", [lose, store_twice, mislay])
def test_a_log_that_is_wrong_is_caught(tmp_path: Path, spoil: Spoil) -> None:
    assert not Scene(tmp_path).run(spoil=spoil).clean
