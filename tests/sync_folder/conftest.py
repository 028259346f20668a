"""What tests by folder share: the folder, two desks at a hub, phrases cheaper than in earnest."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kamdesk.sync.wire.folder import phrase

if TYPE_CHECKING:
    from support.desks_at_a_hub import DeskAtHub

    from kamdesk.hub.hub import Hub


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess at a phrase cost a hundredth of what it costs in earnest."""
    monkeypatch.setattr(phrase, "MEMORY", 64 * 8)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder that goes between two laptops."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def team(tmp_path: Path, hub: "Hub") -> "Iterator[tuple[DeskAtHub, DeskAtHub]]":
    """Two desks of one user at a hub, on each database by turns."""
    from support.desks_at_a_hub import two_desks

    yield from two_desks(tmp_path, hub)
