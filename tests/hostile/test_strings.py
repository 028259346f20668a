"""Hostile strings as data: what is stored, printed, exported and taken in again is plain text."""

import csv
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest
from support.commands import CommandLine
from support.desks import a_desk, untruths
from support.hostile_desk import named, plant
from support.hostile_strings import refused, short, strings

from kamdesk.cli.export_rows import headings, rows
from kamdesk.cli.printing import LONGEST, printable
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, VisitId
from kamdesk.core.text.clean import clean
from kamdesk.figures.type import Weight
from kamdesk.papers.brief import gather
from kamdesk.papers.brief.drawing import draw_brief
from kamdesk.papers.chain_map.files import make_map
from kamdesk.papers.document import Document
from kamdesk.papers.film.drawing import draw_film
from kamdesk.papers.film.gather import days_before, of_film
from kamdesk.papers.table_page import gather as table_gather
from kamdesk.papers.table_page.drawing import draw_table_page
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.neutral import looks_calculated
from kamdesk.transfer.writers.delimited import write_delimited
from kamdesk.transfer.writers.workbook import write_workbook
from kamdesk.workspace import Workspace

WHEN = Instant(1_773_300_000_000, "Asia/Shanghai")
ALIVE = re.compile(
    rb"/(URI|JavaScript|JS|Launch|OpenAction|AA|GoToR|GoToE|SubmitForm|ImportData|EmbeddedFile"
    rb"|Filespec|RichMedia|Annots?|AcroForm|XFA)\b|/Subtype\s*/(Image|Form|Link)\b"
)
Planted = list[tuple[AccountId, VisitId]]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Planted]]:
    """One workspace with all strings in it; tests only read it."""
    desk = a_desk(tmp_path_factory.mktemp("strings"))
    customers = plant(desk)
    yield desk, customers
    assert untruths(desk) == []
    desk.close()


def some(customers: Planted, request: pytest.FixtureRequest) -> Planted:
    return customers if request.config.getoption("--all", default=False) else customers[::6]


def alive(paper: bytes) -> list[bytes]:
    """Return what in a PDF could do something: links, scripts, pictures, forms."""
    packed = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
    bare = packed.sub(b"", paper)  # three letters are met in packed bytes by chance
    found = [match[0] for match in ALIVE.finditer(bare)]
    for stream in packed.finditer(paper):
        try:
            inside = zlib.decompress(stream[1])
        except zlib.error:
            continue
        if re.search(rb"\sDo\b|\bBI\b.*\bID\b", inside) and inside[:4] != b"\0\1\0\0":
            found.append(inside[:60])
    return found


def test_there_are_enough_and_each_is_taken_by_the_edge() -> None:
    assert len(strings()) >= 2_000
    for string in strings():
        kept = clean(string)
        assert clean(kept) == kept
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", kept)


@pytest.mark.parametrize("string", refused(), ids=range(len(refused())))
def test_what_is_no_text_is_refused_by_every_verb_that_takes_words(
    desk: Workspace, string: str
) -> None:
    with pytest.raises(RuleBroken, match="no text"):
        desk.accounts.add(desk.accounts.new(string))
    with pytest.raises(RuleBroken, match="no text"):
        desk.people.add(desk.people.new(string, None))
    assert desk.search.find(string.replace("\0", "")) is not None


def test_searching_for_any_of_them_finds_or_does_not(planted: tuple[Workspace, Planted]) -> None:
    desk, _ = planted
    found = sum(bool(desk.search.find(string)) for string in strings()[::9])
    assert found > len(strings()) // 30


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    kamdesk = CommandLine(tmp_path_factory.mktemp("terminal"))
    return kamdesk.made(plant)  # type: ignore[arg-type]  # what it returns is not wanted here


def test_nothing_of_the_data_steers_a_terminal(
    machine: CommandLine, request: pytest.FixtureRequest
) -> None:
    wide = request.config.getoption("--all", default=False)
    ids = [one["id"] for one in machine.ask("accounts")]
    shown = (ids if wide else ids[-24::6]) or ids
    told = [("accounts",), ("people",), ("promises",), ("visits",), ("search", "客户"),
            ("search", "<img src=/etc/passwd>")]  # fmt: skip
    told += [(verb, one) for one in shown for verb in ("show", "chain", "history")]
    for words in told:
        for as_json in ((), ("--json",)):
            done = machine.run(*words, *as_json)
            assert done.status == 0, (words, done.err)
            for line in done.out.splitlines():
                if as_json:
                    assert printable(line[:LONGEST]) == line[:LONGEST], words
                else:
                    assert printable(line) == line or len(line) > LONGEST, words
            assert not re.search(
                "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out
            )
            if as_json:
                json.loads(done.out)


def test_json_gives_every_name_as_it_is(machine: CommandLine) -> None:
    names = {one["name"] for one in machine.ask("people")}
    assert names == {named(string) for string in short()}


