"""The fields of an opportunity, each changed in its place and saved by itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.opportunities.said import STEP_CHOICES, step_words
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.opportunities.model import Opportunity
from kamdesk.domain.opportunities.typed import read_amount, write_amount

if TYPE_CHECKING:
    from kamdesk.desktop.opportunity.page import OpportunityPage
    from kamdesk.storage.change import Seen

FIELDS: Final = {
    "name": Text("Opportunity"),
    "step": Text("Step"),
    "amount": Text("Amount"),
    "expected": Text("Expected"),
    "since": Text("Open since"),
    "note": Text("Note"),
}
_DAYS: Final = ("expected", "since")


class Fields(FieldColumn[Opportunity]):
    """All fields of an opportunity."""

    def __init__(self, page: "OpportunityPage") -> None:
        super().__init__(page, f"opportunity:{(page.route.record or b'').hex()}:field")
        self._today = Day.max
        for name, label in FIELDS.items():
            self.add(name, label, _editor(name), long=name == "note")
        self.stepped.connect(self.step)

    def show_opportunity(self, opportunity: Opportunity, today: Day) -> None:
        """Show the opportunity as it was read."""
        self._shown, self._today = opportunity, today
        for name, field in self.fields.items():
            field.show_value(_starts(opportunity, name), self._words(opportunity, name))

    def _words(self, shown: Opportunity, name: str) -> str:
        if name == "step":
            return step_words(shown.step)
        if name == "amount":
            return looks.money(shown.amount, exact=True) if shown.amount else ""
        if name in _DAYS:
            day = getattr(shown, name)
            return looks.day(day, today=self._today) if day else ""
        return str(getattr(shown, name))

    def save(self, name: str, typed: object) -> None:
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

        def saved() -> None:
            field.show_value(_starts(changed, name), self._words(changed, name))

        self.carry_out(
            name,
            lambda desk: desk.opportunities.change(changed, base=base, seen=cast("Seen", seen)),
            saved,
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
