"""Hostile bundles: each refused in plain words, and the workspace logically as it was."""

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from support.carried import digest, exported, lines, mended, put_lines, read_here, restored, whole
from support.desks import a_desk, untruths
from support.hostile_bundles import HOSTILE
from support.invented import a_person, a_visit, an_account

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text, say
from kamdesk.domain.chain.standing import Reading, What
from kamdesk.domain.chain.store import READING
from kamdesk.domain.visits.model import Fact
from kamdesk.domain.visits.store import FACT
from kamdesk.transfer.bundle import form, honest_zip
from kamdesk.workspace import Workspace

REFUSED = (zipfile.BadZipFile, RuleBroken, OSError, ValueError, NotImplementedError)
IN_THE_CHILD = (
    "half of it",
    "a bomb",
    "five thousand deep",
    "half a character",
    "a path up",
    "a newer form",
    "not UTF-8",
)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An honest bundle with a bit of everything."""
    folder = tmp_path_factory.mktemp("honest")
    desk = a_desk(folder)
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("重点",))
    a_person(desk, account)
    a_person(desk, account, "李敏")
    visit = a_visit(desk, account)
    day = desk.clock.today()
    new = desk.storage.new_id
    with desk.storage.change(Text("Learn")) as change:
        change.put(
            FACT, Fact(id=new(), account=account.id, words="新厂长", day=day, visit=visit.id)
        )
        change.put(
            READING,
            Reading(
                id=new(), account=account.id, map=new(), subject=new(),  # type: ignore[arg-type]
                what=What.STANCE, value="1", valid_from=day,
            ),
        )  # fmt: skip
    bundle = exported(desk, folder / "honest.zip")
    desk.close()
    return bundle


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A fresh workspace that stays one."""
    desk = a_desk(tmp_path_factory.mktemp("fresh"))
    yield desk
    assert untruths(desk) == []
    desk.close()


def broken(name: str, honest: Path, tmp_path: Path) -> tuple[Path, str]:
    breaks, said = HOSTILE[name]
    bundle = tmp_path / "hostile.zip"
    breaks(honest, bundle)
    return bundle, said


