"""Several processes on one database: a wait in one hears of a push in another; a calm end."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from support.commands import CommandLine
from support.hub_asking import Asker, account, another, joined, tenant_of
from support.hub_served import served
from support.hubs import empty_database, hub_on

from kamdesk.core.clock import SystemClock
from kamdesk.hub.hub import Hub
from kamdesk.hub.online.app import Service
from kamdesk.hub.schema import engine_for
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.messages import Scope, said

JSON = {"content-type": "application/json"}
OURS = Scope(account(1), "internal")


def waiting_at(url: str, asker: Asker, answers: list[httpx.Response]) -> threading.Thread:
    """Begin a long poll; the thread ends with its answer.

    Where too many of one device ask one process at once, it is told to come again, and does.
    """

    def wait() -> None:
        headers = {**JSON, "authorization": f"Bearer {asker.token}"}
        with httpx.Client(base_url=url, headers=headers, timeout=90, trust_env=False) as client:
            ask = said(asker.question(wait=60))
            while (told := client.post(routes.SYNC, content=ask)).status_code == 429:
                time.sleep(0.1)
            answers.append(told)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_a_hub_that_ends_lets_who_waits_go(tmp_path: Path) -> None:
    hub = hub_on(f"sqlite:///{tmp_path / 'served.db'}")
    asker = joined(hub, tenant_of(hub), "anna")
    asker.settle()
    service = Service(hub, called="Hub")
    answers: list[httpx.Response] = []
    with served(tmp_path / "hub", service) as found:
        thread = waiting_at(f"http://127.0.0.1:{found.port}", asker, answers)
        while not service.waiting.many:
            thread.join(0.01)
    thread.join(30)  # it asked for sixty seconds
    assert [one.status_code for one in answers] == [200]
    assert answers[0].json()["ops"] == []


@pytest.mark.slow
def test_two_processes_share_the_work(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    database = empty_database("postgres", tmp_path, request)
    given = {"KAMDESK_HUB": str(tmp_path / "hub"), "KAMDESK_HUB_DATABASE": database}
    machine = CommandLine(tmp_path, clock=SystemClock(), given=given)
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    machine.do("hub", "init", "--url", "https://h.example", "--listen", listen, "--behind-proxy")
    assert "holds a hub" in machine.refused("hub", "init", "--hub", tmp_path / "second")
    hub = Hub(engine_for(database), SystemClock())
    writer = joined(hub, 1, "anna")
    reader = another(hub, 1, writer.device.user)
    writer.write(OURS, 1, {"said": "one"})
    writer.exchange()
    reader.settle()
    environment = {**machine.kept(), **machine.environment()}
    order = [sys.executable, "-m", "kamdesk", "hub", "serve", "--workers", "2"]
    log = tmp_path / "log"
    with log.open("w") as err, subprocess.Popen(order, env=environment, stderr=err) as serving:
        try:
            url = f"http://{listen}"
            _await(url, serving)
            answers: list[httpx.Response] = []
            waiters = [waiting_at(url, reader, answers) for _ in range(4)]
            headers = {**JSON, "authorization": f"Bearer {writer.token}"}
            writer.write(OURS, 2, {"said": "egret"})
            with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
                pushed = client.post(routes.SYNC, content=said(writer.question()))
                assert pushed.status_code == 200
            for waiter in waiters:
                waiter.join(80)
            heard = [(one.status_code, "egret" in one.text) for one in answers]
            assert heard == [(200, True)] * 4
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(40)
            hub.engine.dispose()
    assert serving.returncode == 0
    assert machine.ask("hub", "stats")["accounts"] == 1
    assert machine.ask("hub", "export", tmp_path / "all.jsonl.gz")["rows"] > 5
    assert "pg_dump" in machine.refused("hub", "backup", tmp_path / "b.db")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {one["said"] for one in lines} == {"answered"}


def _await(url: str, serving: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while True:
        try:
            httpx.get(f"{url}/v1/health", trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            assert serving.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
