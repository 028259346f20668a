"""Settings: kept whole or not at all, in a private file, and never the reason for a crash."""

import json
import stat
import sys
from pathlib import Path

import pytest

from kamdesk import settings
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.settings import MachineSettings, Remembered

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX's")


def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    chosen = MachineSettings(tmp_path)
    chosen.choose(settings.LANGUAGE, "zh")
    chosen.choose(settings.TEXT_SIZE, 150)
    chosen.choose(settings.REDUCE_MOTION, True)
    again = MachineSettings(tmp_path)
    assert again.get(settings.LANGUAGE) == "zh"
    assert again.get(settings.TEXT_SIZE) == 150
    assert again.get(settings.REDUCE_MOTION) is True
    assert again.get(settings.THEME) == "system"


def test_recent_workspaces_are_ten_and_newest_first(tmp_path: Path) -> None:
    chosen = MachineSettings(tmp_path)
    for n in range(12):
        chosen.opened(Path(f"/w/{n}"))
    chosen.opened(Path("/w/5"))
    recent = MachineSettings(tmp_path).get(settings.RECENT_WORKSPACES)
    assert recent[:2] == (str(Path("/w/5")), str(Path("/w/11")))
    assert len(recent) == 10
    assert MachineSettings(tmp_path).get(settings.LAST_WORKSPACE) == str(Path("/w/5"))


@pytest.mark.parametrize("value", ["fr", "", 7, None])
def test_a_wrong_choice_is_refused_and_names_its_field(tmp_path: Path, value: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        MachineSettings(tmp_path).choose(settings.LANGUAGE, value)  # type: ignore[arg-type]
    assert refused.value.field == "language"
    assert not (tmp_path / "settings.json").exists()


def test_a_wrong_value_in_the_file_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    raw = {"language": "xx", "text_size": 4000, "idle_lock_minutes": True, "theme": ["dark"]}
    (tmp_path / "settings.json").write_text(json.dumps(raw))
    chosen = MachineSettings(tmp_path)
    assert chosen.get(settings.LANGUAGE) == "system"
    assert chosen.get(settings.TEXT_SIZE) == 100
    assert chosen.get(settings.IDLE_LOCK) == 15
    assert chosen.get(settings.THEME) == "system"


@pytest.mark.parametrize(
    "damage", [b"{", b"\xff\x00\xfe", b"[]", b"null", b"[" * 100_000, b'{"a":1}' + b" " * 2**20]
)
def test_an_unreadable_file_is_kept_aside_and_defaults_are_used(
    tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "settings.json").write_bytes(damage)
    chosen = MachineSettings(tmp_path)
    assert chosen.get(settings.THEME) == "system"
    assert chosen.kept_aside is not None
    assert chosen.kept_aside.read_bytes() == damage
    chosen.choose(settings.THEME, "dark")
    assert MachineSettings(tmp_path).get(settings.THEME) == "dark"


@posix
def test_the_file_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    MachineSettings(folder).choose(settings.THEME, "dark")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "settings.json").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["settings.json"]


@posix
def test_a_link_in_its_place_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text('{"theme": "dark"}')
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "settings.json").symlink_to(victim)
    chosen = MachineSettings(folder)
    assert chosen.get(settings.THEME) == "system"
    chosen.choose(settings.THEME, "light")
    assert victim.read_text() == '{"theme": "dark"}'
    assert not (folder / "settings.json").is_symlink()


def test_a_folder_that_cannot_be_written_is_said_in_plain_words(tmp_path: Path) -> None:
    in_the_way = tmp_path / "config"
    in_the_way.write_text("a file where the folder should be")
    with pytest.raises(StorageTrouble, match="could not be kept"):
        MachineSettings(in_the_way).choose(settings.THEME, "dark")


def test_the_window_remembers_only_what_was_saved(tmp_path: Path) -> None:
    first = Remembered(tmp_path)
    first.put("table.accounts.widths", {"name": 200})
    assert Remembered(tmp_path).get("table.accounts.widths") is None
    first.save()
    assert Remembered(tmp_path).get("table.accounts.widths") == {"name": 200}
    Remembered(None).save()


def test_every_declared_setting_takes_its_own_default() -> None:
    keys = [setting.key for setting in settings.DECLARED]
    assert len(keys) == len(set(keys))
    for setting in settings.DECLARED:
        assert setting.accept(setting.default) == setting.default  # type: ignore[arg-type]