def refused(desk: Workspace, bundle: Path, said: str) -> None:
    before = digest(desk)
    with pytest.raises(RuleBroken, match=said) as refusal:
        desk.bundles.take(bundle)
    assert "“hostile.zip” cannot be imported: " in refusal.value.said.plain
    assert len(say(refusal.value.said, "en")) < 500
    assert digest(desk) == before
    assert not desk.storage.connection.in_transaction


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_and_nothing_changed(
    name: str, honest: Path, fresh: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    refused(fresh, *broken(name, honest, tmp_path))


@pytest.mark.parametrize("name", IN_THE_CHILD)
def test_refused_by_the_caged_child(
    name: str, honest: Path, fresh: Workspace, tmp_path: Path
) -> None:
    refused(fresh, *broken(name, honest, tmp_path))


@pytest.mark.parametrize("seed", range(6))
def test_any_byte_of_the_zip_flipped_is_refused_or_without_effect(
    seed: int, honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    chance, raw = Random(seed), honest.read_bytes()
    control = restored(honest, tmp_path / "control")
    for number in range(25):
        broken = bytearray(raw)
        broken[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        if number % 5 == 0:
            del broken[chance.randrange(len(raw)) :]
        (tmp_path / "hostile.zip").write_bytes(broken)
        folder = tmp_path / str(number)
        folder.mkdir()
        desk = a_desk(folder, name="周宁")
        before = digest(desk)
        said = refusal_of(desk, tmp_path / "hostile.zip")
        assert digest(desk) == (before if said else digest(control))
        desk.close()
    control.close()


def test_no_flipped_bit_of_the_directory_swallows_a_part(honest: Path, tmp_path: Path) -> None:
    """A longer comment of one entry would hide the entries after it from the reader."""
    raw, bundle = honest.read_bytes(), tmp_path / "hostile.zip"
    with zipfile.ZipFile(honest) as archive:
        parts, start = archive.namelist(), archive.start_dir
    swallowed = 0
    for place in range(start, len(raw)):
        for bit in range(8):
            broken = bytearray(raw)
            broken[place] ^= 1 << bit
            bundle.write_bytes(broken)
            with (
                suppress(*REFUSED),
                bundle.open("rb") as file,
                zipfile.ZipFile(file) as archive,
            ):
                fewer = len(archive.namelist()) < len(parts)
                swallowed += fewer
                honest_zip.check(file, archive, form.limits_for(len(raw)))
                assert not fewer, f"byte {place}, bit {bit}"
    assert swallowed, "no flip hid a part: the check was not put to the test"


def refusal_of(desk: Workspace, bundle: Path) -> str:
    try:
        desk.bundles.take(bundle)
    except RuleBroken as refusal:
        return refusal.said.plain
    return ""


def test_the_honest_one_is_taken(honest: Path, tmp_path: Path) -> None:
    """The positive control of all the above: the same bundle, unbroken."""
    desk = restored(honest, tmp_path / "desk")
    assert untruths(desk) == []
    assert len(whole(desk)["people"]) == 2
    desk.close()


@pytest.mark.parametrize(
    "name", [name for name, (_, said) in HOSTILE.items() if "cannot be shown" in said]
)
def test_without_the_check_it_gets_in(
    name: str, honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: what cannot be shown is refused by that rule and no other."""
    from kamdesk.transfer.bundle import restore

    read_here(monkeypatch)
    monkeypatch.setattr(restore, "makes_sense", lambda _kind, _values: True)
    bundle, _ = broken(name, honest, tmp_path)
    with pytest.raises(RuleBroken, match="not what its history says"):
        restored(bundle, tmp_path / "desk").close()


def test_a_line_too_long_is_refused_unread(
    honest: Path, fresh: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    monkeypatch.setattr(form, "LONGEST_LINE", 50_000)
    bundle = mended(
        honest,
        tmp_path / "hostile.zip",
        lambda parts: parts.update({"history.jsonl": os.urandom(40_000).hex().encode()}),
    )
    refused(fresh, bundle, r"history\.jsonl, line 1: This line is too long")


def test_a_greedy_line_meets_the_limit_of_memory(
    honest: Path, fresh: Workspace, tmp_path: Path
) -> None:
    """Fifteen million empty lists: 16 MiB of text that would be a gigabyte of objects."""
    greedy = b'{"a":[' + b"[],[{}],[0],[]," * 1_090_000 + b"0]}\n"
    bundle = mended(
        honest, tmp_path / "hostile.zip", lambda parts: parts.update({"history.jsonl": greedy})
    )
    refused(fresh, bundle, "more memory|more than 100 times|neither an action")


def test_a_name_of_an_action_cannot_reach_into_the_program(
    honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)

    def mend(parts: dict[str, bytes]) -> None:
        every = lines(parts, "history.jsonl")
        for line, name in zip(
            [line for line in every if "op" not in line],
            ("{who.__class__}", "{who!r:>99999999}", "{missing}", "{"),
            strict=False,
        ):
            line.update(name=name, values={"who": "x"})
        put_lines(parts, "history.jsonl", every)

    desk = restored(mended(honest, tmp_path / "named.zip", mend), tmp_path / "desk")
    found = desk.storage.reader.ask("SELECT name FROM actions ORDER BY id").column()
    assert found[:4] == ["Change"] * 4
    assert untruths(desk) == []
    desk.close()


def test_controls_and_strange_blanks_are_put_right(
    honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)

    def mend(parts: dict[str, bytes]) -> None:
        for part, key in (("history.jsonl", "cells"), ("records/account.jsonl", None)):
            every = lines(parts, part)
            for line in every:
                held = line.get(key, {}) if key else line
                if held.get("name") == "华东重工":
                    held["name"] = "华东\x1b[31m重工"
            put_lines(parts, part, every)

    desk = restored(mended(honest, tmp_path / "named.zip", mend), tmp_path / "desk")
    assert [one.name for one in desk.accounts.ask.everything()] == ["华东[31m重工"]
    assert untruths(desk) == []
    desk.close()


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("note", 7, "takes text"),
        ("account", "华东", "32 hex digits"),
        ("id", "ab", "32 hex digits"),
        ("gone", False, "true or left out"),
        ("note", "a\0b", "NUL or half"),
    ],
)
def test_added_records_are_judged_too(
    cell: str,
    value: object,
    said: str,
    honest: Path,
    desk: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_here(monkeypatch)
    an_account(desk, "西南电网")

    def mend(parts: dict[str, bytes]) -> None:
        every = lines(parts, "records/person.jsonl")
        put_lines(parts, "records/person.jsonl", [every[0], {**every[1], cell: value}])

    bundle = mended(honest, tmp_path / "hostile.zip", mend)
    refused(desk, bundle, r"records/person\.jsonl, line 2: .*" + said)


def test_a_refused_team_leaves_no_number_behind(
    honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Workspace
) -> None:
    """What was read within a transaction that was taken back must not be remembered."""
    read_here(monkeypatch)

    def mend(parts: dict[str, bytes]) -> None:
        about = json.loads(parts["bundle.json"])
        about["state"].update(dev=3, dseq=5, position=9)
        parts["bundle.json"] = json.dumps(about).encode()
        put_lines(parts, "records/person.jsonl", lines(parts, "records/person.jsonl")[:1])

    refused(desk, mended(honest, tmp_path / "hostile.zip", mend), "of its history is missing")
    assert desk.storage.log.own == 0
    account = an_account(desk)
    assert desk.storage.reader.ask("SELECT dev FROM op WHERE eid = ?", account.id).value() == 0


def test_a_link_a_folder_and_nothing(honest: Path, fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "link.zip").symlink_to(honest)
    (tmp_path / "folder.zip").mkdir()
    for name, said in (
        ("link.zip", "It is a link"),
        ("folder.zip", "It is a folder"),
        ("nothing.zip", "There is no file"),
    ):
        with pytest.raises(RuleBroken, match=said):
            fresh.bundles.take(tmp_path / name)


def test_a_person_changed_in_a_bundle_does_not_change_the_log(honest: Path, tmp_path: Path) -> None:
    desk = restored(honest, tmp_path / "desk")
    person = desk.people.ask.everybody()[0]
    desk.people.change(replace(person, note="我们的"), base=person, seen=desk.storage.position())
    held = digest(desk)
    report = desk.bundles.take(honest)
    assert report.conflicts == 1
    assert digest(desk) == held
    desk.close()
