"""One device that asks all at once: it keeps its own share of the hub busy, never everybody's."""

import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from support.hub_asking import Asker, joined, tenant_of
from support.hub_served import Served, served
from support.hubs import hub_on

from kamdesk.hub.online.app import AT_WORK, THREADS, Service
from kamdesk.sync.wire.messages import said

LOTS = THREADS + 2
ENOUGH = 20
"""Seconds after which nobody answers any more."""


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[Service, Served, Asker, Asker]]:
    hub = hub_on(f"sqlite:///{tmp_path / 'hub.db'}")
    tenant = tenant_of(hub)
    greedy, patient = joined(hub, tenant, "greedy"), joined(hub, tenant, "patient")
    service = Service(hub, called="Hub")
    with served(tmp_path / "hub", service) as found:
        yield service, found, greedy, patient


def status(server: Served, asker: Asker) -> int:
    heads = {"content-type": "application/json", "authorization": f"Bearer {asker.token}"}
    with server.client(timeout=ENOUGH) as client:
        return client.post("/v1/sync", content=said(asker.question()), headers=heads).status_code


def test_one_device_never_keeps_all_threads(
    serving: tuple[Service, Served, Asker, Asker], monkeypatch: pytest.MonkeyPatch
) -> None:
    service, server, greedy, patient = serving
    go_on, exchange = threading.Event(), service.hub.exchange

    def slowly(device: Any, ask: Any) -> Any:
        if device.user == greedy.device.user:
            assert go_on.wait(ENOUGH)
        return exchange(device, ask)

    monkeypatch.setattr(service.hub, "exchange", slowly)
    with ThreadPoolExecutor(LOTS) as pool:
        asked = [pool.submit(status, server, greedy) for _ in range(LOTS)]
        try:
            wait(asked, ENOUGH, FIRST_COMPLETED)
            assert status(server, patient) == 200
        finally:
            go_on.set()
        found = sorted(one.result() for one in asked)
    assert found == [200] * AT_WORK + [429] * (LOTS - AT_WORK)
    assert status(server, greedy) == 200, "and once it is done it may ask again"
    assert not service._working
