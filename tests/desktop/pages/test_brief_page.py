"""The brief: seen, chosen for its reader, saved, printed, shown in a viewer and removed."""

import stat
from typing import Any

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter

from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.printing import print_paper
from kamdesk.desktop.papers.shown_papers import clear_shown
from kamdesk.papers.brief.editions import Tick

from .conftest import Here


def words(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("brief", here.visit, "visit"))


def test_the_brief_is_seen_in_the_language_of_its_reader(here: Here, page: Any) -> None:
    assert "Outcome to earn" in words(page.made.data)
    page._language._group.button(0).click()
    here.answered()
    assert "本次要拿到的结果" in words(page.made.data)
    assert here.window.windowTitle() == "Visit brief – KamDesk"


def test_private_ticks_are_off_and_offered_by_reader(here: Here, page: Any) -> None:
    assert not any(box.isChecked() for box in page.ticks.values())
    assert not page.ticks[Tick.OPINIONS].isVisibleTo(page)
    page._reader._group.button(2).click()
    here.answered()
    assert not page.ticks[Tick.MOTIVES].isVisibleTo(page)
    assert page.ticks[Tick.MAP].isVisibleTo(page)


def test_the_page_for_the_table_is_neutral(here: Here, page: Any) -> None:
    page.actions_here["brief.table"].trigger()
    here.answered()
    said = words(page.made.data)
    assert "澜川精密轴承有限公司" in said
    assert "请陈总点名项目负责人" not in said
    assert page._remark.text().startswith("Neutral")


def test_it_is_saved_where_one_says(here: Here, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    target, proposed = here.folder / "brief.pdf", []

    def where(_parent: object, _title: object, name: str, *_: object) -> Any:
        proposed.append(name)
        return target

    monkeypatch.setattr(files, "ask_where_to", where)
    page.actions_here["brief.save"].trigger()
    assert here.told() == "Saved as brief.pdf."
    assert proposed == ["Visit brief 2026-03-12"]
    assert target.read_bytes() == page.made.data
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_viewer_gets_a_private_file_that_goes_again(
    here: Here, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    page.actions_here["brief.open"].trigger()
    (path,) = (here.folder / "shown").iterdir()
    assert opened == [str(path)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "澜川" not in path.name
    clear_shown(here.folder)
    assert not path.exists()


def test_it_prints_page_by_page(here: Here, page: Any) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(here.folder / "printed.pdf"))
    printer.setFullPage(True)
    print_paper(printer, page.made.data)
    document = pypdfium2.PdfDocument(here.folder / "printed.pdf")
    assert len(document) == 2
    document.close()


def test_a_visit_that_is_gone_leaves_an_explanation(here: Here) -> None:
    page = here.go(Route("brief", b"\x01" * 16, "visit"))
    assert page._remark.text() == "This visit is not here any more."
    assert not page.actions_here["brief.print"].enabled
