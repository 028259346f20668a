"""What tests of a served hub share: one hub for a module, and a team of its own for each test."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.hub_joined import Team


@pytest.fixture(scope="module")
def served_hub(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Team]":
    """A hub that is served to the tests of one module."""
    from support.hub_joined import a_hub

    with a_hub(tmp_path_factory.mktemp("hub")) as team:
        yield team


@pytest.fixture
def team(served_hub: "Team") -> "Team":
    """A team of its own at the one hub."""
    from support.hub_served import a_team

    return replace(served_hub, tenant=a_team(served_hub.hub))
