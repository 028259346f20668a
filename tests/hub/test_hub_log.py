"""The log: stored once, in one order, whole actions; who is not what it says to be is found out."""

import threading
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from support.hub_asking import HOUSE, Asker, account, another, cells_of, joined, record, tenant_of

from kamdesk.core.clock import StoppedClock
from kamdesk.core.wire_op import Verb
from kamdesk.hub import copying, devices, erasing
from kamdesk.hub.devices import ShutOut
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import OP
from kamdesk.hub.stand import Odd
from kamdesk.hub.turn import retried
from kamdesk.sync.wire.chains import Link, chained
from kamdesk.sync.wire.messages import (
    LARGEST_BODY,
    Clock,
    Elsewhere,
    Expect,
    Forked,
    Mark,
    Rejected,
    Scope,
    Upgrade,
    said,
)

OURS = Scope(account(1), "internal")


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


@pytest.fixture
def anna(hub: Hub, tenant: int) -> Asker:
    return joined(hub, tenant, "anna")


def log_of(hub: Hub) -> list[tuple[int, int]]:
    with hub.engine.connect() as connection:
        rows = connection.execute(
            select(OP.c.seq, OP.c.dseq).where(OP.c.dev > 0).order_by(OP.c.seq)
        )
        return [(seq, dseq) for seq, dseq in rows]


def test_a_repeated_push_is_stored_once_and_answered_alike(hub: Hub, anna: Asker) -> None:
    anna.write(OURS, 1, {"said": "hello"})
    anna.write(OURS, 2, b'{"said":"' + b"x" * 200_000 + b'"}')
    first = anna.ask()
    assert anna.ask().settled == first.settled
    assert first.settled.rejected == [Rejected(2, "bad_value")]
    assert [dseq for _, dseq in log_of(hub)] == [1]
    again = anna.exchange()
    assert again.settled == first.settled


def test_one_bad_op_in_the_middle_is_rejected_alone(hub: Hub, anna: Asker) -> None:
    anna.write(OURS, 1, {"said": "one"})
    anna.write(OURS, 2, {"said": "x" * 100_001})
    anna.write(OURS, 3, {"said": "two"}, verb=99)
    anna.write(Scope(account(1), "private"), 4, {"said": "three"})
    anna.write(OURS, 5, {"said": "four"}, ctx=1_000_000)
    anna.write(OURS, 6, b'{"said":"' + b"x" * (1024 * 1024) + b'"}')
    anna.write(OURS, 7, {"said": "five"})
    done = anna.exchange()
    assert done.settled.last == 7
    assert done.settled.rejected == [
        Rejected(2, "bad_value"),
        Rejected(3, "unknown_verb"),
        Rejected(4, "unknown_audience"),
        Rejected(5, "bad_value"),
        Rejected(6, "too_big"),
    ]
    assert [dseq for _, dseq in log_of(hub)] == [1, 7]


def test_numbers_have_no_gaps(anna: Asker) -> None:
    anna.write(OURS, 1, {"said": "one"})
    gap = anna.question()
    anna.start = 3
    with pytest.raises(Odd, match="gap"):
        anna.hub.exchange(anna.device, anna.question(start=2, ops=gap.ops, scopes=gap.scopes))
    anna.start = 1
    anna.exchange()
    anna.made.clear()
    assert isinstance(anna.ask(start=5, epoch=0, chain="f" * 32), Expect)


def test_a_page_never_parts_an_action(hub: Hub, tenant: int, anna: Asker) -> None:
    twin = another(hub, tenant, anna.device.user)
    for n in range(12):
        anna.write(OURS, n, {"said": str(n)}, txn=1 + n // 5)
    anna.exchange()
    twin.exchange()
    pages = [twin.exchange(limit=6) for _ in range(3)]
    assert [[op.dseq for op in page.ops] for page in pages] == [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10],
        [11, 12],
    ]
    assert [page.more for page in pages] == [True, True, False]
    twin.mark = Mark(0, 0)
    assert [op.dseq for op in twin.exchange(limit=2).ops] == [1, 2, 3, 4, 5]
    named = [op for page in pages for op in page.ops if op.name]
    assert [op.dseq for op in named] == [1, 6, 11]
    assert {op.by for op in named} == {anna.device.colleague}


