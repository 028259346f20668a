"""Fault 24: a file's content is cut on its way, missing, not what its hash says, or too big."""

from hashlib import sha256
from unittest.mock import patch

import pytest
from support.in_process import Fate
from support.team import Team
from support.team_deeds import account, save
from support.team_desk import TeamDesk

from kamdesk.domain.files.model import Incoming
from kamdesk.hub import blobs
from kamdesk.hub.schema import BLOB, BLOB_PART
from kamdesk.hub.turn import writing
from kamdesk.storage.team import SETTLED
from kamdesk.sync.blobs import files_told
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire.contents import LARGEST

DATA = bytes(range(256)) * 9_000
"""About 2 MB: several parts."""


def _kept(team: Team, data: bytes = DATA) -> None:
    boss = team.desks[0]
    boss.workspace.files.keep(account(boss).id, given=[Incoming(name="offer.pdf", data=data)])


def _held(desk: TeamDesk) -> list[bytes]:
    files = desk.workspace.files
    return [files.ask.content(file) for file in files.ask.of_account(account(desk).id)]


@pytest.mark.parametrize("cut", range(1, 6))
def test_fault_24_a_content_that_was_cut_is_resumed(team: Team, cut: int) -> None:
    boss, other = team.desks[0], team.colleague()
    _kept(team)
    team.exchange(boss, *[Fate.WELL] * cut, Fate.UNANSWERED)
    assert team.at_rest() == []
    team.exchange(other, *[Fate.WELL] * cut, Fate.LOST)
    assert team.at_rest() == []
    assert _held(other) == [DATA]


def test_fault_24_a_missing_content_is_a_placeholder_and_no_error(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    _kept(team)
    team.exchange(boss)
    with writing(team.hub.hub.engine) as connection:
        connection.execute(BLOB_PART.delete())
        connection.execute(BLOB.delete())
    save(team, boss, website="§goes on")
    assert team.at_rest() == []
    assert account(other).website == "§goes on"
    assert files_told(other.storage).missing == 1
    assert [file.name for file in other.workspace.files.ask.of_account(account(other).id)]


def test_fault_24_what_its_hash_does_not_say_is_refused(team: Team) -> None:
    boss = team.desks[0]
    assert boss.post is not None
    digest = sha256(b"something else").hexdigest()
    with pytest.raises(HubTrouble) as trouble:
        boss.post.put_part(digest, 4, 0, b"evil")
    assert trouble.value.cause is Cause.REFUSED
    assert boss.post.lacking([digest]) == [digest]


def test_fault_24_what_is_too_big_is_refused(team: Team) -> None:
    boss = team.desks[0]
    assert boss.post is not None
    with pytest.raises(HubTrouble) as trouble:
        boss.post.put_part("ab" * 32, LARGEST + 1, 0, b"part")
    assert trouble.value.cause is Cause.REFUSED


class _AnyHash:
    """Agrees with whatever it is compared with."""

    def update(self, part: bytes) -> None:
        pass

    def hexdigest(self) -> "_AnyHash":
        return self

    def __ne__(self, other: object) -> bool:
        return False


def test_fault_24_control_a_hub_that_does_not_look_takes_both(team: Team) -> None:
    boss = team.desks[0]
    assert boss.post is not None
    with patch.object(blobs, "sha256", _AnyHash):
        assert boss.post.put_part(sha256(b"something else").hexdigest(), 4, 0, b"evil") == 4
    with patch.object(blobs, "LARGEST", 2**62):
        assert boss.post.put_part("ab" * 32, LARGEST + 1, 0, b"part") == 4


def test_fault_24_control_a_content_begun_anew_each_time_never_comes(team: Team) -> None:
    """The line is cut after each part: only who goes on where it was gets through."""
    boss, other = team.desks[0], team.colleague()
    _kept(team)
    for forgets in (True, False):
        for _ in range(12):
            team.exchange(boss, *[Fate.WELL] * 3, Fate.LOST)
            if forgets:
                with writing(team.hub.hub.engine) as connection:
                    connection.execute(BLOB_PART.delete())
                    connection.execute(BLOB.delete())
        assert bool(boss.storage.number("dseq") > boss.storage.number(SETTLED)) is forgets
    assert team.at_rest() == []
    assert _held(other) == [DATA]


def test_fault_24_control_an_honest_content_is_taken(team: Team) -> None:
    boss = team.desks[0]
    assert boss.post is not None
    digest = sha256(b"honest").hexdigest()
    assert boss.post.put_part(digest, 6, 0, b"honest") == 6
    assert boss.post.lacking([digest]) == []
