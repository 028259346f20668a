"""Hostile files through the import: taken with a report, or refused in words, at a small price."""

import gc
import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from support import hostile_tables
from support.desks import a_desk, untruths
from support.hostile_books import honest
from support.hostile_files import HostileFile, every, spread
from support.hostile_watch import dump_of, watched

from kamdesk.core.errors import RuleBroken
from kamdesk.transfer import amounts, content, known
from kamdesk.transfer.imports import Imports
from kamdesk.transfer.limits import LIMITS, MIB
from kamdesk.workspace import Workspace

SAMPLE = 80
LONGEST = 20.0
TECHNICAL = re.compile(r"Traceback|Error\(|Exception|<class|object at|errno")


def through(desk: Workspace, path: Path) -> str:
    """Import a file; return ``taken``, or what was said when it was refused."""
    before = dump_of(desk)
    try:
        shown = desk.imports.look(path)
        assert dump_of(desk) == before, "looking wrote"
        desk.imports.take(shown)
    except RuleBroken as told:
        assert dump_of(desk) == before, "a refusal left something behind"
        return told.said.plain
    figures = shown.report
    lost = figures.conflicts + len({one.row for one in figures.rejected})
    assert figures.rows == figures.new + figures.updated + figures.same + lost
    for remark in (*figures.rejected, *figures.in_conflict, *figures.warnings):
        assert remark.row > 0
        assert remark.reason.plain
    return "taken"


def files_of(request: pytest.FixtureRequest) -> list[HostileFile]:
    return every() if request.config.getoption("--all", default=False) else spread(SAMPLE)


def test_there_are_enough_and_they_are_the_same_each_time() -> None:
    files = every()
    assert len(files) >= 300
    assert len({file.name for file in files}) == len(files)
    some = [file for file in files if not file.heavy][::37]
    assert [file.data for file in some] == [file.data for file in some]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")
