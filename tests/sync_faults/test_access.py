"""Faults 14 and 15: rights that come and go while things are written and pages are read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from support.everywhere import everywhere
from support.team import Team
from support.team_deeds import WORD, account, accounts, look, on_disk, person, save, tag
from support.team_desk import TeamDesk

from kamdesk.core.wire_op import Verb
from kamdesk.hub import access
from kamdesk.hub.access import Rights, Scope
from kamdesk.storage import erasing
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.sync.joining import introduce
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.wire.messages import SnapshotAsk, SnapshotPage


def _with_secrets(team: Team) -> TeamDesk:
    other = team.colleague()
    boss = team.desks[0]
    save(team, boss, look(boss, person(boss)), note=f"{WORD} in a note", name=f"{WORD} in a name")
    save(team, boss, website=f"{WORD} in a card")
    assert team.at_rest() == []
    return other


def _revoked_with_unsent(team: Team) -> None:
    other = _with_secrets(team)
    save(team, other, phone="§before the revoke")
    team.true.move(minutes=1)
    team.hub.revoke(other.user, account(other).id)
    team.true.move(minutes=1)
    save(team, other, short_name="§after the revoke")
    assert team.at_rest() == []
    boss = team.desks[0]
    assert account(boss).phone == "§before the revoke"
    assert account(boss).short_name != "§after the revoke"
    assert [op.cells for op in quarantined(other.storage)] == [{"short_name": "§after the revoke"}]


def test_fault_14_earlier_writes_are_taken_later_ones_quarantined(each_team: Team) -> None:
    _revoked_with_unsent(each_team)


def test_fault_14_control_where_all_a_former_writer_says_is_taken(team: Team) -> None:
    def held(rights: Rights, scope: Scope, *_: object) -> bool:
        return bool(rights.scopes.get(scope)) or scope in rights.ended

    with patch.object(access, "_held", held), pytest.raises(AssertionError):
        _revoked_with_unsent(team)


def _scope_taken_away(team: Team) -> None:
    other = _with_secrets(team)
    assert on_disk(other)  # the control: the scan finds it where it is
    team.hub.revoke(other.user, account(other).id)
    assert team.at_rest() == []
    assert accounts(other) == {"乙", "丙"}
    assert not on_disk(other)
    assert on_disk(team.desks[0])


def test_fault_14_the_scope_is_gone_from_the_disk(team: Team) -> None:
    _scope_taken_away(team)


def test_fault_14_control_what_is_not_swept_is_still_on_the_disk(team: Team) -> None:
    def let_lie(storage: Storage, folder: Path | None) -> bool:
        storage.remember(SWEEP, 0)
        return True

    with patch.object(erasing, "sweep", let_lie), pytest.raises(AssertionError, match="on_disk"):
        _scope_taken_away(team)


def test_fault_14_control_rows_alone_leave_words_behind(team: Team) -> None:
    """Deleting without clearing the freed pages is what the scan must find."""
    other = _with_secrets(team)
    other.storage.connection.execute("PRAGMA secure_delete = OFF")
    gone = account(other).id
    other.storage.connection.execute(
        "DELETE FROM op WHERE scope IN (SELECT n FROM scopes WHERE account = ?)", (gone,)
    )
    other.storage.connection.execute("DELETE FROM people WHERE account = ?", (gone,))
    other.storage.connection.execute("DELETE FROM accounts WHERE id = ?", (gone,))
    other.storage.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert on_disk(other)


@contextmanager
def between_pages(desk: TeamDesk, deed: object) -> Iterator[list[int]]:
    """Do something once at the hub after a desk's first page of a snapshot; pages are small."""
    assert desk.post is not None
    asked: list[int] = []
    plain = desk.post.snapshot

    def snapshot(ask: SnapshotAsk) -> SnapshotPage:
        from msgspec.structs import replace

        page = plain(replace(ask, limit=3))
        asked.append(len(page.ops))
        if len(asked) == 1:
            deed()  # type: ignore[operator]
        return page

    with patch.object(desk.post, "snapshot", snapshot):
        yield asked


def _newcomer(team: Team, *names: str) -> TeamDesk:
    desk = team.let_in("newcomer")
    for name in names:
        team.hub.grant("newcomer", account(team.desks[0], name).id)
    return desk


def _more_people(team: Team) -> None:
    boss = team.desks[0]
    for n in range(12):
        person_ = boss.workspace.people.new(f"§person {n}", account(boss).id)
        with team.ledger.noting(boss):
            boss.workspace.people.add(person_)
    team.exchange(boss)


def test_fault_15_a_grant_while_paging_brings_the_whole_scope_once(each_team: Team) -> None:
    team = each_team
    _more_people(team)
    desk = _newcomer(team, "甲")
    second = account(team.desks[0], "乙").id
    with between_pages(desk, lambda: team.hub.grant("newcomer", second)) as pages:
        team.exchange(desk)
    assert len(pages) > 2
    assert team.at_rest() == []
    assert accounts(desk) == {"甲", "乙"}


