"""KamDesk installed without the hub's extra: all works, and what needs the hub says so in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import CommandLine, Done, a_territory

HUB = ("sqlalchemy", "starlette", "uvicorn", "psycopg")
_HIDE = f"""
from importlib.machinery import PathFinder
find = PathFinder.find_spec.__func__
def without(cls, name, *more):
    return None if name.partition(".")[0] in {HUB!r} else find(cls, name, *more)
PathFinder.find_spec = classmethod(without)
"""
_IMPORT_ALL = """
import importlib, pkgutil, sys
import kamdesk
if sys.argv[1] == "hub":
    names = ["kamdesk.hub.hub"]
else:
    every = [one.name for one in pkgutil.walk_packages(kamdesk.__path__, "kamdesk.")]
    names = [one for one in every if not one.startswith("kamdesk.hub") and "__main__" not in one]
for name in names:
    importlib.import_module(name)
assert "sqlalchemy" not in sys.modules
print(len(names))
"""


@pytest.fixture
def kamdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A workspace on a machine that has no package of the hub."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(_HIDE)
    machine = CommandLine(tmp_path).made(a_territory)
    paths = (str(hidden), machine.kept()["PYTHONPATH"])
    machine.given["PYTHONPATH"] = os.pathsep.join(paths)
    return machine


def asked(machine: CommandLine, *words: object) -> Done:
    done = machine.program(*words)
    return Done(done.returncode, done.stdout, done.stderr)


def test_the_desk_runs(kamdesk: CommandLine) -> None:
    found = asked(kamdesk, "accounts")
    assert (found.status, found.err) == (0, "")
    assert "华东电网" in found.out


def test_every_module_of_the_desk_is_read(kamdesk: CommandLine) -> None:
    for part, fails in (("desk", False), ("hub", True)):
        run = subprocess.run(
            [sys.executable, "-c", _IMPORT_ALL, part],
            env={**kamdesk.kept(), **kamdesk.environment(), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert (run.returncode != 0) is fails, run.stderr
        if fails:  # the control: the packages really are out of reach
            assert "No module named 'sqlalchemy'" in run.stderr


@pytest.mark.parametrize(
    "words", [("hub", "init"), ("hub", "serve"), ("hub", "audit"), ("keep", ".")]
)
def test_what_needs_the_hub_says_what_to_install(
    kamdesk: CommandLine, words: tuple[str, ...]
) -> None:
    done = asked(kamdesk, *words)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "kamdesk[hub]" in done.err


def test_the_pinned_packages_of_a_run_hold_none_of_the_hubs() -> None:
    packaging = Path(__file__).resolve().parents[2] / "packaging"
    pinned = {
        name: {line.split("==")[0] for line in (packaging / name).read_text().splitlines()}
        for name in ("run.lock", "hub.lock")
    }
    assert {*HUB} & pinned["run.lock"] == set()
    assert {*HUB} <= pinned["hub.lock"]
