"""How much a hub takes: of files, of changes a day, of its disk; it gives all the same."""

import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from support.commands import CommandLine
from support.content_room import PAPER, Room
from support.hub_asking import account, another, joined, tenant_of
from support.hub_served import served
from support.hubs import hub_on

from kamdesk.core.clock import StoppedClock, SystemClock
from kamdesk.hub import bounds, place
from kamdesk.hub.bounds import GB, MB, Bounds, EnoughToday, NoRoom, NoRoomForFiles
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import serving
from kamdesk.hub.online.app import Service
from kamdesk.hub.schema import BLOB, OP
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.messages import Scope, said

OURS = Scope(account(1), "internal")
SIZE = len(PAPER)
Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


@pytest.fixture
def errors_meant(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What breaks here is meant to, and is told to the journal."""
    with caplog.at_level("ERROR", "somebody.else"):
        yield


def full(monkeypatch: pytest.MonkeyPatch, free: int = 10) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(100, 90, free))


def test_a_member_sends_no_more_files_than_they_may(hub: Hub) -> None:
    room, mine = Room(hub), Bounds(files=GB, files_each=2 * SIZE)
    one, other = room.device("one"), room.device("other")
    for fill in (b"a", b"b"):
        room.put(one, 0, fill * SIZE, fill * SIZE, bounds=mine)
    with pytest.raises(NoRoomForFiles):
        room.put(one, 0, b"c" * SIZE, b"c" * SIZE, bounds=mine)
    assert room.put(one, 0, b"a" * SIZE, b"a" * SIZE, bounds=mine) == SIZE, "it is there"
    assert room.put(other, 0, b"c" * SIZE, b"c" * SIZE, bounds=mine) == SIZE
    assert room.put(one, 0, b"d" * SIZE, b"d" * SIZE) == SIZE, "the control: without a bound"


def test_the_team_sends_no_more_files_than_it_may(hub: Hub) -> None:
    room, ours = Room(hub), Bounds(files=2 * SIZE, files_each=GB)
    room.put(room.device("one"), 0, b"a" * SIZE, b"a" * SIZE, bounds=ours)
    room.put(room.device("two"), 0, b"b" * SIZE, b"b" * SIZE, bounds=ours)
    third = room.device("three")
    with pytest.raises(NoRoomForFiles):
        room.put(third, 0, b"c" * SIZE, b"c" * SIZE, bounds=ours)
    with hub.engine.connect() as connection:
        assert len(connection.execute(select(BLOB)).all()) == 2


def test_what_is_begun_counts_with_all_of_its_size(hub: Hub) -> None:
    room, mine = Room(hub), Bounds(files=GB, files_each=2 * SIZE)
    one = room.device("one")
    for fill in (b"a", b"b"):
        room.put(one, 0, fill, fill * SIZE, bounds=mine)
    with pytest.raises(NoRoomForFiles):
        room.put(one, 0, b"c", b"c" * SIZE, bounds=mine)
    assert room.put(one, 1, b"a" * (SIZE - 1), b"a" * SIZE, bounds=mine) == SIZE, "it goes on"


def test_a_device_brings_no_more_changes_a_day_than_it_may(hub: Hub, tenant: int) -> None:
    anna = joined(hub, tenant, "anna")
    twin = another(hub, tenant, anna.device.user)
    hub.bounds = Bounds(a_day=10_000)
    anna.write(OURS, 1, {"said": "x" * 9000})
    assert anna.exchange().settled.last == 1
    anna.write(OURS, 2, {"said": "y" * 9000})
    with pytest.raises(EnoughToday) as enough:
        anna.exchange()
    assert 0 < enough.value.after <= 86_400
    assert len(log(hub)) == 1, "nothing of it is taken"
    kept, anna.made = anna.made, []
    assert anna.exchange().settled.last == 1, "and it still hears"
    twin.write(OURS, 3, {"said": "z" * 9000})
    assert twin.exchange().settled.last == 1, "another device has a day of its own"
    assert isinstance(hub.clock, StoppedClock)
    hub.clock.move(minutes=24 * 60)
    anna.made = kept
    assert anna.exchange().settled.last == 2


def test_an_action_called_at_length_counts_as_often_as_it_is_written_down(
    hub: Hub, tenant: int
) -> None:
    anna = joined(hub, tenant, "anna")
    hub.bounds = Bounds(a_day=20_000)
    anna.write(OURS, 1, {})
    anna.exchange()
    for n in range(20):
        anna.write(OURS, n, {}, txn=2)
    anna.made = [
        (scope, replace(op, name="" if n else "n" * 2000))
        for n, (scope, op) in enumerate(anna.made)
    ]
    with pytest.raises(EnoughToday):
        anna.exchange()


def log(hub: Hub) -> list[Any]:
    with hub.engine.connect() as connection:
        return list(connection.execute(select(OP.c.record).where(OP.c.kind == "visit")))


def test_a_disk_nearly_full_takes_nothing_and_gives_all(
    hub: Hub, tenant: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = joined(hub, tenant, "anna")
    twin = another(hub, tenant, anna.device.user)
    anna.write(OURS, 1, {"said": "one"})
    anna.exchange()
    hub.bounds = Bounds(spare=11)
    full(monkeypatch)
    anna.write(OURS, 2, {"said": "two"})
    if hub.engine.dialect.name == "sqlite":
        with pytest.raises(NoRoom):
            anna.exchange()
        assert len(log(hub)) == 1
    else:
        anna.exchange()  # a server's disk is not ours to see: it says so itself
    twin.exchange()
    assert [op.verb for op in twin.exchange().ops if op.kind == "visit"] != []
    full(monkeypatch, free=11)
    anna.exchange()
    assert len(log(hub)) == 2, "the control: with room it is taken"


def test_over_http_each_has_its_status_and_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = hub_on(f"sqlite:///{tmp_path / 'hub.db'}", SystemClock())
    asker = joined(hub, tenant_of(hub), "anna")
    bearer = {"authorization": f"Bearer {asker.token}"}
    json, octets = "application/json", "application/octet-stream"

    def pushed(client: Any) -> tuple[int, Any, bool]:
        headers = {**bearer, "content-type": json}
        told = client.post(routes.SYNC, content=said(asker.question()), headers=headers)
        return told.status_code, told.json().get("error"), "retry-after" in told.headers

    def put(client: Any) -> tuple[int, Any]:
        path = f"{routes.FILES}/{'a' * 64}?size=100&offset=0"
        told = client.put(path, content=b"part", headers={**bearer, "content-type": octets})
        return told.status_code, told.json().get("error")

    with served(tmp_path / "place", Service(hub, called="Hub")) as at, at.client() as client:
        asker.write(OURS, 1, {"said": "x" * 2000})
        hub.bounds = Bounds(files=99)
        assert put(client) == (507, routes.NO_ROOM)
        hub.bounds = Bounds(spare=11)
        full(monkeypatch)
        assert pushed(client) == (503, routes.FULL, True)
        assert put(client) == (503, routes.FULL)
        full(monkeypatch, free=100)
        hub.bounds = Bounds(a_day=1, spare=0)
        assert pushed(client) == (200, None, False)
        asker.write(OURS, 1, {"said": "x" * 2000})
        assert pushed(client) == (429, routes.ENOUGH, True)
    hub.engine.dispose()


def test_a_database_whose_disk_is_full_says_so_too(tmp_path: Path, errors_meant: None) -> None:
    hub = hub_on(f"sqlite:///{tmp_path / 'hub.db'}", SystemClock())
    asker = joined(hub, tenant_of(hub), "anna")
    for n in range(200):
        asker.write(OURS, n, {"said": "x" * 5000})
    headers = {"authorization": f"Bearer {asker.token}", "content-type": "application/json"}
    _bound(hub.engine)
    with served(tmp_path / "place", Service(hub, called="Hub")) as at, at.client() as client:
        told = client.post(routes.SYNC, content=said(asker.question()), headers=headers)
        assert (told.status_code, told.json()) == (503, {"error": routes.FULL})
        assert client.get("/v1/health").status_code == 200
    assert log(hub) == []
    hub.engine.dispose()


def _bound(engine: Engine) -> None:
    """Let an SQLite database grow no further, as on a disk that is full."""
    from sqlalchemy import event

    engine.dispose()

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 10}").fetchall()


def test_a_server_that_is_full_is_known_by_its_state() -> None:
    class Full(Exception):
        sqlstate = "53100"

    class Met(Exception):
        sqlstate = "40001"

    assert bounds.is_full(OperationalError("INSERT", None, Full()))
    assert not bounds.is_full(OperationalError("INSERT", None, Met()))


def test_bounds_come_from_the_settings_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "hub"
    machine = CommandLine(tmp_path, clock=SystemClock(), given={"KAMDESK_HUB": str(where)})
    machine.do("hub", "init", "--name", "H", "--url", "https://h:8443")
    settings = where / place.SETTINGS
    assert place.find(where).settings.bounds == Bounds()
    settings.write_text(settings.read_text().replace("files_gb = 100", "files_gb = 7"))
    seen: list[Bounds] = []
    monkeypatch.setattr(serving, "serve", lambda at, **_: seen.append(at.settings.bounds))
    machine.do("hub", "serve", "--a-day-mb", "3", "--spare-gb", "0")
    assert seen == [Bounds(files=7 * GB, a_day=3 * MB, spare=0)]
    for odd in ('"7"', "-1", "true", "1.5"):
        settings.write_text(settings.read_text().replace("files_gb = 7", f"files_gb = {odd}"))
        assert "cannot be read" in machine.refused("hub", "serve")
        settings.write_text(settings.read_text().replace(f"files_gb = {odd}", "files_gb = 7"))
