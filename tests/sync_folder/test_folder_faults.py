"""What may befall a shared folder: half files, strangers' files, old ones again, lost ones."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.by_folder import KeepingLaptop, Laptop, a_pair, alternate
from support.desks import untruths

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.sync.folder import pairing
from kamdesk.sync.folder.rounds import desk_round
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.told import told
from kamdesk.sync.wire.folder.pairing import HOURS
from kamdesk.sync.wire.folder.phrase import new_phrase

Pair = tuple[KeepingLaptop, Laptop]


@pytest.fixture
def pair(tmp_path: Path, shared: Path) -> Iterator[Pair]:
    keeper, other = a_pair(tmp_path)
    yield keeper, other
    for laptop in (keeper, other):
        assert untruths(laptop.workspace) == []
        laptop.close()


def box_of(shared: Path) -> Path:
    (box,) = (path for path in shared.iterdir() if path.is_dir())
    return box


def level(keeper: KeepingLaptop, other: Laptop) -> None:
    alternate(keeper, other, 2)
    assert keeper.accounts() == other.accounts()
    assert not told(other.storage).unsent
    assert not told(keeper.storage).unsent


def test_letters_half_copied_wait_until_they_are_whole(pair: Pair, shared: Path) -> None:
    keeper, other = pair
    other.account("北辰电气")
    other.round()
    newest = max(box_of(shared).glob("desk-*.kdl"))
    whole = newest.read_bytes()
    for half in (b"", whole[:40], whole[: len(whole) // 2], whole[:-1]):
        newest.write_bytes(half)
        assert keeper.round().letters == 0
        assert keeper.accounts() == []
    newest.write_bytes(whole)
    assert keeper.round().letters == 1
    assert keeper.accounts() == ["北辰电气"]
    newest = max(box_of(shared).glob("keeper-*.kdl"))
    whole = newest.read_bytes()
    newest.write_bytes(whole[: len(whole) // 2])
    assert other.round().waits
    newest.write_bytes(whole)
    assert not other.round().waits
    level(keeper, other)


def test_files_of_strangers_and_copies_of_clouds_are_passed_over(
    pair: Pair, shared: Path, tmp_path: Path
) -> None:
    keeper, other = pair
    box = box_of(shared)
    (shared / "Ferien.txt").write_text("Sommer")
    (shared / "KamDesk-invitation-00.kdi").write_bytes(b"nothing")
    (shared / f"KamDesk-invitation-{'0f' * 16}.kdi").write_bytes(b"KDI1" + b"x" * 200)
    (box / "desk-00000001 (conflicted copy).kdl").write_bytes(b"?")
    (box / "desk-99999999.kdl").write_bytes(b"KDL1" + b"x" * 500)
    (box / "keeper-99999998.kdl").write_bytes(b"KDL1" + b"x" * 500)
    (box / "keeper-99999997.kdl").symlink_to(tmp_path / "keeper" / "kamdesk.db")
    (box / "keeper-99999996.kdl").mkdir()
    (box / f"desk-{'0a' * 16}-0000000000.kdc").write_bytes(b"?" * 1000)
    other.account("北辰电气")
    keeper.account("澜川精密轴承")
    level(keeper, other)
    assert len(other.accounts()) == 2
    assert (shared / "Ferien.txt").read_text() == "Sommer"


def test_letters_lost_repeated_and_out_of_order_cost_a_round_and_no_sentence(
    pair: Pair, shared: Path, tmp_path: Path
) -> None:
    keeper, other = pair
    box, old = box_of(shared), tmp_path / "old"
    shutil.copytree(box, old)
    other.account("北辰电气")
    other.round()
    for letter in box.glob("desk-*.kdl"):
        letter.unlink()  # the push never came through
    keeper.round()
    assert keeper.accounts() == []
    assert other.round().waits  # it is there again
    keeper.round()
    assert keeper.accounts() == ["北辰电气"]
    for letter in box.glob("keeper-*.kdl"):
        letter.unlink()  # nor the answer
    other.round()
    keeper.account("澜川精密轴承")
    keeper.round()
    for letter in old.iterdir():
        if not (box / letter.name).exists():
            shutil.copy(letter, box)  # a program that brings back what was taken away
    level(keeper, other)
    assert len(keeper.accounts()) == 2


def test_everything_lost_on_the_way_comes_again(pair: Pair, shared: Path) -> None:
    keeper, other = pair
    other.account("北辰电气")
    other.round()
    shutil.rmtree(box_of(shared))
    keeper.account("澜川精密轴承")
    keeper.round()
    alternate(keeper, other, 2)
    level(keeper, other)


def test_what_is_said_back_to_its_writer_or_in_another_place_is_not_heard(
    pair: Pair, shared: Path
) -> None:
    keeper, other = pair
    box = box_of(shared)
    theirs, ours = max(box.glob("keeper-*.kdl")), max(box.glob("desk-*.kdl"))
    (box / "desk-88888888.kdl").write_bytes(theirs.read_bytes())
    (box / "keeper-88888888.kdl").write_bytes(ours.read_bytes())
    (box / "keeper-77777777.kdl").write_bytes(theirs.read_bytes())
    other.account("北辰电气")
    level(keeper, other)


def test_a_stick_that_is_not_plugged_in_is_said_and_nothing_is_lost(
    pair: Pair, shared: Path, tmp_path: Path
) -> None:
    keeper, other = pair
    other.account("北辰电气")
    away = shared.rename(tmp_path / "away")
    with pytest.raises(HubTrouble) as trouble:
        other.round()
    assert trouble.value.cause is Cause.OFFLINE
    away.rename(shared)
    level(keeper, other)
    assert keeper.accounts() == ["北辰电气"]


def test_no_word_and_no_database_lies_in_the_folder(pair: Pair, shared: Path) -> None:
    keeper, other = pair
    other.account("北辰电气planted")
    level(keeper, other)
    files = [path for path in shared.rglob("*") if path.is_file()]
    assert files
    for path in files:
        raw = path.read_bytes()
        assert b"SQLite" not in raw
        assert b"planted" not in raw
        assert "林晓彤".encode() not in raw
    assert b"planted" in b"".join(  # where it may stand, as a control that the search finds
        name.encode() for name in other.accounts()
    )
    raw = (keeper.folder / "keeper.db").read_bytes()
    assert b"SQLite format 3" not in raw
    assert (keeper.folder / "keeper.db").stat().st_mode & 0o777 == 0o600
    assert b"planted" not in raw


def test_two_conflicting_edits_by_folder_are_in_review_on_both(pair: Pair) -> None:
    keeper, other = pair
    keeper.account("澜川精密轴承")
    level(keeper, other)
    for laptop, name in ((keeper, "澜川轴承"), (other, "澜川精密")):
        accounts = laptop.workspace.accounts
        now = accounts.ask.everything()[0]
        accounts.change(replace(now, name=name), base=now, seen=laptop.storage.position())
    level(keeper, other)
    assert told(keeper.storage).conflicts == told(other.storage).conflicts == 1


def test_a_phrase_opens_its_invitation_once_and_for_a_day(
    tmp_path: Path, shared: Path, pair: Pair
) -> None:
    keeper, _ = pair
    third = Laptop(tmp_path / "third", "林晓彤", shared)
    fourth = Laptop(tmp_path / "fourth", "林晓彤", shared)
    with pytest.raises(RuleBroken, match="No invitation"):
        third.join(new_phrase())
    invited = keeper.invite()
    with pytest.raises(RuleBroken, match="opens no invitation"):
        third.join(new_phrase())
    late = third.clock.now().ms + (HOURS + 1) * 3_600_000
    with pytest.raises(RuleBroken, match="too old"):
        pairing.look(shared, invited.phrase, late)
    third.join(invited.phrase.upper().replace("-", "  "))
    with pytest.raises(RuleBroken, match="holds once"):
        fourth.join(invited.phrase)
    assert third.round().waits
    keeper.round()
    with pytest.raises(RuleBroken, match="No invitation"):
        fourth.join(invited.phrase)
    alternate(keeper, third, 2)
    assert third.storage.log.own
    late_one = keeper.invite()
    fourth.join(late_one.phrase)
    keeper.clock.move(days=2)
    assert keeper.round().joined == ()  # answered too late
    assert fourth.round().waits
    assert fourth.storage.log.own == 0
    third.close()
    fourth.close()


def test_an_unwritable_folder_refuses_in_words(pair: Pair, shared: Path) -> None:
    _, other = pair
    with pytest.raises(StorageTrouble, match="cannot be read"):
        pairing.look(shared / "nowhere", new_phrase(), 0)
    with pytest.raises(HubTrouble):
        desk_round(other, shared / "nowhere")


def test_a_welcome_that_was_lost_is_said_again(tmp_path: Path, shared: Path, pair: Pair) -> None:
    keeper, _ = pair
    third = Laptop(tmp_path / "third", "林晓彤", shared)
    first = box_of(shared)
    third.join(keeper.invite().phrase)
    keeper.round()
    (box,) = (path for path in shared.iterdir() if path.is_dir() and path != first)
    shutil.rmtree(box)
    assert third.round().waits
    keeper.round()
    third.round()
    assert third.storage.log.own
    third.close()
