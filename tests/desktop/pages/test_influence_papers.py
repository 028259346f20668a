"""The influence table and the key-person sheet in the window: seen, ticked, turned to."""

from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.offered import PaperKind
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
    return here.go(Route("paper", here.account.id, "influence"))


def test_the_table_is_seen_with_everybody_on_the_map(here: Here, page: Any) -> None:
    said = words(page.made.data)
    assert "陈立新" in said
    assert "李敏" in said
    assert here.window.windowTitle() == "Influence table – KamDesk"
    assert page.choices.remark.text().startswith("Private")
    assert PaperKind.KEY_PEOPLE in page.made.offered


def test_motives_and_rivals_are_ticked_in(here: Here, page: Any) -> None:
    ticks = page.choices.ticks
    assert {tick for tick, box in ticks.items() if box.isVisibleTo(page)} == {
        Tick.MOTIVES,
        Tick.RIVALS,
    }
    assert not page.choices.reader.isVisibleTo(page)
    assert "Personal" not in words(page.made.data)
    ticks[Tick.MOTIVES].click()
    here.answered()
    assert "Personal" in words(page.made.data)
    assert "Tie to rivals" not in words(page.made.data)


def test_t_turns_from_the_table_to_the_sheet(here: Here, page: Any) -> None:
    QTest.keyClick(page, Qt.Key.Key_T)
    here.answered()
    assert "Key-person sheet" in words(page.made.data)
    assert page.which.key == "key_people"
    assert not any(box.isVisibleTo(page) for box in page.choices.ticks.values())


def test_papers_are_a_list_that_opens_where_they_have_no_room_side_by_side(
    here: Here, page: Any
) -> None:
    assert page.which.kinds == ("map", "influence", "key_people", "matrix", "film")
    page.which.fit(120)
    assert page.which.beside.isHidden()
    assert page.which.below.value == "influence"
    page.which.below.setFocus()
    QTest.keyClick(page.which.below, Qt.Key.Key_Down)
    here.answered()
    assert "Key-person sheet" in words(page.made.data)
    assert page.which.key == page.which.below.value == "key_people"
    page.which.fit(2000)
    assert page.which.below.isHidden()


def test_a_page_is_shown_as_it_was_drawn_without_a_lost_row(here: Here) -> None:
    preview = here.go(Route("paper", here.account.id, "key_people")).preview

    def drawn() -> QImage | None:
        ((n, box),) = preview._seen()
        return preview._images.get((n, preview._pixels(box)))

    for _ in range(20):  # until the picture is a row higher than the room for it
        preview.zoom(0.97)
        here.qtbot.waitUntil(lambda: drawn() is not None, timeout=8000)
        ((_, box),) = preview._seen()
        if drawn().height() > box.height():
            break
    else:
        pytest.fail("at no size is the picture higher than the room")
    seen = preview.viewport().grab().toImage()
    inner = box.toRect().adjusted(2, 2, -2, -2).intersected(seen.rect())
    assert inner.height() > 200
    shown = seen.copy(inner).convertToFormat(drawn().format())
    assert shown == drawn().copy(inner.translated(-box.topLeft().toPoint()))
