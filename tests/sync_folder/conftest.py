"""What tests by folder share: a folder, and phrases that cost less than they do in earnest."""

import pytest

from kamdesk.sync.wire.folder import phrase


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess at a phrase cost a hundredth of what it costs in earnest."""
    monkeypatch.setattr(phrase, "MEMORY", 64 * 8)
