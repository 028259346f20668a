"""By a shared folder, in the window: invite, type the phrase on the other laptop, exchange."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.by_folder import KeepingLaptop, Laptop

from kamdesk.desktop.at_the_desk import StepsAtTheDesk
from kamdesk.desktop.exchange import beside
from kamdesk.desktop.exchange.keeper_panel import COLLEAGUE, OWN, ROUND, TYPED, KeeperPanel
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.qr_code import QrCode
from kamdesk.hub.keeping.keeper import Local
from kamdesk.storage.keys import KeyRing
from kamdesk.sync.desk import Direct
from kamdesk.sync.wire.folder import phrase
from kamdesk.sync.wire.messages import Answer, Exchange
from kamdesk.workspace import folder_exchange

from .conftest import Here, _opened


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


def assert_comes_by_turns(here: Here, laptop: Laptop, account: bytes) -> None:
    """Exchange twice on each; then a customer the laptop made is here."""
    for _ in range(2):
        laptop.round()
        here.save()
    desk = here.desk()
    assert account in {one.id for one in desk.accounts.ask.everything()}
    desk.close()


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
    assert_comes_by_turns(here, laptop, mine)
    laptop.round()
    assert "澜川精密轴承有限公司" in laptop.accounts()
    laptop.close()


def test_the_first_round_of_a_laptop_by_keys_alone(
    here: Here, shared: Path, tmp_path: Path
) -> None:
    page, panel = opened(here)
    assert panel._what.hasFocus()
    assert not panel.words.isVisible()
    assert not panel.said.isVisible()
    here.press(Qt.Key.Key_Tab)
    assert panel.folder.hasFocus()
    here.qtbot.keyClicks(panel.folder, str(shared))
    here.save()
    assert panel.do is not None
    assert (panel._what.value, panel.do.words) == (ROUND, "Exchange")
    words = panel.words.text()
    here.save()  # too early: the phrase is not lost
    assert "Nobody has typed the phrase" in panel.said.text()
    assert panel.words.isVisible()
    assert panel.words.text() == words
    laptop = Laptop(tmp_path / "second", "林晓彤", shared)
    mine = laptop.account("北辰电气")
    laptop.join(words)
    here.save()
    assert "Laptop is in" in panel.said.text()
    assert not panel.words.isVisible()
    assert_comes_by_turns(here, laptop, mine)
    laptop.close()
    here.press(Qt.Key.Key_Escape)
    said = [label.text() for label in page.panel.findChildren(PlainLabel)]
    assert "Keeps the log. Exchange on one laptop, then on the other." in said
    assert not [words for words in said if "keeper:" in words or "locks on" in words]


def test_a_phrase_is_looked_at_confirmed_and_only_then_accepted(
    here: Here, shared: Path, tmp_path: Path
) -> None:
    keeper = KeepingLaptop(tmp_path / "keeper", "苏敏", shared)
    invited = keeper.invite(own=False, whom="林晓彤")
    _, panel = opened(here)
    here.press(Qt.Key.Key_End)
    assert panel._what.value == TYPED
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


class Held:
    """The hub in this workspace, held at its first question until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.free = threading.Event(), threading.Event()
        asked = Local.exchange

        def exchange(hub: Local, ask: Exchange) -> Answer:
            self.reached.set()
            assert self.free.wait(20)
            return asked(hub, ask)

        monkeypatch.setattr(Local, "exchange", exchange)

    def begin(self, here: Here) -> None:
        """Start a round in the window; return once it is held."""
        here.qtbot.keyClick(
            here.window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
        here.qtbot.waitUntil(self.reached.is_set, timeout=8000)
        assert here.bench.running is not None
        here.qtbot.waitUntil(lambda: not here.bench.writing, timeout=8000)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """A hold that lets go at the end, so that a failure here leaves no thread to others."""
    hold = Held(monkeypatch)
    yield hold
    hold.free.set()


@pytest.fixture
def two(here: Here, shared: Path, tmp_path: Path) -> Iterator[tuple[KeeperPanel, Laptop]]:
    """The panel of a workspace that keeps the log, and a laptop that wrote 60 accounts."""
    _, panel = opened(here)
    here.qtbot.keyClicks(panel.folder, str(shared))
    here.save()
    laptop = Laptop(tmp_path / "second", "林晓彤", shared)
    laptop.join(panel.words.text())
    for n in range(60):
        laptop.account(f"客户{n}")
    here.save()
    laptop.round()
    here.save()
    laptop.round()
    yield panel, laptop
    laptop.close()


def names(folder: Path) -> set[str]:
    desk = _opened(folder, True)
    found = {one.name for one in desk.accounts.ask.everything()}
    desk.close()
    return found


THEIRS = {f"客户{n}" for n in range(60)}


def test_a_save_goes_through_while_a_round_is_under_way(
    here: Here, two: tuple[KeeperPanel, Laptop], held: Held
) -> None:
    held.begin(here)
    saved: list[Any] = []
    here.bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new("北辰电气")), saved.append)
    here.qtbot.waitUntil(lambda: bool(saved), timeout=8000)
    assert here.bench.running is not None
    held.free.set()
    here.answered()
    assert two[0].said.text().startswith("Sent")
    assert names(here.folder) >= THEIRS | {"北辰电气"}


def test_a_round_can_be_stopped_and_the_next_goes_on(
    here: Here,
    two: tuple[KeeperPanel, Laptop],
    held: Held,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel, laptop = two
    monkeypatch.setattr(beside, "LONGEST_END", 0.0)
    held.begin(here)
    assert here.bench.running is not None
    here.bench.running.cancel()
    here.answered()
    assert "Stopped. What came so far is kept" in panel.form.refusal
    held.free.set()
    for _ in range(2):
        here.save()
        laptop.round()
    assert panel.said.text().startswith("Sent")
    assert names(here.folder) >= THEIRS
    assert "澜川精密轴承有限公司" in laptop.accounts()


@pytest.mark.parametrize("step", [3, 12, 20])
def test_an_end_in_the_middle_loses_nothing(
    here: Here,
    two: tuple[KeeperPanel, Laptop],
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    done, ended = iter(range(1000)), threading.Event()
    do = StepsAtTheDesk.do

    def steps(self: StepsAtTheDesk, work: Any) -> Any:
        if next(done) == step:
            ended.set()
        return do(self, work)

    monkeypatch.setattr(StepsAtTheDesk, "do", steps)
    here.qtbot.keyClick(
        here.window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    here.qtbot.waitUntil(ended.is_set, timeout=8000)
    here.bench.close()
    assert not [one for one in threading.enumerate() if one.name == "kamdesk-folder"]
    desk = _opened(here.folder, False)
    place = folder_exchange.place_of(desk, KeyRing())
    for _ in range(2):
        folder_exchange.exchanged(place, Direct(desk.storage), shared)
        two[1].round()
    desk.close()
    assert names(here.folder) >= THEIRS
    assert "澜川精密轴承有限公司" in two[1].accounts()
