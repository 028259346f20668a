"""Who may do what at each way in: a matrix made from the routes, with exact codes, no foreign byte.

A new route without a row fails. Every body an asker gets is searched for the words of others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import httpx
import pytest
from support.hub_asking import Asker, account, joined, record, tenant_of
from support.hub_served import Served, served
from support.hubs import hub_on

from kamdesk.hub import blobs, devices, grants
from kamdesk.hub.online.app import Service
from kamdesk.hub.online.auth import Guessing
from kamdesk.hub.online.limits import Limit
from kamdesk.hub.online.verbs import ROUTES, Route
from kamdesk.hub.turn import writing
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.messages import Scope, SnapshotAsk, said

ACCOUNT: Final = account(1)
INTERNAL, PARTNER = Scope(ACCOUNT, "internal"), Scope(ACCOUNT, "partner")
SECRET: Final = "heron-in-the-reeds"
SHARED: Final = "kingfisher-on-the-post"
CONTENT: Final = b"otter-under-the-bank" * 50
DIGEST: Final = sha256(CONTENT).hexdigest()
OTHER: Final = sha256(b"nothing").hexdigest()
WORDS: Final = (SECRET, SHARED, CONTENT[:20].decode())


@dataclass(frozen=True)
class World:
    """A served hub with an account of ``owner``'s, of which ``partner`` sees a part."""

    served: Served
    service: Service
    askers: dict[str, Asker]


SEES: Final = {
    "nobody": (),
    "guesser": (),
    "revoked": (),
    "closed": (),
    "stranger": (),
    "elsewhere": (),
    "partner": (SHARED,),
    "colleague": WORDS,
    "owner": WORDS,
}
"""Askers, and which of the words each may read."""
KNOWN: Final = ("stranger", "elsewhere", "partner", "colleague", "owner")
"""Those with a token that is good; ``elsewhere`` is of another team on the same database."""


@dataclass(frozen=True)
class Row:
    """What a route answers: to those with a good token one by one, or to all of them alike.

    ``ask`` makes the request's body and path from the asker (None: without a device).
    """

    ask: Callable[[Asker | None], tuple[str, bytes | None]]
    codes: dict[str, int]
    anybody: int | None = None


def everybody(code: int) -> dict[str, int]:
    return dict.fromkeys(KNOWN, code)


def plain(
    path: str, body: bytes | None = b"{}"
) -> Callable[[Asker | None], tuple[str, bytes | None]]:
    return lambda _asker: (path, body)


def exchange(asker: Asker | None) -> tuple[str, bytes]:
    blank = b'{"proto":2,"epoch":0,"dev":1,"start":1,"chain":"","marks":[],"access":0}'
    return routes.SYNC, said(asker.question(access=0)) if asker else blank


def snapshot(_asker: Asker | None) -> tuple[str, bytes]:
    return routes.SNAPSHOT, said(SnapshotAsk(proto=2, scopes=[INTERNAL, PARTNER]))


def part(path: str) -> Callable[[Asker | None], tuple[str, bytes | None]]:
    return plain(f"{routes.FILES}/{path}", CONTENT[:8])


