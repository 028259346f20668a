"""The hub's journal: a line of JSON for each request, and in none of them anybody's words."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from support.hub_asking import Asker, account, joined, tenant_of
from support.hub_served import served
from support.hubs import hub_on

from kamdesk.core.clock import SystemClock
from kamdesk.hub.database import open_database
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import journal
from kamdesk.hub.online.app import Service
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.messages import Scope, said

CANARY = "Bittern7Q"
JSON = {"content-type": "application/json"}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the journal writes meanwhile, in a stream."""
    stream = io.StringIO()
    root, ours = logging.getLogger(), logging.getLogger("kamdesk.hub")
    levels = root.level, ours.level
    handler = journal.start(stream)
    yield stream
    root.removeHandler(handler)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def written(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.fixture
def errors_meant(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Lets errors be logged that these tests bring about."""
    with caplog.at_level("ERROR", "somebody.else"):
        yield


def test_no_word_of_a_customer_gets_into_the_journal(
    tmp_path: Path, lines: io.StringIO, errors_meant: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = hub_on(f"sqlite:///{tmp_path / 'served.db'}")
    asker = joined(hub, tenant_of(hub), CANARY)
    service = Service(hub, called=CANARY)
    with served(tmp_path / "hub", service) as found, found.client() as client:
        bearer = {**JSON, "authorization": f"Bearer {asker.token}"}
        asker.write(Scope(account(1), "internal"), 1, {"said": CANARY})
        asker.write(Scope(account(1), CANARY), 2, {CANARY: CANARY}, kind=CANARY)
        pushed = client.post(routes.SYNC, content=said(asker.question()), headers=bearer)
        assert pushed.json()["settled"]["last"] == 2
        for path in (f"/{CANARY}", f"/v1/files/{CANARY}?offset={CANARY}", f"/v1/hub?{CANARY}"):
            client.get(path, headers={**bearer, "user-agent": CANARY, CANARY: CANARY})
        client.get(routes.HUB, headers={"x-forwarded-for": CANARY})
        client.post(routes.SYNC, headers={"authorization": f"Bearer {CANARY}"})
        for body in (CANARY, f'{{"{CANARY}":1}}', f'{{"secret":"{CANARY * 3}","device":"d"}}'):
            client.post(routes.ENROL, content=body, headers=JSON)
        _break(monkeypatch, service, asker, ValueError(CANARY))
        assert client.post(routes.RENUMBER, content=b'{"dev":1}', headers=bearer).status_code == 500
        _break(monkeypatch, service, asker, None)
        broken = client.post(routes.RENUMBER, content=b'{"dev":1}', headers=bearer)
        assert (broken.status_code, broken.headers["retry-after"]) == (503, "2")
        logging.getLogger("somebody.else").error("%s and %s", CANARY, {"a": CANARY})
        assert CANARY not in client.post(routes.RENUMBER, content=b"{}", headers=bearer).text
    assert CANARY not in lines.getvalue()
    found_lines = written(lines)
    assert (
        sum(str(one["said"]).startswith("broke\nbuiltins.ValueError") for one in found_lines) == 1
    )
    assert [one["said"] for one in found_lines if one["of"] == "somebody.else"] == ["…"]
    answered = [one for one in found_lines if one["said"] == "answered"]
    first = next(one for one in answered if one.get("route") == routes.SYNC)
    assert (first["status"], first["pushed"], first["dev"]) == (200, 2, asker.device.dev)
    assert {"ms", "in", "out", "at", "level"} <= set(first)
    assert any(one.get("status") == 401 and one.get("from") == "127.0.0.1" for one in answered)


def test_the_control_a_plain_log_would_have_held_them(lines: io.StringIO) -> None:
    """The same records, without the filter, do hold the word: the search above can bite."""
    stream = io.StringIO()
    bare = logging.StreamHandler(stream)
    log = logging.getLogger("kamdesk.hub")
    log.addHandler(bare)
    log.propagate = False
    try:
        journal.broke(ValueError(CANARY))
    finally:
        log.removeHandler(bare)
        log.propagate = True
    assert CANARY in stream.getvalue()


def _break(
    monkeypatch: pytest.MonkeyPatch, service: Service, asker: Asker, error: Exception | None
) -> None:
    """Let the hub fail: with this error, or by a statement the database refuses."""

    def fail(_device: object) -> int:
        if error is not None:
            raise error
        with service.hub.engine.connect() as connection:
            connection.execute(text(f"SELECT '{CANARY}' FROM {CANARY}"))
        return 0

    monkeypatch.setattr(service.hub, "renumber", fail)


def test_a_hub_without_its_database_asks_to_come_again(
    tmp_path: Path, lines: io.StringIO, errors_meant: None
) -> None:
    engine = open_database("postgresql+psycopg://nobody@127.0.0.1:1/no")
    service = Service(Hub(engine, SystemClock()), called="Hub")
    with served(tmp_path / "hub", service) as found, found.client() as client:
        health = client.get("/v1/health")
        asked = client.post(
            routes.SYNC, headers={**JSON, "authorization": "Bearer 1-1-" + "x" * 43}
        )
        hello = client.get(routes.HUB)
    assert (health.status_code, health.json()) == (503, {"error": "later"})
    assert (asked.status_code, asked.headers["retry-after"]) == (503, "2")
    assert hello.status_code == 200
    assert "nobody" not in lines.getvalue()  # nor what the driver says of it