def test_a_page_of_long_texts_ends_early(hub: Hub, tenant: int, anna: Asker) -> None:
    twin = another(hub, tenant, anna.device.user)
    for n in range(60):
        anna.write(OURS, n, {"said": "客" * 100_000}, txn=1 + n // 4)
        if n % 20 == 19:
            anna.exchange()
    twin.exchange()
    pages = [twin.exchange()]
    while pages[-1].more:
        pages.append(twin.exchange())
    assert sum(len(page.ops) for page in pages) == 60
    assert max(len(said(page)) for page in pages) <= 4 * 1024 * 1024 + 10_000
    assert all(len(page.ops) % 4 == 0 for page in pages)
    twin.mark = Mark(0, 0)
    for n in range(20):
        anna.write(OURS, n, {"said": "x" * 90_000, "more": "y" * 99_000}, txn=99)
    for _ in range(2):  # an action in two pushes, larger than any page
        anna.exchange()
        for n in range(20):
            anna.write(OURS, n, {"said": "x" * 99_000, "more": "y" * 99_000}, txn=99)
    ops = []
    while True:
        page = twin.exchange()
        assert len(said(page)) <= LARGEST_BODY
        ops += page.ops
        if not page.more:
            break
    assert len(ops) == 100


def test_a_page_begins_anew_where_the_log_no_longer_reaches(anna: Asker) -> None:
    assert anna.snapshot([OURS], at=1_000_000, after="x") == anna.snapshot([OURS])


def test_own_ops_come_as_places(hub: Hub, tenant: int, anna: Asker) -> None:
    anna.settle()
    twin = another(hub, tenant, anna.device.user)
    twin.write(OURS, 1, {"said": "mine"})
    twin.exchange()
    anna.write(OURS, 1, {"said": "also"})
    done = anna.exchange()
    assert [cells_of(op) for op in done.ops] == [{"said": "mine"}]
    assert done.own == [(1, log_of(hub)[-1][0])]
    assert done.mark == Mark(done.head, done.mark.at)


def test_a_clock_that_is_ahead_is_told_and_nothing_is_taken(hub: Hub, anna: Asker) -> None:
    now = hub.clock.now().ms
    anna.write(OURS, 1, {"said": "old"}, wall=0)
    anna.write(OURS, 2, {"said": "soon"}, wall=now + 299_000)
    anna.exchange()
    anna.write(OURS, 3, {"said": "late"}, wall=now + 301_000)
    answer = anna.ask()
    assert isinstance(answer, Clock)
    assert (answer.now, answer.settled.last, len(log_of(hub))) == (now, 2, 2)


def test_a_copied_disk_forks_at_its_first_word(hub: Hub, anna: Asker) -> None:
    copy = Asker(hub, anna.device, anna.token)
    anna.write(OURS, 1, {"said": "here"})
    anna.exchange()
    copy.write(OURS, 2, {"said": "there"})
    assert isinstance(copy.ask(), Forked)
    fresh = hub.renumber(copy.device)
    assert fresh != anna.device.dev
    done = copy.ask(dev=fresh)
    assert done.settled.last == 1
    anna.write(OURS, 3, {"said": "on"})
    assert anna.exchange().settled.last == 2


def test_a_fork_shows_once_numbers_are_level(hub: Hub, anna: Asker) -> None:
    for n in range(3):
        anna.write(OURS, n, {"said": "here"})
    anna.exchange()
    copy = Asker(hub, anna.device, anna.token)
    copy.write(OURS, 7, {"said": "there"})
    assert copy.ask().settled.last == 3, "an overlap too short to prove anything"
    chain = chained("", [Link(1, copy.made[0][1].wall, "visit", record(7))] * 3)
    copy.made.clear()
    assert isinstance(copy.ask(start=4, chain=chain), Forked)


def test_a_number_of_somebody_else_forks(hub: Hub, tenant: int, anna: Asker) -> None:
    bea = joined(hub, tenant, "bea")
    assert isinstance(bea.ask(dev=anna.device.dev), Forked)


def test_another_version_is_told_to_come_level(anna: Asker) -> None:
    assert isinstance(anna.ask(proto=4), Upgrade)


def test_a_hub_put_back_from_a_backup_sends_devices_back(hub: Hub, anna: Asker) -> None:
    anna.write(OURS, 1, {"said": "one"})
    early = anna.settle().mark
    anna.write(OURS, 2, {"said": "two"})
    late = anna.exchange().mark
    assert not isinstance(anna.ask(), Elsewhere)
    strange = Mark(late.seq, late.at + 1)
    unsure = anna.ask(marks=[strange])
    assert isinstance(unsure, Elsewhere)
    assert (unsure.start, unsure.epoch) == (None, 2)
    known = anna.ask(marks=[strange, early])
    assert isinstance(known, Elsewhere)
    assert (known.start, known.epoch) == (early.seq, 2), "one epoch for all who see it"
    nothing = anna.ask(marks=[strange, Mark(early.seq, 7)])
    assert isinstance(nothing, Elsewhere)
    assert nothing.start == 0
    beyond = anna.ask(epoch=2, start=9)
    assert isinstance(beyond, Elsewhere)
    assert beyond.start == late.seq
    assert anna.ask(epoch=3).settled.last == 2


def test_an_administrator_begins_an_epoch(hub: Hub, tenant: int, anna: Asker) -> None:
    mark = anna.settle().mark
    with hub.turn(tenant) as turn:
        copying.restored(turn)
    answer = anna.ask()
    assert isinstance(answer, Elsewhere)
    assert (answer.start, answer.epoch) == (mark.seq, 2)


def test_a_revoked_device_hears_nothing_more(hub: Hub, tenant: int, anna: Asker) -> None:
    anna.settle()
    with hub.turn(tenant) as turn:
        assert devices.revoke(turn, anna.device.device)
        assert devices.known(turn.connection, anna.token) is None
        assert devices.was_revoked(turn.connection, anna.token)
        assert not devices.was_revoked(turn.connection, anna.token + "x")
    with pytest.raises(ShutOut):
        anna.ask()
    with pytest.raises(ShutOut):
        anna.snapshot([HOUSE])
    anna.write(OURS, 1, {"said": "late"})
    with pytest.raises(ShutOut):
        anna.ask()
    assert log_of(hub) == []


def test_a_token_goes_on_until_its_successor_is_used(hub: Hub, anna: Asker, tenant: int) -> None:
    with hub.turn(tenant) as turn:
        ask = devices.known
        first = devices.renew(turn, anna.device)
        second = devices.renew(turn, anna.device)
        assert ask(turn.connection, anna.token) == anna.device
        assert ask(turn.connection, first) is None, "one successor at a time"
        assert ask(turn.connection, second) == anna.device
        assert ask(turn.connection, anna.token) is None
        for odd in ("", "1", "1-2", f"{tenant}-{anna.device.device}-", "9" * 30 + "-1-x", "１-1-x"):
            assert ask(turn.connection, odd) is None


def test_writers_at_once_leave_no_gap_to_a_reader(hub: Hub, tenant: int, anna: Asker) -> None:
    reader = another(hub, tenant, anna.device.user)
    anna.write(OURS, 0, {"said": "first"})
    anna.exchange()
    reader.settle()
    writers = [another(hub, tenant, anna.device.user) for _ in range(4)]
    failed: list[BaseException] = []

    def write(asker: Asker) -> None:
        try:
            for n in range(15):
                asker.write(OURS, n, {"said": "again"})
                asker.exchange()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=[asker]) for asker in writers]
    for thread in threads:
        thread.start()
    heard: list[tuple[int, int]] = []
    while any(thread.is_alive() for thread in threads):
        heard += [(op.dev, op.dseq) for op in reader.exchange(limit=3).ops]
    while (page := reader.exchange()).ops or page.more:
        heard += [(op.dev, op.dseq) for op in page.ops]
    assert failed == []
    assert sorted(heard) == sorted((w.device.dev, n) for w in writers for n in range(1, 16))


