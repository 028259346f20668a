"""Asking for a file: the system's dialog, with our words."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks


def ask_for_file(parent: QWidget, title: Text, kinds: Text, patterns: str) -> Path | None:
    """Return a file to read, None when the user thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, looks.said(title), "", f"{looks.said(kinds)} ({patterns})"
    )
    return Path(chosen) if chosen else None


def ask_for_files(parent: QWidget, title: Text) -> list[Path]:
    """Return files of any kind to read; none when the user thought better of it."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, looks.said(title), "")
    return [Path(one) for one in chosen]


def ask_for_folder(parent: QWidget, title: Text) -> Path | None:
    """Return a folder to write into, None when the user thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, looks.said(title), "")
    return Path(chosen) if chosen else None


def ask_where_to(
    parent: QWidget,
    title: Text,
    name: str,
    kinds: Text,
    ending: str,
    *others: tuple[Text, str],
) -> Path | None:
    """Return a file to write; ``name`` is proposed, ``ending`` added where there is none.

    ``others`` are further kinds of file with their endings. The name has no customer's words:
    systems keep lists of recent files.
    """
    safe = "".join("-" if sign in '/\\:*?"<>|' or sign < " " else sign for sign in name)[:120]
    filters = {f"{looks.said(words)} (*{end})": end for words, end in ((kinds, ending), *others)}
    chosen, by = QFileDialog.getSaveFileName(
        parent, looks.said(title), safe + ending, ";;".join(filters)
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_name(path.name + filters.get(by, ending))
