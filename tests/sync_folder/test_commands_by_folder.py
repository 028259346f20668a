"""Two laptops and a folder from the shell: keep, join, sync by turns; a laptop shut out."""

from datetime import datetime
from pathlib import Path

import pytest
from support.commands import CommandLine

from kamdesk.sync.wire.folder.phrase import new_phrase
from kamdesk.workspace import Workspace


def two(folder: Path) -> tuple[CommandLine, CommandLine, Path]:
    """Return two machines with a customer each, and a stick."""

    def with_customer(name: str) -> object:
        def fill(desk: Workspace) -> None:
            desk.accounts.add(desk.accounts.new(name))

        return fill

    stick = folder / "stick"
    made = []
    for place, name in (("one", "澜川精密轴承"), ("two", "北辰电气")):
        (folder / place).mkdir()
        machine = CommandLine(folder / place)
        made.append(machine.made(with_customer(name)))
    stick.mkdir()
    return made[0], made[1], stick


def test_keep_join_and_sync_by_turns(tmp_path: Path) -> None:
    keeper, other, stick = two(tmp_path)
    assert "keeps no log" in keeper.refused("keep")
    invited = keeper.ask("keep", stick)
    assert datetime.fromisoformat(invited["until"]).tzinfo is not None
    other.given["KAMDESK_PHRASE"] = new_phrase()
    assert "opens no invitation" in other.refused("join", stick, "--share-all")
    other.given["KAMDESK_PHRASE"] = invited["phrase"]
    assert "林晓彤 invites" in other.do("join", stick, "--look").out
    other.do("join", stick, "--share-all")
    assert other.ask("sync", "--with", stick)["waits"] is True
    (laptop,) = keeper.ask("sync", "--with", stick)["joined"]
    for _ in range(3):
        other.ask("sync", "--with", stick)
        keeper.ask("sync", "--with", stick)
    assert other.ask("sync", "--with", stick)["waits"] is False
    names = [{one["name"] for one in machine.ask("accounts")} for machine in (keeper, other)]
    assert names == [{"澜川精密轴承", "北辰电气"}] * 2
    assert "kamdesk sync --with FOLDER" in other.refused("sync")
    (told,) = keeper.ask("keep")
    assert (told["laptop"], told["state"]) == (laptop, "paired")
    seen = datetime.fromisoformat(told["seen"])
    assert seen.tzinfo is not None
    assert f"{seen:%Y-%m-%d %H:%M}" in keeper.do("keep").out

    keeper.do("keep", "--end", told["id"])
    keeper.ask("sync", "--with", stick)
    assert "taken this one's access away" in other.refused("sync", "--with", stick)
    assert {one["name"] for one in other.ask("accounts")} <= {"北辰电气"}


@pytest.mark.parametrize("words", [("keep", "--end", "nobody"), ("keep", "nowhere/at/all")])
def test_what_cannot_be_done_is_refused_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    keeper, _, stick = two(tmp_path)
    keeper.do("keep", stick)
    assert keeper.refused(*words)
