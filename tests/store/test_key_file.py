"""The key file: what opens it, what it refuses, and how it is written."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.faults_workspace import CHEAP, PASSPHRASE

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.storage import key_file

KEY, OTHER, SALT, WORKSPACE = "0b" * 32, "0c" * 32, "05" * 16, "ab" * 16
CODE = key_file.new_code()


DAMAGED = "The key file {path} is damaged."


def outcome(folder: Path) -> key_file.KeyFile | str:
    try:
        return key_file.read(folder)
    except StorageTrouble as trouble:
        return trouble.said.source[: len(DAMAGED)]


def a_key_file(**others: Any) -> key_file.KeyFile:
    made = key_file.make(KEY, SALT, WORKSPACE, passphrase=PASSPHRASE, code=CODE, cost=CHEAP)
    return replace(made, **others)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    made = a_key_file()
    key_file.write(tmp_path, made)
    assert key_file.read(tmp_path) == made


def test_the_passphrase_and_the_recovery_code_open_it() -> None:
    made = a_key_file()
    assert made.key_under(PASSPHRASE, "passphrase") == KEY
    assert made.key_under(CODE, "recovery") == KEY


def test_a_wrong_passphrase_opens_nothing() -> None:
    made = a_key_file()
    assert made.key_under(PASSPHRASE + " ", "passphrase") is None
    assert made.key_under(key_file.new_code(), "recovery") is None


def test_the_key_check_tells_the_key_from_another() -> None:
    made = a_key_file()
    assert made.fits(KEY)
    assert not made.fits(OTHER)


def test_a_key_that_is_not_the_files_own_is_not_given_out() -> None:
    assert a_key_file(check="00" * 32).key_under(PASSPHRASE, "passphrase") is None


def test_a_passphrase_typed_on_another_system_is_the_same() -> None:
    made = key_file.make(KEY, SALT, WORKSPACE, passphrase="Café №é", code=CODE, cost=CHEAP)
    assert made.key_under("Cafe\u0301 №e\u0301", "passphrase") == KEY


def test_neither_key_nor_secret_stands_in_the_file(tmp_path: Path) -> None:
    key_file.write(tmp_path, a_key_file())
    text = (tmp_path / "key.json").read_text("utf-8")
    assert KEY not in text
    assert CODE not in text
    assert CODE.replace("-", "") not in text


def test_a_wrap_does_not_fit_another_workspace() -> None:
    assert a_key_file(workspace="cd" * 16).key_under(PASSPHRASE, "passphrase") is None


def test_the_real_cost_is_the_one_agreed() -> None:
    assert key_file.Cost() == key_file.Cost(memory=65_536, rounds=3, lanes=4)
    assert key_file.Cost().sane


# Writing


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        key_file.write(tmp_path, a_key_file())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["key.json"]


def test_writing_replaces_a_link_and_not_what_it_points_at(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "key.json").symlink_to(victim)
    key_file.write(tmp_path, a_key_file())
    assert victim.read_text() == "mine"
    assert not (tmp_path / "key.json").is_symlink()


def test_a_private_file_is_never_an_old_one_nor_behind_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "dangling").symlink_to(victim)
    (tmp_path / "old").write_text("mine")
    for name in ("dangling", "old"):
        with pytest.raises(FileExistsError):
            key_file.create_private(tmp_path / name)
    assert not victim.exists()


def test_a_failed_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file.write(tmp_path, a_key_file())
    before = (tmp_path / "key.json").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        key_file.write(tmp_path, a_key_file(salt="06" * 16))
    assert (tmp_path / "key.json").read_bytes() == before
    assert os.listdir(tmp_path) == ["key.json"]


# Reading what is damaged or hostile


def test_every_flipped_bit_is_refused_or_without_effect(tmp_path: Path) -> None:
    made = a_key_file()
    key_file.write(tmp_path, made)
    path = tmp_path / "key.json"
    good = path.read_bytes()
    for at in range(len(good)):
        bad = bytearray(good)
        bad[at] ^= 1 << at % 8
        path.write_bytes(bad)
        assert outcome(tmp_path) in (made, DAMAGED), at
        assert path.read_bytes() == bad


def test_a_damaged_file_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    key_file.write(tmp_path, a_key_file())
    path = tmp_path / "key.json"
    content = json.loads(path.read_text())
    sealed = content["passphrase"]["sealed"]
    content["passphrase"]["sealed"] = ("0" if sealed[0] != "0" else "1") + sealed[1:]
    path.write_text(json.dumps(content))
    with pytest.raises(StorageTrouble, match="damaged"):
        key_file.read(tmp_path)


def test_a_cut_or_empty_file_is_refused(tmp_path: Path) -> None:
    key_file.write(tmp_path, a_key_file())
    path = tmp_path / "key.json"
    good = path.read_bytes()
    for length in (0, 1, len(good) // 2, len(good) - 2):
        path.write_bytes(good[:length])
        with pytest.raises(StorageTrouble, match="damaged"):
            key_file.read(tmp_path)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it["passphrase"]["cost"].update(memory=1 << 30),
        lambda it: it["passphrase"]["cost"].update(rounds=10**9),
        lambda it: it["recovery"]["cost"].update(lanes=10**6),
        lambda it: it["recovery"]["cost"].update(rounds=0),
        lambda it: it["recovery"]["cost"].update(rounds=True),
        lambda it: it["recovery"]["cost"].update(rounds=3.0),
        lambda it: it["passphrase"]["cost"].update(memory=-1),
        lambda it: it["passphrase"]["cost"].update(memory="65536"),
        lambda it: it["passphrase"].update(cost=None),
        lambda it: it.update(salt="05" * 15),
        lambda it: it.update(salt="0G" * 16),
        lambda it: it.update(salt=["05"] * 16),
        lambda it: it.update(check="AB" * 32),
        lambda it: it.update(workspace=7),
        lambda it: it.update(recovery=[]),
        lambda it: it.update(more=1),
        lambda it: it.pop("recovery"),
        lambda it: it.update(version="1"),
        lambda it: it.update(version=0),
        lambda it: it.update(version=True),
    ],
)
def test_a_hostile_file_is_refused_before_it_costs_anything(tmp_path: Path, change: Change) -> None:
    key_file.write(tmp_path, a_key_file())
    path = tmp_path / "key.json"
    content = json.loads(path.read_text())
    change(content)
    content["checksum"] = key_file._checksum(content)
    path.write_text(json.dumps(content))
    with pytest.raises(StorageTrouble, match="damaged"):
        key_file.read(tmp_path)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{}", "[]", "null", '{"a":1,"a":2}', "\ufeff{}", "NaN"]
)
def test_what_is_no_key_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.json").write_text(text, "utf-8")
    with pytest.raises(StorageTrouble, match="damaged"):
        key_file.read(tmp_path)


def test_a_newer_key_file_is_said_to_be_newer(tmp_path: Path) -> None:
    key_file.write(tmp_path, a_key_file())
    path = tmp_path / "key.json"
    content = {**json.loads(path.read_text()), "version": 2, "third_road": {}}
    content["checksum"] = key_file._checksum(content)
    path.write_text(json.dumps(content))
    with pytest.raises(StorageTrouble, match="newer KamDesk"):
        key_file.read(tmp_path)


def test_a_link_or_a_pipe_in_its_place_is_not_read(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    key_file.write(elsewhere, a_key_file())
    (tmp_path / "key.json").symlink_to(elsewhere / "key.json")
    with pytest.raises(StorageTrouble, match="cannot be read"):
        key_file.read(tmp_path)
    (tmp_path / "key.json").unlink()
    os.mkfifo(tmp_path / "key.json")
    with pytest.raises(StorageTrouble, match="damaged"):
        key_file.read(tmp_path)


# The recovery code


def test_a_recovery_code_is_eight_groups_of_four_and_a_check() -> None:
    groups = key_file.new_code().split("-")
    assert [len(group) for group in groups] == [4] * 8 + [1]
    assert len({key_file.new_code() for _ in range(50)}) == 50


def test_a_recovery_code_is_read_as_people_type_it() -> None:
    code = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-P"
    plain = key_file.read_code(code)
    assert plain == code.replace("-", "")
    for typed in (
        code.lower(),
        code.replace("-", " "),
        f"  {code.replace('-', '')}\n",
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        code.replace("-", "–"),
        "０１２３" + code[4:],
    ):
        assert key_file.read_code(typed) == plain


def test_a_typing_error_in_a_recovery_code_is_found() -> None:
    code = key_file.read_code(CODE)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for at in range(33):
        wrong = code[:at] + letters[(letters.index(code[at]) + 1) % 32] + code[at + 1 :]
        with pytest.raises(RuleBroken, match="typing error") as refused:
            key_file.read_code(wrong)
        assert refused.value.field == "recovery"
    for at in range(31):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code:
            with pytest.raises(RuleBroken, match="typing error"):
                key_file.read_code(swapped)


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 33, "A" * 34, "电" * 33, "A" * 32 + "*"])
def test_what_is_no_recovery_code_is_said_to_be_none(text: str) -> None:
    with pytest.raises(RuleBroken, match="8 groups of 4"):
        key_file.read_code(text)
