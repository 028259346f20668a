"""What every page with a list can do with it: find, choose columns, export what is seen."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from kamdesk.core.errors import Refusal
from kamdesk.core.privacy import Mode, may_show
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.record_table import RecordTable

EXPORT_KEY: Final = "Ctrl+E"


class ListActions(NamedTuple):
    """The actions of a list; the page gives them their buttons."""

    find: Action
    columns: Action
    export: Action

    def buttons(self) -> tuple[Button, Button]:
        """Return the buttons of finding and of choosing columns, icon and key alone."""
        return Button.of(self.find, words_shown=False), Button.of(self.columns, words_shown=False)

    def enable(self, enabled: bool) -> None:
        """Say whether there is anything to find and to export."""
        self.find.enable(enabled)
        self.export.enable(enabled)


class Otherwise(NamedTuple):
    """A kind of file a list can be exported as besides a table: ``write(desk, path, lines)``."""

    kinds: Text
    ending: str
    write: Callable[[Any, Path, Sequence[Any]], int]


def give_list_actions(
    page: Page[Any], table: RecordTable[Any], name: Text, *others: Otherwise
) -> ListActions:
    """Give a page the actions of its list; ``name`` is what an exported file is called."""
    add = page.actions_here.add
    return ListActions(
        add("list.find", Text("Find in this list"), table.look_for, keys="/", icon="search"),
        add(
            "list.columns",
            Text("Choose columns"),
            table.choose_columns,
            keys="Alt+C",
            icon="sliders-horizontal",
        ),
        add(
            "list.export",
            Text("Export what is seen"),
            lambda: _ask_where_to(page, table, name, *others),
            keys=EXPORT_KEY,
            icon="download",
        ),
    )


def give_export_key(window: MainWindow[Any]) -> None:
    """Let Ctrl+E export the list one looks at; a page that has a way of its own goes first."""

    def export() -> None:
        page = window.page
        if page is None:
            return
        own = [one for one in page.actions_here if one.keys == EXPORT_KEY and one.enabled]
        tables = [one for one in page.findChildren(RecordTable) if one.isVisible() and one.lines]
        if own:
            own[0].trigger()
        elif tables:
            _ask_where_to(page, tables[0], tables[0].name)
        else:
            window.say(
                Text("Nothing in a list here to export. Open a list first, then press Ctrl+E.")
            )

    window.actions_here.add(
        "export_here", Text("Export what is seen"), export, keys=EXPORT_KEY, icon="download"
    )


def write_seen(
    path: Path,
    columns: Sequence[Column[Any]],
    lines: Sequence[Any],
    *,
    language: str,
    sheet: Text,
    mode: Mode = Mode.OURS,
) -> int:
    """Write lines in the columns seen as a workbook or, by its ending, as CSV; return how many.

    Columns that ``mode`` does not let be seen are left out. Raises ``RuleBroken`` for a place where
    it cannot be, ``StorageTrouble`` for the disk.
    """
    from kamdesk.transfer.writers.delimited import write_delimited
    from kamdesk.transfer.writers.workbook import write_workbook

    shown = [column for column in columns if may_show(column.privacy, mode)]
    titles = [column.title for column in shown]
    rows = ([column.value(line) for column in shown] for line in lines)
    if path.suffix.lower() == ".xlsx":
        write_workbook(path, titles, rows, language=language, sheet=sheet)
    else:
        write_delimited(path, titles, rows, language=language)
    return len(lines)


def _ask_where_to(page: Page[Any], table: RecordTable[Any], name: Text, *others: Otherwise) -> None:
    title = Text("Export what is seen")
    path = files.ask_where_to(
        page,
        title,
        looks.said(name),
        Text("Table"),
        ".csv",
        (Text("Excel workbook"), ".xlsx"),
        *((one.kinds, one.ending) for one in others),
    )
    if path is None:
        return
    picked = table.picked
    lines = picked if len(picked) > 1 else table.lines
    columns, language = table.seen.seen, looks.language()
    other = next((one for one in others if one.ending == path.suffix.lower()), None)

    def write(desk: Any) -> int:
        if other is not None:
            return other.write(desk, path, lines)
        return write_seen(path, columns, lines, language=language, sheet=name)

    def refused(refusal: Refusal) -> None:
        page.around.say(refusal.said)

    page.ask(
        write,
        lambda n: page.around.say(
            Text("{n} row is in {file}.", "{n} rows are in {file}.", n=n, file=path.name)
        ),
        refused,
        key="export",
    )