def test_no_paper_holds_link_script_or_picture(
    planted: tuple[Workspace, Planted], request: pytest.FixtureRequest
) -> None:
    desk, customers = planted
    reader, me = desk.storage.reader, desk.team.me
    for _, visit in some(customers, request):
        for language in ("en", "zh", "both"):
            spoken = "en" if language == "en" else "zh"
            content = gather.of_visit(reader, visit, now=desk.clock.now(), me=me, language=spoken)
            paper = draw_brief(content, language=language)  # type: ignore[arg-type]
            assert alive(paper) == []
            with_text = pypdfium2.PdfDocument(paper)
            assert len(with_text) == 2
            assert with_text[0].get_textpage().count_chars() > 300
        now = desk.clock.now()
        page = table_gather.of_visit(reader, visit, now=now)
        assert alive(draw_table_page(page, language="both")) == []
        account = desk.visits.ask.get(visit).account
        assert alive(make_map(reader, account, at=now, made=now, language="both")) == []
        drawing = make_map(reader, account, at=now, made=now, language="zh", form="svg")
        tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(drawing).iter()}  # noqa: S314  (ours)
        assert not tags & {"a", "script", "image", "foreignObject", "style", "use"}
        film = of_film(reader, account, days=days_before(now.day), now=now)
        assert alive(draw_film(film, language="both")) == []


def test_the_judge_of_papers_sees_links_and_pictures() -> None:
    """The control: reportlab's own paragraph gives what we never give."""
    import io

    from reportlab.platypus import Paragraph, SimpleDocTemplate

    file = io.BytesIO()
    SimpleDocTemplate(file).build([Paragraph("<a href='javascript:alert(1)'>x</a>")])
    assert alive(file.getvalue()) != []


def test_every_string_is_on_paper_readable_or_boxed() -> None:
    document = Document(title="t", made=WHEN)
    shown = [named(one) for one in short(60)]
    pages = [shown[at : at + 35] for at in range(0, len(shown), 35)]
    for lines in pages:
        pen = document.new_page()
        for at, line in enumerate(lines):
            pen.text(30, 800 - 22 * at, line, 5, weight=Weight.BOLD if at % 2 else Weight.REGULAR)
    paper = document.finished()
    assert alive(paper) == []
    read = pypdfium2.PdfDocument(paper)
    lost = []
    for at, lines in enumerate(pages):
        there = bare(read[at].get_textpage().get_text_range())
        lost += [line for line in lines if is_plain(line) and bare(line) not in there]
    assert lost == []


def bare(text: str) -> str:
    """Return a text as search sees it: no blanks, no breaks, compatible letters alike."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\x02", "")


def is_plain(text: str) -> bool:
    """True when a reader of PDF must give the text back in its order: no marks, left to right."""
    return all(
        unicodedata.category(sign)[0] in "LNPSZ"
        and unicodedata.bidirectional(sign) not in ("R", "AL", "AN")
        and ord(sign) < 0x10000
        and unicodedata.normalize("NFKC", sign) == sign
        for sign in text
    )


def test_no_export_is_calculated_and_all_comes_back(
    planted: tuple[Workspace, Planted], tmp_path: Path
) -> None:
    desk, _ = planted
    for kind in (ImportKind.ACCOUNTS, ImportKind.PEOPLE):
        lines = list(rows(desk.storage.reader, kind))
        table, book = tmp_path / f"{kind}.csv", tmp_path / f"{kind}.xlsx"
        write_delimited(table, headings(kind), lines, language="en")
        write_workbook(book, headings(kind), lines, language="en", sheet="x")
        csv.field_size_limit(1 << 20)
        with table.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row if cell]
        assert len(cells) > len(strings())
        assert [c for c in cells if looks_calculated(c) and not c.startswith("'")] == []
        for row in openpyxl.load_workbook(book).active.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
        with zipfile.ZipFile(book) as parts:
            assert not any("external" in name or "vba" in name for name in parts.namelist())
            sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f" not in sheet
        assert b"<hyperlink" not in sheet


def test_a_list_of_them_is_taken_in_as_it_was_written(desk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    written = [one for one in short(200) if named(one) != "无名"]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["客户编号", "客户名称", "备注"])
        out.writerows([f"K{at}", f"第{at}号 {one}", f"记 {one}"] for at, one in enumerate(written))
    shown = desk.imports.look(path)
    desk.imports.take(shown)
    assert shown.report.rejected == ()
    stored = {line.name for line in desk.accounts.ask.lines()}
    assert stored == {named(f"第{at}号 {one}") for at, one in enumerate(written)}
    assert desk.imports.look(path).report.same == len(written)


def test_an_export_taken_in_again_changes_nothing(desk: Workspace, tmp_path: Path) -> None:
    """A list of odd names and +86 numbers, out and in by both formats."""
    from dataclasses import replace

    numbers = ("+86 138 0013 8000", "-", "=1", "＋86 21 5555 1234")
    for at, one in enumerate(short(200)[::7]):
        account = replace(
            desk.accounts.new(f"第{at}号{named(one)}"[:400]), phone=numbers[at % 4], note=one
        )
        desk.accounts.add(account)
    for name in ("again.csv", "again.xlsx"):
        path, lines = tmp_path / name, list(rows(desk.storage.reader, ImportKind.ACCOUNTS))
        if name.endswith("csv"):
            write_delimited(path, headings(ImportKind.ACCOUNTS), lines, language="zh")
        else:
            write_workbook(path, headings(ImportKind.ACCOUNTS), lines, language="zh", sheet="客户")
        report = desk.imports.look(path).report
        assert (report.new, report.updated, report.conflicts) == (0, 0, 0)
        assert report.same == report.rows == len(lines)
