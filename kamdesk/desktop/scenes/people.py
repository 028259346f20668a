"""Scenes of people: the list, the form for a new one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _add(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.begin_add()
    page.panel.draft.discard()
    page.panel.name.setText("欧阳若琳")


def _one(window: MainWindow[Any]) -> None:
    page: Any = window.page
    window.go(Route("person", max(page.list.every, key=lambda entry: len(entry.roles)).id))
    quiet(page.workbench)


def _moving(window: MainWindow[Any]) -> None:
    _one(window)
    page: Any = window.page
    page.begin_move()
    settle_until(lambda: page.step is not None)
    page.step.draft.discard()
    page.step.account.setText("Yunheng")


def _way(window: MainWindow[Any]) -> None:
    _one(window)
    page: Any = window.page
    page.begin_way()
    settle_until(lambda: page.step is not None)
    page.step.draft.discard()
    page.step._do()


def _twice(window: MainWindow[Any]) -> None:
    page: Any = window.page

    def add(desk: Any) -> Any:
        some = [one for one in desk.people.ask.lines() if one.account and one.phone][:3]
        changes = None
        for line in some:
            person = replace(
                desk.people.new(line.name, line.account),
                birthday="5-1",
                department="Project office",
            )
            base = desk.people.ask.get(line.id)
            if not base.department:
                seen = desk.storage.position()
                desk.people.change(replace(base, department="Finance"), base=base, seen=seen)
            changes = desk.people.add(person, ways=(desk.people.way(person, "mobile", line.phone),))
        return changes

    page.do(add)
    quiet(page.workbench)
    window.go(Route("duplicates", None, "people"))
    quiet(page.workbench)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("people-list", shown(on, lambda _: Route("people")), both),
        Scene("people-large", shown(on, lambda _: Route("people")), (LARGE,), (1,), (200,)),
        Scene("person", shown(on, lambda _: Route("people"), then=_one), both),
        Scene(
            "person-large", shown(on, lambda _: Route("people"), then=_one), (LARGE,), (1,), (200,)
        ),
        Scene("person-moves", shown(on, lambda _: Route("people"), then=_moving), (LARGE,)),
        Scene("person-way", shown(on, lambda _: Route("people"), then=_way), (SMALL,)),
        Scene("duplicates", shown(on, lambda _: Route("people"), then=_twice), both),
        Scene("people-add", shown(on, lambda _: Route("people"), then=_add), (SMALL,)),
    )
