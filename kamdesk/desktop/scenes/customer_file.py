"""Scenes of a customer's file: particulars, what a value stands on, files, history of a record."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, quiet, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.domain.files.model import Incoming


def _field(name: str, then: Callable[[Any], object]) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.go_to("particulars")
        quiet(page.workbench)
        field = page.particulars.fields[name]
        field.begin()
        quiet(page.workbench)
        then(field)

    return do


def _say_basis(field: Any) -> None:
    field.more.unfold()
    field.more.as_of.setText("2025")
    field.more.refused(
        RuleBroken(
            Text("That day is still to come. Write the day the value was true."), field="as_of"
        )
    )


def _refuse(field: Any) -> None:
    field.refused(RuleBroken(Text("A name has at most {most} characters.", most=400)))


def _keep(window: MainWindow[Any]) -> None:
    page: Any = window.page
    quiet(page.workbench)
    if not page.files.list.every:
        names = ("offer-2026-03.pdf", "minutes 6 March.docx", "nameplate line 2.jpg")
        given = [
            Incoming(name=name, data=bytes(40_000 * (n + 1) ** 4)) for n, name in enumerate(names)
        ]
        page.files.take([], given)
        quiet(page.workbench)
    page.files.list.view.selectRow(0)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)

    def file(tab: str) -> Callable[[Any], Route]:
        return lambda star: Route("account", star, tab)

    return (
        Scene("particulars", shown(on, file("particulars")), both, (1, 2)),
        Scene("particulars-large", shown(on, file("particulars")), (LARGE,), (1,), (200,)),
        Scene("files-empty", shown(on, file("files")), (SMALL,)),
        Scene("files", shown(on, file("files"), then=_keep), both, (1, 2)),
        Scene("record-history", shown(on, lambda star: Route("history", star)), both),
        Scene("account-edit", shown(on, file(""), then=_field("short_name", _refuse)), (LARGE,)),
        Scene("account-basis", shown(on, file(""), then=_field("employees", _say_basis)), (LARGE,)),
    )
