"""The fields of an opportunity, each changed in its place and saved by itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace, align_fields
from kamdesk.desktop.opportunities.said import STEP_CHOICES, step_words
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.opportunities.model import Opportunity
from kamdesk.domain.opportunities.typed import read_amount, write_amount

if TYPE_CHECKING:
    from kamdesk.desktop.opportunity.page import OpportunityPage
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

FIELDS: Final = {
    "name": Text("Opportunity"),
    "step": Text("Step"),
    "amount": Text("Amount"),
    "expected": Text("Expected"),
    "since": Text("Open since"),
    "note": Text("Note"),
}
_DAYS: Final = ("expected", "since")


class Fields(QWidget):
    """The fields one below the other."""

    def __init__(self, page: "OpportunityPage") -> None:
        super().__init__()
        self._page = page
        self._shown: Opportunity | None = None
        self._today = Day.max
        self._bases: dict[str, tuple[Opportunity, object]] = {}
        self.fields: dict[str, InPlace] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for name, label in FIELDS.items():
            made = InPlace(
                name, label, _editor(name), partial(self._draft, name), long=name == "note"
            )
            made.begun.connect(partial(self._begin, name))
            made.wanted.connect(partial(self._save, name))
            made.stepped.connect(partial(self._step, name))
            self.fields[name] = made
            column.addWidget(made)
        align_fields(self.fields.values())

    def show_opportunity(self, opportunity: Opportunity, today: Day) -> None:
        """Show the opportunity as it was read."""
        self._shown, self._today = opportunity, today
        for name, field in self.fields.items():
            field.show_value(_starts(opportunity, name), self._words(opportunity, name))

    def edit(self) -> None:
        """Open the editor of the field that has the focus, else of the first one."""
        focused = [field for field in self.fields.values() if field.read.hasFocus()]
        next(iter([*focused, *self.fields.values()])).begin()

    def _draft(self, name: str, holder: QWidget, editors: Mapping[str, QWidget]) -> Drafting:
        record = (self._page.route.record or b"").hex()
        return Drafting(holder, self._page.workbench, f"opportunity:{record}:field:{name}", editors)

    def _words(self, shown: Opportunity, name: str) -> str:
        if name == "step":
            return step_words(shown.step)
        if name == "amount":
            return looks.money(shown.amount, exact=True) if shown.amount else ""
        if name in _DAYS:
            day = getattr(shown, name)
            return looks.day(day, today=self._today) if day else ""
        return str(getattr(shown, name))

    def _begin(self, name: str) -> None:
        if self._shown is not None:
            self._bases[name] = (self._shown, self._page.seen)

    def _step(self, name: str, by: int) -> None:
        names = list(self.fields)
        at = names.index(name) + by
        if 0 <= at < len(names):
            self.fields[names[at]].begin()

    def _save(self, name: str, typed: object) -> None:
        field = self.fields[name]
        base, seen = self._bases[name]
        try:
            changed = changed_opportunity(base, name, typed, self._today)
        except RuleBroken as broken:
            field.refused(broken)
            return
        if changed == base:
            field.end()
            return

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.opportunities.change(changed, base=base, seen=cast("Seen", seen))

        def saved(_: ChangeSet) -> None:
            field.show_value(_starts(changed, name), self._words(changed, name))
            field.end()

        self._page.workbench.do(
            self._page, verb, saved, field.refused, key=f"field:{name}", form=field.still
        )


def changed_opportunity(base: Opportunity, name: str, typed: object, today: Day) -> Opportunity:
    """Return the opportunity with one field as typed. Raises ``RuleBroken`` at the field."""
    words = str(typed or "").strip()
    if name == "step":
        return replace(base, step=typed if isinstance(typed, int) else base.step)
    if name == "amount":
        return replace(base, amount=read_amount(words, base.currency))
    if name in _DAYS:
        day = read_day(words, today, field=name) if words else None
        return replace(base, **{name: day})  # type: ignore[arg-type]  # days only
    return replace(base, **{name: str(typed or "")}).checked()  # type: ignore[arg-type]  # texts


def _editor(name: str) -> Callable[[], LineEditor | TextEditor | Choice]:
    if name == "step":
        return lambda: Choice([(n, step_words(n)) for n in STEP_CHOICES])
    hints = {
        "amount": Text("1.8M, 180万, USD 250,000"),
        "expected": Text("6-30, +30, 2026-09-30"),
    }
    return TextEditor if name == "note" else lambda: LineEditor(hint=hints.get(name, ""))


def _starts(shown: Opportunity, name: str) -> object:
    if name == "amount":
        return write_amount(shown.amount)
    if name in _DAYS:
        day = getattr(shown, name)
        return day.isoformat() if day else ""
    return getattr(shown, name)
