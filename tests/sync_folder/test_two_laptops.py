"""Two laptops and a folder: by alternating rounds they stand level, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.by_folder import KeepingLaptop, Laptop, alternate
from support.desks import untruths


@pytest.fixture
def keeper(tmp_path: Path, shared: Path) -> Iterator[KeepingLaptop]:
    laptop = KeepingLaptop(tmp_path / "keeper", "林晓彤", shared)
    yield laptop
    assert untruths(laptop.workspace) == []
    laptop.close()


@pytest.fixture
def other(tmp_path: Path, shared: Path) -> Iterator[Laptop]:
    laptop = Laptop(tmp_path / "other", "林晓彤", shared, minutes=3)
    yield laptop
    assert untruths(laptop.workspace) == []
    laptop.close()


def test_two_laptops_of_one_person_stand_level_by_turns(
    keeper: KeepingLaptop, other: Laptop
) -> None:
    keeper.account("澜川精密轴承")
    other.account("北辰电气")
    keeper.round()
    other.join(keeper.invite().phrase)
    assert other.round().waits
    assert keeper.round().joined == ("Laptop",)
    alternate(keeper, other)
    assert keeper.accounts() == other.accounts() == ["北辰电气", "澜川精密轴承"]
    assert keeper.storage.remembered("me") == other.storage.remembered("me")


def test_what_one_writes_is_there_after_one_round_of_each(
    keeper: KeepingLaptop, other: Laptop
) -> None:
    other.join(keeper.invite().phrase)
    keeper.round()
    alternate(keeper, other)
    keeper.account("澜川精密轴承")
    keeper.round()
    assert other.round().pulled
    assert other.accounts() == ["澜川精密轴承"]
    other.account("北辰电气")
    assert other.round().waits
    assert keeper.round().pulled
    assert keeper.accounts() == ["北辰电气", "澜川精密轴承"]
    settled = other.round()
    assert settled.pushed
    assert not settled.waits
