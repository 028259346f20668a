"""The log and the crash notes carry ids and counts, never a customer's word."""

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk import logs

SECRET = "华东电网 floor price 91"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = list(root.handlers)
    path = logs.start(tmp_path / "logs")
    assert path
    yield path
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def _broken() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_words_are_withheld_and_ids_and_counts_stay(log: Path) -> None:
    ours = logging.getLogger("kamdesk.cli.test")
    ours.info("visit %s of %s saved with %d facts", "0b" * 16, SECRET, 3)
    written = log.read_text("utf-8")
    assert f"visit {'0b' * 16} of … saved with 3 facts" in written
    assert SECRET not in written


def test_an_error_leaves_its_kind_and_our_own_lines_only(
    log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        logging.getLogger("kamdesk.x").error("not saved", exc_info=_broken())
    written = log.read_text("utf-8")
    assert "builtins.ValueError" in written
    assert SECRET not in written


def test_of_other_libraries_only_name_and_level_are_kept(
    log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        logging.getLogger("lib").warning("parsing " + SECRET)
    line = log.read_text("utf-8").splitlines()[-1]
    assert line.endswith("WARNING lib …")


def test_log_and_folder_are_their_owners_alone(log: Path) -> None:
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_a_full_log_gives_way_and_old_ones_go(tmp_path: Path) -> None:
    handler = logs.PrivateLog(tmp_path / logs.NAME, largest=200)
    for number in range(200):
        handler.emit(logging.LogRecord("kamdesk", logging.INFO, "", 0, "line %d", (number,), None))
    handler.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "kamdesk.log",
        *(f"kamdesk.log.{n}" for n in (1, 2, 3)),
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_log_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / logs.NAME).symlink_to(tmp_path / "elsewhere")
    assert logs.start(tmp_path) is None


def test_a_crash_note_names_kind_and_place_and_no_word(tmp_path: Path) -> None:
    try:
        logs.redact(SECRET)  # type: ignore[arg-type]
    except AttributeError as error:
        error.__cause__ = _broken()
        note = logs.crash_note(error, doing="command show", folder=tmp_path / "logs")
    assert note
    written = note.read_text("utf-8")
    assert "kamdesk/logs.py:" in written
    assert "because of\nbuiltins.ValueError" in written
    assert "command show" in written
    assert SECRET not in written
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_only_the_last_crash_notes_are_kept(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"crash-20260101-0000{number:02}-aaaaaa.txt").write_text("")
    logs.crash_note(_broken(), doing="x", folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 20


def test_a_disk_that_refuses_a_note_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    assert logs.crash_note(_broken(), doing="x", folder=tmp_path / "logs") is None
