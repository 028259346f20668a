"""Who guesses invitations or tokens is slowed down by where they are, behind a proxy too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from support.hub_asking import joined, tenant_of
from support.hub_served import Served, served
from support.hubs import hub_on

from kamdesk.core.clock import SystemClock
from kamdesk.hub import invites
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import serving
from kamdesk.hub.online.app import Service
from kamdesk.hub.online.auth import TRIES
from kamdesk.hub.place import Place, Settings
from kamdesk.sync.wire import routes

JSON = {"content-type": "application/json"}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = hub_on(f"sqlite:///{tmp_path / 'hub.db'}", SystemClock())
    tenant_of(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def at(hub: Hub, tmp_path: Path) -> Iterator[Served]:
    """A hub behind a proxy on this machine."""
    with served(tmp_path / "place", Service(hub, called="Hub")) as found:
        yield found


def guess(client: httpx.Client, said_by: str | None = None, n: int = 0) -> int:
    """Try an invitation; return the status. ``said_by``: what stands in the proxy's header."""
    headers = JSON if said_by is None else {**JSON, "x-forwarded-for": said_by}
    body = b'{"secret":"1-%030d","device":"d"}' % n
    return client.post(routes.ENROL, content=body, headers=headers).status_code


def spend(client: httpx.Client, said_by: str | None = None) -> None:
    assert [guess(client, said_by, n) for n in range(TRIES)] == [404] * TRIES


def test_behind_a_proxy_each_address_has_tries_of_its_own(at: Served) -> None:
    with at.client() as client:
        spend(client, "203.0.113.5")
        assert guess(client, "203.0.113.5") == 429
        assert guess(client, "203.0.113.6") == 404
        assert guess(client) == 404, "nor does the proxy's own address count with them"


@pytest.mark.parametrize(
    "forged",
    [
        lambda n: f"198.51.100.{n}, 203.0.113.5",
        lambda n: f"127.0.0.1, 198.51.100.{n}, 203.0.113.5",
        lambda n: f"{'x' * n}, 203.0.113.5",
        lambda n: f"198.51.100.{n}, 203.0.113.5, 127.0.0.1",
    ],
)
def test_what_a_caller_says_of_itself_before_the_proxy_does_is_nothing(
    at: Served, forged: Callable[[int], str]
) -> None:
    with at.client() as client:
        assert [guess(client, forged(n), n) for n in range(TRIES)] == [404] * TRIES
        assert guess(client, forged(TRIES)) == 429


def test_a_whole_network_of_ipv6_is_one_caller_behind_a_proxy(at: Served) -> None:
    with at.client() as client:
        statuses = [guess(client, f"2001:db8:1:2::{n:x}", n) for n in range(TRIES + 1)]
    assert statuses == [404] * TRIES + [429]


def test_nobody_but_the_proxy_says_whom_a_request_is_from(hub: Hub, tmp_path: Path) -> None:
    """With TLS of its own the hub knows no proxy; nor another machine than was named."""
    place = Place(folder=tmp_path, settings=Settings(name="H", url="https://h", listen="h:1"))
    behind = Settings(name="H", url="https://h", listen="h:1", tls=False)
    proxied = serving.config(Place(folder=tmp_path, settings=behind), proxies="192.0.2.1")
    assert (proxied.proxy_headers, proxied.forwarded_allow_ips) == (True, "192.0.2.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "secure", lambda _place: None)
        assert serving.config(place).proxy_headers is False
    service = Service(hub, called="Hub")
    with served(tmp_path / "place", service, proxies="192.0.2.1") as at, at.client() as client:
        statuses = [guess(client, f"198.51.100.{n}", n) for n in range(TRIES + 1)]
    assert statuses == [404] * TRIES + [429]


def test_a_good_token_is_never_held_up_by_who_guesses_beside_it(at: Served, hub: Hub) -> None:
    asker = joined(hub, 1, "anna")
    good, bad = ({"authorization": f"Bearer {one}"} for one in (asker.token, "1-1-" + "x" * 43))
    with at.client() as client:
        tried = [
            client.post(routes.TOKEN, content=b"{}", headers={**JSON, **bad}) for _ in range(12)
        ]
        assert [one.status_code for one in tried] == [401] * TRIES + [429] * 2
        assert client.post(routes.TOKEN, content=b"{}", headers={**JSON, **good}).status_code == 200


def test_a_good_invitation_waits_where_somebody_guessed(at: Served, hub: Hub) -> None:
    """Before a secret is looked at: else whoever may guess on would be told by the answer."""
    asker = joined(hub, 1, "anna")
    with hub.turn(1) as turn:
        secret = invites.make(turn, asker.device.user)
    body = b'{"secret":"%s","device":"d"}' % secret.encode()
    with at.client() as client:
        spend(client, "203.0.113.5")
        late = client.post(
            routes.ENROL, content=body, headers={**JSON, "x-forwarded-for": "203.0.113.5"}
        )
        assert (late.status_code, int(late.headers["retry-after"]) <= 60) == (429, True)
        well = client.post(
            routes.ENROL, content=body, headers={**JSON, "x-forwarded-for": "203.0.113.9"}
        )
        assert well.status_code == 200
