"""Hostile files and strings that others collected, through the whole road of an import."""

import csv
import json
from pathlib import Path

import pytest
from support.desks import untruths
from support.hostile_desk import named
from support.hostile_watch import dump_of

from kamdesk.cli.printing import printable
from kamdesk.core.errors import RuleBroken
from kamdesk.workspace import Workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "9_hostile"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder with real files is not here"),
]

FILES = sorted(path for path in DATA.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_is_taken_or_leaves_everything_as_it_was(desk: Workspace, path: Path) -> None:
    before = dump_of(desk)
    try:
        shown = desk.imports.look(path)
        assert dump_of(desk) == before
        desk.imports.take(shown)
    except RuleBroken as told:
        assert dump_of(desk) == before
        said = told.said.plain
        broke = "broke the reader" in said
        assert (path.name in said, broke) == (True, False)
    else:
        assert untruths(desk) == []


def test_the_big_list_of_naughty_strings_is_kept_and_shown_as_it_is(
    desk: Workspace, tmp_path: Path
) -> None:
    source = DATA / "blns" / "blns.json"
    if not source.exists():
        pytest.skip("the list is not in this copy")
    strings = [one for one in json.loads(source.read_text("utf-8")) if "\0" not in one]
    assert len(strings) > 500
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["客户编号", "客户名称"])
        out.writerows([f"K{at}", f"第{at}号{one}"] for at, one in enumerate(strings))
    shown = desk.imports.look(path)
    desk.imports.take(shown)
    wanted = {named(f"第{at}号{one}") for at, one in enumerate(strings)}
    long = {name for name in wanted if len(name) > 400}
    assert {line.name for line in desk.accounts.ask.lines()} == wanted - long
    assert len({one.row for one in shown.report.rejected}) == len(long)
    for name in wanted:
        assert printable(printable(name)) == printable(name)
        assert desk.search.find(name) is not None
