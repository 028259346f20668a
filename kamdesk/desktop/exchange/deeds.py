"""What is done with refused changes: hand them on or export them, take in a colleague's."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.files import ask_for_file
from kamdesk.desktop.pages import Page
from kamdesk.desktop.taking_back import undo_way
from kamdesk.sync import quarantine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def write_out(page: "Page[Workspace]", ids: Sequence[int], *, hand: bool) -> None:
    """Write refused changes to a file the user chooses: to ``hand`` to the owner, or to keep."""
    from kamdesk.desktop import files

    title = Text("Hand to the owner") if hand else Text("Export")
    path = files.ask_where_to(page, title, f"kamdesk-{len(ids)}", Text("Changes"), ".kamdesk.json")
    if path is None or not ids:
        return

    def write(desk: "Workspace", _job: object) -> str:
        from kamdesk.transfer.writers.whole_file import whole_file

        content = quarantine.hand_to_owner(desk.storage, ids).content
        with whole_file(path) as file:
            file.write(content.encode("utf-8"))
        return path.name

    def written(file: str) -> None:
        handed = Text(
            "{file} is written. Give it to the customer's owner, who takes it in with T on this"
            " page. It stays here until you forget it.",
            file=file,
        )
        page.around.say(handed if hand else Text("{file} is written.", file=file))

    page.workbench.job(page, title, write, written, lambda error: page.around.say(error.said))


def ask_and_take_in(page: "Page[Workspace]") -> None:
    """Ask for a colleague's file and make its changes one's own."""
    title = Text("Take in a colleague's changes")
    path = ask_for_file(page, title, Text("Changes"), "*.json")
    if path is not None:
        take_in(page, path)


def take_in(page: "Page[Workspace]", path: Path) -> None:
    """Make the changes in a colleague's file one's own."""

    def verb(desk: "Workspace") -> ChangeSet:
        return quarantine.take_in(desk.storage, quarantine.text_of(path))

    def done(changes: ChangeSet) -> None:
        n = len(changes.records)
        said = Text("{n} record is changed.", "{n} records are changed.", n=n)
        page.around.say(said, way_out=undo_way(page.workbench, page.around.say))

    page.do(verb, done)


def say_again(page: "Page[Workspace]") -> None:
    """Say as one's own what colleagues wrote and a hub that was set back lost."""

    def done(changes: ChangeSet) -> None:
        n = len(changes.records)
        page.around.say(
            Text(
                "{n} record goes to the hub again, as yours.",
                "{n} records go to the hub again, as yours.",
                n=n,
            )
        )

    page.do(lambda desk: quarantine.say_again(desk.storage), done)
