"""Joining a hub a company's own authority vouches for: the certificate is chosen, then used."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.sync import joining
from kamdesk.sync.joining import Host
from kamdesk.sync.wire.invitation import Invitation, code

from .conftest import Here

CONTROL = Qt.KeyboardModifier.ControlModifier
INVITATION = Invitation(url="https://hub.example.cn", hub="Region East", secret="s" * 30)
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """With which authority the hub was looked at."""
    found: list[str] = []

    def look(invitation: Invitation, authority: str = "") -> Host:
        found.append(authority)
        return Host(
            url=invitation.url, name="Region East", fingerprint="3f" * 32, authority=authority
        )

    monkeypatch.setattr(joining, "look", look)
    return found


def test_a_chosen_certificate_vouches_for_the_hub(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    chosen = tmp_path / "authority.pem"
    chosen.write_text(PEM)
    monkeypatch.setattr(files, "ask_for_file", lambda *_: chosen)
    page = here.go(Route("exchange"))
    here.press("j")
    here.qtbot.keyClicks(page.step.words, code(INVITATION))
    here.press("o", CONTROL)
    assert page.step.authority.text() == str(chosen)
    here.save()
    here.qtbot.waitUntil(lambda: page.step._host is not None, timeout=8000)
    assert looked == [PEM]
    assert page.step._host.authority == PEM  # it goes with the file from here on
    assert page.step._trust.text().startswith("The certificate you chose vouches for it.")
    page.step.authority.setFocus()
    page.step.authority.clear()
    assert page.step._host is None  # another authority: look again
    here.save()
    here.qtbot.waitUntil(lambda: page.step._host is not None, timeout=8000)
    assert looked == [PEM, ""]


def test_what_is_no_certificate_is_refused_at_its_field(
    here: Here, tmp_path: Path, looked: list[str]
) -> None:
    other = tmp_path / "photo.pem"
    other.write_bytes(b"\x89PNG")
    page = here.go(Route("exchange"))
    here.press("j")
    here.qtbot.keyClicks(page.step.words, code(INVITATION))
    for typed in (other, tmp_path / "nowhere.pem"):
        page.step.authority.setText(str(typed))
        here.save()
        assert "no certificate" in page.step.form.rows["authority"].refusal
        assert page.step.authority.text() == str(typed)
    assert looked == []