MATRIX: Final = {
    "GET /v1/health": Row(plain("/v1/health", None), everybody(200), anybody=200),
    "GET /v1/hub": Row(plain("/v1/hub", None), everybody(200), anybody=200),
    "POST /v1/enrol": Row(
        plain("/v1/enrol", b'{"secret":"1-' + b"q" * 32 + b'","device":"d"}'),
        everybody(404),
        anybody=404,
    ),
    "POST /v1/sync": Row(exchange, everybody(200)),
    "POST /v1/snapshot": Row(snapshot, everybody(200)),
    "POST /v1/renumber": Row(plain("/v1/renumber", b'{"dev":1}'), everybody(200)),
    "POST /v1/token": Row(plain("/v1/token"), everybody(200)),
    "POST /v1/leave": Row(plain("/v1/leave"), everybody(200)),
    "POST /v1/files/lacking": Row(
        plain("/v1/files/lacking", b'{"hashes":["' + DIGEST.encode() + b'"]}'), everybody(200)
    ),
    "PUT /v1/files/{sha256}": Row(part(f"{OTHER}?size=100&offset=0"), everybody(200)),
    "GET /v1/files/{sha256}": Row(
        plain(f"{routes.FILES}/{DIGEST}?offset=0", None),
        {"stranger": 404, "elsewhere": 404, "partner": 404, "colleague": 200, "owner": 200},
    ),
}
"""A row for each route; the codes of those without a good token follow from the route."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("matrix")
    hub = hub_on(f"sqlite:///{folder / 'served.db'}")
    tenant, elsewhere = tenant_of(hub), tenant_of(hub)
    askers = {
        name: joined(hub, tenant, name, "partner" if name == "partner" else "member")
        for name in ("owner", "colleague", "partner", "stranger", "revoked", "closed")
    }
    askers["elsewhere"] = joined(hub, elsewhere, "owner", "admin")
    owner = askers["owner"]
    with writing(hub.engine) as connection:
        blobs.put_part(connection, owner.device, DIGEST, len(CONTENT), 0, CONTENT, now=1)
    owner.write(INTERNAL, 1, {"said": SECRET})
    owner.write(PARTNER, 2, {"said": SHARED})
    named = b'{"content":[%d,{"b":"%s"}]}' % (len(CONTENT), _base64(bytes.fromhex(DIGEST)))
    owner.write(INTERNAL, 3, named, kind="file")
    owner.exchange()
    with hub.turn(tenant, "root") as turn:
        grants.grant(turn, askers["colleague"].device.user, ACCOUNT, "internal", "read")
        grants.grant(turn, askers["partner"].device.user, ACCOUNT, "partner", "read")
        devices.revoke(turn, askers["revoked"].device.device)
        from kamdesk.hub import people

        people.close_user(turn, askers["closed"].device.user)
    generous = Guessing(Limit(at_once=100_000, every=1))
    service = Service(hub, called="Hub", guessing=generous)
    with served(folder / "hub", service) as found:
        yield World(found, service, askers)


def _base64(octets: bytes) -> bytes:
    from base64 import b64encode

    return b64encode(octets)


def of(route: Route) -> str:
    return f"{route.method} {route.path}"


def sent(world: World, route: Route, who: str) -> httpx.Response:
    asker = world.askers.get(who)
    token = {"nobody": None, "guesser": "1-1-" + "x" * 43}.get(who, asker and asker.token)
    path, body = MATRIX[of(route)].ask(asker)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if route.takes:
        headers["content-type"] = route.takes
    with world.served.client() as client:
        return client.request(route.method, path, content=body, headers=headers)


def code_of(route: Route, who: str) -> int:
    row = MATRIX[of(route)]
    if row.anybody is not None:
        return row.anybody
    return row.codes[who] if who in KNOWN else 401


CELLS: Final = [
    (route, who)
    for route in ROUTES
    for who in SEES
    if route.path != routes.LEAVE or who not in KNOWN  # who leaves is gone: a test of its own
]


def test_every_route_has_its_row() -> None:
    assert {of(route) for route in ROUTES} == set(MATRIX)
    assert all(set(row.codes) == set(KNOWN) for row in MATRIX.values())


@pytest.mark.parametrize(("route", "who"), CELLS, ids=[f"{of(r)} {who}" for r, who in CELLS])
def test_who_may_do_what(world: World, route: Route, who: str) -> None:
    said = sent(world, route, who)
    assert said.status_code == code_of(route, who)
    foreign = [word for word in WORDS if word not in SEES[who] and word.encode() in said.content]
    assert foreign == []
    if said.status_code >= 400:
        words = {401: routes.REVOKED if who in ("revoked", "closed") else routes.UNKNOWN}
        words[404] = routes.USED if route.path == routes.ENROL else routes.NOT_THERE
        assert said.json() == {"error": words[said.status_code]}


def test_the_search_for_foreign_words_finds_them_where_they_may_be(world: World) -> None:
    """The control: who may read them does get them, by these same requests."""
    by_path = {route.path: route for route in ROUTES if route.method != "PUT"}
    snapshot = by_path[routes.SNAPSHOT]
    assert SECRET.encode() in sent(world, snapshot, "owner").content
    assert SECRET.encode() in sent(world, snapshot, "colleague").content
    assert SHARED.encode() in sent(world, snapshot, "partner").content
    assert sent(world, by_path[routes.FILES + "/{sha256}"], "colleague").content == CONTENT


def test_not_yours_and_not_there_cannot_be_told_apart(world: World) -> None:
    asker = world.askers["stranger"]
    headers = {"authorization": f"Bearer {asker.token}"}
    with world.served.client(headers=headers) as client:
        answers = [
            client.get(path)
            for path in (
                f"{routes.FILES}/{DIGEST}?offset=0",
                f"{routes.FILES}/{OTHER[::-1]}?offset=0",
                f"{routes.FILES}/nonsense?offset=0",
                "/v1/nowhere",
                routes.SYNC,
            )
        ]
    shapes = {
        (one.status_code, one.content, tuple(sorted(set(one.headers) - {"date"})))
        for one in answers
    }
    assert len(shapes) == 1
    scopes = [Scope(ACCOUNT, "internal"), Scope(account(99), "internal")]
    pages = []
    with world.served.client(headers=headers) as client:
        for scope in scopes:
            body = said(SnapshotAsk(proto=2, scopes=[scope]))
            page = client.post(routes.SNAPSHOT, content=body, headers=JSON).json()
            page.pop("scopes")
            pages.append(page)
    assert pages[0] == pages[1]


JSON: Final = {"content-type": "application/json"}


def test_author_and_device_come_from_the_token(world: World) -> None:
    """An op pushed under another device's number is none of that device's."""
    owner, stranger = world.askers["owner"], world.askers["stranger"]
    stolen = stranger.question(dev=owner.device.dev, start=owner.start, chain=owner.chain)
    with world.served.client(headers={"authorization": f"Bearer {stranger.token}"}) as client:
        answer = client.post(routes.SYNC, content=said(stolen), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (200, "fork")
    assert not any(word.encode() in answer.content for word in WORDS)


def test_a_renewed_token_ends_the_one_before_on_first_use(world: World) -> None:
    asker = joined(world.service.hub, world.askers["owner"].device.tenant, "renewing")

    def ask(token: str, path: str = routes.RENUMBER) -> httpx.Response:
        headers = {**JSON, "authorization": f"Bearer {token}"}
        with world.served.client(headers=headers) as client:
            return client.post(path, content=b'{"dev":1}')

    fresh = ask(asker.token, routes.TOKEN).json()["token"]
    assert ask(asker.token).status_code == 200  # the answer may have been lost
    newer = ask(asker.token, routes.TOKEN).json()["token"]
    assert ask(fresh).status_code == 401
    assert ask(newer).status_code == 200
    assert ask(asker.token).status_code == 401


def test_who_leaves_is_out_at_the_next_request(world: World) -> None:
    asker = joined(world.service.hub, world.askers["owner"].device.tenant, "leaving")
    headers = {**JSON, "authorization": f"Bearer {asker.token}"}
    with world.served.client(headers=headers) as client:
        assert client.post(routes.LEAVE, content=b"{}").status_code == 200
        said = client.post(routes.LEAVE, content=b"{}")
    assert (said.status_code, said.json()) == (401, {"error": "revoked"})


def test_a_device_asks_so_often_and_no_oftener(world: World) -> None:
    before = world.service.asking
    world.service.asking = Limit(at_once=3, every=60)
    try:
        route = next(route for route in ROUTES if route.path == routes.RENUMBER)
        said = [sent(world, route, "owner") for _ in range(4)]
        assert [one.status_code for one in said] == [200, 200, 200, 429]
        assert said[-1].headers["retry-after"] == "60"
        assert sent(world, route, "colleague").status_code == 200
    finally:
        world.service.asking = before


def test_a_long_poll_ends_with_the_news(world: World) -> None:
    """It holds no connection to the database, and answers once somebody else has written."""
    import threading

    world.service.waiting._every = 0.02
    owner, colleague = world.askers["owner"], world.askers["colleague"]
    colleague.settle()
    headers = {**JSON, "authorization": f"Bearer {colleague.token}"}
    answers: list[httpx.Response] = []

    def wait() -> None:
        with world.served.client(headers=headers, timeout=40) as client:
            body = said(colleague.question(wait=30))
            answers.append(client.post(routes.SYNC, content=body))

    waiter = threading.Thread(target=wait)
    waiter.start()
    while not world.service.waiting.many:
        waiter.join(0.01)
    assert world.service.hub.engine.pool.checkedout() <= 1  # at most the look at the log
    owner.settle()
    owner.write(INTERNAL, 9, {"said": "egret"})
    owner.exchange()
    waiter.join(40)
    assert [b"egret" in one.content for one in answers] == [True]
    assert record(9) in answers[0].text
