"""Files of a customer in the window: dropped, pasted, opened from a private copy, renamed."""

import stat
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop import files
from kamdesk.desktop.account.files_tab import size_words
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.shown_papers import clear_shown
from kamdesk.storage import arriving
from kamdesk.storage.exchange import join
from kamdesk.sync import blobs
from kamdesk.workspace import Workspace

from .conftest import Here

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("account", here.account.id))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "报价单.pdf"
    path.write_bytes(b"%PDF-1.4 offer")
    return path


def _mime(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _drop(here: Here, page: Any, *paths: Path) -> None:
    mime = _mime(*paths)
    middle = QPointF(page.rect().center())
    enter = QDragEnterEvent(middle.toPoint(), COPY, mime, LEFT, NO_KEY)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    assert page.dropping.sign.isVisible()
    QApplication.sendEvent(page, QDropEvent(middle, COPY, mime, LEFT, NO_KEY))
    assert not page.dropping.sign.isVisible()
    here.answered()


def _names(page: Any) -> list[str]:
    return [line.name for line in page.files.list.lines]


def test_a_dropped_file_is_kept_listed_and_taken_back(here: Here, page: Any, paper: Path) -> None:
    _drop(here, page, paper)
    assert here.told() == "1 file is kept here."
    here.answered()
    assert page.tabs.key == "files"
    assert _names(page) == ["报价单.pdf"]
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "Undone: Add 1 file."
    here.answered()
    assert _names(page) == []


def test_a_folder_is_refused_in_words_and_nothing_is_kept(
    here: Here, page: Any, paper: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    _drop(here, page, paper, tmp_path / "folder")
    assert here.told() == "“folder” is a folder. Add the files in it, or a zip of it."
    assert _names(page) == []


def test_an_empty_tab_teaches_and_its_button_adds(
    here: Here, page: Any, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.go_to("files")
    here.answered()
    assert page.files.list._empty.isVisible()
    monkeypatch.setattr(files, "ask_for_files", lambda *_: [paper])
    page.actions_here["files.add"].trigger()
    here.told()
    here.answered()
    assert _names(page) == ["报价单.pdf"]
    assert page.files.list.current.by == "林晓彤"


def test_a_file_is_opened_from_a_private_copy_that_goes(
    here: Here, page: Any, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    page.go_to("files")
    page.files.take([paper])
    here.told()
    here.answered()
    here.qtbot.keyClick(page.files.list.view, Qt.Key.Key_Return)
    here.answered()
    [copy] = opened
    assert copy.read_bytes() == paper.read_bytes()
    assert copy.suffix == ".pdf"
    assert "报价" not in copy.name
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    clear_shown(here.folder)
    assert not copy.parent.exists()


def test_what_may_run_is_not_opened(
    here: Here, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    (tmp_path / "offer.pdf.exe").write_bytes(b"MZ")
    page.go_to("files")
    page.files.take([tmp_path / "offer.pdf.exe"])
    here.told()
    here.answered()
    here.window.notices.clear()
    page.files.open()
    assert "may be a program" in here.told()
    assert opened == []


def test_a_name_is_refused_at_its_field_and_then_taken(here: Here, page: Any, paper: Path) -> None:
    page.go_to("files")
    page.files.take([paper])
    here.told()
    here.answered()
    here.qtbot.keyClick(page.files.list.view, Qt.Key.Key_F2)
    row = page.files.renaming
    row.editor.setText(" ")
    here.qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: bool(row.refusal))
    assert row.refusal == "Give the file a name."
    row.editor.setText("三月报价")
    here.qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: page.files.renaming is None)
    here.answered()
    assert _names(page) == ["三月报价.pdf"]


def test_a_deleted_file_says_how_it_comes_back(here: Here, page: Any, paper: Path) -> None:
    page.go_to("files")
    page.files.take([paper])
    here.told()
    here.answered()
    here.window.notices.clear()
    here.qtbot.keyClick(page.files.list.view, Qt.Key.Key_Delete)
    assert here.told() == "Deleted: 报价单.pdf."
    here.answered()
    assert _names(page) == []


def test_a_copy_is_saved_where_one_says(
    here: Here, page: Any, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.go_to("files")
    page.files.take([paper])
    here.told()
    here.answered()
    here.window.notices.clear()
    monkeypatch.setattr(files, "ask_where_to", lambda *_: tmp_path / "out.pdf")
    control = Qt.KeyboardModifier.ControlModifier
    here.qtbot.keyClick(page.files.list.view, Qt.Key.Key_S, control)
    assert here.told() == "Saved as out.pdf. This copy is not encrypted."
    assert (tmp_path / "out.pdf").read_bytes() == paper.read_bytes()


def test_a_copied_picture_is_pasted(here: Here, page: Any) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    page.actions_here["files.paste"].trigger()
    here.told()
    here.answered()
    [name] = _names(page)
    assert name.startswith("Picture ")
    assert name.endswith(".png")
    QGuiApplication.clipboard().clear()
    here.window.notices.clear()
    page.actions_here["files.paste"].trigger()
    assert here.told() == "Nothing that was copied is a file or a picture."


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(n) for n in (312, 48 * 1024, 3_565_158)] == ["312 B", "48 KB", "3.4 MB"]


@pytest.mark.parametrize(
    ("why", "by_itself", "sentence"),
    [
        (None, 14, "comes with the next exchange"),
        (None, 13, "open it, and it is fetched"),
        (arriving.ABSENT, 14, "the laptop it was added on"),
        (arriving.WRONG, 14, "add it once more"),
    ],
)
def test_what_has_not_come_is_said_with_what_to_do(
    here: Here,
    page: Any,
    paper: Path,
    monkeypatch: pytest.MonkeyPatch,
    why: str | None,
    by_itself: int,
    sentence: str,
) -> None:
    monkeypatch.setattr(blobs, "BY_ITSELF", by_itself)
    _drop(here, page, paper)
    here.told()
    tab = page.files
    assert not tab.away.isVisible()
    wide = tab.list.view.columnWidth(1)

    def lose(desk: Workspace) -> ChangeSet:
        run = desk.storage.connection.execute
        join(desk.storage, 7, [])
        (digest,) = run("SELECT digest FROM files").fetchone()
        run("DELETE FROM file_parts")
        if why:
            arriving.note_trouble(desk.storage, digest, why)
        return ChangeSet(frozenset({("file", tab.list.lines[0].id)}))

    here.bench.do(None, lose)
    here.answered()
    tab.list.choose(tab.list.lines[0].id)
    assert tab._size(tab.list.lines[0]) == "14 B · not here"
    assert tab.list.view.columnWidth(1) > wide
    assert sentence in tab.away.text()
    assert tab.away.isVisible()


def test_what_is_too_large_for_the_hub_is_said_to_be_here_alone(
    here: Here, page: Any, paper: Path
) -> None:
    _drop(here, page, paper)
    here.told()

    def refuse(desk: Workspace) -> ChangeSet:
        join(desk.storage, 7, [])
        (digest,) = desk.storage.connection.execute("SELECT digest FROM files").fetchone()
        arriving.note_trouble(desk.storage, digest, arriving.TOO_LARGE)
        return ChangeSet(frozenset({("file", page.files.list.lines[0].id)}))

    here.bench.do(None, refuse)
    here.answered()
    page.files.list.choose(page.files.list.lines[0].id)
    assert page.files._size(page.files.list.lines[0]).endswith("only here")
    assert "too large for the hub" in page.files.away.text()
