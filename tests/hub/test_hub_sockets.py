"""Real connections on loopback: what dawdles is ended, what is odd is refused, the end is calm."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zstandard
from support.hub_served import Served, a_team, served, to_the_end
from support.hubs import hub_on
from uvicorn.protocols.http.h11_impl import H11Protocol

from kamdesk.hub import certificates
from kamdesk.hub.online import auth, body, patience
from kamdesk.hub.online.app import Service
from kamdesk.sync.wire.messages import LARGEST_BODY

ENROL = "/v1/enrol"
JSON = {"content-type": "application/json"}
HEAD = b"POST /v1/enrol HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience for tests: what takes ten seconds at work takes a fraction of one."""
    monkeypatch.setattr(patience, "HEAD", 0.3)
    monkeypatch.setattr(patience, "GREETING", 0.3)
    monkeypatch.setattr(body, "WITHIN", 0.3)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Served]]:
    folder = tmp_path_factory.mktemp("hub")
    service = a_service(folder)
    with served(folder / "hub", service) as found:
        yield service, found


@pytest.fixture
def service(running: tuple[Service, Served]) -> Iterator[Service]:
    """The service behind ``server``, forgetful of who failed before."""
    found = running[0]
    found.guessing = auth.Guessing()
    yield found
    found.called = "Hub"


@pytest.fixture
def server(service: Service, running: tuple[Service, Served]) -> Served:
    return running[1]


def a_service(folder: Path) -> Service:
    hub = hub_on(f"sqlite:///{folder / 'served.db'}")
    a_team(hub)
    return Service(hub, called="Hub")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"P",
        b"POST /v1/sync HTTP/1.1\r\n",
        b"POST /v1/sync HTTP/1.1\r\nHost: h\r\nX: " + b"y" * 500,
        b"GET /v1/hub HTTP/1.1\r\nHost: h\r\n\r\nGET /v1/hub HT",
    ],
    ids=["nothing", "a letter", "a line", "half a head", "half a second request"],
)
def test_half_a_request_is_closed(quick: None, server: Served, sent: bytes) -> None:
    with server.dial() as line:
        line.sendall(sent)
        to_the_end(line)  # would give up, loudly, after 20 seconds


def test_a_head_that_drips_wins_no_time(quick: None, server: Served) -> None:
    with server.dial() as line:
        line.sendall(b"GET /v1/hub HTTP/1.1\r\n")
        line.settimeout(0.01)
        assert any(closed(line, f"X-{n}: y\r\n".encode()) for n in range(2000))


def closed(line: socket.socket, more: bytes) -> bool:
    """Send some more; True where the other side has closed the line or cut it."""
    try:
        line.sendall(more)
        return not line.recv(100)
    except TimeoutError:
        return False
    except OSError:
        return True


def test_without_patience_half_a_request_would_stay(quick: None, tmp_path: Path) -> None:
    """The control: the server as it comes keeps what these tests see closed."""
    service = a_service(tmp_path)
    with served(tmp_path / "hub", service, http=H11Protocol) as bare, bare.dial() as line:
        line.sendall(b"POST /v1/sync HTTP/1.1\r\n")
        line.settimeout(1)
        with pytest.raises(TimeoutError):
            line.recv(1)


