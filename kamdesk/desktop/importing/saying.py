"""What is said of an import as a whole: its counts, and once it is taken the way back."""

from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Page
from kamdesk.desktop.taking_back import undo_way
from kamdesk.transfer.report import ImportReport

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def counts_of(report: ImportReport) -> str:
    """Return how many rows become what; what none becomes is not named."""
    rejected = len({one.row for one in report.rejected})
    counted = (
        Text("{n} new", "{n} new", n=report.new),
        Text("{n} to be updated", "{n} to be updated", n=report.updated),
        Text("{n} unchanged", "{n} unchanged", n=report.same),
        Text("{n} in conflict", "{n} in conflict", n=report.conflicts),
        Text("{n} rejected", "{n} rejected", n=rejected),
    )
    return looks.joined(*(words for words in counted if words.values["n"]))


def say_taken(page: Page["Workspace"], path: Path, report: ImportReport) -> None:
    """Say what was taken in, with the way back."""
    bench, say = page.workbench, page.around.say
    words = Text(
        "{file}: {new} new, {updated} updated.",
        file=path.name,
        new=report.new,
        updated=report.updated,
    )
    say(words, way_out=undo_way(bench, say))