def test_fault_15_a_revoke_while_paging_leaves_nothing(each_team: Team) -> None:
    team = each_team
    _more_people(team)
    desk = _newcomer(team, "甲", "乙")
    first = account(team.desks[0]).id
    with between_pages(desk, lambda: team.hub.revoke("newcomer", first)):
        team.exchange(desk)
    assert team.at_rest() == []
    assert accounts(desk) == {"乙"}
    assert not on_disk(desk, "§person")


def test_fault_15_revoke_and_grant_again_between_two_contacts(each_team: Team) -> None:
    team = each_team
    desk = _newcomer(team, "甲", "乙")
    assert team.at_rest() == []
    first = account(desk).id
    save(team, desk, website="§unsent all the while")
    team.hub.revoke("newcomer", first)
    team.hub.grant("newcomer", first)
    save(team, team.desks[0], phone="§meanwhile")
    assert team.at_rest() == []
    assert account(desk).phone == "§meanwhile"
    assert account(desk).website == account(team.desks[0]).website


def test_fault_15_given_and_taken_between_two_contacts_leaves_nothing_here(
    each_team: Team,
) -> None:
    """What was written is taken, for it was allowed then; the desk never learns its place."""
    team = each_team
    desk, first = team.let_in("newcomer"), account(team.desks[0])
    team.hub.grant("newcomer", first.id, "partner")
    team.exchange(desk)
    team.hub.grant("newcomer", first.id, "internal")
    tag(team, desk, "§allowed")
    team.true.move(minutes=1)
    team.hub.grant("newcomer", first.id, "partner")
    assert team.at_rest() == []
    assert [op.cells for op in team.hub.log() if op.verb == Verb.LINK] == [{"tags": ("§allowed",)}]
    assert not on_disk(desk, "§allowed")
    assert quarantined(desk.storage) == []


def test_fault_15_a_hand_over_takes_here_and_gives_there(each_team: Team) -> None:
    team = each_team
    giver, taker = _newcomer(team, "甲", "乙"), team.let_in("taker")
    assert team.at_rest() == []
    team.hub.hand_over("newcomer", "taker", account(giver).id)
    assert team.at_rest() == []
    assert (accounts(giver), accounts(taker)) == ({"乙"}, {"甲"})


def test_fault_15_a_partner_who_comes_in_is_refused_nothing(each_team: Team) -> None:
    """Who they are they may say, and nothing else of the house."""
    team = each_team
    partner = team.let_in("partner", staff=False)
    team.hub.grant("partner", account(team.desks[0]).id, "partner")
    team.exchange(partner)
    introduce(partner.storage)
    assert team.at_rest() == []
    assert quarantined(partner.storage) == []
    me = partner.storage.remembered("me")
    assert [op.record for op in team.hub.log() if op.kind == "colleague"].count(me) == 1


def test_fault_15_no_byte_of_another_scope_ever_comes(each_team: Team) -> None:
    team = each_team
    boss = team.desks[0]
    desk = _newcomer(team, "乙")
    partner = team.let_in("partner", staff=False)
    team.hub.grant("partner", account(boss).id, "partner")
    save(team, boss, website=f"{WORD} in a card")
    save(team, boss, look(boss, person(boss)), note=f"{WORD} in a note")
    assert team.at_rest() == []
    boss_hears = b"".join(_heard(boss))
    for other in (desk, partner):
        heard = b"".join(_heard(other))
        assert other is partner or WORD.encode() not in heard
        assert f"{WORD} in a note".encode() not in heard
        assert account(boss, "丙").id.hex().encode() not in heard
    assert account(boss).id.hex().encode() not in b"".join(_heard(desk))
    assert boss_hears  # the control below shows that these bytes do say what they hold


def test_fault_15_control_a_hub_that_does_not_ask_sends_foreign_bytes(team: Team) -> None:
    from kamdesk.hub import access

    boss, desk = team.desks[0], _newcomer(team, "乙")
    save(team, boss, website=f"{WORD} in a card")
    team.exchange(boss)
    user = team.hub.users["newcomer"]
    everything = {
        (scope[0].hex() if scope[0] else "", scope[1]): True for scope in team.hub.readable("boss")
    }
    plain = access.rights_at

    def too_much(connection: object, tenant: int, who: str, place: int, **words: object) -> object:
        found = plain(connection, tenant, who, place, **words)  # type: ignore[arg-type]
        if who == user:
            return access.Rights(at=found.at, staff=True, scopes=everything)
        return found

    with everywhere(plain, too_much):
        team.exchange(desk)
        team.exchange(desk)  # the first one only says where the log stands
    assert WORD.encode() in b"".join(_heard(desk))


def _heard(desk: TeamDesk) -> list[bytes]:
    assert desk.post is not None
    return desk.post.answered