@pytest.mark.parametrize("head", [b"Content-Length: 100\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_that_does_not_come_is_given_up(quick: None, server: Served, head: bytes) -> None:
    said = server.answer(HEAD + head + b"\r\n" + b"1\r\n{\r\n")
    assert said.startswith(b"HTTP/1.1 408 ")
    assert said.endswith(b'{"error":"later"}')


def test_a_body_that_drips_wins_no_time(quick: None, server: Served) -> None:
    with server.dial() as line:
        line.sendall(HEAD + b"Content-Length: 60000\r\n\r\n")
        dripping = threading.Event()

        def drip() -> None:
            while not dripping.wait(0.02):
                try:
                    line.sendall(b" ")
                except OSError:
                    return

        dropper = threading.Thread(target=drip)
        dropper.start()
        said = to_the_end(line)
        assert said.startswith(b"HTTP/1.1 408 ") or said == b""  # cut amid a drop: none arrives
        dripping.set()
        dropper.join()


def test_an_answer_nobody_reads_is_ended(
    quick: None, server: Served, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "WHOLE", 0.3)
    service.called = "x" * 1_000_000
    with server.dial() as line:
        line.sendall(b"GET /v1/hub HTTP/1.1\r\nHost: h\r\n\r\n" * 50)
        more = b"GET /v1/hub HTTP/1.1\r\nHost: h\r\n\r\n" * 50
        with pytest.raises(OSError, match=r"."):
            fill(line, more)


def fill(line: socket.socket, more: bytes) -> None:
    """Send until the line is cut."""
    while True:
        line.sendall(more)


def test_a_late_connection_is_served_while_others_dawdle(server: Served) -> None:
    lines = [server.dial() for _ in range(50)]
    for line in lines:
        line.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
    with server.client() as client:
        assert client.get("/v1/hub").json() == {"name": "Hub", "proto": 2}
    for line in lines:
        line.close()


def bomb(coding: str, size: int) -> bytes:
    plain = b'{"secret":"' + b"q" * size + b'"}'
    return gzip.compress(plain) if coding == "gzip" else zstandard.compress(plain)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_bomb_is_not_unpacked(server: Served, coding: str) -> None:
    packed = bomb(coding, 40_000_000)
    assert len(packed) < 65536
    with server.client() as client:
        said = client.post(ENROL, content=packed, headers={**JSON, "content-encoding": coding})
        assert (said.status_code, said.json()) == (413, {"error": "too_large"})
        packed = bomb(coding, 10)
        said = client.post(ENROL, content=packed, headers={**JSON, "content-encoding": coding})
        assert (said.status_code, said.json()) == (400, {"error": "garbled"})  # but was read


def test_a_body_over_the_bound_is_refused_before_it_comes(server: Served) -> None:
    head = HEAD + b"Content-Length: %d\r\n\r\n" % (LARGEST_BODY + 1)
    with server.dial() as line:
        line.sendall(head)
        assert line.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_chunks_over_the_bound_are_refused(server: Served) -> None:
    with server.client() as client:
        parts = (b"x" * 16384 for _ in range(5))
        said = client.post(ENROL, content=parts, headers=JSON)
        assert (said.status_code, said.json()) == (413, {"error": "too_large"})


GOOD = b'{"secret":"' + b"q" * 30 + b'","device":"d"}'


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (GOOD, 404),  # well formed, but no invitation
        (b"", 400),
        (b"null", 400),
        (b"[]", 400),
        (b"{", 400),
        (GOOD + b"x", 400),
        (b"\xff" + GOOD, 400),
        (b"\xef\xbb\xbf" + GOOD, 400),
        (GOOD.replace(b'"d"', b'"d","device":"e"'), 400),
        (GOOD.replace(b'"d"', b'"d","admin":true'), 400),
        (GOOD.replace(b'"d"', b"1"), 400),
        (GOOD.replace(b'"d"', b"NaN"), 400),
        (GOOD.replace(b'"d"', b'""'), 400),
        (GOOD.replace(b'"d"', b'"' + b"d" * 81 + b'"'), 400),
        (GOOD.replace(b'"d"', b'"\\u0000"'), 400),
        (GOOD.replace(b'"d"', b'"\\ud800"'), 400),
        (GOOD.replace(b"q" * 30, b"q" * 21), 400),
        (GOOD.replace(b"q" * 30, b"' OR 1=1 --" + b"q" * 20), 400),
        (b'{"secret":' + b"[" * 50_000, 400),
        (b'{"a":' * 8000 + b"1" + b"}" * 8000, 400),
        (b'{"device":' + b"9" * 50_000 + b"}", 400),
        (b'{"device":1e999999}', 400),
    ],
    ids=range(22),
)
def test_odd_json_is_refused(server: Served, sent: bytes, status: int) -> None:
    with server.client() as client:
        said = client.post(ENROL, content=sent, headers=JSON)
    assert said.status_code == status
    assert said.json() == {"error": "used" if status == 404 else "garbled"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({}, 415),
        ({**JSON, "content-encoding": "br"}, 415),
        ({**JSON, "content-encoding": "gzip, gzip"}, 415),
        ({**JSON, "content-encoding": "gzip"}, 400),
        ({**JSON, "content-encoding": "zstd"}, 400),
        ({"content-type": "application/json; charset=utf-8"}, 404),
    ],
    ids=range(8),
)
def test_odd_kinds_of_body_are_refused(
    server: Served, headers: dict[str, str], status: int
) -> None:
    with server.client() as client:
        assert client.post(ENROL, content=GOOD, headers=headers).status_code == status


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS where there is none
        b"GET /v1/hub HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"GET /v1/hub HTTP/1.1\r\nHost: h\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"GET /v1/hub HTTP/1.1\r\nBad Header: y\r\n\r\n",
    ],
    ids=["tls", "minus", "two lengths", "long head", "blank in a name"],
)
def test_what_is_no_http_is_refused_and_closed(
    quick: None, server: Served, request_: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("CRITICAL", "uvicorn.error"):
        said = server.answer(request_)
    assert said.startswith(b"HTTP/1.1 400 ") or said == b""
    with server.client() as client:
        assert client.get("/v1/hub").status_code == 200


def test_answers_say_nothing_of_what_serves_them(server: Served) -> None:
    with server.client() as client:
        for path in ("/", "/docs", "/openapi.json", "/v1", "/v1/sync/", "/v1/hub/", "/..%2f"):
            said = client.get(path, headers={"origin": "https://elsewhere.example"})
            assert (said.status_code, said.content) == (404, b'{"error":"not_there"}')
            assert said.headers.keys().isdisjoint(
                {"server", "set-cookie", "access-control-allow-origin", "location", "allow"}
            )


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_long_answers_are_packed_as_the_asker_can_unpack(
    server: Served, service: Service, coding: str
) -> None:
    service.called = "n" * 5000
    with (
        server.client() as client,
        client.stream("GET", "/v1/hub", headers={"accept-encoding": coding}) as said,
    ):
        raw = b"".join(said.iter_raw())
        assert said.headers["content-encoding"] == coding
    assert len(raw) < 300


def test_an_eleventh_try_must_wait_a_minute(server: Served) -> None:
    with server.client() as client:
        said = [client.post(ENROL, content=GOOD, headers=JSON) for _ in range(11)]
        assert [one.status_code for one in said] == [404] * 10 + [429]
        assert (said[-1].json(), said[-1].headers["retry-after"]) == ({"error": "later"}, "60")
        bad = client.post("/v1/sync", headers={"authorization": "Bearer 1-1-" + "x" * 43})
        assert bad.status_code == 429
        assert client.get("/v1/hub").status_code == 200


def test_a_hub_that_ends_closes_what_rests(tmp_path: Path) -> None:
    with served(tmp_path / "hub", a_service(tmp_path)) as server, server.dial() as resting:
        resting.sendall(b"GET /v1/hub HTTP/1.1\r\nHost: h\r\n\r\n")
        assert resting.recv(4096).startswith(b"HTTP/1.1 200 ")
        server.server.should_exit = True
        to_the_end(resting)  # would give up, loudly, after 20 seconds


# TLS


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("secure")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "GREETING", 0.3)
        with served(folder / "hub", a_service(folder), tls=True) as found:
            yield found