def test_an_erased_record_leaves_empty_shells(hub: Hub, tenant: int, anna: Asker) -> None:
    twin = another(hub, tenant, anna.device.user)
    anna.write(OURS, 1, {"name": "Heinrich Lübke"}, kind="person")
    anna.write(OURS, 2, {"said": "Heinrich Lübke was there", "day": "2026-03-12"})
    anna.exchange()
    twin.exchange()
    twin.settle()
    anna.write(OURS, 3, {"said": "Lübke, in the same breath"}, txn=9)
    anna.write(OURS, 1, {"texts": True}, verb=Verb.ERASE, kind="person", txn=9, ctx=4)
    anna.write(OURS, 2, {"said": "[erased] was there"}, txn=9, ctx=4)
    anna.write(OURS, 3, {"said": "[erased], in the same breath"}, txn=9, ctx=4)
    for n in (2, 3):
        anna.write(OURS, n, {"said": None}, verb=Verb.FORGET, txn=9, ctx=4)
    anna.exchange()
    twin.write(OURS, 1, {"name": "Lübke again"}, kind="person")
    assert twin.exchange().settled.rejected == []
    with hub.engine.connect() as connection:
        said = list(connection.execute(select(OP.c.cells).order_by(OP.c.seq)).scalars())
    assert not [cells for cells in said if "Lübke" in cells]
    assert '{"said":null,"day":"2026-03-12"}' in said
    page = twin.snapshot([OURS])
    assert [op.verb for op in page.ops if op.record == record(1)] == [Verb.ERASE]