def test_each_is_taken_or_refused_in_plain_words_at_a_small_price(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, largest = (0.0, ""), (0, "")
    for number, file in enumerate(files_of(request)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / file.name
        path.write_bytes(file.data)
        desk = a_desk(folder)
        try:
            with watched(monkeypatch) as peaks:
                began = time.process_time()
                said = through(desk, path)
                spent = time.process_time() - began
            if said == "taken":
                assert untruths(desk) == []
            elif file.name not in said or TECHNICAL.search(said) or "broke the reader" in said:
                wrong.append(f"{file.harm}: {said}")
        finally:
            desk.close()
        path.unlink()
        outcomes["taken" if said == "taken" else "refused"] += 1
        slowest, largest = max(slowest, (spent, file.harm)), max(largest, (peaks.worst, file.harm))
        if spent > LONGEST or peaks.worst > LIMITS.memory:
            wrong.append(f"{file.harm}: {spent:.1f} s, {peaks.worst // MIB} MiB")
    print(f"{dict(outcomes)}, slowest {slowest[0]:.1f} s ({slowest[1]}),"
          f" largest child {largest[0] // MIB} MiB ({largest[1]})")  # fmt: skip
    assert wrong == []
    assert min(outcomes["taken"], outcomes["refused"]) > SAMPLE // 8


def test_calendars_are_refused_until_there_is_a_reader_for_them(
    desk: Workspace, tmp_path: Path
) -> None:
    for file in every():
        if file.name.endswith(".ics"):
            path = tmp_path / file.name
            path.write_bytes(file.data)
            assert "It is a calendar, not a table." in through(desk, path)


def test_hostile_cards_are_taken_or_refused_within_limits(desk: Workspace, tmp_path: Path) -> None:
    files = [file for file in every() if file.name.endswith(".vcf")]
    told = set()
    for file in files:
        path = tmp_path / file.name
        path.write_bytes(file.data)
        before = dump_of(desk)
        outcome = through(desk, path)
        told.add("taken" if outcome == "taken" else "refused")
        assert outcome == "taken" or dump_of(desk) == before
        assert "broke the reader" not in outcome
    assert len(files) >= 2
    assert untruths(desk) == []


def test_no_pattern_that_could_take_for_ever_is_shown_a_long_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ninety thousand blanks kept the desk busy for minutes before these were bounded."""
    shown: list[int] = []

    class Counting:
        def __init__(self, pattern: "re.Pattern[str]") -> None:
            self._pattern = pattern

        def fullmatch(self, text: str) -> "re.Match[str] | None":
            shown.append(len(text))
            return self._pattern.fullmatch(text)

    for module, name in ((content, "_PHONE"), (amounts, "_NUMBER"), (amounts, "_RANGE")):
        monkeypatch.setattr(module, name, Counting(getattr(module, name)))
    for blanks in (3, 300, hostile_tables.SPANS):
        cell = "1" + " " * blanks + "!"
        assert not content.is_phone(cell)
        assert amounts.lower_end(cell) == ""
        with pytest.raises(amounts.Unreadable):
            amounts.read_money(cell)
    assert content.is_phone("021  5555 1234")
    assert amounts.read_number("1  234") == 1234
    assert len(shown) > 5
    assert max(shown) <= 100


def test_a_crowd_of_one_number_is_not_looked_at_each_with_each() -> None:
    records = known.KnownRecords(
        known.Known(name=f"公司{n}", values={"phone": "021-55551234"}) for n in range(2_000)
    )
    assert len(records.by_phone("021-5555 1234")) == known._MOST_ALIKE
    assert len(records.by_name("公司1999")) == 1


@pytest.mark.parametrize(
    ("limit", "rows", "said"),
    [("rows", LIMITS.rows + 2, "more than 250000 rows"), ("cells", 9, "more than 8 cells")],
)
def test_what_would_fill_the_desks_own_memory_is_refused(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, rows: int,
    said: str,
) -> None:  # fmt: skip
    from dataclasses import replace

    from kamdesk.transfer import foreign

    path = tmp_path / "much.csv"
    path.write_text("客户名称\n" + "甲公司\n" * rows, encoding="utf-8")
    if limit == "cells":
        bounds = replace(LIMITS, cells=8)
        monkeypatch.setitem(foreign.ForeignFile.__init__.__kwdefaults__, "limits", bounds)
    assert said in through(desk, path)


HOSTILE_MAPS = (
    "", "\0", "x" * 200_000, "=", "[", "[[[[", "a = " + "[" * 5_000, "kind = 1", "kind = 'x'",
    "kind = ['accounts']", "kind = 'accounts'\n[columns]\n'客户名称' = 5",
    "kind = 'accounts'\n[columns]\n'客户名称' = '__class__'",
    "kind = 'accounts'\n[columns]\n'客户名称' = '../../x'", "kind = 'accounts'\ncolumns = 1",
    "kind = 'accounts'\n[columns]\n'<img src=x>' = 'name'", "kind = 'accounts'\n" * 2,
    "kind = 'accounts'\nkey = '\\ud800'", "kind = 'accounts'\nsource = 5", "\ufeffkind = 'x'",
    "kind = 'people'\n[values]\naccount = '=1+1'", "kind = 'accounts'\nignore = {a = 1}",
    "kind = 'accounts'\n[units]\n'客户名称' = '" + "万" * 50_000 + "'", "day_first = [[]]",
    "kind = 'accounts'\nkey = '客户名称'\n[columns]\n'客户名称' = 'source_key'", "{0}%s{name}",
    "kind = 'accounts'\n[columns]\n" + "\n".join(f"'c{n}' = 'name'" for n in range(5_000)),
    "kind = 'accounts'\n[columns]\n'客户名称' = 'name'\n'城市' = 'name'", "a." * 3_000 + "b = 1",
    "kind = 'accounts'\n[values]\nname = '" + "x" * 90_000 + "'", "k = 1979-99-99", "k = 1e9999",
    "k = " + "9" * 100_000, "k = " + "{a=" * 3_000, "'''" + "x" * 1000, 'k = "\\x"', "# \x7f",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE_MAPS, ids=range(len(HOSTILE_MAPS)))
def test_a_hostile_mapping_is_used_or_refused_in_plain_words(
    desk: Workspace, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(hostile_tables.HEAD + hostile_tables.ROW, encoding="utf-8")
    before, said = dump_of(desk), ""
    try:
        desk.imports.look(path, map_text=text)
    except RuleBroken as told:
        said = told.said.plain
    assert not TECHNICAL.search(said)
    assert len(said) < 1_500
    assert dump_of(desk) == before


def test_the_judge_of_these_tests_sees_what_a_refusal_leaves_behind(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an import that writes one row before it refuses is found out."""

    def writes_first(path: Path) -> None:
        desk.accounts.add(desk.accounts.new("半途"))
        raise RuleBroken(hostile_text)

    hostile_text = known_refusal(desk, tmp_path)
    monkeypatch.setattr(desk.imports, "look", writes_first)
    with pytest.raises(AssertionError, match="left something behind"):
        through(desk, tmp_path / "x.csv")


def known_refusal(desk: Workspace, tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "no.xlsx"
    path.write_bytes(honest(parts={"xl/workbook.xml": None}))
    with pytest.raises(RuleBroken) as told:
        desk.imports.look(path)
    return told.value.said


def test_a_crowd_of_rows_is_not_searched_for_cycles_while_the_window_waits(
    desk: Workspace, tmp_path: Path
) -> None:
    """A search through a large table's objects stops every thread, the window's too."""
    path = tmp_path / "crowd.csv"
    rows = "".join(f"公司{n},021-{n:08}\n" for n in range(2_000))
    path.write_text("客户名称,电话\n" + rows, encoding="utf-8")
    searched: list[int] = []

    def heard(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            searched.append(told["generation"])

    gc.callbacks.append(heard)
    try:
        shown = desk.imports.look(path)
        desk.imports.take(shown)
        assert searched.count(2) == 2  # once before each, none within
        quiet = len(searched)
        Imports.look.__wrapped__(desk.imports, path)  # type: ignore[attr-defined]
        assert len(searched) > 3 * quiet  # the control: the same without that care
    finally:
        gc.callbacks.remove(heard)
        gc.unfreeze()
    assert gc.isenabled()
