"""Papers: seen, chosen for their reader, saved, printed, shown in a viewer and removed."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from support.week_day import MONDAY as WEEK
from support.week_day import a_customer, the_week

from kamdesk.core.clock import Instant
from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.cups import options
from kamdesk.desktop.papers.offered import PaperKind
from kamdesk.desktop.papers.printing import print_paper
from kamdesk.desktop.papers.shown_papers import clear_shown
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.draft import place_of, written
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.domain.week.planning import first
from kamdesk.papers.brief.editions import Tick
from kamdesk.papers.minutes.content import Part
from kamdesk.workspace import Workspace

from .conftest import Here

HELD = "毛利不能说的会"


def words(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def pages(paper: bytes) -> int:
    document = pypdfium2.PdfDocument(paper)
    try:
        return len(document)
    finally:
        document.close()


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        account = desk.accounts.ask.by_number("KA-0173")[0]
        chen = desk.people.ask.of_account(account)[0]
        held = replace(
            desk.visits.new(account, Instant.at(date(2026, 3, 10), 9)),
            topic="备件供货",
            agenda="09:00 供货周期 | 林晓彤\n09:20 讨论毛利",
            said="他们嫌贵",
            outcome="赢面很大",
            next_step="寄出供货计划",
            state=VisitState.HELD,
        )
        desk.visits.plan(held, Attendee.at(held, chen.id, Side.THEIRS, point="说服他"))
        ours = desk.promises.new(account, PromiseSide.OURS, "供货计划")
        desk.promises.make(replace(ours, visit=held.id, due=date(2026, 3, 20), note="拖着"))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("brief", here.visit, "visit"))


@pytest.fixture
def held(here: Here) -> bytes:
    desk = here.desk()
    found = next(v.id for v in desk.visits.ask.of_account(here.account.id) if v.topic == "备件供货")
    desk.close()
    return found


def test_the_brief_is_seen_in_the_language_of_its_reader(here: Here, page: Any) -> None:
    assert "Outcome to earn" in words(page.made.data)
    page.choices.language._group.button(0).click()
    here.answered()
    assert "本次要拿到的结果" in words(page.made.data)
    assert here.window.windowTitle() == "Visit brief – KamDesk"


def test_private_ticks_are_off_and_offered_by_reader(here: Here, page: Any) -> None:
    ticks = page.choices.ticks
    assert not any(box.isChecked() for box in ticks.values())
    assert not ticks[Tick.OPINIONS].isVisibleTo(page)
    page.choices.reader._group.button(2).click()
    here.answered()
    assert not ticks[Tick.MOTIVES].isVisibleTo(page)
    assert ticks[Tick.MAP].isVisibleTo(page)


def test_t_turns_to_the_neutral_page_for_the_table(here: Here, page: Any) -> None:
    QTest.keyClick(page, Qt.Key.Key_T)
    here.answered()
    said = words(page.made.data)
    assert "澜川精密轴承有限公司" in said
    assert "请陈总点名项目负责人" not in said
    assert page.choices.remark.text().startswith("Neutral")
    assert page.which.key == "table"


def test_minutes_are_offered_once_the_visit_began(here: Here, page: Any, held: bytes) -> None:
    assert page.made.offered == (PaperKind.BRIEF, PaperKind.TABLE)
    later = here.go(Route("brief", held, "visit"))
    assert later.made.offered == (PaperKind.BRIEF, PaperKind.TABLE, PaperKind.MINUTES)


def test_minutes_say_what_was_agreed_and_nothing_else(here: Here, held: bytes) -> None:
    page = here.go(Route("paper", held, "minutes"))
    said = words(page.made.data)
    for agreed in ("备件供货", "供货周期", "供货计划", "寄出供货计划", "陈立新", "2026-03-20"):
        assert agreed in said
    for private in ("毛利", "他们嫌贵", "赢面很大", "说服他", "拖着", "Myself"):
        assert private not in said
    assert page.choices.warning.text().startswith("1 line was left off")
    assert page.choices.warning.isVisible()
    assert not page.choices.reader.isVisibleTo(page)


def test_a_part_of_the_minutes_can_be_left_off(here: Here, held: bytes) -> None:
    page = here.go(Route("paper", held, "minutes"))
    page.choices.parts[Part.NEXT_STEP].click()
    here.answered()
    assert "寄出供货计划" not in words(page.made.data)
    assert "供货计划" in words(page.made.data)


def test_the_map_is_a_paper_of_the_customer(here: Here) -> None:
    page = here.go(Route("paper", here.account.id, "map"))
    said = words(page.made.data)
    assert "Decision chain" in said
    assert "陈立新" in said
    assert {PaperKind.MAP, PaperKind.FILM} <= set(page.made.offered)
    assert not page.choices.reader.isVisibleTo(page)
    page.choices.sheet._group.button(1).click()
    here.answered()
    document = pypdfium2.PdfDocument(page.made.data)
    assert document.get_page_size(0)[0] > 1000
    document.close()


def test_a_map_for_the_customer_is_an_organisation_chart(here: Here) -> None:
    page = here.go(Route("paper", here.account.id, "map"))
    page.choices.polite.click()
    here.answered()
    said = words(page.made.data)
    assert "Organisation" in said
    assert "陈立新" in said
    assert "Decider" not in said
    assert page.choices.remark.text().startswith("Neutral")


def test_a_map_of_a_past_day_and_the_film_strip(here: Here) -> None:
    page = here.go(Route("paper", here.account.id, "map@2026-01-30"))
    assert "2026-01-30" in words(page.made.data)
    page = here.go(Route("paper", here.account.id, "film"))
    assert "2025-12-11" in words(page.made.data)
    assert not page.choices.sheet.isVisibleTo(page)
    assert not page.choices.polite.isVisibleTo(page)
    page.choices.apart._group.button(0).click()
    here.answered()
    assert "2026-02-10" in words(page.made.data)


def test_a_map_can_be_printed_as_it_is_arranged_by_influence(here: Here) -> None:
    page = here.go(Route("paper", here.account.id, "map"))
    plain = page.made.data
    page.choices.by_influence.click()
    here.answered()
    assert page.made.data != plain
    assert "陈立新" in words(page.made.data)
    page.choices.polite.click()
    here.answered()
    assert not page.choices.by_influence.isVisibleTo(page)


def test_a_map_seen_by_influence_opens_as_a_paper_by_influence(here: Here) -> None:
    chain = here.go(Route("chain", here.account.id, "influence"))
    here.answered()
    chain.exporting.show()
    here.answered()
    page = here.window.page
    assert page.choices.by_influence.isChecked()
    assert page.made is not None


def test_a_wide_paper_is_printed_on_its_side(here: Here, tmp_path) -> None:
    page = here.go(Route("paper", here.account.id, "map"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    print_paper(printer, page.made.data)
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    wide, high = document.get_page_size(0)
    document.close()
    assert wide > high


def test_a_day_pack_is_a_cover_and_the_briefs(here: Here) -> None:
    page = here.go(Route("daypack", None, "2026-03-12"))
    assert pages(page.made.data) == 1 + 2
    said = words(page.made.data)
    assert "2026-03-12" in said
    assert "Page 3 of 3" in said or "page 3 of 3" in said
    assert page.which.kinds == ("daypack", "week", "month")
    assert page.name == "Day pack 2026-03-12"
    assert page.crumbs()[0].route == Route("today", None, "2026-03-12")


def test_a_week_and_a_month_have_their_papers_beside_the_day(here: Here) -> None:
    page = here.go(Route("paper", None, "week:2026-03-09"))
    assert page.name == "Plan of the week 2026-03-09"
    assert "Week 11" in words(page.made.data)
    assert page.crumbs()[0].route == Route("week", None, "2026-03-09")
    page = here.go(Route("paper", None, "month:2026-03-12"))
    assert "Month overview" in words(page.made.data)
    assert page.crumbs()[0].route == Route("visits", None, "month:2026-03-12")


def test_a_week_under_work_prints_as_it_is_proposed(here: Here) -> None:
    def propose(desk: Workspace) -> None:
        for name in ("到期", "放回"):
            a_customer(desk, name, seen_days_ago=60)
        board = Board.of(the_week(desk))
        board = board.taken(first(board.problem))
        back, kept = sorted(board.read.due, key=lambda item: item.name != "放回")[:2]
        desk.drafts.keep(place_of(WEEK), written(board.put_back(back.key).pinned(kept.key)))

    here.bench.do(None, propose)
    here.answered()
    said = words(here.go(Route("paper", None, f"week:{WEEK}")).made.data)
    assert "到期" in said
    assert "You put it back" in said
    assert "Placed" in said


def test_a_day_without_visits_has_its_cover(here: Here) -> None:
    page = here.go(Route("daypack", None, "2026-04-01"))
    assert pages(page.made.data) == 1
    assert "No visit is planned on this day." in words(page.made.data)


def test_it_is_saved_where_one_says(here: Here, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    target, proposed = here.folder / "brief.pdf", []

    def where(_parent: object, _title: object, name: str, *_: object) -> Any:
        proposed.append(name)
        return target

    monkeypatch.setattr(files, "ask_where_to", where)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
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
    QTest.keyClick(page, Qt.Key.Key_O)
    (path,) = (here.folder / "shown").iterdir()
    assert opened == [str(path)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "澜川" not in path.name
    clear_shown(here.folder)
    assert not path.exists()


def test_it_is_drawn_page_by_page_where_there_is_no_cups(here: Here, page: Any) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(here.folder / "printed.pdf"))
    printer.setFullPage(True)
    print_paper(printer, page.made.data)
    assert pages((here.folder / "printed.pdf").read_bytes()) == 2


def test_what_was_chosen_in_the_dialog_is_asked_of_the_queue(qapp: object) -> None:
    class Chosen(QPrinter):
        """A printer that can do everything."""

        def printerName(self) -> str:
            return "desk"

        def duplex(self) -> QPrinter.DuplexMode:
            return QPrinter.DuplexMode.DuplexLongSide

    printer = Chosen(QPrinter.PrinterMode.ScreenResolution)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    asked = " ".join(options(printer))
    for part in ("-d desk", "-n 1", "-t KamDesk", "-P 2-3", "sides=two-sided-long-edge"):
        assert part in asked
    assert "print-color-mode=monochrome" in asked


def test_keys_turn_pages_and_zoom(here: Here, page: Any) -> None:
    before = page.preview.verticalScrollBar().maximum()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert page.preview.page == 2
    assert page._leaves.text() == "page 2 of 2"
    QTest.keyClick(page, Qt.Key.Key_Plus)
    assert page.preview.verticalScrollBar().maximum() > before
    QTest.keyClick(page, Qt.Key.Key_0)
    assert page.preview.verticalScrollBar().maximum() == before


def test_a_visit_that_is_gone_leaves_an_explanation(here: Here) -> None:
    page = here.go(Route("brief", b"\x01" * 16, "visit"))
    assert page.choices.remark.text() == "This visit is not here any more."
    assert not page.actions_here["paper.print"].enabled
