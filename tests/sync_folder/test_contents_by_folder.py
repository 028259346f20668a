"""What is in files, by folder: laid down before the op that names it, fetched when wanted."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.by_folder import KeepingLaptop, Laptop, a_pair, alternate
from support.desks import untruths

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.ids import AccountId
from kamdesk.domain.files.model import Incoming, KeptFile
from kamdesk.domain.files.store import NotHereYet
from kamdesk.domain.people.store import PERSON
from kamdesk.storage import arriving
from kamdesk.storage.erasing import bring_level, erase
from kamdesk.sync import blobs

PAPER = os.urandom(1_300_000)
Pair = tuple[KeepingLaptop, Laptop]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    keeper, other = a_pair(tmp_path)
    yield keeper, other
    for laptop in (keeper, other):
        assert untruths(laptop.workspace) == []
        laptop.close()


def add(laptop: Laptop, account: AccountId, data: bytes = PAPER, name: str = "报价.pdf") -> None:
    laptop.workspace.files.keep(account, given=[Incoming(name=name, data=data)])


def the_file(laptop: Laptop, account: AccountId, name: str = "报价.pdf") -> KeptFile:
    files = laptop.workspace.files.ask.of_account(account)
    return next(file for file in files if file.name == name)


def test_contents_go_both_ways_and_leave_nothing_in_the_folder(pair: Pair) -> None:
    keeper, other = pair
    account = other.account("北辰电气")
    add(other, account)
    other.round()
    keeper.round()
    file = the_file(keeper, account)
    assert keeper.workspace.files.content(file.id)[1] == PAPER
    back = os.urandom(700_000)
    add(keeper, account, back, "合同.pdf")
    alternate(keeper, other, 2)
    assert other.workspace.files.content(the_file(other, account, "合同.pdf").id)[1] == back
    alternate(keeper, other, 2)
    assert not list(other.shared.rglob("*.kdc"))


def test_fault_24_a_missing_content_is_a_placeholder_and_no_error(pair: Pair) -> None:
    keeper, other = pair
    account = keeper.account("澜川精密轴承")
    large = os.urandom(blobs.BY_ITSELF + 1)
    add(keeper, account, large)
    keeper.round()
    other.round()
    file = the_file(other, account)
    with pytest.raises(NotHereYet, match="has not come to this computer yet"):
        other.workspace.files.content(file.id)
    assert other.do(blobs.files_told)[:2] == (1, len(large))
    alternate(keeper, other, 2)  # large ones wait until somebody wants them
    with pytest.raises(StorageTrouble):
        other.workspace.files.content(file.id)
    other.do(lambda storage: arriving.wish(storage, file.digest))
    alternate(keeper, other, 2)
    assert other.workspace.files.content(file.id)[1] == large
    assert other.do(blobs.files_told).missing == 0


def test_fault_24_contents_lost_on_the_way_are_laid_down_again(pair: Pair) -> None:
    keeper, other = pair
    account = other.account("北辰电气")
    add(other, account)
    other.round()
    for part in sorted(other.shared.rglob("*.kdc"))[1:]:
        part.unlink()
    keeper.round()
    assert the_file(keeper, account).size == len(PAPER)  # its name is there
    alternate(keeper, other, 3)
    assert keeper.workspace.files.content(the_file(keeper, account).id)[1] == PAPER


def test_fault_25_an_erased_persons_papers_go_from_everywhere(pair: Pair) -> None:
    keeper, other = pair
    account = other.account("北辰电气")
    person = other.workspace.people.new("宋文博", account=account)
    other.workspace.people.add(person)
    given = [Incoming(name="护照.pdf", data=PAPER)]
    other.workspace.files.keep(account, given=given, about=person.id)
    alternate(keeper, other, 2)
    passport = the_file(keeper, account, "护照.pdf")
    assert keeper.workspace.files.content(passport.id)[1] == PAPER
    assert stored(keeper)
    erase(other.storage, PERSON, person.id)
    bring_level(other.storage, other.folder)
    alternate(keeper, other, 2)
    for laptop in pair:
        count = laptop.storage.reader.ask("SELECT count(*) FROM file_parts").value()
        assert count == 0
    assert not stored(keeper)


def stored(keeper: KeepingLaptop) -> int:
    with keeper.keeper.hub.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM blob_part")
        return int(found.scalar_one())
