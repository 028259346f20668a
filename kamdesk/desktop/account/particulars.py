"""The customer's own fields, each changed in its place."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.accounts.model import CLASS_WORDS, Account, AccountClass

if TYPE_CHECKING:
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

_LABELS = {
    "name": Text("Name"),
    "short_name": Text("Short name"),
    "class_by_hand": Text("Class"),
    "industry": Text("Industry"),
    "city": Text("City"),
    "phone": Text("Telephone"),
    "website": Text("Website"),
    "note": Text("Note"),
}


def _choice() -> Choice:
    nothing: tuple[object, Text] = (None, Text("not classed yet"))
    return Choice([nothing, *((one, words) for one, words in CLASS_WORDS.items())])


class Particulars(QWidget):
    """Eight fields; each is saved by itself against what was read when its editor opened."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self._page = page
        self._account: Account | None = None
        self._bases: dict[str, tuple[Account, object]] = {}
        self.fields: dict[str, InPlace] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for name, label in _LABELS.items():
            made = InPlace(
                name, label, self._editor(name), partial(self._draft, name), long=name == "note"
            )
            made.begun.connect(lambda name=name: self._begin(name))
            made.wanted.connect(lambda value, name=name: self._save(name, value))
            self.fields[name] = made
            column.addWidget(made)

    @staticmethod
    def _editor(name: str) -> "type[LineEditor] | type[TextEditor]":
        if name == "class_by_hand":
            return cast("type[LineEditor]", _choice)
        return TextEditor if name == "note" else LineEditor

    def _draft(self, name: str, holder: QWidget, editors: Mapping[str, QWidget]) -> Drafting:
        record = (self._page.route.record or b"").hex()
        place = f"account:{record}:field:{name}"
        return Drafting(holder, self._page.workbench, place, editors)

    def show_account(self, account: Account) -> None:
        """Show the customer as it was read."""
        self._account = account
        for name, field in self.fields.items():
            value = getattr(account, name)
            words = CLASS_WORDS[value] if name == "class_by_hand" and value else value or ""
            field.show_value(value, words)

    def edit(self) -> None:
        """Open the editor of the field that has the focus, else of the first one."""
        for field in self.fields.values():
            if field.read.hasFocus():
                field.begin()
                return
        self.fields["name"].begin()

    def _begin(self, name: str) -> None:
        if self._account is not None:
            self._bases[name] = (self._account, self._page.seen)

    def _save(self, name: str, value: object) -> None:
        field = self.fields[name]
        base, seen = self._bases[name]
        if value == getattr(base, name):
            field.end()
            return
        changed: Account = replace(base, **{name: value})  # type: ignore[arg-type]

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.accounts.change(changed, base=base, seen=cast("Seen", seen))

        def saved(_: ChangeSet) -> None:
            words = CLASS_WORDS[value] if isinstance(value, AccountClass) else str(value or "")
            field.show_value(value, words)
            field.end()

        self._page.workbench.do(
            self._page, verb, saved, field.refused, key=f"field:{name}", form=field.still
        )