def trusting(server: Served) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(server.place.certificate))
    context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
    return context


def test_the_hub_proves_itself_by_its_own_certificate(secure: Served) -> None:
    with httpx.Client(verify=trusting(secure), trust_env=False) as client:
        assert client.get(f"https://127.0.0.1:{secure.port}/v1/hub").status_code == 200
        assert client.get(f"https://localhost:{secure.port}/v1/hub").status_code == 200
    with (
        secure.dial() as bare,
        trusting(secure).wrap_socket(bare, server_hostname="localhost") as line,
    ):
        shown = line.getpeercert(binary_form=True)
        assert shown is not None
        pem = secure.place.folder / "shown.crt"
        pem.write_text(ssl.DER_cert_to_PEM_cert(shown))
        assert certificates.fingerprint(pem) == secure.place.fingerprint


def shaken(server: Served, context: ssl.SSLContext) -> str | None:
    """Return the version two sides agree on, None where they do not."""
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with server.dial() as bare:
        try:
            with context.wrap_socket(bare) as line:
                return line.version()
        except (ssl.SSLError, ConnectionError):
            return None


def of_version(version: ssl.TLSVersion) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    return context


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("version", "spoken"),
    [
        (ssl.TLSVersion.TLSv1, None),
        (ssl.TLSVersion.TLSv1_1, None),
        (ssl.TLSVersion.TLSv1_2, "TLSv1.2"),
        (ssl.TLSVersion.TLSv1_3, "TLSv1.3"),
    ],
)
def test_tls_is_1_2_or_newer(secure: Served, version: ssl.TLSVersion, spoken: str | None) -> None:
    assert shaken(secure, of_version(version)) == spoken


@pytest.mark.parametrize(
    ("ciphers", "spoken"),
    [
        ("ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2"),
        ("ECDHE-ECDSA-AES128-SHA256", None),
        ("AES128-SHA", None),
        ("ECDHE-ECDSA-NULL-SHA", None),
        ("ADH-AES128-SHA256", None),
    ],
)
def test_ciphers_are_those_with_forward_secrecy(
    secure: Served, ciphers: str, spoken: str | None
) -> None:
    context = of_version(ssl.TLSVersion.TLSv1_2)
    context.set_ciphers(ciphers + ":@SECLEVEL=0")
    assert shaken(secure, context) == spoken


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"])
def test_half_a_greeting_is_closed(secure: Served, sent: bytes) -> None:
    with secure.dial() as line:
        line.sendall(sent)
        assert b"HTTP/1.1 200" not in to_the_end(line)
