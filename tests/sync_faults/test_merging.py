"""Faults 5 to 10: clocks, and what two people do to one record without knowing of each other."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from support.everywhere import everywhere
from support.team import Team
from support.team_deeds import account, in_review, look, person, save
from support.team_desk import TO_1970
from support.team_mutants import Mutant

from kamdesk.core.heads import Op, heads
from kamdesk.core.wording import Text
from kamdesk.domain.people.store import PERSON
from kamdesk.storage import fold as folds
from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.fold import Folded
from kamdesk.sync.apart import texts as sync_texts
from kamdesk.sync.apart.conflicts import conflicts, resolve
from kamdesk.sync.post import HubTrouble

HOUR, YEAR = 3_600_000, 31_536_000_000
SKEWS = {"an hour on": HOUR, "a year on": YEAR, "1970": TO_1970, "an hour back": -HOUR}


def _clocks(team: Team, ahead: int) -> list[str]:
    other = team.colleague()
    team.desks[0].clock.ahead = ahead
    save(team, team.desks[0], website="§ahead")
    team.true.move(minutes=1)
    save(team, other, short_name="§plain")
    wall = other.storage.reader.ask("SELECT max(wall) FROM op").value()
    for desk in (*team.desks, *team.desks):
        team.exchange(desk)
    assert other.storage.reader.ask("SELECT 1 FROM op WHERE wall = ?", wall).value() == 1
    team.desks[0].clock.ahead = 0
    save(team, team.desks[0], note="§after")
    assert account(other).website == "§ahead"
    return team.at_rest()


@pytest.mark.parametrize("skew", SKEWS)
def test_fault_05_a_wrong_clock_blocks_nobody(team: Team, skew: str) -> None:
    assert _clocks(team, SKEWS[skew]) == []


@pytest.mark.parametrize("mutant", [Mutant.TRUST_CLOCK, Mutant.CLIENT_REJECTS_DRIFT])
def test_fault_05_control(team: Team, mutant: Mutant) -> None:
    with mutant.at_work():
        try:
            broken = _clocks(team, YEAR)
        except HubTrouble:
            broken = ["somebody is blocked"]
        assert broken


def test_fault_06_different_cells_of_one_record_are_both_kept(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§mine")
    save(team, other, short_name="§theirs")
    assert team.at_rest() == []
    for desk in team.desks:
        assert (account(desk).website, account(desk).short_name) == ("§mine", "§theirs")
        assert in_review(desk) == {}


def _same_cell(team: Team) -> list[str]:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§mine")
    team.true.move(minutes=1)
    save(team, other, website="§theirs")
    return team.at_rest()


def test_fault_07_same_cell_one_shown_both_in_review_until_resolved(team: Team) -> None:
    assert _same_cell(team) == []
    for desk in team.desks:
        assert account(desk).website == "§theirs"
        assert in_review(desk) == {"website": {"§mine", "§theirs"}}
    boss = team.desks[0]
    with team.ledger.noting(boss):
        resolve(boss.storage, conflicts(boss.storage)[0], "§mine")
    assert team.at_rest() == []
    for desk in team.desks:
        assert account(desk).website == "§mine"
        assert in_review(desk) == {}


def test_fault_07_control_last_writer_wins_loses_one(team: Team) -> None:
    with Mutant.LWW_ONLY.at_work():
        assert any(line.startswith("2 ") for line in _same_cell(team))


def _behind(team: Team) -> tuple[list[str], str | None]:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§first")
    team.exchange(boss)
    team.exchange(other)
    other.clock.ahead = -2 * HOUR
    save(team, other, website="§second")
    return team.at_rest(), account(boss).website


def test_fault_08_who_saw_the_value_wins_with_a_clock_behind(team: Team) -> None:
    assert _behind(team) == ([], "§second")
    assert all(in_review(desk) == {} for desk in team.desks)


def test_fault_08_control_by_the_clock_alone_the_old_value_comes_back(team: Team) -> None:
    with Mutant.LWW_ONLY.at_work():
        broken, shown = _behind(team)
    assert broken
    assert shown == "§first"


def _drop(team: Team, desk_number: int) -> None:
    desk = team.desks[desk_number]
    with team.ledger.noting(desk):
        desk.workspace.people.drop(person(desk).id)


def _dropped_unseen(team: Team) -> None:
    other = team.colleague()
    who = person(other).id
    save(team, other, look(other, person(other)), name="§edited")
    _drop(team, 0)
    assert team.at_rest() == []
    for desk in team.desks:
        assert person(desk).id == who
        assert LIFE in in_review(desk)


def test_fault_09_delete_against_an_edit_it_had_not_seen_keeps_the_record(team: Team) -> None:
    _dropped_unseen(team)


def test_fault_09_control_where_a_delete_always_wins_the_edit_is_gone(team: Team) -> None:
    def wins(result: Folded, lives: list[Op[bool]], sets: list[Op[Any]]) -> None:
        result.gone = not any(op.value for op in heads(lives))

    with patch.object(folds, "_judge_life", wins), pytest.raises(AssertionError):
        _dropped_unseen(team)


def test_fault_09_delete_after_seeing_hides_and_twice_is_once(team: Team) -> None:
    team.colleague()
    _drop(team, 0)
    _drop(team, 1)
    assert team.at_rest() == []
    for desk in team.desks:
        assert in_review(desk) == {}
        assert desk.storage.reader.ask("SELECT count(*) FROM people WHERE gone").value() == 1
    boss = team.desks[0]
    (gone,) = boss.storage.reader.ask("SELECT id FROM people WHERE gone").column()
    with boss.storage.change(Text("Restore")) as change:
        change.restore(PERSON, gone)
    assert team.at_rest() == []
    assert all(person(desk).id == gone for desk in team.desks)


def _texts(team: Team, mine: str, theirs: str) -> list[str | None]:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, look(boss, person(boss)), note="first\n\nsecond\n\nthird")
    assert team.at_rest() == []
    save(team, boss, look(boss, person(boss)), note=mine)
    save(team, other, look(other, person(other)), note=theirs)
    assert team.at_rest() == []
    return [person(desk).note for desk in team.desks]


def test_fault_10_other_paragraphs_of_a_text_are_merged_once(team: Team) -> None:
    notes = _texts(team, "FIRST\n\nsecond\n\nthird", "first\n\nsecond\n\nTHIRD")
    assert notes == ["FIRST\n\nsecond\n\nTHIRD"] * 2
    merged = [op for op in team.hub.log() if op.cells.get("note") == notes[0]]
    assert len(merged) == 1  # by one party only
    assert all(in_review(desk) == {} for desk in team.desks)


def test_fault_10_control_where_everybody_brings_them_together_it_is_said_twice(
    team: Team,
) -> None:
    with patch.object(sync_texts, "_is_ours", lambda *_: False):
        _texts(team, "FIRST\n\nsecond\n\nthird", "first\n\nsecond\n\nTHIRD")
    with patch.object(sync_texts, "_is_ours", lambda _, conflict: conflict.cell == "note"):
        for desk in team.desks:
            sync_texts.merge_texts(desk.storage)
    team.at_rest()
    whole = "FIRST\n\nsecond\n\nTHIRD"
    assert len([op for op in team.hub.log() if op.cells.get("note") == whole]) == 2


def test_fault_10_the_same_sentence_is_a_conflict_with_both_texts(team: Team) -> None:
    both = "first\n\nmine\n\nthird", "first\n\ntheirs\n\nthird"
    _texts(team, *both)
    assert all(in_review(desk) == {"note": set(both)} for desk in team.desks)


def test_fault_10_equal_texts_are_one(team: Team) -> None:
    assert _texts(team, "same", "same") == ["same", "same"]
    assert all(in_review(desk) == {} for desk in team.desks)


def _form_open_over_a_pull(team: Team) -> list[str]:
    boss, other = team.desks[0], team.colleague()
    form = look(other)
    save(team, boss, website="§unseen")
    team.exchange(boss)
    team.exchange(other)
    save(team, other, form, website="§over")
    return team.at_rest()


def test_fault_08_a_form_open_over_a_pull_has_not_seen_what_came(team: Team) -> None:
    assert _form_open_over_a_pull(team) == []
    assert all(in_review(desk) == {"website": {"§unseen", "§over"}} for desk in team.desks)


def test_fault_08_control_ctx_stamped_at_save_overwrites_unseen(team: Team) -> None:
    with Mutant.CTX_AT_SAVE.at_work():
        assert any(line.startswith("2 ") for line in _form_open_over_a_pull(team))


def test_fault_06_control_a_record_sent_whole_would_not_go_by_unnoticed(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§mine")
    form = look(other)
    whole = form._replace(record=replace(form.record, website="§as it was shown"))
    save(team, other, whole, website=None, short_name="§theirs")
    assert team.at_rest() == []
    assert all(in_review(desk) != {} for desk in team.desks)


def test_fault_10_control_where_nobody_brings_texts_together_they_wait(team: Team) -> None:
    texts = "FIRST\n\nsecond\n\nthird", "first\n\nsecond\n\nTHIRD"
    with everywhere(sync_texts._is_ours, lambda storage, conflict: False):
        assert set(_texts(team, *texts)) <= set(texts)
    assert all("note" in in_review(desk) for desk in team.desks)
