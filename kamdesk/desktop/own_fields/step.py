"""The step that adds a field of the workspace's own, or changes one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kamdesk.core.changes import ChangeSet
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, TextEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.own_fields.model import (
    OF_WORDS,
    PRIVACY_WORDS,
    SORT_WORDS,
    Of,
    OwnField,
    Sort,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

NEW = "own_fields.new"
"""The place of the draft of a new field."""


class FieldStep(RecordStep["Page[Workspace]"]):
    """Name, of whom, what it takes, how private; what is typed is kept as a draft."""

    def __init__(self, page: "Page[Workspace]", base: OwnField | None = None) -> None:
        super().__init__(
            page,
            Text("Change the field") if base else Text("Add a field"),
            "field",
            "" if base else Text("It stands in the file of each, in lists, filters and exports."),
            place=f"own_fields:{base.id.hex()}:change" if base else NEW,
        )
        self.base = base
        self.name = self.ask("name", Text("Name"), hint=Text("ERP system, machines, contract end"))
        self.of_kind = Choice([(kind, looks.capital(words)) for kind, words in OF_WORDS.items()])
        self.sort = Choice([(sort, looks.capital(words)) for sort, words in SORT_WORDS.items()])
        self.choices = TextEditor(hint=Text("one a line"), lines=4)
        self.privacy = Choice(
            [(tag, looks.capital(words)) for tag, words in PRIVACY_WORDS.items()],
            start=Privacy.INTERNAL,
        )
        add = self.form.add
        if base is None:
            add("of_kind", Text("It is a field of"), self.of_kind, beside=False)
            add("sort", Text("It takes"), self.sort, beside=False)
        else:
            fixed = Text(
                "It takes: {sort}. That stays: what is written would mean something else.",
                sort=SORT_WORDS[base.sort],
            )
            self.column.insertWidget(0, PlainLabel(fixed, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
            self.name.setText(base.name)
            self.sort.choose(base.sort)
            self.choices.setPlainText("\n".join(base.choices))
            self.privacy.choose(base.privacy)
        self._listed = add("choices", Text("To choose from"), self.choices, beside=False)
        add(
            "privacy",
            Text("Who may see it"),
            self.privacy,
            help=Text("In the customer's view (F9) only what the customer may see is shown."),
            beside=False,
        )
        self.sort.currentIndexChanged.connect(lambda _: self._show_choices())
        self._show_choices()
        editors = {"name": self.name, "choices": self.choices, "privacy": self.privacy}
        if base is None:
            editors |= {"of_kind": self.of_kind, "sort": self.sort}
        self.keep_drafts(editors)

    def verb(self) -> Verb:
        """Return what adds or changes the field."""
        base, (of_kind, sort) = self.base, self.asked
        lines = self.choices.toPlainText().split("\n") if sort is Sort.CHOICE else []
        privacy = self.privacy.value
        typed: dict[str, Any] = {
            "name": self.name.text(),
            "choices": tuple(line for line in lines if line.strip()),
            **({"privacy": privacy} if isinstance(privacy, Privacy) else {}),
        }

        def verb(desk: "Workspace") -> ChangeSet:
            if base is not None:
                return desk.own_fields.change(replace(base, **typed), base=base)
            new = desk.own_fields.new("", of_kind, sort)
            return desk.own_fields.add(replace(new, **typed))

        return verb

    @property
    def asked(self) -> tuple[Of, Sort]:
        """Of which kind of record the field is, and what it takes."""
        of_kind, sort = self.of_kind.value, self.sort.value
        return (
            of_kind if isinstance(of_kind, Of) else Of.ACCOUNT,
            sort if isinstance(sort, Sort) else Sort.TEXT,
        )

    def _show_choices(self) -> None:
        if self.sort.value is Sort.CHOICE:
            self._listed.show()
        else:
            self._listed.hide()
