"""Scenes of the list of customers: conditions, groups, columns, many changed at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, quiet, settle_until, shown, trigger
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.filters.model import Condition
from kamdesk.domain.filters.model import Test as Asked
from kamdesk.domain.own_fields.model import Of, Sort

_CORE = Condition(field="class", test=Asked.IS, value="core")
_LONG = Condition(field="last_visit", test=Asked.NOT_FOR, value="30")


def _filter(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.looking.begin_filter()
    rows = page.in_panel._rows
    rows[0].value.choose("core")
    page.in_panel._add_one()
    rows[1].field.choose("last_visit")
    rows[1].value.setText("30")
    quiet(page.workbench)


def _saved(window: MainWindow[Any]) -> None:
    page: Any = window.page
    for name, conditions in (("Core", (_CORE,)), ("30 d", (_CORE, _LONG))):
        page.do(lambda desk, n=name, c=conditions: desk.filters.keep(n, "accounts", c))
    settle_until(lambda: len(page.looking.chips.words) == 3)
    page.looking.chips.choose(page.looking.chips._chips[1][0])
    page.looking.groups.choose("owner")


def _groups(key: str) -> Any:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.looking.groups.choose(key)

    return do


def _bulk(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.looking.groups.choose("")
    page.list.pick({line.id for line in page.list.lines[2:9]})
    page.changing.begin()
    settle_until(lambda: page.in_panel is not None)
    page.in_panel.editor.choose(AccountClass.CORE)
    quiet(page.workbench)


def _field(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["own_fields.new"].trigger()
    quiet(page.workbench)
    page.step.draft.discard()
    page.step.sort.choose(Sort.CHOICE)
    page.step._press()


def _fields(window: MainWindow[Any]) -> None:
    page: Any = window.page

    def add(desk: Any) -> Any:
        if len(desk.own_fields.ask.fields()) > 3:
            return ChangeSet()
        for name, kind, sort, choices in (
            ("ERP", Of.ACCOUNT, Sort.CHOICE, ("SAP", "Kingdee", "Yonyou")),
            ("Machines in use", Of.ACCOUNT, Sort.NUMBER, ()),
            ("Service contract ends", Of.ACCOUNT, Sort.DAY, ()),
            ("Hobby", Of.PERSON, Sort.TEXT, ()),
            ("Travelled together", Of.VISIT, Sort.YES_NO, ()),
        ):
            field = replace(desk.own_fields.new(name, kind, sort), choices=choices)
            changes = desk.own_fields.add(field)
        field = desk.own_fields.ask.fields(Of.PERSON)[0]
        return desk.own_fields.retire(field) if field else changes

    page.do(add)
    settle_until(lambda: page.list.model.rowCount() > 5)
    quiet(page.workbench)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("list-filter", shown(on, then=_filter), (LARGE, SMALL)),
        Scene("list-saved", shown(on, then=_saved), (SMALL,)),
        Scene("list-class", shown(on, then=_groups("class")), (LARGE,)),
        Scene("list-companies", shown(on, then=_groups("companies")), (LARGE,)),
        Scene("list-columns", shown(on, then=trigger("list.columns")), (LARGE,), (1,), (100, 200)),
        Scene("own-fields-empty", shown(on, lambda _: Route("own_fields")), (SMALL,)),
        Scene("own-fields", shown(on, lambda _: Route("own_fields"), then=_fields), (LARGE, SMALL)),
        Scene("own-field", shown(on, lambda _: Route("own_fields"), then=_field), (SMALL,)),
        Scene("list-change", shown(on, then=_bulk), (LARGE, SMALL)),
    )