def files_of(hub: Hub) -> bytes:
    """Return what lies in the files of a hub's log, in their freed room too."""
    if hub.engine.dialect.name == "sqlite":
        database = Path(str(hub.engine.url.database))
        return b"".join(path.read_bytes() for path in database.parent.glob("hub.db*"))
    said = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('op')"
    with hub.engine.connect() as connection:
        path = connection.exec_driver_sql(said).scalar_one()
        connection.exec_driver_sql("CHECKPOINT")
    return Path(path).read_bytes()


def test_nothing_of_the_erased_is_left_in_the_files(hub: Hub, anna: Asker) -> None:
    for n in range(50):
        anna.write(OURS, n, {"name": "Heinrich Luebke", "said": "x" * 500}, kind="person")
        anna.write(OURS, 100 + n, {"said": "asked Heinrich Luebke"})
        anna.write(OURS, 100 + n, {"said": "asked nobody"})
    anna.settle()
    assert files_of(hub).count(b"Heinrich Luebke") >= 100, "the scan finds what is there"
    for n in range(50):
        anna.write(OURS, n, {}, verb=Verb.ERASE, kind="person")
        anna.write(OURS, 100 + n, {"said": None}, verb=Verb.FORGET)
    anna.exchange()
    with hub.engine.connect() as connection:
        assert "Luebke" not in repr(connection.execute(select(OP)).all())
    if hub.engine.dialect.name != "sqlite":
        with hub.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM op")
        assert b"Heinrich Luebke" in files_of(hub), "why a sweep is needed there"
        erasing.rewrite(hub.engine)
    assert b"Heinrich Luebke" not in files_of(hub)


def test_the_clock_of_a_hub_that_stands_still_gives_marks_of_their_own(
    hub: Hub, anna: Asker
) -> None:
    assert isinstance(hub.clock, StoppedClock)
    anna.write(OURS, 1, {"said": "one"})
    marks = {anna.settle().mark.at // 1000}
    assert marks == {hub.clock.now().ms}


def test_what_another_transaction_met_is_tried_again() -> None:
    class Met(Exception):
        sqlstate = "40001"

    class Full(Exception):
        sqlstate = "53100"

    tries = []

    def work(met: int, error: Exception) -> str:
        tries.append(1)
        if len(tries) <= met:
            raise DBAPIError("COMMIT", None, error)
        return "done"

    assert retried(lambda: work(3, Met())) == "done"
    assert len(tries) == 4
    for error, count in ((Full(), 1), (Met(), 5)):
        tries.clear()
        with pytest.raises(DBAPIError):
            retried(partial(work, 9, error))
        assert len(tries) == count
