"""A hostile hub against the real engine: whatever it answers, the file is logically the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.certificates import certificate
from support.hostile_hub import SIGN_IN, STATUSES, Hostile, hostile, lies
from support.hub_joined import Joined, a_hub, content, joined
from support.invented import a_person, an_account
from support.loopback import answer, says, served

from kamdesk.https import Line, Trust
from kamdesk.storage.exchange import unsent
from kamdesk.sync.online import Online
from kamdesk.sync.post import Cause, HubTrouble

ANSWERS = {
    **dict(hostile()),
    **{name: Hostile(raw, Cause.GARBLED) for name, raw in lies()},
    **{
        f"status {status}": Hostile(answer(SIGN_IN, status=status, kind="text/html"), cause)
        for status, cause in STATUSES.items()
    },
}


@dataclass
class Held:
    """A desk in a team, with something unsent, and what its file held before."""

    desk: Joined
    before: str


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("hostile")
    with a_hub(folder) as team:
        desk = joined(folder / "desk", team, "lin")
        account = an_account(desk.workspace)
        desk.round()
        a_person(desk.workspace, account)
        assert unsent(desk.storage)
        yield Held(desk, content(desk.storage))
        desk.close()


@pytest.mark.parametrize("name", ANSWERS)
def test_the_file_is_the_same_and_the_words_are_plain(
    name: str, held: Held, tmp_path: Path
) -> None:
    given = ANSWERS[name]
    with served(says(given.raw, hang_up=given.hang_up), tmp_path) as server:
        line = Online(Line(server.url, Trust(pinned=certificate().fingerprint)), "a" * 43)
        with pytest.raises(HubTrouble) as told:
            held.desk.goes_by(line).round()
        line.close()
    assert told.value.cause is given.cause
    assert told.value.said.plain.endswith(".")
    assert content(held.desk.storage) == held.before


def test_a_true_page_does_change_the_file(held: Held) -> None:
    """The control: what is compared sees a change when there is one."""
    held.desk.round()
    assert content(held.desk.storage) != held.before
    assert unsent(held.desk.storage) == []
