"""Some particulars of a record, one below the other, each changed in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.account import naming
from kamdesk.desktop.account.basis_editor import BasisEditor, basis_words
from kamdesk.desktop.account.fields import Particular
from kamdesk.desktop.account.held import Held, HeldSite
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.desktop.widgets.name_editor import Named, NameEditor

if TYPE_CHECKING:
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

Written = Mapping[str, tuple[str, Day]]
"""By whom and when each cell was written last."""


class Particulars(FieldColumn[Held | HeldSite]):
    """Fields by their names, of a customer or of one of its sites."""

    def __init__(
        self, page: "Page[Workspace]", particulars: Sequence[Particular], place: str
    ) -> None:
        super().__init__(page, place)
        self._written: Written = {}
        self._of = {particular.name: particular for particular in particulars}
        for one in particulars:
            self.add(
                one.name,
                one.label,
                partial(self._editor, one),
                long=one.long,
                more=partial(self._basis_editor, one.cell) if one.dated else None,
            )

    def _editor(self, particular: Particular) -> LineEditor | TextEditor | Choice:
        if particular.choices:
            return Choice(particular.choices)
        if particular.long:
            return TextEditor(hint=particular.hint)
        if not particular.names:
            return LineEditor(hint=particular.hint)
        like = naming.customers_like if particular.names == "customers" else naming.colleagues_like
        return NameEditor(
            lambda text, then: self._page.ask(lambda desk: like(desk, text), then, key="names"),
            many=particular.many,
            hint=particular.hint,
        )

    def _basis_editor(self, cell: str) -> BasisEditor:
        return BasisEditor(self._shown.bases.get(cell, Basis()) if self._shown else Basis())

    def show_held(self, held: Held | HeldSite) -> None:
        """Show the record as it was read."""
        self._shown = held
        for name, field in self.fields.items():
            particular = self._of[name]
            field.show_value(particular.starts(held), particular.shows(held))
        self._remark()

    def show_written(self, written: Written) -> None:
        """Say beside values by whom and when they were written."""
        self._written = written
        self._remark()

    def _remark(self) -> None:
        if self._shown is None:
            return
        for name, field in self.fields.items():
            particular = self._of[name]
            if particular.notes is not None:
                field.note(particular.notes(self._shown))
            if not particular.shows(self._shown):
                field.remark("")
                continue
            cell = particular.cell
            basis, written = self._shown.bases.get(cell), self._written.get(cell)
            words, stale = basis_words(cell, basis, written, self._shown.today)
            field.remark(words, warns=stale)

    @property
    def pointed(self) -> Particular | None:
        """The particular whose field has the focus, if one of them has."""
        has = (name for name, field in self.fields.items() if field.read.hasFocus())
        return next((self._of[name] for name in has), None)

    def save(self, name: str, typed: object) -> None:
        field, particular = self.fields[name], self._of[name]
        held, seen = self._bases[name]
        try:
            bases = self._said(field, particular, held)
            verb = particular.verb(typed, held, bases)
        except RuleBroken as broken:
            field.refused(broken)
            return
        if verb is None:
            field.end()
            return

        self.carry_out(
            name,
            lambda desk: verb(desk, cast("Seen", seen), bases),
            lambda: self._show_saved(field, particular, typed, held),
        )

    def _show_saved(
        self, field: InPlace, particular: Particular, value: object, held: Held | HeldSite
    ) -> None:
        """Show what was saved, until it is read anew."""
        if particular.reads is None:
            text = value.text if isinstance(value, Named) else str(value)
            field.show_value(text, text)
            return
        record = replace(held.record, **particular.reads(value, held))  # type: ignore[arg-type]
        after = replace(held, record=record)  # type: ignore[arg-type]  # of the same kind
        field.show_value(particular.starts(after), particular.shows(after))

    def _said(
        self, field: InPlace, particular: Particular, held: Held | HeldSite
    ) -> dict[str, Basis]:
        if not isinstance(field.more, BasisEditor):
            return {}
        basis = field.more.basis(held.today)
        stood = held.bases.get(particular.cell, Basis())
        typed = field.typed
        another = (typed.strip() if isinstance(typed, str) else typed) != particular.starts(held)
        if another and basis == stood:
            return {}  # another value does not stand on what the one before stood on
        return {particular.cell: basis} if basis or stood else {}
