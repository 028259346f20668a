"""By a shared folder, in the window: invite, type the phrase on the other laptop, exchange."""

from pathlib import Path
from typing import Any

import pytest
from support.by_folder import KeepingLaptop, Laptop

from kamdesk.desktop.exchange.keeper_panel import COLLEAGUE, OWN, ROUND, TYPED, KeeperPanel
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.qr_code import QrCode
from kamdesk.sync.wire.folder import phrase

from .conftest import Here


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase, "MEMORY", 64 * 8)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def opened(here: Here) -> tuple[Any, KeeperPanel]:
    page = here.go(Route("exchange"))
    here.press("f")
    assert isinstance(page.step, KeeperPanel)
    return page, page.step


def test_inviting_shows_the_phrase_and_the_other_laptop_comes_in(
    here: Here, shared: Path, tmp_path: Path
) -> None:
    _, panel = opened(here)
    assert panel._what.values == (OWN, COLLEAGUE, TYPED)
    here.save()
    assert "both laptops share" in panel.form.rows["folder"].refusal
    here.qtbot.keyClicks(panel.folder, str(shared))
    here.save()
    assert panel.said.text().startswith("This is the code phrase.")
    words = panel.words.text()
    assert panel.findChild(QrCode).accessibleName() == "The code phrase as a QR code"
    assert panel._what.values == (ROUND, OWN, COLLEAGUE)
    laptop = Laptop(tmp_path / "second", "林晓彤", shared)
    mine = laptop.account("北辰电气")
    laptop.join(words)
    here.save()
    assert "Laptop is in" in panel.said.text()
    for _ in range(2):
        laptop.round()
        here.save()
    desk = here.desk()
    assert mine in {one.id for one in desk.accounts.ask.everything()}
    desk.close()
    laptop.round()
    assert "澜川精密轴承有限公司" in laptop.accounts()
    laptop.close()


def test_a_phrase_is_looked_at_confirmed_and_only_then_accepted(
    here: Here, shared: Path, tmp_path: Path
) -> None:
    keeper = KeepingLaptop(tmp_path / "keeper", "苏敏", shared)
    invited = keeper.invite(own=False, whom="林晓彤")
    _, panel = opened(here)
    panel._what.choose(TYPED)
    here.qtbot.keyClicks(panel.folder, str(shared))
    here.qtbot.keyClicks(panel.phrase, "lusab")
    here.save()
    assert "five words" in panel.form.rows["phrase"].refusal
    assert panel.phrase.text() == "lusab"
    panel.phrase.clear()
    here.qtbot.keyClicks(panel.phrase, invited.phrase.replace("-", " "))
    here.save()
    assert "Nothing is sent before you accept" in panel.said.text()
    assert not list(shared.rglob("*.kda"))
    here.save()
    assert "The rest comes" in panel.said.text()
    assert keeper.round().joined
    assert panel._what.values == (ROUND,)
    here.save()
    desk = here.desk()
    assert desk.storage.log.own
    desk.close()
    keeper.close()
