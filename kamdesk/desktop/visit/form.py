"""Fields of a visit one below the other, each changed in its place and saved by itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.pages import Page
from kamdesk.desktop.visit.fields import VisitField
from kamdesk.desktop.visits.verbs import position
from kamdesk.domain.visits.model import Visit

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class VisitForm(FieldColumn[Visit]):
    """Some fields of a visit."""

    def __init__(self, page: "Page[Workspace]", fields: Sequence[VisitField], place: str) -> None:
        super().__init__(page, place)
        self._of = {field.name: field for field in fields}
        self._today, self._zone = Day.max, "UTC"
        for field in fields:
            wraps = not field.choices and field.wraps
            self.add(field.name, field.label, field.editor, long=wraps)

    def show_visit(self, visit: Visit, today: Day, zone: str) -> None:
        """Show the visit as it was read."""
        self._shown, self._today, self._zone = visit, today, zone
        for name in self.fields:
            self._show(name, visit)

    def _show(self, name: str, visit: Visit) -> None:
        field = self._of[name]
        self.fields[name].show_value(field.starts(visit), field.shows(visit, self._today))

    def save(self, name: str, typed: object) -> None:
        widget = self.fields[name]
        base, seen = self._bases[name]
        try:
            changed = self._of[name].puts(base, typed, self._today, self._zone)
        except RuleBroken as error:
            widget.refused(error)
            return
        if changed == base:
            widget.end()
            return
        self.carry_out(
            name,
            lambda desk: desk.visits.change(changed, base=base, seen=position(desk, seen)),
            lambda: self._show(name, changed),
        )
