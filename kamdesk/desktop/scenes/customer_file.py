"""Scenes of a customer's file: particulars, what a value stands on, files, history of a record."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle


def _field(name: str, then: Callable[[Any], object]) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.go_to("particulars")
        settle(100)
        field = page.particulars.fields[name]
        field.begin()
        settle(100)
        then(field)

    return do


def _say_basis(field: Any) -> None:
    field.more.unfold()
    field.more.as_of.setText("2025")
    field.more.refused(RuleBroken(Text("That day is still to come."), field="as_of"))


def _refuse(field: Any) -> None:
    field.refused(RuleBroken(Text("A name has at most {most} characters.", most=400)))


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)

    def file(tab: str) -> Callable[[Any], Route]:
        return lambda star: Route("account", star, tab)

    return (
        Scene("particulars", shown(on, file("particulars")), both, (1, 2)),
        Scene("particulars-large", shown(on, file("particulars")), (LARGE,), (1,), (200,)),
        Scene("account-edit", shown(on, file(""), then=_field("short_name", _refuse)), (LARGE,)),
        Scene("account-basis", shown(on, file(""), then=_field("employees", _say_basis)), (LARGE,)),
    )
