"""Neither core dumps nor the environment of other programs carry a key."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kamdesk import __main__ as program
from kamdesk.transfer import foreign
from kamdesk.transfer.foreign import ForeignFile

ROOT = Path(__file__).parents[3]
DIE = """
import os, resource
_, most = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
{}
os.abort()
"""
FORBID = "from kamdesk.storage import core_dumps; core_dumps.forbid()"
unix = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")


def leaves_a_core(folder: Path, before_dying: str) -> bool:
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(ROOT)
        command = [sys.executable, "-c", DIE.format(before_dying)]
        os.execv(sys.executable, command)  # noqa: S606
    return os.WCOREDUMP(os.waitpid(child, 0)[1]) or any(folder.iterdir())


@unix
def test_a_program_that_dies_leaves_no_core_dump(tmp_path: Path) -> None:
    assert not leaves_a_core(tmp_path, FORBID)
    if not leaves_a_core(tmp_path, ""):
        pytest.skip("this system writes no core dumps, so that nothing is shown")


@unix
def test_every_command_forbids_them_first() -> None:
    code = (
        "import atexit, resource, sys;"
        "atexit.register(lambda: print(resource.getrlimit(resource.RLIMIT_CORE)));"
        "sys.argv = ['kamdesk', '--version'];"
        "from kamdesk.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] in ("(1, 1)", "(0, 0)")


def test_the_window_forgets_the_passphrase_given_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str | None] = []
    window = SimpleNamespace(
        run_window=lambda _folder, passphrase: seen.extend(
            [passphrase, os.environ.get("KAMDESK_PASSPHRASE")]
        )
    )
    monkeypatch.setitem(sys.modules, "kamdesk.desktop.program", window)
    monkeypatch.setenv("KAMDESK_PASSPHRASE", "lamp-river-42")
    program._open_window(Path("desk"), "lamp-river-42")
    assert seen == ["lamp-river-42", None]


def test_the_child_that_reads_foreign_files_is_told_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    real = subprocess.Popen

    def popen(arguments: list[str], **how: object) -> object:
        told.extend([*arguments, *dict(how["env"]).items()])  # type: ignore[call-overload]
        return real(arguments, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(foreign.subprocess, "Popen", popen)
    monkeypatch.setenv("KAMDESK_PASSPHRASE", "lamp-river-42")
    (tmp_path / "list.csv").write_text("name\nA\n")
    with ForeignFile(tmp_path / "list.csv") as file:
        assert sum(len(rows) for rows in file.batches()) == 2
    assert told
    assert "lamp-river-42" not in repr(told)
    assert "KAMDESK_PASSPHRASE" not in repr(told)
