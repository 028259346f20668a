"""Who a hub is must be proved before a byte is said: every way a certificate can be wrong."""

import ssl
from pathlib import Path

import pytest
from support.certificates import Certificate, certificate
from support.loopback import Loopback, answer, says, served

from kamdesk.https import Fault, Line, NoAnswer, Trust

HELLO = says(answer(b"{}"))


def authority() -> Certificate:
    return certificate(host="authority", ca=True)


def asked(server: Loopback, trust: Trust | None = None, host: str = "") -> int:
    """Return the status a question is answered with. Raises ``NoAnswer``."""
    url = server.url.replace("127.0.0.1", host) if host else server.url
    line = Line(url, trust)
    try:
        return line.ask("GET", "/v1/hub").status
    finally:
        line.close()


REFUSED = {
    "self-signed": (certificate(), None, ""),
    "of an authority nobody imported": (certificate(by=authority()), None, ""),
    "for another host": (
        certificate(by=authority(), host="elsewhere.example"),
        Trust(authority=authority().pem),
        "",
    ),
    "for an address, reached by name": (
        certificate(by=authority()),
        Trust(authority=authority().pem),
        "localhost",
    ),
    "expired": (
        certificate(by=authority(), expired=True),
        Trust(authority=authority().pem),
        "",
    ),
    "of another authority than the imported one": (
        certificate(by=certificate(host="other", ca=True)),
        Trust(authority=authority().pem),
        "",
    ),
    "not the pinned one": (certificate(), Trust(pinned="0" * 64), ""),
    "good, but another is pinned": (
        certificate(by=authority()),
        Trust(authority=authority().pem, pinned=certificate().fingerprint),
        "",
    ),
}


@pytest.mark.parametrize("shown", REFUSED)
def test_a_wrong_certificate_hears_nothing(shown: str, tmp_path: Path) -> None:
    given, trust, host = REFUSED[shown]
    with served(HELLO, tmp_path, given) as server:
        with pytest.raises(NoAnswer) as refused:
            asked(server, trust, host)
        assert refused.value.fault is Fault.UNTRUSTED
        assert (server.asked, server.reached) == ([], 1)


TRUSTED = {
    "a private authority that was imported": (
        certificate(by=authority()),
        Trust(authority=authority().pem),
    ),
    "the pinned one": (certificate(), Trust(pinned=certificate().fingerprint)),
    "the pinned one, whatever name it has": (
        certificate(host="elsewhere.example"),
        Trust(pinned=certificate(host="elsewhere.example").fingerprint),
    ),
}


@pytest.mark.parametrize("shown", TRUSTED)
def test_a_right_certificate_is_spoken_to(shown: str, tmp_path: Path) -> None:
    given, trust = TRUSTED[shown]
    with served(HELLO, tmp_path, given) as server:
        assert asked(server, trust) == 200


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_versions_of_tls_are_not_spoken(version: ssl.TLSVersion, tmp_path: Path) -> None:
    shown = certificate()
    server = Loopback(HELLO, shown.context(tmp_path, most=version))
    try:
        with pytest.raises(NoAnswer) as refused:
            asked(server, Trust(pinned=shown.fingerprint))
    finally:
        server.close()
    assert refused.value.fault is Fault.UNTRUSTED
    assert server.asked == []


def test_tls_1_2_is_spoken(tmp_path: Path) -> None:
    shown = certificate()
    server = Loopback(HELLO, shown.context(tmp_path, most=ssl.TLSVersion.TLSv1_2))
    try:
        assert asked(server, Trust(pinned=shown.fingerprint)) == 200
    finally:
        server.close()


def test_a_server_without_tls_is_no_hub(tmp_path: Path) -> None:
    with served(HELLO, tmp_path, tls=False) as server:
        with pytest.raises(NoAnswer) as refused:
            asked(server, Trust(pinned="0" * 64))
        assert refused.value.fault is Fault.UNREADABLE


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "ftp://hub", "hub", ""])
def test_only_https_is_spoken(url: str) -> None:
    with pytest.raises(ValueError, match="only https"):
        Line(url)


def test_what_is_no_certificate_is_no_authority() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        Line("https://hub", Trust(authority="hello"))


def test_the_environment_leads_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))
    with served(HELLO, tmp_path) as server:
        assert asked(server, Trust(pinned=certificate().fingerprint)) == 200


def test_nothing_of_the_machine_is_told(tmp_path: Path) -> None:
    with served(HELLO, tmp_path) as server:
        asked(server, Trust(pinned=certificate().fingerprint))
        head = server.asked[0].decode().lower()
    names = {line.partition(":")[0] for line in head.split("\r\n")[1:] if line}
    assert names == {
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "user-agent",
        "x-request-id",
    }
    assert "user-agent: kamdesk\r\n" in head
