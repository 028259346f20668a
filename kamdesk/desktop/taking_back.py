"""Undo and redo for the whole window: by action name, with a notice that says what was done."""

from typing import TYPE_CHECKING, Any

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Say, WayOut
from kamdesk.desktop.workbench import Workbench
from kamdesk.storage.undo import words_of_left

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.workspace import Workspace


def give_undo_keys(window: "MainWindow[Any]", bench: "Workbench[Workspace]") -> None:
    """Let Ctrl+Z undo and Ctrl+Shift+Z do again, wherever no field has the focus."""
    add = window.actions_here.add
    add("undo", Text("Undo"), lambda: take_back(bench, window.say), keys="Ctrl+Z", icon="undo-2")
    add(
        "redo",
        Text("Do again"),
        lambda: take_back(bench, window.say, again=True),
        keys="Ctrl+Shift+Z",
        icon="redo-2",
    )


def undo_way(bench: "Workbench[Workspace]", say: Say) -> WayOut:
    """Return the way out that a notice of something done offers."""
    return Text("Undo"), "Ctrl+Z", lambda: take_back(bench, say)


def take_back(bench: "Workbench[Workspace]", say: Say, *, again: bool = False) -> None:
    """Undo the last action, or do the last undone one ``again``, and say which it was."""
    names: list[Text] = []

    def verb(desk: "Workspace") -> ChangeSet:
        step = desk.undo.next_redo() if again else desk.undo.next_undo()
        if step is not None:
            names.append(step.name)
        return desk.undo.redo() if again else desk.undo.undo()

    def done(changes: ChangeSet) -> None:
        name = names[0] if names else Text("Change")
        said = (
            Text("Done again: {name}.", name=name) if again else Text("Undone: {name}.", name=name)
        )
        for left in words_of_left(changes):
            said = Text("{one} {two}", one=said, two=left)
        way_out = None
        if not again:
            way_out = (
                Text("Do again"),
                "Ctrl+Shift+Z",
                lambda: take_back(bench, say, again=True),
            )
        say(said, way_out=way_out)

    bench.do(None, verb, done)
