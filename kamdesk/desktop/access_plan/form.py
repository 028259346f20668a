"""Fields of an executive plan one below the other, each changed in its place, saved by itself."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.access_plan.fields import PlanField
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.pages import Page
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.dossier.access_plan import PlanSeen

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PlanForm(FieldColumn[PlanSeen]):
    """Some fields of a plan."""

    def __init__(self, page: "Page[Workspace]", fields: Sequence[PlanField], place: str) -> None:
        super().__init__(page, place)
        self._of = {field.name: field for field in fields}
        for field in fields:
            self.add(
                field.name, field.label, partial(self._editor, field), long=field.choices is None
            )

    def _editor(self, field: PlanField) -> LineEditor | TextEditor | Choice:
        return field.editor(self._shown)

    def show_seen(self, seen: PlanSeen) -> None:
        """Show the plan as it was read."""
        self._shown = seen
        for name, widget in self.fields.items():
            field = self._of[name]
            widget.show_value(field.starts(seen.plan), field.shows(seen))

    def save(self, name: str, typed: object) -> None:
        widget, field = self.fields[name], self._of[name]
        base, seen = self._bases[name]
        try:
            changed = field.put(base.plan, typed, base.today)
        except RuleBroken as error:
            widget.refused(error)
            return
        if changed == base.plan:
            widget.end()
            return
        self.carry_out(
            name,
            lambda desk: desk.access_plans.change(
                changed, base=base.plan, seen=position(desk, seen)
            ),
            lambda: None,
        )
