"""What was merged or told apart travels: in a bundle, through the hub, into the search."""

from dataclasses import replace
from pathlib import Path

from support.carried import exported, restored
from support.customers import lanchuan
from support.tables import living
from support.two_desks import Pair, edit, settle, the_account, the_person

from kamdesk.domain.duplicates.store import DuplicateStore
from kamdesk.dossier.merging import Merging
from kamdesk.workspace import Workspace


def test_a_bundle_carries_what_was_merged_and_told_apart(desk: Workspace, tmp_path: Path) -> None:
    here = lanchuan(desk)
    twin = desk.people.new("李敏", here.account.id)
    desk.people.add(twin)
    keep, other = here.people["李敏"], here.people["陈立新"]
    Merging(desk.storage).merge("person", keep, twin.id)
    Merging(desk.storage).not_same("person", keep, other)
    again = restored(exported(desk, tmp_path / "one.zip"), tmp_path / "two")
    try:
        assert living(again) == living(desk)
        assert again.people.ask.now(twin.id) == keep
        assert DuplicateStore(again.storage.reader).not_same("person")
        again.undo.undo()
        again.undo.undo()
        assert again.people.ask.find(twin.id) is not None
    finally:
        again.close()


def test_the_search_finds_the_one_that_stays_by_what_came_along(desk: Workspace) -> None:
    here = lanchuan(desk)
    twin = replace(desk.accounts.new("澜川轴承（无锡）有限公司"), credit_code="")
    desk.accounts.add(twin)
    Merging(desk.storage).merge("account", here.account.id, twin.id)
    found = desk.search.names("澜川轴承（无锡）", 10).accounts
    assert [hit.id for hit in found] == [here.account.id]


def test_a_merge_goes_to_the_other_desk_and_meets_what_was_written_there(pair: Pair) -> None:
    one, other = pair
    account, person = the_account(one), the_person(one)
    twin = one.workspace.people.new(person.name, account.id)
    one.workspace.people.add(twin)
    settle(one, other)
    Merging(one.workspace.storage).merge("person", twin.id, person.id)
    edit(other, background="写在另一台电脑上")  # of the record that goes, unseen
    settle(one, other)
    for desk in pair:
        kept = desk.workspace.people.ask.find(twin.id)
        assert kept is not None
        old = desk.workspace.people.ask.get(person.id)
        assert old.background == "写在另一台电脑上"  # nothing is lost
        assert old.merged_into == twin.id
