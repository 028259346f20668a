"""Fields of an executive plan one below the other, each changed in its place, saved by itself."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.desktop.access_plan.fields import PlanField
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace, align_fields
from kamdesk.desktop.pages import Page
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.dossier.access_plan import PlanSeen

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PlanForm(QWidget):
    """Signals: ``grown(field)`` it is higher now · ``stepped(field, ±1)`` it was left by Tab."""

    grown = Signal(object)
    stepped = Signal(object, int)

    def __init__(self, page: "Page[Workspace]", fields: Sequence[PlanField], place: str) -> None:
        """``place`` begins the names of the drafts."""
        super().__init__()
        self._page, self._place = page, place
        self._of = {field.name: field for field in fields}
        self._seen: PlanSeen | None = None
        self._bases: dict[str, tuple[PlanSeen, object]] = {}
        self.fields: dict[str, InPlace] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for field in fields:
            made = InPlace(
                field.name, field.label, partial(self._editor, field),
                partial(self._draft, field.name), long=field.choices is None,
            )  # fmt: skip
            made.begun.connect(partial(self._begin, field.name))
            made.wanted.connect(partial(self._save, field.name))
            made.grown.connect(partial(self.grown.emit, made))
            made.stepped.connect(partial(self.stepped.emit, made))
            self.fields[field.name] = made
            column.addWidget(made)
        align_fields(self.fields.values())

    def _editor(self, field: PlanField) -> LineEditor | TextEditor | Choice:
        return field.editor(self._seen)

    def _draft(self, name: str, holder: QWidget, editors: Mapping[str, QWidget]) -> Drafting:
        return Drafting(holder, self._page.workbench, f"{self._place}:{name}", editors)

    def show_seen(self, seen: PlanSeen) -> None:
        """Show the plan as it was read."""
        self._seen = seen
        for name, widget in self.fields.items():
            field = self._of[name]
            widget.show_value(field.starts(seen.plan), field.shows(seen))

    def _begin(self, name: str) -> None:
        if self._seen is not None:
            self._bases[name] = (self._seen, self._page.seen)

    def _save(self, name: str, typed: object) -> None:
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

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.access_plans.change(changed, base=base.plan, seen=position(desk, seen))

        self._page.workbench.do(
            self._page,
            verb,
            lambda _: widget.end(),
            widget.refused,
            key=f"field:{name}",
            form=widget.still,
        )

    def refused(self, error: Refusal) -> bool:
        """Show a refusal at the field it names, opened; false when it names none of these."""
        widget = self.fields.get(getattr(error, "field", None) or "")
        if widget is None:
            return False
        widget.begin()
        widget.refused(error)
        return True
