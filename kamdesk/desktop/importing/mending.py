"""The rejected rows saved as a file, to be mended there and imported again."""

from functools import partial
from typing import TYPE_CHECKING

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.importing import verbs
from kamdesk.desktop.pages import Page
from kamdesk.transfer.preview import Preview

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def save_rejected(page: Page["Workspace"], shown: Preview) -> None:
    """Ask where to, and write the rejected rows with what is wrong with each."""
    name = looks.said(Text("To be mended"))
    title = Text("Save the rejected rows")
    path = files.ask_where_to(page, title, name, Text("Table"), ".csv")
    if path is None:
        return

    def written(n: int) -> None:
        said = Text("{n} row is in {file}.", "{n} rows are in {file}.", n=n, file=path.name)
        page.around.say(said)

    def not_written(refusal: Refusal) -> None:
        page.around.say(refusal.said)

    write = partial(verbs.write_rejected, shown, path, looks.language())
    page.ask(write, written, not_written, key="mend")
