"""Fault 25: somebody is erased for good while a desk is away."""

import json
from unittest.mock import patch

import pytest
from support.team import Team
from support.team_deeds import WORD, account, in_review, look, on_disk, person, save
from support.team_desk import TeamDesk

from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb
from kamdesk.core.wording import Text
from kamdesk.domain.people.store import PERSON
from kamdesk.hub.erasing import Erasure
from kamdesk.storage import forgetting, heeding
from kamdesk.storage.erasing import erase
from kamdesk.sync.quarantine import export, quarantined
from kamdesk.sync.told import reports


def _erased_while_away(team: Team) -> TeamDesk:
    boss, away = team.desks[0], team.colleague("away")
    who = person(boss)
    save(team, boss, look(boss, who), name=f"{WORD} the name", note=f"{WORD} the note")
    save(team, boss, look(boss, person(boss)), note="another note")
    assert team.at_rest() == []
    assert on_disk(away)
    save(team, away, look(away, person(away)), focus=f"{WORD} written while away")
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(who.id))
    team.exchange(boss)
    return away


def _blanked_on_contact(team: Team) -> None:
    away = _erased_while_away(team)
    assert on_disk(away)  # the control: away and not yet told
    assert team.at_rest() == []
    for desk in team.desks:
        assert not on_disk(desk)


def test_fault_25_who_was_erased_is_blanked_on_contact(each_team: Team) -> None:
    _blanked_on_contact(each_team)


def test_fault_25_control_a_desk_that_only_hides_who_was_erased(team: Team) -> None:
    with patch.object(heeding, "take_out", lambda *_, **__: None), pytest.raises(AssertionError):
        _blanked_on_contact(team)


def _gone_at_the_hub(team: Team) -> None:
    _erased_while_away(team)
    assert team.at_rest() == []
    assert WORD not in repr(team.hub.everything())


def test_fault_25_the_hub_holds_nothing_of_them(each_team: Team) -> None:
    _gone_at_the_hub(each_team)


def test_fault_25_control_a_hub_that_notes_an_erase_and_blanks_nothing(each_team: Team) -> None:
    with (
        patch.object(Erasure, "_blank_records", lambda _: None),
        pytest.raises(AssertionError, match=WORD),
    ):
        _gone_at_the_hub(each_team)


def test_fault_25_an_older_backup_does_not_bring_them_back(team: Team) -> None:
    boss, away = team.desks[0], team.colleague("away")
    save(team, boss, look(boss, person(boss)), note=f"{WORD} the note")
    assert team.at_rest() == []
    copy = away.copied()
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(person(boss).id))
    assert team.at_rest() == []
    away.set_back(copy)
    team.ledger.died(away)
    assert on_disk(away)
    assert team.at_rest() == []
    assert not on_disk(away)


def test_fault_25_with_an_outbox_that_is_not_empty_no_number_is_missing(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§before")
    save(team, boss, look(boss, person(boss)), note=f"{WORD} never sent")
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(person(boss).id))
    save(team, boss, phone="§after")
    assert team.at_rest() == []
    assert (account(other).website, account(other).phone) == ("§before", "§after")
    assert WORD not in repr(team.hub.everything())


def test_fault_25_who_erases_a_common_word_blanks_nothing_of_others(team: Team) -> None:
    """A name is whatever somebody wrote there; texts they could not change stay as they are."""
    boss, other = team.desks[0], team.let_in("other")
    mine, theirs = team.person(boss), team.person(other)
    save(team, boss, website="the price is final")
    save(team, boss, look(boss, person(boss)), note="asked for the price")
    theirs.found("丁")
    theirs.act_by(type(theirs).add)
    other.round()
    save(team, other, look(other, person(other, "丁")), name="price", note="of ours")
    save(team, other, look(other, account(other, "丁")), note="the price of price")
    other.round()
    team.hub.grant(mine.team_desk.user, account(other, "丁").id)
    assert team.at_rest() == []
    other.storage.remember("position", team.hub.head())
    with team.ledger.noting(other):
        erase(other.storage, PERSON, Id(person(other, "丁").id), texts=True)
    for desk in (other, boss, other, boss):
        team.exchange(desk)
    assert (account(boss).website, person(boss).note) == (
        "the price is final",
        "asked for the price",
    )
    assert account(boss, "丁").note == "the [erased] of [erased]"
    said = [str(op.cells) for op in team.hub.log()]
    assert any("the price is final" in one for one in said), "the control: so it stands at the hub"


