"""The parent's side: what is refused before a child starts, and how a child in trouble ends."""

import os
import sys
from pathlib import Path

import pytest

from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.transfer import foreign
from kamdesk.transfer.foreign import ForeignFile, read_all
from kamdesk.transfer.limits import Limits

HONEST = "客户名称,城市\n甲公司,上海\n乙公司,北京\n"


def a_file(folder: Path, text: str = HONEST, name: str = "customers.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, **wishes: object) -> str:
    with pytest.raises(RuleBroken) as told:
        read_all(path, **wishes)
    return told.value.said.plain


def child_that(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(foreign, "command", lambda: [sys.executable, "-I", "-c", does])


def test_rows_come_over_with_their_numbers_and_what_the_file_is(tmp_path: Path) -> None:
    file, rows = read_all(a_file(tmp_path))
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["客户名称", "城市"]),
        (2, ["甲公司", "上海"]),
        (3, ["乙公司", "北京"]),
    ]
    assert file.about is not None
    assert (file.about.format, file.about.encoding, file.about.separator) == ("csv", "utf-8", ",")


def test_what_is_no_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(a_file(tmp_path))
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "It is a link" in refusal(link)
    assert "a device or a pipe" in refusal(pipe)
    assert "a device or a pipe" in refusal(Path("/dev/zero"))
    assert "It is a folder" in refusal(tmp_path)
    assert "There is no file" in refusal(tmp_path / "gone.csv")
    assert "It is empty" in refusal(a_file(tmp_path, "", "empty.csv"))
    assert "cannot open it" in refusal(Path("nul\0.csv"))


def test_a_file_beyond_the_limit_is_not_even_opened_by_a_child(tmp_path: Path) -> None:
    said = refusal(a_file(tmp_path), limits=Limits(inflated=10))
    assert "MB is the most" in said


def test_the_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert refusal(path) == (
        "“picture.csv” cannot be imported: It is neither a text file nor a workbook."
    )


def test_progress_is_told_in_rows_and_bytes(tmp_path: Path) -> None:
    path = a_file(tmp_path, "name\n" + "Acme\n" * 5_000)
    told: list[tuple[int, int, int]] = []
    with ForeignFile(path, progress=lambda *figures: told.append(figures)) as file:
        assert sum(len(batch) for batch in file.batches()) == 5_001
    assert told[-1] == (5_001, path.stat().st_size, path.stat().st_size)
    assert len(told) > 2


def test_stopping_ends_the_child_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child_that(monkeypatch, "import time; time.sleep(60)")
    asked = iter([False, False, True])
    with (
        pytest.raises(Cancelled),
        ForeignFile(a_file(tmp_path), stopped=lambda: next(asked, True)) as file,
    ):
        list(file.batches())
    assert file._child is not None
    assert file._child.poll() is not None


def test_leaving_early_leaves_no_child_behind(tmp_path: Path) -> None:
    path = a_file(tmp_path, "name\n" + "Acme\n" * 200_000)
    with ForeignFile(path) as file:
        next(file.batches())
    assert file._child is not None
    assert file._child.poll() is not None


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("import os; os.kill(os.getpid(), 6)", "more memory than an honest file"),
        ("raise SystemExit(77)", "more memory than an honest file"),
        ("import os; os.kill(os.getpid(), 24)", "longer to read than an honest file"),
        ("import os; os.kill(os.getpid(), 11)", "It broke the reader"),
        ("1/0", "It broke the reader"),
        ("import time; time.sleep(60)", "longer to read than an honest file"),
        ("import os; os.write(1, b'\\xff\\xff\\xff\\xffgarbage')", "It broke the reader"),
        ("import os; os.write(1, b'\\0\\0\\0\\x09garbage')", "It broke the reader"),
        ("import os; os.write(1, b'\\0\\0\\0\\x01\\x90')", "It broke the reader"),
    ],
)
def test_a_child_in_trouble_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    child_that(monkeypatch, does)
    assert said in refusal(a_file(tmp_path), limits=Limits(wall=0.5))


def test_no_word_of_the_customer_stands_in_the_command_line(tmp_path: Path) -> None:
    started = [*foreign.command(), *foreign._wishes(2, "gb18030", ";")]
    assert started[-3:] == ["sheet=2", "encoding=gb18030", "separator=59"]
    with pytest.raises(RuleBroken, match="one character"):
        ForeignFile(a_file(tmp_path), separator=";;")


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert foreign.command() == [sys.executable, "--parse"]


def test_the_passphrase_is_not_handed_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMDESK_PASSPHRASE", "secret")
    child_that(
        monkeypatch, "import os; raise SystemExit(77 if 'KAMDESK_PASSPHRASE' in os.environ else 3)"
    )
    assert "It broke the reader" in refusal(a_file(tmp_path))


def test_heavy_parts_are_not_loaded_by_the_desk() -> None:
    import subprocess

    heavy = [
        "openpyxl",
        "python_calamine",
        "charset_normalizer",
        "phonenumbers",
        "rapidfuzz",
        "pypinyin",
    ]
    source = str(Path(foreign.__file__).parents[2])
    ask = (
        f"import sys; sys.path.insert(0, {source!r})\n"
        "import kamdesk.transfer.preview, kamdesk.transfer.duplicates\n"
        "import kamdesk.transfer.writers.workbook\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", ask], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
