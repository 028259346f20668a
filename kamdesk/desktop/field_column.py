"""Values of a record one below the other: each changed in its place, with its draft, by itself."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace, More, align_fields
from kamdesk.desktop.pages import Page

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Shown = TypeVar("Shown")


class FieldColumn(QWidget, Generic[Shown]):
    """The fields, by name. A value is saved against what was read when its editor opened.

    Signals: ``grown(field)`` it is higher now · ``stepped(field, ±1)`` it was left by Tab.
    """

    grown = Signal(object)
    stepped = Signal(object, int)

    def __init__(self, page: "Page[Workspace]", place: str) -> None:
        """``place`` begins the names of the drafts."""
        super().__init__()
        self._page, self._place = page, place
        self._shown: Shown | None = None
        self._bases: dict[str, tuple[Shown, object]] = {}
        self.fields: dict[str, InPlace] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def add(
        self, name: str, label: Text | str, editor: Callable[[], Any], *, long: bool = False,
        more: Callable[[], More] | None = None,
    ) -> None:  # fmt: skip
        """Add a field below the others."""
        made = InPlace(name, label, editor, partial(self._draft, name), long=long, more=more)
        made.begun.connect(partial(self._begin, name))
        made.wanted.connect(partial(self.save, name))
        made.grown.connect(partial(self.grown.emit, made))
        made.stepped.connect(partial(self.stepped.emit, made))
        self.fields[name] = made
        self._column.addWidget(made)
        align_fields(self.fields.values())

    def save(self, name: str, typed: object) -> None:
        """Save what was typed in a field, or refuse it there."""
        raise NotImplementedError

    def carry_out(
        self, name: str, verb: "Callable[[Workspace], ChangeSet]", then: Callable[[], object]
    ) -> None:
        """Do what saves a field; then close it. A refusal stands at the field."""
        field = self.fields[name]

        def saved(_: ChangeSet) -> None:
            then()
            field.end()

        key = f"{self._place}:{name}"
        self._page.workbench.do(self._page, verb, saved, field.refused, key=key, form=field.still)

    def edit(self) -> None:
        """Open the editor of the field that has the focus, else of the first one."""
        focused = [field for field in self.fields.values() if field.read.hasFocus()]
        next(iter([*focused, *self.fields.values()])).begin()

    def step(self, field: InPlace, by: int) -> None:
        """Open the editor of the field before or after one; at the ends none."""
        every = list(self.fields.values())
        at = every.index(field) + by
        if 0 <= at < len(every):
            every[at].begin()

    def refused(self, error: Refusal) -> bool:
        """Show a refusal at the field it names, opened; false when it names none of these."""
        widget = self.fields.get(getattr(error, "field", None) or "")
        if widget is None:
            return False
        widget.begin()
        widget.refused(error)
        return True

    def _draft(self, name: str, holder: QWidget, editors: Mapping[str, QWidget]) -> Drafting:
        return Drafting(holder, self._page.workbench, f"{self._place}:{name}", editors)

    def _begin(self, name: str) -> None:
        if self._shown is not None:
            self._bases[name] = (self._shown, self._page.seen)