def test_fault_25_an_erase_that_was_refused_is_told_to_who_erased(each_team: Team) -> None:
    """It stays done here, where nothing is left to bring back; the team keeps what it has."""
    team = each_team
    boss, reader = team.desks[0], team.let_in("reader")
    for one in team.accounts:
        team.hub.grant("reader", one.id, "internal", "read")
    team.exchange(reader)
    who = person(boss)
    erase(reader.storage, PERSON, Id(who.id))
    assert team.at_rest() == []
    refused = next(one for one in quarantined(reader.storage) if one.record == who.id)
    assert refused.verb == Verb.ERASE
    assert "erased on this computer only" in refused.reason.source
    assert json.loads(export(reader.storage, [refused.id]))["ops"] == []
    assert person(boss).id == who.id


def _renamed_away(team: Team) -> TeamDesk:
    """Name somebody in texts that say something else by now; return a desk that has them too."""
    boss, reader = team.desks[0], team.colleague("reader")
    elsewhere = team.let_in("elsewhere")  # has 乙 and no word of the person at 甲
    team.hub.grant("elsewhere", account(boss, "乙").id)
    save(team, boss, look(boss, person(boss)), name=f"{WORD} the name")
    for at in ("乙", "丙"):
        save(team, boss, look(boss, account(boss, at)), note=f"asks {WORD} the name in {at}")
    assert team.at_rest() == []
    save(team, reader, look(reader, account(reader, "丙")), note="asks nobody")
    assert team.at_rest() == []
    save(team, boss, look(boss, account(boss, "乙")), note="asks somebody else")
    assert team.at_rest() == []
    return elsewhere


def test_fault_25_a_name_that_stood_in_texts_is_gone_everywhere(each_team: Team) -> None:
    team = each_team
    _renamed_away(team)
    boss = team.desks[0]
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(person(boss).id), texts=True)
    team.exchange(boss)
    assert WORD not in repr(team.hub.everything())
    lost = team.at_rest()
    assert [one for one in lost if WORD not in one] == [], "but for the words that were to go"
    for desk in team.desks:
        assert not on_disk(desk), desk.user
        assert list(reports(desk.storage)) == []
    notes = {account(boss, "乙").note, account(boss, "丙").note}
    assert notes == {"asks somebody else", "asks nobody"}


def test_fault_25_control_what_nobody_says_to_forget_stays(
    each_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = each_team
    elsewhere = _renamed_away(team)
    boss = team.desks[0]
    monkeypatch.setattr(forgetting, "say", lambda *_: None)
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(person(boss).id), texts=True)
    team.at_rest()
    assert WORD in repr(team.hub.everything())
    assert on_disk(elsewhere)


def test_fault_25_what_stands_is_not_forgotten_whoever_says_so(each_team: Team) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, look(boss, account(boss, "乙")), note="first")
    save(team, boss, look(boss, account(boss, "乙")), note="of today")
    assert team.at_rest() == []
    with other.storage.change(Text("Change")) as change:
        known = other.storage.catalogue["account"]
        change.write(known, account(other, "乙").id, {"phone": "1"})
        places = "SELECT DISTINCT scope, kind, eid FROM op WHERE eid = ?"
        own = account(other, "乙").id
        for place in other.storage.connection.execute(places, (own,)).fetchall():
            forgetting.say(other.storage, change.action, *place, ["note", "name"])
    team.at_rest()
    said = repr(team.hub.log())
    assert "of today" in said
    assert "first" not in said
    assert (account(boss, "乙").name, account(boss, "乙").note) == ("乙", "of today")


def test_fault_25_a_name_in_a_text_nobody_has_chosen_yet_is_gone_too(each_team: Team) -> None:
    """Two texts stand in review, and the one that is not shown has the name: both become one."""
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, look(boss, person(boss)), name=f"{WORD} the name")
    assert team.at_rest() == []
    save(team, other, look(other, account(other, "乙")), note=f"asks {WORD} the name")
    save(team, boss, look(boss, account(boss, "乙")), note="asks nobody")
    assert team.at_rest() == []
    assert account(boss, "乙").note == "asks nobody"
    assert in_review(boss), "the control: both stand"
    assert on_disk(other)
    with team.ledger.noting(boss):
        erase(boss.storage, PERSON, Id(person(boss).id), texts=True)
    lost = team.at_rest()
    assert [one for one in lost if WORD not in one and "asks nobody" not in one] == []
    assert WORD not in repr(team.hub.everything())
    for desk in team.desks:
        assert not on_disk(desk), desk.user
        assert in_review(desk) == {}
        assert account(desk, "乙").note == "asks nobody\nasks [erased]"
