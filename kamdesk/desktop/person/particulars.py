"""What is said of a person field by field, each changed in its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from kamdesk.core.basis import Basis
from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.names import family_name, form_of_address, given_name
from kamdesk.core.wording import Text
from kamdesk.desktop.account.basis_editor import BasisEditor, basis_words
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.person.meaning import (
    meant_account,
    meant_colleague,
    offer_accounts,
    offer_colleagues,
)
from kamdesk.desktop.widgets.editors import LineEditor, TextEditor
from kamdesk.desktop.widgets.record_field import RecordField
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.dossier.one_person import PersonSeen

if TYPE_CHECKING:
    from kamdesk.desktop.person.page import PersonPage
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

CARD: Final = {
    "name": Text("Full name"),
    "family_name": Text("Family name"),
    "given_name": Text("Given name"),
    "form_of_address": Text("Called"),
    "honorific": Text("Honorific"),
    "account": Text("Customer"),
    "department": Text("Department"),
    "owner": Text("Our owner"),
    "birthday": Text("Birthday"),
}
JUDGEMENT: Final = {
    "focus": Text("Cares about"),
    "their_task": Text("Their task"),
    "our_aim": Text("Our aim"),
    "background": Text("Background"),
    "note": Text("Note"),
}
_LONG: Final = ("background", "note")
_DATED: Final = frozenset(cell.name for cell in PERSON.cells if cell.dated)


class Particulars(FieldColumn[PersonSeen]):
    """Some fields; each is saved by itself against what was read when its editor opened."""

    def __init__(self, page: "PersonPage", labels: Mapping[str, Text]) -> None:
        super().__init__(page, f"person:{(page.route.record or b'').hex()}:field")
        for name, label in labels.items():
            self.add(
                name,
                label,
                self._editor(name),
                long=name in _LONG,
                more=partial(self._basis_editor, name) if name in _DATED else None,
            )
        self.stepped.connect(self.step)

    def _editor(self, name: str) -> Callable[[], Any]:
        if name in _LONG:
            return TextEditor
        if name not in ("account", "owner"):
            return LineEditor

        def make() -> RecordField:
            field = RecordField()
            (offer_accounts if name == "account" else offer_colleagues)(self._page, field)
            return field

        return make

    def _basis_editor(self, name: str) -> BasisEditor:
        return BasisEditor(self._shown.bases.get(name, Basis()) if self._shown else Basis())

    def show_person(self, seen: PersonSeen) -> None:
        """Show the person as they were read."""
        self._shown = seen
        for name, field in self.fields.items():
            value = self._words(seen, name)
            field.show_value(value, value)
            if name in _DATED:
                words, _ = basis_words(
                    name, seen.bases.get(name) if value else None, None, seen.day
                )
                field.remark(words)

    @staticmethod
    def _words(seen: PersonSeen, name: str) -> str:
        if name == "owner":
            return seen.owner
        if name == "account":
            return seen.account_name
        return str(getattr(seen.person, name) or "")

    def save(self, name: str, value: object) -> None:
        field = self.fields[name]
        read, seen = self._bases[name]
        base, typed = read.person, str(value or "")
        try:
            bases = self._said(field, name, read)
        except RuleBroken as broken:
            field.refused(broken)
            return
        if not bases and self._shown is not None and typed == self._words(self._shown, name):
            field.end()
            return

        def verb(desk: "Workspace") -> ChangeSet:
            changed = changed_person(desk, base, name, typed)
            return desk.people.change(changed, base=base, seen=cast("Seen", seen), bases=bases)

        self.carry_out(name, verb, lambda: field.show_value(typed, typed))

    def _said(self, field: InPlace, name: str, read: PersonSeen) -> dict[str, Basis]:
        """Return what the value stands on from now, where that is something else than before."""
        if not isinstance(field.more, BasisEditor):
            return {}
        basis = field.more.basis(read.day)
        return {name: basis} if basis != read.bases.get(name, Basis()) else {}


def changed_person(desk: "Workspace", base: Person, name: str, typed: str) -> Person:
    """Return the person with one field as typed. Raises ``RuleBroken`` at the field.

    A name takes family and given name with it where these were read from the name.
    """
    if name == "owner":
        return replace(base, owner=meant_colleague(desk, typed))
    if name == "account":
        if base.account is not None:
            raise RuleBroken(
                Text("Who changes employer begins anew there: press M, it asks what goes along."),
                field="account",
            )
        return replace(base, account=meant_account(desk, typed))
    if name == "honorific":
        was = form_of_address(base.family_name, base.honorific)
        changed = replace(base, honorific=typed)
        if base.form_of_address in ("", was):  # nobody wrote another one
            changed = replace(changed, form_of_address=form_of_address(base.family_name, typed))
        return changed
    if name != "name":
        return replace(base, **{name: typed})  # type: ignore[arg-type]  # texts only
    derived = (base.family_name, base.given_name) == (
        family_name(base.name),
        given_name(base.name),
    )
    changed = replace(base, name=typed)
    if not derived:
        return changed
    return replace(changed, family_name=family_name(typed), given_name=given_name(typed))
